//! Versions of the organization's own policy, and bringing a draft in.

use crate::{
    components::{
        date::{Day, Minute},
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        file_problems::FileProblems,
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    request::Visit,
    routes, words,
};
use kakunin_api::policies::{ImportPolicy, PolicyVersionRow};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// Drafts and published versions.
#[component]
pub fn PolicyVersionsPage() -> impl IntoView {
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let versions = visit.portal.policies().versions(&actor).await?;
        let rejected = visit.rejected::<ImportPolicy>("policies/import").await;
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let problems = if form.yaml.is_empty() {
            Vec::new()
        } else {
            visit.portal.policies().problems(&actor, &form.yaml).await?
        };
        let state = FormState { locale, error: error.clone() };
        let (title, version) = versions.in_force;
        let in_force = format!("{} {version}", words::text(locale, &title));
        let heading = td_string!(locale, policy_versions).to_string();
        let hint = td_string!(locale, hint_policy_yaml).to_string();
        Ok(Content::new(heading.clone(), view! {
            <div class="page-head">
                <h1>{heading}</h1>
                <a class="button button-secondary" href=routes::TRY_NUMBERS>{td_string!(locale, try_numbers).to_string()}</a>
            </div>
            <ErrorSummary error locale/>
            <p class="lead">{td_string!(locale, policy_in_force, policy = in_force).to_string()}</p>
            {if versions.rows.is_empty() {
                view! { <p class="empty">{td_string!(locale, no_policy_versions).to_string()}</p> }.into_any()
            } else {
                view! { <VersionTable rows=versions.rows locale/> }.into_any()
            }}
            {versions.may_import.then(|| view! {
                <form method="post" action="/api/policies/import" class="card">
                    <h2>{td_string!(locale, policy_import).to_string()}</h2>
                    <FileProblems problems locale/>
                    <TextField state name="yaml" value=form.yaml required=true lines=14 hint=hint/>
                    <button class="button button-primary" type="submit">{td_string!(locale, policy_import_button).to_string()}</button>
                </form>
            })}
        })
        .below(td_string!(locale, nav_policies).to_string(), routes::POLICIES))
    })
}

#[component]
fn VersionTable(rows: Vec<PolicyVersionRow>, locale: Locale) -> impl IntoView {
    let labels = [
        td_string!(locale, policy_version).to_string(),
        td_string!(locale, policy_effective_on).to_string(),
        td_string!(locale, policy_imported).to_string(),
    ];
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    let rows = rows
        .into_iter()
        .map(|row| {
            let [version, effective, imported] = labels.clone();
            let effective_on = match row.effective_on {
                Some(date) => view! { <Day date locale/> }.into_any(),
                None => view! { <span class="tag">{td_string!(locale, policy_draft).to_string()}</span> }.into_any(),
            };
            let in_force = row
                .in_force
                .then(|| view! { " "<span class="tag">{td_string!(locale, policy_is_in_force).to_string()}</span> });
            view! {
                <tr>
                    <td data-label=version><a href=routes::policy_version(row.id)>{row.version}</a>{in_force}</td>
                    <td data-label=effective>{effective_on}</td>
                    <td data-label=imported><Minute at=row.imported_at locale/>" "{row.imported_by}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }
}
