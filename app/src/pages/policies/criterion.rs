//! A requirement's conditions as lists within lists.

use crate::{
    i18n::{Locale, td_string},
    words,
};
use kakunin_api::policies::{CriterionLine, CriterionView};
use leptos::prelude::*;

/// The conditions of a requirement, each under its heading.
#[component]
pub fn Criterion(criterion: CriterionView, locale: Locale) -> impl IntoView {
    let parts = [
        (td_string!(locale, criterion_applies).to_string(), criterion.applies),
        (td_string!(locale, criterion_met).to_string(), criterion.met),
        (td_string!(locale, criterion_partly).to_string(), criterion.partly),
    ];
    let parts = parts.into_iter().filter(|(_, lines)| !lines.is_empty());
    view! {
        <dl class="criterion">
            {parts.map(|(label, lines)| view! { <div><dt>{label}</dt><dd>{nested(&lines, locale)}</dd></div> }).collect_view()}
        </dl>
    }
}

/// Lines of one depth as a list, with the deeper ones inside the line they belong to.
/// Lines as lists within lists.
pub fn nested(lines: &[CriterionLine], locale: Locale) -> AnyView {
    let Some(depth) = lines.first().map(|line| line.depth) else { return ().into_any() };
    let items = lines
        .chunk_by(|_, next| next.depth > depth)
        .filter_map(|of_item| of_item.split_first())
        .map(|(line, inner)| view! { <li>{words::text(locale, &line.text)}{nested(inner, locale)}</li> })
        .collect_view();
    view! { <ul>{items}</ul> }.into_any()
}
