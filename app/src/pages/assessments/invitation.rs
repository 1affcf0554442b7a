//! The invitation link, shown once.

use crate::{
    components::{
        done::Done,
        islands::copy_link::CopyLink,
        page::{Content, staff_page},
    },
    i18n::td_string,
    pages::param,
    request::{Shown, Visit},
    routes,
};
use kakunin_api::ids::AssessmentId;
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// The link that has just been made. Reloading the page does not bring it back.
#[component]
pub fn FreshInvitationPage() -> impl IntoView {
    let id = param::<AssessmentId>("id");
    staff_page(|visit: Visit, actor: Actor| async move {
        let (locale, id) = (visit.locale, id?);
        // Only for who may see the assessment at all.
        let review = visit.portal.assessments().review(&actor, id).await?;
        let fresh = |shown| match shown {
            Shown::Invitation(fresh) if fresh.assessment == id => Some(fresh.token),
            _ => None,
        };
        let token = visit.take_shown(fresh).await;
        let title = td_string!(locale, invitation_link).to_string();
        let body = match token {
            Some(token) => {
                let link = format!("{}{}", visit.portal.config().public_url, routes::invitation(&token));
                let to = review.invitations.first().map(|row| format!("{} <{}>", row.contact_name, row.contact_email));
                view! {
                    <Done said=td_string!(locale, link_made).to_string()/>
                    <p>{td_string!(locale, link_once).to_string()}</p>
                    <p><strong>{to}</strong></p>
                    <div class="field">
                        <label class="label" for="link">{td_string!(locale, invitation_link).to_string()}</label>
                        <input id="link" type="text" readonly=true value=link.clone()/>
                    </div>
                    <CopyLink link label=td_string!(locale, copy_link).to_string() copied=td_string!(locale, copied).to_string()/>
                }.into_any()
            }
            None => view! { <p class="empty">{td_string!(locale, link_gone).to_string()}</p> }.into_any(),
        };
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                {body}
                <p><a href=routes::assessment(id)>{td_string!(locale, to_assessment).to_string()}</a></p>
            },
        )
        .below(td_string!(locale, nav_assessments).to_string(), routes::ASSESSMENTS)
        .below(review.row.subject_title, routes::assessment(id)))
    })
}
