//! Choosing a workbook to upload.

use super::field::FormState;
use crate::{i18n::td_string, words};
use leptos::prelude::*;

/// The field `file` of a form that uploads a workbook; `hint` says what it has to hold.
#[component]
pub fn WorkbookField(state: FormState, #[prop(optional, into)] hint: Option<String>) -> impl IntoView {
    let locale = state.locale;
    let problem = state.problem("file");
    let error = problem.map(|problem| {
        view! { <p class="error-text" id="file-error">"＊"{words::problem(locale, problem)}</p> }
    });
    let hint = hint.unwrap_or_else(|| td_string!(locale, hint_workbook).to_string());
    view! {
        <div class="field" class:field-invalid=problem.is_some()>
            <label class="label" for="file">{words::field(locale, "file")}</label>
            <p class="hint" id="file-hint">{hint}</p>
            {error}
            <input id="file" name="file" type="file" accept=".xlsx" aria-describedby="file-hint"/>
        </div>
    }
}
