//! The list of assessments.

use crate::{
    components::{
        date::Day,
        page::{Content, staff_page},
        pager::Listed,
        verdict::{RatingChip, StateChip},
    },
    i18n::{Locale, td_string},
    pages::list_query,
    request::Visit,
    routes, words,
};
use kakunin_api::assessments::AssessmentRow;
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// 調査.
#[component]
pub fn AssessmentsPage() -> impl IntoView {
    let query = list_query();
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let page = visit.portal.assessments().list(&actor, &query).await?;
        let (total, pages) = (page.total, page.pages());
        let title = td_string!(locale, nav_assessments).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1></div>
                <Listed path=routes::ASSESSMENTS query label=td_string!(locale, search_assessments).to_string() total pages
                    empty=td_string!(locale, no_assessments).to_string() locale>
                    <AssessmentTable rows=page.rows locale/>
                </Listed>
            },
        ))
    })
}

/// Assessments in a table.
#[component]
pub fn AssessmentTable(rows: Vec<AssessmentRow>, locale: Locale) -> impl IntoView {
    let labels = [
        td_string!(locale, column_vendor_or_provider).to_string(),
        td_string!(locale, column_subject).to_string(),
        td_string!(locale, column_state).to_string(),
        td_string!(locale, field_due_on).to_string(),
        td_string!(locale, column_rating).to_string(),
        td_string!(locale, coverage).to_string(),
    ];
    let rows = rows.into_iter().map(|row| {
        let [vendor, title, state, due_on, rating, coverage] = labels.clone();
        let outcome = row.outcome.map(|outcome| view! { <br/><span class="muted">{words::outcome(locale, outcome)}</span> });
        view! {
            <tr>
                <td data-label=vendor><a href=routes::assessment(row.id)>{words::vendor(locale, row.subject.kind, &row.vendor_name)}</a></td>
                <td data-label=title>{row.subject_title}<br/><span class="muted">{words::subject(locale, row.subject.kind)}"・"{row.department}</span></td>
                <td data-label=state><StateChip state=row.state locale/>{outcome}</td>
                <td data-label=due_on>
                    <Day date=row.due_on locale/>
                    {row.overdue.then(|| view! { <br/><strong class="overdue">{td_string!(locale, overdue).to_string()}</strong> })}
                </td>
                <td data-label=rating>{row.rating.map(|rating| view! { <RatingChip rating locale/> })}</td>
                <td data-label=coverage class="number">{row.coverage.map(words::percent)}</td>
            </tr>
        }
    }).collect_view();
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    view! {
        <table class="data">
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
