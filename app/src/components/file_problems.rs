//! What is wrong with a file, place by place, and what to do.

use crate::{
    i18n::{Locale, td_string},
    words,
};
use kakunin_api::files::{FilePlace, FileProblem};
use leptos::prelude::*;

/// Problems shown at once: one mistake may have many consequences.
const SHOWN: usize = 50;

/// The list; nothing where nothing is wrong.
#[component]
pub fn FileProblems(problems: Vec<FileProblem>, locale: Locale) -> impl IntoView {
    if problems.is_empty() {
        return None;
    }
    let count = td_string!(locale, file_problems, count = problems.len()).to_string();
    let more = problems.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| view! { <p>{td_string!(locale, file_problems_more, count = more).to_string()}</p> });
    let rows = problems.into_iter().take(SHOWN).map(|problem| {
        let place = match problem.place {
            FilePlace::Whole => None,
            FilePlace::Line(line) => Some(td_string!(locale, file_line, line = line).to_string()),
            FilePlace::Cell(cell) => Some(td_string!(locale, file_cell, cell = cell).to_string()),
        };
        view! { <li><strong>{place}</strong>" "{words::text(locale, &problem.message)}" "{words::text(locale, &problem.remedy)}</li> }
    });
    Some(view! { <div class="notice notice-error"><p>{count}</p><ul>{rows.collect_view()}</ul>{more}</div> })
}
