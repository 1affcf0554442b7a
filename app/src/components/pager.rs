//! Counts and pages of a list.

use crate::i18n::{Locale, td_string};
use kakunin_api::listing::Query;
use leptos::prelude::*;

/// A list with its search box above and its pages below; `empty` says what belongs there and how to begin.
#[component]
pub fn Listed(
    path: &'static str,
    query: Query,
    label: String,
    total: u64,
    pages: u64,
    empty: String,
    locale: Locale,
    children: Children,
) -> impl IntoView {
    view! {
        <Search path query=query.clone() label locale/>
        {if total == 0 { view! { <p class="empty">{empty}</p> }.into_any() } else { children() }}
        <Pager path query total pages locale/>
    }
}

/// 「1 000件中 1–50件」 and links to the neighbouring pages.
#[component]
pub fn Pager(path: &'static str, query: Query, total: u64, pages: u64, locale: Locale) -> impl IntoView {
    let page = query.page.max(1);
    let search = encoded(&query.search);
    let link = move |number: u64| format!("{path}?q={search}&page={number}");
    view! { <PagerTo previous=link(page.saturating_sub(1)) next=link(page.saturating_add(1)) page total pages locale/> }
}

/// The same for a list with other filters: the addresses of the neighbouring pages are the caller's.
#[component]
pub fn PagerTo(previous: String, next: String, page: u64, total: u64, pages: u64, locale: Locale) -> impl IntoView {
    let previous =
        (page > 1).then(|| view! { <a href=previous rel="prev">{td_string!(locale, previous_page).to_string()}</a> });
    let next =
        (page < pages).then(|| view! { <a href=next rel="next">{td_string!(locale, next_page).to_string()}</a> });
    view! {
        <nav class="pager" aria-label=td_string!(locale, pages).to_string()>
            <span>{td_string!(locale, page_of, total = total, page = page, pages = pages)}</span>
            {previous}
            {next}
        </nav>
    }
}

/// The search box above a list.
#[component]
fn Search(path: &'static str, query: Query, label: String, locale: Locale) -> impl IntoView {
    view! {
        <form class="table-tools" method="get" action=path role="search">
            <label class="label" for="q">{label}</label>
            <input type="search" id="q" name="q" value=query.search/>
            <button class="button button-secondary" type="submit">{td_string!(locale, search).to_string()}</button>
        </form>
    }
}

/// Percent-encoding of a query value (RFC 3986).
#[must_use]
pub fn encoded(text: &str) -> String {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    text.bytes()
        .map(|byte| if unreserved(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
