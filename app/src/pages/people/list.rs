//! 利用者: who belongs to the organization.

use crate::{
    components::{
        date::Day,
        page::{Content, staff_page},
        pager::Listed,
    },
    i18n::{Locale, td_string},
    pages::list_query,
    request::Visit,
    routes, words,
};
use kakunin_api::people::PersonRow;
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// The people of the organization.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let query = list_query();
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let people = visit.portal.people();
        let page = people.list(&actor, &query).await?;
        let may_manage = people.may_manage(&actor);
        let (total, pages) = (page.total, page.pages());
        let rows = page.rows.into_iter().map(|row| view! { <PersonLine row locale linked=true/> }).collect_view();
        let title = td_string!(locale, nav_people).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    {may_manage.then(|| view! { <a class="button button-primary" href=routes::NEW_PERSON>{td_string!(locale, add_person).to_string()}</a> })}
                </div>
                <p class="lead">{td_string!(locale, people_lead).to_string()}" "<a href=routes::PERMISSIONS>{td_string!(locale, nav_permissions).to_string()}</a></p>
                <Listed path=routes::PEOPLE query label=td_string!(locale, search_people).to_string() total pages
                    empty=td_string!(locale, people_none).to_string() locale>
                    <PeopleTable rows=rows.into_any() locale/>
                </Listed>
            },
        ))
    })
}

/// The table around lines of people.
#[component]
pub fn PeopleTable(rows: AnyView, locale: Locale) -> impl IntoView {
    view! {
        <table class="data">
            <thead><tr>
                <th scope="col">{td_string!(locale, column_person).to_string()}</th>
                <th scope="col">{td_string!(locale, column_department).to_string()}</th>
                <th scope="col">{td_string!(locale, column_role).to_string()}</th>
                <th scope="col">{td_string!(locale, column_period_of_role).to_string()}</th>
                <th scope="col">{td_string!(locale, column_state).to_string()}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// One line.
#[component]
pub fn PersonLine(row: PersonRow, locale: Locale, linked: bool) -> impl IntoView {
    let name = if linked {
        view! { <a href=routes::person(row.id)>{row.name}</a> }.into_any()
    } else {
        view! { {row.name} }.into_any()
    };
    let state = if row.ended {
        td_string!(locale, person_ended).to_string()
    } else if !row.approved {
        td_string!(locale, person_waiting).to_string()
    } else if !row.accepted {
        td_string!(locale, person_offered).to_string()
    } else if row.has_second_factor {
        td_string!(locale, person_second_factor).to_string()
    } else if row.has_password {
        td_string!(locale, person_password).to_string()
    } else {
        td_string!(locale, person_provider).to_string()
    };
    let until = row.ends_on.map(|date| view! { <Day date locale/> });
    let granted_by = words::granted_by(locale, &row.granted_by);
    view! {
        <tr>
            <td data-label=td_string!(locale, column_person).to_string()>{name}<br/><span class="muted">{row.sign_in_name}</span></td>
            <td data-label=td_string!(locale, column_department).to_string()>{row.department}</td>
            <td data-label=td_string!(locale, column_role).to_string()>{words::role(locale, row.role)}</td>
            <td data-label=td_string!(locale, column_period_of_role).to_string()><Day date=row.starts_on locale/>" – "{until}<br/>
                <span class="muted">{td_string!(locale, granted_by, name = granted_by).to_string()}</span></td>
            <td data-label=td_string!(locale, column_state).to_string()><span class:overdue=!row.approved && !row.ended>{state}</span></td>
        </tr>
    }
}
