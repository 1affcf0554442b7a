//! 責任者: the posts and who holds them today.

use crate::{
    components::{
        date::Day,
        page::{Content, staff_page},
    },
    i18n::td_string,
    request::Visit,
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// 責任者.
#[component]
pub fn OfficersPage() -> impl IntoView {
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let posts = visit.portal.organizations().posts(&actor).await?;
        let labels = [
            td_string!(locale, column_post).to_string(),
            td_string!(locale, column_department).to_string(),
            td_string!(locale, column_officer).to_string(),
            td_string!(locale, column_since).to_string(),
        ];
        let rows = posts.into_iter().map(|row| {
            let [post, department, officer, since] = labels.clone();
            let (name, from) = match row.holder {
                Some(holder) => (
                    holder.name.into_any(),
                    view! { <Day date=holder.from locale/><br/><span class="muted">{holder.document_number}</span> }.into_any(),
                ),
                None => (view! { <strong class="overdue">{td_string!(locale, vacant).to_string()}</strong> }.into_any(), ().into_any()),
            };
            view! {
                <tr>
                    <td data-label=post>{row.title}</td>
                    <td data-label=department>{row.department}</td>
                    <td data-label=officer>{name}</td>
                    <td data-label=since>{from}</td>
                </tr>
            }
        }).collect_view();
        let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
        let title = td_string!(locale, nav_officers).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1></div>
                <p class="lead">{td_string!(locale, officers_lead).to_string()}</p>
                <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            },
        ))
    })
}
