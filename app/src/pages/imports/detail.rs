//! One import, at whichever step it is.

use super::{columns::columns_form, outcome::outcome};
use crate::{
    components::{
        error_summary::ErrorSummary,
        field::FormState,
        islands::look_again::LookAgain,
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    pages::{param, query_text},
    request::{Visit, language},
    routes,
};
use kakunin_api::{PortalError, ids::ImportId, imports::MapImport};
use kakunin_server::{
    imports::{Step, running::Running},
    permission::Actor,
};
use leptos::prelude::*;

/// How long the page waits before it looks again, in milliseconds.
const LOOK_AGAIN_MS: u32 = 1_000;

/// The import.
#[component]
pub fn ImportDetailPage() -> impl IntoView {
    let (id, step) = (param::<ImportId>("id"), query_text("step"));
    staff_page(|visit: Visit, actor: Actor| async move {
        let (locale, id) = (visit.locale, id?);
        let rejected = visit.rejected::<MapImport>("imports/map").await;
        let (typed, error) = rejected.map(|kept| (Some(kept.form), Some(kept.error))).unwrap_or_default();
        // Looking at another sheet is no mistake.
        let error = error.filter(|error| !matches!(error, PortalError::Invalid(fields) if fields.is_empty()));
        let stopped = visit.rejected::<()>("imports/apply").await.map(|kept| kept.error);
        let (view, ended) = match visit.portal.imports().view(&actor, id, typed.clone(), step == "columns").await {
            Err(
                error @ (PortalError::Conflict { .. }
                | PortalError::Internal(_)
                | PortalError::Invalid(_)
                | PortalError::Unavailable),
            ) => {
                // What it ended with is said once; the page is there again.
                (visit.portal.imports().view(&actor, id, typed, step == "columns").await?, Some(error))
            }
            other => (other?, None),
        };
        let error = error.or(stopped).or(ended);
        let (register, say) = (view.register, language(locale));
        let state = FormState { locale, error: error.clone() };
        let again = format!("{}?step=columns", routes::import(id));
        let labels = register.fields().map(|field| (field.name, field.words.say(say).to_owned())).collect();
        let body = match view.step {
            Step::Columns(columns) => columns_form(register, *columns, &view.sheets, (&state, actor.scale())),
            Step::Running(running) => progress(running, locale),
            Step::Checked(sheet, made) => outcome(register, id, (&sheet, *made), Some(again), (actor.scale(), locale)),
            Step::Applied(sheet, made) => outcome(register, id, (&sheet, *made), None, (actor.scale(), locale)),
        };
        let name = register.words.say(say);
        let upload = td_string!(locale, import_title, register = name).to_string();
        Ok(Content::new(
            view.file_name.clone(),
            view! {
                <div class="page-head"><h1>{view.file_name}</h1></div>
                <ErrorSummary error locale labels/>
                {body}
            },
        )
        .below(name, routes::register(register.key))
        .below(upload, routes::import_into(register.key)))
    })
}

fn progress(running: Running, locale: Locale) -> AnyView {
    let Running { done, total } = running;
    let said = td_string!(locale, import_running, done = done, total = total).to_string();
    view! {
        <div class="card" role="status">
            <p>{said.clone()}</p>
            <progress max=total.max(1) value=done aria-label=said></progress>
            <p><a class="button button-secondary" href="">{td_string!(locale, look_again).to_string()}</a></p>
        </div>
        <LookAgain after_ms=LOOK_AGAIN_MS/>
    }
    .into_any()
}
