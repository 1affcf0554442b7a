//! What has to be corrected, at the top of a form, each line a link to its field.

use crate::{
    i18n::{Locale, td_string},
    words,
};
use kakunin_api::PortalError;
use leptos::prelude::*;

/// The summary of a refused form; nothing where there is none. A form with two fields of one name says so by `prefix`.
#[component]
pub fn ErrorSummary(
    error: Option<PortalError>,
    locale: Locale,
    #[prop(optional)] prefix: &'static str,
    /// Fields that this form calls otherwise: name and label.
    #[prop(optional)]
    labels: Vec<(&'static str, String)>,
) -> impl IntoView {
    let error = error?;
    let body = match error {
        PortalError::Invalid(errors) => {
            let lines = errors.into_iter().map(|error| {
                let own = labels.iter().find(|(name, _)| *name == error.field).map(|(_, label)| label.clone());
                let label = own.unwrap_or_else(|| words::field(locale, &error.field));
                let sentence = words::problem(locale, error.problem);
                view! { <li><a href=format!("#{prefix}{}", error.field)>{format!("{label}: {sentence}")}</a></li> }
            });
            view! { <ul>{lines.collect_view()}</ul> }.into_any()
        }
        PortalError::Conflict { current, by } => {
            let state = words::state_code(locale, &current);
            let by = by.unwrap_or_else(|| td_string!(locale, somebody_else).to_string());
            view! { <p>{td_string!(locale, conflict, by = by, state = state)}</p> }.into_any()
        }
        PortalError::TooMany { retry_after_seconds } => {
            view! { <p>{td_string!(locale, too_many, seconds = retry_after_seconds)}</p> }.into_any()
        }
        _ => view! { <p>{td_string!(locale, try_again)}</p> }.into_any(),
    };
    Some(view! {
        <div id="error-summary" class="error-summary" role="alert" tabindex="-1">
            <h2>{td_string!(locale, error_summary)}</h2>
            {body}
        </div>
    })
}
