//! The frame of every page: header, navigation, breadcrumb, main.

use crate::{
    i18n::{Locale, td_string},
    routes,
};
use kakunin_server::permission::{Contractor, Staff};
use leptos::prelude::*;

/// 日本語 / English: a form, because remembering the choice changes something.
#[component]
fn LanguageSwitch(locale: Locale, address: String) -> impl IntoView {
    let (code, label) = if locale == Locale::ja { ("en", "English") } else { ("ja", "日本語") };
    view! {
        <form method="post" action="/api/people/language" class="language">
            <input type="hidden" name="back" value=address/>
            <button class="link" type="submit" name="language" value=code lang=code>{label}</button>
        </form>
    }
}

#[component]
fn SignOut(label: String) -> impl IntoView {
    view! {
        <form method="post" action="/api/people/sign-out">
            <button class="link" type="submit">{label}</button>
        </form>
    }
}

#[component]
fn SkipLink(locale: Locale) -> impl IntoView {
    view! { <a class="skip-link" href="#main">{td_string!(locale, skip_to_main).to_string()}</a> }
}

/// The frame for staff.
#[component]
pub fn StaffLayout(
    staff: Staff,
    title: String,
    above: Vec<(String, String)>,
    locale: Locale,
    address: String,
    may_view_log: bool,
    children: Children,
) -> impl IntoView {
    let path = address.split('?').next().unwrap_or_default().to_owned();
    let crumbs = above.into_iter().map(|(label, path)| view! { <li><a href=path>{label}</a></li> });
    let breadcrumb = (path != routes::HOME).then(|| {
        view! {
            <nav class="breadcrumb" aria-label=td_string!(locale, breadcrumb).to_string()>
                <ol>
                    <li><a href=routes::HOME>{td_string!(locale, nav_home).to_string()}</a></li>
                    {crumbs.collect_view()}
                    <li aria-current="page">{title}</li>
                </ol>
            </nav>
        }
    });
    view! {
        <SkipLink locale/>
        <header class="site-header">
            <a class="brand" href=routes::HOME>"確認"</a>
            <span class="organization">{staff.organization_name}</span>
            <div class="account">
                <span>{format!("{} {}", staff.department_name, staff.name)}</span>
                <LanguageSwitch locale address/>
                <SignOut label=td_string!(locale, sign_out).to_string()/>
            </div>
        </header>
        <div class="shell">
            <Navigation path locale may_view_log/>
            <main id="main" tabindex="-1">{breadcrumb}{children()}</main>
        </div>
    }
}

/// A heading, where there is one, and its links: path and label.
type NavigationGroup = (Option<String>, Vec<(&'static str, String)>);

#[component]
fn Navigation(path: String, locale: Locale, may_view_log: bool) -> impl IntoView {
    let mut evidence = vec![
        (routes::POLICIES, td_string!(locale, nav_policies).to_string()),
        (routes::AUDIT_EVENTS, td_string!(locale, nav_audit_events).to_string()),
    ];
    evidence.retain(|(path, _)| may_view_log || *path != routes::AUDIT_EVENTS);
    let groups: Vec<NavigationGroup> = vec![
        (None, vec![(routes::HOME, td_string!(locale, nav_home).to_string())]),
        (
            Some(td_string!(locale, nav_registers).to_string()),
            vec![
                (routes::VENDORS, td_string!(locale, nav_vendors).to_string()),
                (routes::ENGAGEMENTS, td_string!(locale, nav_engagements).to_string()),
                (routes::OFFICERS, td_string!(locale, nav_officers).to_string()),
            ],
        ),
        (
            Some(td_string!(locale, nav_assessing).to_string()),
            vec![
                (routes::ASSESSMENTS, td_string!(locale, nav_assessments).to_string()),
                (routes::QUESTIONNAIRES, td_string!(locale, nav_questionnaires).to_string()),
            ],
        ),
        (Some(td_string!(locale, nav_evidence).to_string()), evidence),
    ];
    let groups = groups.into_iter().filter(|(_, links)| !links.is_empty()).map(|(heading, links)| {
        let links = links.into_iter().map(|(link, label)| {
            let current =
                if link == routes::HOME { path == link } else { path == link || path.starts_with(&format!("{link}/")) };
            view! { <li><a href=link aria-current=current.then_some("page")>{label}</a></li> }
        });
        view! {
            <div class="nav-group">
                {heading.map(|heading| view! { <h2>{heading}</h2> })}
                <ul>{links.collect_view()}</ul>
            </div>
        }
    });
    view! {
        <nav class="site-nav" aria-label=td_string!(locale, navigation).to_string()>
            <details class="nav-menu">
                <summary>{td_string!(locale, menu).to_string()}</summary>
                {groups.collect_view()}
            </details>
        </nav>
    }
}

/// The frame for a contractor.
#[component]
pub fn ContractorLayout(contractor: Contractor, locale: Locale, address: String, children: Children) -> impl IntoView {
    let asks = td_string!(locale, asked_by, organization = contractor.organization_name);
    let answers = td_string!(locale, answered_by, company = contractor.company_name);
    view! {
        <SkipLink locale/>
        <header class="site-header">
            <span class="brand">"確認"</span>
            <span class="organization">{asks}" ／ "{answers}</span>
            <div class="account">
                <span>{contractor.name}</span>
                <LanguageSwitch locale address/>
                <SignOut label=td_string!(locale, leave).to_string()/>
            </div>
        </header>
        <main id="main" class="contractor" tabindex="-1">{children()}</main>
    }
}

/// The frame where nobody is signed in.
#[component]
pub fn PublicLayout(locale: Locale, address: String, children: Children) -> impl IntoView {
    view! {
        <SkipLink locale/>
        <header class="site-header">
            <span class="brand">"確認"</span>
            <span class="organization">{td_string!(locale, product).to_string()}</span>
            <div class="account"><LanguageSwitch locale address/></div>
        </header>
        <main id="main" class="public" tabindex="-1">{children()}</main>
    }
}
