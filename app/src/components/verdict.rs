//! Verdict, rating and state: words first, then a shape, then a colour.

use crate::{i18n::Locale, words};
use kakunin_api::state::AssessmentState;
use kakunin_questionnaires::evaluate::{Rating, Verdict};
use leptos::prelude::*;

fn shape(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Met => ("verdict verdict-met", "●"),
        Verdict::PartlyMet => ("verdict verdict-partly_met", "◐"),
        Verdict::NotMet => ("verdict verdict-not_met", "✕"),
        Verdict::Unconfirmed => ("verdict verdict-unconfirmed", "?"),
        Verdict::NotApplicable => ("verdict verdict-not_applicable", "–"),
    }
}

/// 適合／一部適合／不適合／未確認／該当なし.
#[component]
pub fn VerdictChip(verdict: Verdict, locale: Locale) -> impl IntoView {
    let (class, icon) = shape(verdict);
    view! { <span class=class><span class="verdict-icon" aria-hidden="true">{icon}</span>{words::verdict(locale, verdict)}</span> }
}

/// The rating of an assessment.
#[component]
pub fn RatingChip(rating: Rating, locale: Locale) -> impl IntoView {
    let class = match rating {
        Rating::A => "rating rating-a",
        Rating::B => "rating rating-b",
        Rating::C => "rating rating-c",
        Rating::Unfit => "rating rating-unfit",
        Rating::Unconfirmed => "rating rating-unconfirmed",
        Rating::NotApplicable => "rating rating-not_applicable",
    };
    view! { <span class=class>{words::rating(locale, rating)}</span> }
}

/// Where an assessment stands.
#[component]
pub fn StateChip(state: AssessmentState, locale: Locale) -> impl IntoView {
    view! { <span class=format!("state state-{}", state.code())>{words::state(locale, state)}</span> }
}
