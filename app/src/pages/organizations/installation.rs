//! The organizations of the installation, for its operators: codes and names, none of their content.

use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, SelectField, TextField},
        page::{Content, staff_page},
    },
    i18n::td_string,
    request::{Shown, Visit},
};
use kakunin_api::people::CreateOrganization;
use kakunin_questionnaires::catalog;
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// The organizations, and the form of a new one.
#[component]
pub fn OrganizationsPage() -> impl IntoView {
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let rows = visit.portal.organizations().all(&actor).await?;
        let rejected = visit.rejected::<CreateOrganization>("organizations/create").await;
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let state = FormState { locale, error: error.clone() };
        let administrator = |shown| match shown {
            Shown::Administrator(name, password) => Some((name, password)),
            _ => None,
        };
        let fresh = visit.take_shown(administrator).await.map(|(name, password)| {
            view! {
                <div class="notice notice-success" role="status">
                    <p>{td_string!(locale, organization_created).to_string()}</p>
                    <p>{name}" "<code class="secret">{password}</code></p>
                </div>
            }
        });
        let language = visit.language();
        let policies: Vec<(String, String)> = catalog::policies()
            .map(|policy| (policy.id.clone(), policy.title.in_language(language).to_owned()))
            .collect();
        let policy_name = |id: &str| policies.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
        let rows = rows.into_iter().map(|row| view! {
            <tr>
                <td data-label=td_string!(locale, field_organization_code).to_string()>{row.code}</td>
                <td data-label=td_string!(locale, field_organization_name).to_string()>{row.name}</td>
                <td data-label=td_string!(locale, nav_policies).to_string()>{policy_name(&row.policy).unwrap_or(row.policy)}</td>
            </tr>
        }).collect_view();
        let labels = vec![
            ("code", td_string!(locale, field_organization_code).to_string()),
            ("sign_in_name", td_string!(locale, administrator_sign_in_name).to_string()),
            ("person_name", td_string!(locale, administrator_name).to_string()),
        ];
        let title = td_string!(locale, nav_organizations).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <p class="lead">{td_string!(locale, organizations_lead).to_string()}</p>
                {fresh}
                <ErrorSummary error locale labels/>
                <table class="data">
                    <thead><tr>
                        <th scope="col">{td_string!(locale, field_organization_code).to_string()}</th>
                        <th scope="col">{td_string!(locale, field_organization_name).to_string()}</th>
                        <th scope="col">{td_string!(locale, nav_policies).to_string()}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                <form method="post" action="/api/organizations/create" class="card register-form">
                    <h2>{td_string!(locale, create_organization).to_string()}</h2>
                    <TextField state=state.clone() name="code" label=td_string!(locale, field_organization_code).to_string() value=form.code required=true hint=td_string!(locale, hint_code_of_organization).to_string()/>
                    <TextField state=state.clone() name="organization_name" value=form.organization_name required=true/>
                    <SelectField state=state.clone() name="policy" value=form.policy choices=policies.clone()/>
                    <TextField state=state.clone() name="first_department" value=form.first_department required=true/>
                    <TextField state=state.clone() name="sign_in_name" value=form.sign_in_name required=true label=td_string!(locale, administrator_sign_in_name).to_string()/>
                    <TextField state name="person_name" value=form.person_name required=true label=td_string!(locale, administrator_name).to_string()/>
                    <button class="button button-primary" type="submit">{td_string!(locale, create_organization).to_string()}</button>
                </form>
            },
        ))
    })
}
