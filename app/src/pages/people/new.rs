//! Bringing a person in.

use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, SelectField, TextField},
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    request::Visit,
    routes, words,
};
use kakunin_api::{
    PortalError,
    people::{AddPerson, Role},
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// The form of a new person.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    staff_page(|visit: Visit, actor: Actor| async move {
        if !visit.portal.people().may_manage(&actor) {
            return Err(PortalError::Forbidden);
        }
        let locale = visit.locale;
        let rejected = visit.rejected::<AddPerson>("people/add").await;
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let state = FormState { locale, error: error.clone() };
        let departments = departments(&visit, &actor).await?;
        let labels = vec![
            ("department", td_string!(locale, column_department).to_string()),
            ("starts_on", td_string!(locale, role_from).to_string()),
            ("ends_on", td_string!(locale, role_to).to_string()),
        ];
        let title = td_string!(locale, add_person).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <p class="lead">{td_string!(locale, add_person_lead).to_string()}</p>
                <ErrorSummary error locale labels/>
                <form method="post" action="/api/people/add" class="register-form">
                    <TextField state=state.clone() name="sign_in_name" value=form.sign_in_name required=true hint=td_string!(locale, hint_sign_in_name).to_string()/>
                    <TextField state=state.clone() name="person_name" value=form.person_name required=true/>
                    <TextField state=state.clone() name="email" value=form.email kind="email"/>
                    <SelectField state=state.clone() name="department" label=td_string!(locale, column_department).to_string() value=form.department choices=departments/>
                    <SelectField state=state.clone() name="role" value=form.role choices=roles(locale, &actor)/>
                    <TextField state=state.clone() name="starts_on" label=td_string!(locale, role_from).to_string() value=form.starts_on hint=td_string!(locale, hint_role_from).to_string()/>
                    <TextField state name="ends_on" label=td_string!(locale, role_to).to_string() value=form.ends_on hint=td_string!(locale, hint_role_to).to_string()/>
                    <div class="actions">
                        <button class="button button-primary" type="submit">{td_string!(locale, add_person).to_string()}</button>
                        <a href=routes::PEOPLE>{td_string!(locale, back_to_list).to_string()}</a>
                    </div>
                </form>
            },
        )
        .below(td_string!(locale, nav_people).to_string(), routes::PEOPLE))
    })
}

/// The departments people can belong to.
pub(super) async fn departments(visit: &Visit, actor: &Actor) -> Result<Vec<(String, String)>, PortalError> {
    let departments = visit.portal.organizations().all_departments(actor).await?;
    Ok(departments.into_iter().map(|choice| (choice.id.to_string(), choice.name)).collect())
}

/// The roles somebody can give.
pub(super) fn roles(locale: Locale, actor: &Actor) -> Vec<(String, String)> {
    let operator = matches!(actor, Actor::Staff(staff) if staff.role == Role::Operator);
    let roles: Vec<Role> = if operator { vec![Role::Operator] } else { Role::of_organizations().collect() };
    roles.into_iter().map(|role| (role.code().to_owned(), words::role(locale, role))).collect()
}
