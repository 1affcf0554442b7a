//! One person: their roles, and what an administrator can do about them.

use super::{
    list::{PeopleTable, PersonLine},
    new::{departments, roles},
};
use crate::{
    components::{
        done::Done,
        error_summary::ErrorSummary,
        field::{FormState, SelectField},
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    pages::{param, query_text},
    request::{Shown, Visit},
    routes,
};
use kakunin_api::{
    ids::MembershipId,
    people::{ChangeRole, PersonView},
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// One person.
#[component]
pub fn PersonPage() -> impl IntoView {
    let (id, done) = (param::<MembershipId>("id"), query_text("done"));
    staff_page(move |visit: Visit, actor: Actor| async move {
        let (locale, id) = (visit.locale, id?);
        let person = visit.portal.people().person(&actor, id).await?;
        let first = |shown| match shown {
            Shown::FirstPassword(first) if first.membership == id => Some(first.password),
            _ => None,
        };
        let fresh = visit.take_shown(first).await.map(|password| match password {
            Some(password) => view! {
                <div class="notice notice-success" role="status">
                    <p>{td_string!(locale, first_password_shown).to_string()}</p>
                    <p><code class="secret">{password}</code></p>
                </div>
            }
            .into_any(),
            None => view! { <Done said=td_string!(locale, role_given).to_string()/> }.into_any(),
        });
        let fresh = fresh.or_else(|| {
            let said = match done.as_str() {
                "role" => td_string!(locale, role_changed).to_string(),
                "ended" => td_string!(locale, membership_ended).to_string(),
                "approved" => td_string!(locale, membership_approved).to_string(),
                _ => return None,
            };
            Some(view! { <Done said=said/> }.into_any())
        });
        let rejected = visit.rejected::<ChangeRole>("people/change-role").await;
        let own = visit.rejected::<()>("people/end-membership").await.map(|kept| kept.error);
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let state = FormState { locale, error: error.clone() };
        let form = if error.is_some() {
            form
        } else {
            ChangeRole {
                membership: id.to_string(),
                department: person.department.to_string(),
                role: person.row.role.code().to_owned(),
            }
        };
        let manage = if person.may_manage && !person.row.ended {
            let choices = departments(&visit, &actor).await?;
            let roles = roles(locale, &actor);
            Some(view! { <Manage person=person.clone() form state choices roles locale/> })
        } else {
            None
        };
        let title = person.row.name.clone();
        let rows = person.roles.into_iter().map(|row| view! { <PersonLine row locale linked=false/> }).collect_view();
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <p class="subtitle">{person.row.sign_in_name}</p>
                {fresh}
                <ErrorSummary error locale/>
                <ErrorSummary error=own locale/>
                {manage}
                <h2>{td_string!(locale, roles_held).to_string()}</h2>
                <PeopleTable rows=rows.into_any() locale/>
            },
        )
        .below(td_string!(locale, nav_people).to_string(), routes::PEOPLE))
    })
}

#[component]
fn Manage(
    person: PersonView,
    form: ChangeRole,
    state: FormState,
    choices: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    locale: Locale,
) -> impl IntoView {
    let id = person.row.id.to_string();
    let approve = (!person.row.approved).then(|| view! {
        <section class="card">
            <h2>{td_string!(locale, approve_person).to_string()}</h2>
            <p>{td_string!(locale, approve_person_text).to_string()}</p>
            <form method="post" action="/api/people/approve-membership">
                <input type="hidden" name="membership" value=id.clone()/>
                <button class="button button-primary" type="submit">{td_string!(locale, approve_person).to_string()}</button>
            </form>
        </section>
    });
    let reset = person.may_reset.then(|| view! {
        <section class="card">
            <h2>{td_string!(locale, reset_sign_in).to_string()}</h2>
            <p>{td_string!(locale, reset_sign_in_text).to_string()}</p>
            <details>
                <summary>{td_string!(locale, reset_sign_in_of, name = person.row.name.clone()).to_string()}</summary>
                <form method="post" action="/api/people/reset-sign-in">
                    <input type="hidden" name="membership" value=id.clone()/>
                    <button class="button button-danger" type="submit">{td_string!(locale, reset_sign_in).to_string()}</button>
                </form>
            </details>
        </section>
    });
    view! {
        {approve}
        <section class="card">
            <h2>{td_string!(locale, change_role).to_string()}</h2>
            <p>{td_string!(locale, change_role_text).to_string()}</p>
            <form method="post" action="/api/people/change-role">
                <input type="hidden" name="form[membership]" value=id.clone()/>
                <SelectField state=state.clone() name="department" label=td_string!(locale, column_department).to_string() value=form.department choices/>
                <SelectField state name="role" value=form.role choices=roles/>
                <button class="button button-primary" type="submit">{td_string!(locale, change_role).to_string()}</button>
            </form>
        </section>
        {reset}
        <section class="card">
            <h2>{td_string!(locale, end_membership).to_string()}</h2>
            <p>{td_string!(locale, end_membership_text).to_string()}</p>
            <details>
                <summary>{td_string!(locale, end_membership_of, name = person.row.name).to_string()}</summary>
                <form method="post" action="/api/people/end-membership">
                    <input type="hidden" name="membership" value=id/>
                    <button class="button button-danger" type="submit">{td_string!(locale, end_membership).to_string()}</button>
                </form>
            </details>
        </section>
    }
}
