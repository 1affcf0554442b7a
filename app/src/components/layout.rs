//! The frame of every page: header, navigation, breadcrumb, main.

use crate::{
    i18n::{Locale, td_string},
    routes,
};
use kakunin_api::ids::OrganizationId;
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
    may: MayOpen,
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
    let branding = (!staff.branding.is_empty()).then(|| view! { <small>{staff.branding}</small> });
    let switch = (may.organizations.len() > 1)
        .then(|| view! { <Switch organizations=may.organizations.clone() here=staff.organization locale/> });
    view! {
        <SkipLink locale/>
        <header class="site-header">
            <a class="brand" href=routes::HOME>"確認"</a>
            <span class="organization">{staff.organization_name}{branding}</span>
            <div class="account">
                {switch}
                <a href=routes::ACCOUNT>{format!("{} {}", staff.department_name, staff.name)}</a>
                <LanguageSwitch locale address/>
                <SignOut label=td_string!(locale, sign_out).to_string()/>
            </div>
        </header>
        <div class="shell">
            <Navigation path locale may/>
            <main id="main" tabindex="-1">{breadcrumb}{children()}</main>
        </div>
    }
}

/// What the header and the navigation offer to whoever is at the screen.
#[derive(Clone, Debug, Default)]
pub struct MayOpen {
    /// Registers, assessments, policies: an operator sees none of them.
    pub content: bool,
    /// 操作記録.
    pub log: bool,
    /// 利用者.
    pub people: bool,
    /// How the organization is shown.
    pub organization: bool,
    /// What its classes of information are called.
    pub scale: bool,
    /// The organizations of the installation.
    pub installation: bool,
    /// Where they can be at work, if in more than one.
    pub organizations: Vec<(OrganizationId, String)>,
}

/// Going to work for another organization; which one it is now stands in the header.
#[component]
fn Switch(organizations: Vec<(OrganizationId, String)>, here: OrganizationId, locale: Locale) -> impl IntoView {
    let options = organizations.into_iter().map(|(id, name)| {
        view! { <option value=id.to_string() selected=id == here>{name}</option> }
    });
    view! {
        <form method="post" action="/api/people/switch-organization" class="switch">
            <label class="visually-hidden" for="switch-organization">{td_string!(locale, switch_organization).to_string()}</label>
            <select id="switch-organization" name="organization">{options.collect_view()}</select>
            <button class="link" type="submit">{td_string!(locale, switch_button).to_string()}</button>
        </form>
    }
}

/// A heading, where there is one, and its links: path and label.
type NavigationGroup = (Option<String>, Vec<(&'static str, String)>);

/// What is looked at below a page of the navigation, without an address below its own.
fn is_below(link: &str, path: &str) -> bool {
    let parts: &[&str] = match link {
        routes::OFFICERS => &["/posts", "/appointments", "/handovers"],
        routes::VENDORS => &["/certifications", "/contacts"],
        routes::ENGAGEMENTS => &["/subcontracts"],
        _ => &[],
    };
    parts.iter().any(|part| path == *part || path.starts_with(&format!("{part}/")))
}

#[component]
fn Navigation(path: String, locale: Locale, may: MayOpen) -> impl IntoView {
    let mut evidence = vec![
        (routes::POLICIES, td_string!(locale, nav_policies).to_string()),
        (routes::AUDIT_EVENTS, td_string!(locale, nav_audit_events).to_string()),
    ];
    evidence.retain(|(path, _)| may.log || *path != routes::AUDIT_EVENTS);
    let mut managing = vec![(routes::PERMISSIONS, td_string!(locale, nav_permissions).to_string())];
    if may.people {
        managing.insert(0, (routes::PEOPLE, td_string!(locale, nav_people).to_string()));
    }
    if may.scale {
        managing.push((routes::SCALE, td_string!(locale, nav_scale).to_string()));
    }
    if may.organization {
        managing.push((routes::ORGANIZATION, td_string!(locale, nav_organization).to_string()));
    }
    if may.installation {
        managing.insert(0, (routes::ORGANIZATIONS, td_string!(locale, nav_organizations).to_string()));
    }
    let content: Vec<NavigationGroup> = vec![
        (None, vec![(routes::HOME, td_string!(locale, nav_home).to_string())]),
        (
            Some(td_string!(locale, nav_registers).to_string()),
            vec![
                (routes::VENDORS, td_string!(locale, nav_vendors).to_string()),
                (routes::ENGAGEMENTS, td_string!(locale, nav_engagements).to_string()),
                (routes::CLOUD_SERVICES, td_string!(locale, nav_cloud_services).to_string()),
                (routes::SOCIAL_ACCOUNTS, td_string!(locale, nav_social_accounts).to_string()),
                (routes::OFFICERS, td_string!(locale, nav_officers).to_string()),
                (routes::DEPARTMENTS, td_string!(locale, nav_departments).to_string()),
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
    let managing: NavigationGroup = (Some(td_string!(locale, nav_managing).to_string()), managing);
    let groups = content.into_iter().filter(|_| may.content).chain([managing]);
    let groups = groups.filter(|(_, links)| !links.is_empty()).map(|(heading, links)| {
        let links = links.into_iter().map(|(link, label)| {
            let current = if matches!(link, routes::HOME | routes::ORGANIZATION) {
                path == link
            } else {
                path == link || path.starts_with(&format!("{link}/")) || is_below(link, &path)
            };
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
    let leave = td_string!(locale, leave).to_string();
    let (account, leave) = if contractor.account.is_some() {
        let own = view! { <a href=routes::MY_ASSESSMENTS>{td_string!(locale, my_assessments).to_string()}</a> };
        (own.into_any(), view! { <SignOut label=leave/> }.into_any())
    } else {
        let keep = view! { <a href=routes::KEEP_ACCOUNT>{td_string!(locale, keep_account).to_string()}</a> };
        // Without an account there is no way back, so a page says it first.
        (keep.into_any(), view! { <a href=routes::LEAVE>{leave}</a> }.into_any())
    };
    view! {
        <SkipLink locale/>
        <header class="site-header">
            <span class="brand">"確認"</span>
            <span class="organization">{asks}" ／ "{answers}</span>
            <div class="account">
                <span>{contractor.name}</span>
                {account}
                <LanguageSwitch locale address/>
                {leave}
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
