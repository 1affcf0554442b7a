//! The register of engagements.

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
use kakunin_api::engagements::EngagementRow;
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// 業務委託.
#[component]
pub fn EngagementsPage() -> impl IntoView {
    let query = list_query();
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let page = visit.portal.engagements().list(&actor, &query).await?;
        let (total, pages) = (page.total, page.pages());
        let title = td_string!(locale, nav_engagements).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1></div>
                <Listed path=routes::ENGAGEMENTS query label=td_string!(locale, search_engagements).to_string() total pages
                    empty=td_string!(locale, no_engagements).to_string() locale>
                    <EngagementTable rows=page.rows locale/>
                </Listed>
            },
        ))
    })
}

/// Engagements in a table.
#[component]
pub fn EngagementTable(rows: Vec<EngagementRow>, locale: Locale) -> impl IntoView {
    let labels = [
        td_string!(locale, field_title).to_string(),
        td_string!(locale, column_vendor).to_string(),
        td_string!(locale, field_department).to_string(),
        td_string!(locale, column_period).to_string(),
        td_string!(locale, column_information).to_string(),
    ];
    let rows = rows
        .into_iter()
        .map(|row| {
            let [title, vendor, department, period, information] = labels.clone();
            let specific = row
                .specific_personal_information
                .then(|| view! { <br/>{td_string!(locale, specific_personal_information).to_string()} });
            view! {
                <tr>
                    <td data-label=title><a href=routes::engagement(row.id)>{row.title}</a></td>
                    <td data-label=vendor>{row.vendor_name}</td>
                    <td data-label=department>{row.department}</td>
                    <td data-label=period><Day date=row.starts_on locale/>"–"<Day date=row.ends_on locale/></td>
                    <td data-label=information>{words::confidentiality(locale, row.confidentiality)}{specific}</td>
                </tr>
            }
        })
        .collect_view();
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    view! {
        <table class="data">
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
