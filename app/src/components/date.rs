//! A day as people read it, with its ISO form for machines.

use crate::{i18n::Locale, request::language};
use jiff::civil::Date;
use kakunin_server::era;
use leptos::prelude::*;

/// 令和8年11月20日（金）.
#[component]
pub fn Day(date: Date, locale: Locale) -> impl IntoView {
    view! { <time datetime=date.to_string()>{era::long(date, language(locale))}</time> }
}

/// 令和8年11月20日（金） 14:02, from `2026-11-20T14:02`.
#[component]
pub fn Minute(at: String, locale: Locale) -> impl IntoView {
    let words = minute(&at, locale);
    view! { <time datetime=format!("{at}+09:00")>{words}</time> }
}

/// The same within a sentence.
#[must_use]
pub fn minute(at: &str, locale: Locale) -> String {
    let (day, time) = at.split_once('T').unwrap_or((at, ""));
    let words = day.parse::<Date>().map_or_else(|_| day.to_owned(), |day| era::long(day, language(locale)));
    format!("{words} {time}")
}
