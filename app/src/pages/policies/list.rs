//! The policies of the catalogue.

use crate::{
    components::{
        date::Day,
        page::{Content, staff_page},
    },
    i18n::td_string,
    request::Visit,
    routes, words,
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// ポリシー.
#[component]
pub fn PoliciesPage() -> impl IntoView {
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let policies = visit.portal.policies().list(&actor).await?;
        let labels = [
            td_string!(locale, policy).to_string(),
            td_string!(locale, policy_version).to_string(),
            td_string!(locale, policy_effective_on).to_string(),
            td_string!(locale, policy_clauses).to_string(),
            td_string!(locale, policy_requirements).to_string(),
        ];
        let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
        let choices: Vec<_> = policies.iter().map(|row| (row.id.clone(), words::text(locale, &row.title))).collect();
        let own = policies.iter().find(|row| row.own).map(|row| row.id.clone()).unwrap_or_default();
        let rows = policies
            .into_iter()
            .map(|row| {
                let [title, version, effective, clauses, requirements] = labels.clone();
                let own =
                    row.own.then(|| view! { " "<span class="tag">{td_string!(locale, policy_own).to_string()}</span> });
                view! {
                    <tr>
                        <td data-label=title>
                            <a href=routes::policy(&row.id)>{words::text(locale, &row.title)}</a>{own}
                            <br/><span class="muted">{words::text(locale, &row.organization)}</span>
                        </td>
                        <td data-label=version>{row.version}</td>
                        <td data-label=effective><Day date=row.effective_on locale/></td>
                        <td data-label=clauses>{row.clauses}</td>
                        <td data-label=requirements>{row.requirements}</td>
                    </tr>
                }
            })
            .collect_view();
        let select = |name: &'static str, label: String, chosen: String| {
            let options = choices
                .iter()
                .map(|(id, title)| view! { <option value=id.clone() selected=*id == chosen>{title.clone()}</option> })
                .collect_view();
            view! {
                <div class="field">
                    <label class="label" for=name>{label}</label>
                    <select id=name name=name>{options}</select>
                </div>
            }
        };
        let other = choices.iter().map(|(id, _)| id).find(|id| **id != own).cloned().unwrap_or_default();
        let title = td_string!(locale, nav_policies).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    <a class="button button-secondary" href=routes::POLICY_VERSIONS>{td_string!(locale, policy_versions_link).to_string()}</a>
                </div>
                <p class="lead">{td_string!(locale, policies_lead).to_string()}</p>
                <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
                <form method="get" action=routes::COMPARE_POLICIES class="card">
                    <h2>{td_string!(locale, policies_compare).to_string()}</h2>
                    {select("first", td_string!(locale, policy_first).to_string(), own.clone())}
                    {select("second", td_string!(locale, policy_second).to_string(), other)}
                    <button class="button button-secondary" type="submit">{td_string!(locale, compare).to_string()}</button>
                </form>
            },
        ))
    })
}
