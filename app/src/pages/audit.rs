//! 操作記録.

use crate::{
    components::{
        date::Minute,
        page::{Content, staff_page},
        pager::Pager,
    },
    i18n::td_string,
    pages::list_query,
    request::Visit,
    routes, words,
};
use kakunin_server::{clock::minute_in_japan, permission::Actor};
use leptos::prelude::*;

/// The log, newest first.
#[component]
pub fn AuditEventsPage() -> impl IntoView {
    let query = list_query();
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let page = visit.portal.audit().events(&actor, &query).await?;
        let (total, pages) = (page.total, page.pages());
        let labels = [
            td_string!(locale, column_number).to_string(),
            td_string!(locale, column_when).to_string(),
            td_string!(locale, column_who).to_string(),
            td_string!(locale, column_action).to_string(),
            td_string!(locale, column_detail).to_string(),
        ];
        let rows = page
            .rows
            .into_iter()
            .map(|row| {
                let [number, when, who, action, detail] = labels.clone();
                view! {
                    <tr>
                        <td data-label=number class="number">{row.sequence}</td>
                        <td data-label=when><Minute at=minute_in_japan(row.at) locale/></td>
                        <td data-label=who>{row.actor_name}</td>
                        <td data-label=action>{words::action(locale, &row.action)}</td>
                        <td data-label=detail><span class="hash">{row.object_kind}" "{row.detail}</span></td>
                    </tr>
                }
            })
            .collect_view();
        let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
        let title = td_string!(locale, nav_audit_events).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1></div>
                <p class="lead">{td_string!(locale, audit_lead).to_string()}</p>
                <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
                <Pager path=routes::AUDIT_EVENTS query total pages locale/>
            },
        ))
    })
}
