//! How a page is made: who is at the screen is asked once, the content is loaded, and a refusal becomes a page that helps.

use super::layout::{ContractorLayout, MayOpen, PublicLayout, StaffLayout};
use crate::{
    i18n::{Locale, td_string},
    request::Visit,
    routes,
};
use axum::http::StatusCode;
use kakunin_api::{PortalError, ids::UserId};
use kakunin_server::{
    http::session,
    people::NextStep,
    permission::{Actor, Contractor, Staff},
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// What a page shows.
pub struct Content {
    /// For the browser's title and the last part of the breadcrumb.
    pub title: String,
    /// What stands above it: label and path.
    pub above: Vec<(String, String)>,
    /// Everything inside `main`, its `h1` included.
    pub view: AnyView,
}

impl Content {
    /// A page with this title.
    pub fn new(title: impl Into<String>, view: impl IntoView + 'static) -> Self {
        Self { title: title.into(), above: Vec::new(), view: view.into_any() }
    }

    /// Below another page.
    #[must_use]
    pub fn below(mut self, label: impl Into<String>, path: impl Into<String>) -> Self {
        self.above.push((label.into(), path.into()));
        self
    }
}

/// A page for staff.
pub fn staff_page<F>(content: impl FnOnce(Visit, Actor) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<Content, PortalError>> + Send + 'static,
{
    rendered(move |visit| async move {
        let actor = visit.actor().await?;
        let Actor::Staff(staff) = actor.clone() else { return Err(PortalError::NotFound) };
        let (locale, address) = (visit.locale, visit.address.clone());
        let may = may_open(&visit, &staff, &actor).await?;
        let noting = (visit.portal.clone(), actor.clone());
        let outcome = content(visit, actor).await;
        if matches!(outcome, Err(PortalError::Forbidden)) {
            let (portal, actor) = noting;
            portal.audit().refused(&actor, &address).await;
        }
        let content = refusal_within(locale, outcome, routes::HOME)?;
        Ok(in_staff_layout(staff, content, locale, address, may))
    })
}

/// What the frame offers to whoever is at the screen.
async fn may_open(visit: &Visit, staff: &Staff, actor: &Actor) -> Result<MayOpen, PortalError> {
    let portal = &visit.portal;
    let installation = portal.organizations().may_create(actor);
    let organizations =
        if staff.organizations > 1 { portal.people().organizations_of(staff.user).await? } else { Vec::new() };
    Ok(MayOpen {
        content: !installation,
        log: portal.audit().may_view(actor),
        people: portal.people().may_view(actor),
        organization: portal.organizations().may_edit(actor),
        scale: portal.organizations().may_edit_scale(actor),
        installation,
        organizations,
    })
}

/// A page about the account of whoever is signed in, of staff or of a contractor; during a sign-in, of whoever has to set
/// something up before it is over (`half`).
pub fn account_page<F>(
    half: Option<NextStep>,
    content: impl FnOnce(Visit, UserId) -> F + Send + 'static,
) -> impl IntoView
where
    F: Future<Output = Result<Content, PortalError>> + Send + 'static,
{
    rendered(move |visit| async move {
        let (locale, address) = (visit.locale, visit.address.clone());
        let (user, signed_in) = match (visit.account().await, half) {
            (Ok(user), _) => (user, true),
            (Err(_), Some(step)) => (session::pending(&visit.portal, &visit.session, step).await?, false),
            (Err(error), None) => return Err(error),
        };
        let actor = visit.actor().await;
        if let Ok(Actor::Staff(staff)) = &actor {
            let may = may_open(&visit, staff, &Actor::Staff(staff.clone())).await?;
            let content = refusal_within(locale, content(visit, user).await, routes::HOME)?;
            return Ok(in_staff_layout(staff.clone(), content, locale, address, may));
        }
        let Content { title, above, view } =
            refusal_within(locale, content(visit, user).await, routes::MY_ASSESSMENTS)?;
        let home = [(td_string!(locale, my_assessments).to_string(), routes::MY_ASSESSMENTS.to_owned())];
        let above = home.into_iter().chain(above).filter(|_| signed_in);
        let above = above.map(|(label, path)| view! { <li><a href=path>{label}</a></li> }).collect_view();
        Ok(view! {
            <Title text=document_title(&title)/>
            <PublicLayout locale address>
                <nav class="breadcrumb" aria-label=td_string!(locale, breadcrumb).to_string()>
                    <ol>{above}<li aria-current="page">{title}</li></ol>
                </nav>
                {view}
            </PublicLayout>
        }
        .into_any())
    })
}

/// A page for a contractor.
pub fn contractor_page<F>(content: impl FnOnce(Visit, Actor) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<Content, PortalError>> + Send + 'static,
{
    rendered(move |visit| async move {
        let actor = visit.actor().await?;
        let Actor::Contractor(contractor) = actor.clone() else { return Err(PortalError::NotFound) };
        let (locale, address) = (visit.locale, visit.address.clone());
        let way_home = routes::answer(contractor.assessment);
        let noting = (visit.portal.clone(), actor.clone());
        let outcome = content(visit, actor).await;
        if matches!(outcome, Err(PortalError::Forbidden)) {
            let (portal, actor) = noting;
            portal.audit().refused(&actor, &address).await;
        }
        let content = refusal_within(locale, outcome, &way_home)?;
        Ok(in_contractor_layout(contractor, content, locale, address))
    })
}

/// A page for anybody.
pub fn public_page<F>(content: impl FnOnce(Visit) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<Content, PortalError>> + Send + 'static,
{
    rendered(move |visit| async move {
        let (locale, address) = (visit.locale, visit.address.clone());
        let content = refusal_within(locale, content(visit).await, routes::HOME)?;
        let title = document_title(&content.title);
        Ok(view! { <Title text=title/> <PublicLayout locale address>{content.view}</PublicLayout> }.into_any())
    })
}

fn in_staff_layout(staff: Staff, content: Content, locale: Locale, address: String, may: MayOpen) -> AnyView {
    let Content { title, above, view } = content;
    view! {
        <Title text=document_title(&title)/>
        <StaffLayout staff title above locale address may>{view}</StaffLayout>
    }
    .into_any()
}

fn in_contractor_layout(contractor: Contractor, content: Content, locale: Locale, address: String) -> AnyView {
    let Content { title, view, .. } = content;
    view! {
        <Title text=document_title(&title)/>
        <ContractorLayout contractor locale address>{view}</ContractorLayout>
    }
    .into_any()
}

/// Renders a page in one piece (the routes are `SsrMode::Async`), so that its status can follow from what is found.
fn rendered<F>(make: impl FnOnce(Visit) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<AnyView, PortalError>> + Send + 'static,
{
    let visit = Visit::of_request();
    let response = use_context::<ResponseOptions>();
    let view = Suspend::new(async move {
        let locale = visit.as_ref().map_or(Locale::ja, |visit| visit.locale);
        let address = visit.as_ref().map_or_else(|_| "/".to_owned(), |visit| visit.address.clone());
        // Whoever brings the id of a session that is there no more is told so.
        let session = visit.as_ref().ok().map(|visit| visit.session.clone());
        let brought = session.as_ref().is_some_and(|session| session.id().is_some());
        let made = match visit {
            Ok(visit) => make(visit).await,
            Err(error) => Err(error),
        };
        made.unwrap_or_else(|error| {
            if error == PortalError::SignedOut {
                let ended = brought && session.is_some_and(|session| session.id().is_none());
                leptos_axum::redirect(if ended { routes::SESSION_ENDED } else { routes::SIGN_IN });
            }
            let content = refusal(locale, &error, response.as_ref(), routes::HOME.to_owned());
            let title = document_title(&content.title);
            view! { <Title text=title/> <PublicLayout locale address>{content.view}</PublicLayout> }.into_any()
        })
    });
    view! { <Suspense fallback=|| ()>{view}</Suspense> }
}

/// What the browser shows as title. `leptos_meta` 0.8 writes it into the document as it is, so it is escaped here.
fn document_title(title: &str) -> String {
    format!("{} - 確認 Kakunin", title.replace('&', "&amp;").replace('<', "&lt;"))
}

/// A refusal that is shown inside the layout of whoever is signed in, with their way home.
fn refusal_within(
    locale: Locale,
    outcome: Result<Content, PortalError>,
    way_home: &str,
) -> Result<Content, PortalError> {
    match outcome {
        Ok(content) => Ok(content),
        Err(PortalError::SignedOut) => Err(PortalError::SignedOut),
        Err(error) => Ok(refusal(locale, &error, use_context::<ResponseOptions>().as_ref(), way_home.to_owned())),
    }
}

/// The page that says why something cannot be shown, and what helps; `way_home` is where its link leads.
#[must_use]
pub fn refusal(locale: Locale, error: &PortalError, response: Option<&ResponseOptions>, way_home: String) -> Content {
    let (status, title, text) = match error {
        PortalError::SignedOut => (
            StatusCode::UNAUTHORIZED,
            td_string!(locale, signed_out_title).to_string(),
            td_string!(locale, signed_out_text).to_string(),
        ),
        PortalError::NotFound | PortalError::Invalid(_) => (
            StatusCode::NOT_FOUND,
            td_string!(locale, not_found_title).to_string(),
            td_string!(locale, not_found_text).to_string(),
        ),
        PortalError::Forbidden => (
            StatusCode::FORBIDDEN,
            td_string!(locale, forbidden_title).to_string(),
            td_string!(locale, forbidden_text).to_string(),
        ),
        PortalError::Internal(id) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            td_string!(locale, fault_title).to_string(),
            td_string!(locale, fault_text, id = id.clone()).to_string(),
        ),
        PortalError::Conflict { .. } => (
            StatusCode::CONFLICT,
            td_string!(locale, fault_title).to_string(),
            td_string!(locale, try_again).to_string(),
        ),
        PortalError::TooMany { .. } | PortalError::Unavailable => (
            StatusCode::SERVICE_UNAVAILABLE,
            td_string!(locale, fault_title).to_string(),
            td_string!(locale, try_again).to_string(),
        ),
    };
    if let Some(response) = response
        && *error != PortalError::SignedOut
    {
        response.set_status(status);
    }
    let home = td_string!(locale, to_home).to_string();
    let heading = title.clone();
    Content::new(
        title,
        view! {
            <h1>{heading}</h1>
            <p class="lead">{text}</p>
            <p><a class="button button-secondary" href=way_home>{home}</a></p>
        },
    )
}
