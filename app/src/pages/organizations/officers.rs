//! 責任者: the posts and who held them, on any day.

use crate::{
    components::{
        date::Day,
        page::{Content, staff_page},
        pager::{PagerTo, encoded},
    },
    i18n::td_string,
    pages::query_text,
    request::Visit,
    routes,
};
use jiff::civil::Date;
use kakunin_server::{era, permission::Actor};
use leptos::prelude::*;

/// 責任者. `?on=…` asks for another day than today.
#[component]
pub fn OfficersPage() -> impl IntoView {
    let (typed, search) = (query_text("on"), query_text("q"));
    let number = query_text("page").parse().unwrap_or(1);
    staff_page(move |visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let today = visit.portal.clock().today();
        let asked = (!typed.trim().is_empty()).then(|| era::parse(&typed));
        let unread = matches!(asked, Some(Err(_)));
        let day: Date = asked.and_then(Result::ok).unwrap_or(today);
        let (page, vacancies) = visit.portal.organizations().posts_on(&actor, day, (&search, number)).await?;
        let (total, pages, number) = (page.total, page.pages(), page.page);
        let asked = format!("on={}&q={}", encoded(&typed), encoded(&search));
        let at = |page: u64| format!("{}?{asked}&page={page}", routes::OFFICERS);
        let take = format!("/officers/officers.xlsx?{asked}");
        let (previous, next) = (at(number.saturating_sub(1)), at(number.saturating_add(1)));
        let labels = [
            td_string!(locale, column_post).to_string(),
            td_string!(locale, column_department).to_string(),
            td_string!(locale, column_officer).to_string(),
            td_string!(locale, column_since).to_string(),
        ];
        let rows = page.rows.into_iter().map(|row| {
            let [post, department, officer, since] = labels.clone();
            let (name, from) = match row.holder {
                Some(holder) => {
                    let acting = holder.acting.then(|| view! { " "<span class="tag">{td_string!(locale, acting).to_string()}</span> });
                    let to = holder.to.map(|to| view! { "–"<Day date=to locale/> });
                    (
                        view! { {holder.name}{acting} }.into_any(),
                        view! { <Day date=holder.from locale/>{to}<br/><span class="muted">{holder.document_number}</span> }.into_any(),
                    )
                }
                None if row.may_be_vacant => (view! { <span class="muted">{td_string!(locale, vacant).to_string()}</span> }.into_any(), ().into_any()),
                None => (view! { <strong class="overdue">{td_string!(locale, vacant).to_string()}</strong> }.into_any(), ().into_any()),
            };
            view! {
                <tr>
                    <td data-label=post><a href=routes::record("posts", row.id)>{row.title}</a>" "<span class="muted">{row.attached}</span></td>
                    <td data-label=department>{row.department}</td>
                    <td data-label=officer>{name}</td>
                    <td data-label=since>{from}</td>
                </tr>
            }
        }).collect_view();
        let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
        let may_manage = visit.portal.organizations().may_manage_offices(&actor);
        let add = may_manage.then(|| {
            view! {
                <a class="button button-primary" href=routes::new_record("posts")>{td_string!(locale, add_post).to_string()}</a>
                <a class="button button-secondary" href=routes::HANDOVERS>{td_string!(locale, handovers).to_string()}</a>
            }
        });
        let unread = unread.then(|| {
            let said = td_string!(locale, audit_day_unread, day = typed.clone()).to_string();
            view! { <div class="notice notice-error" role="alert"><p>{said}</p></div> }
        });
        let vacant = (vacancies > 0).then(|| {
            let said = td_string!(locale, vacancies, count = vacancies).to_string();
            view! { <div class="notice notice-error"><p>{said}</p></div> }
        });
        let none = rows.is_empty().then(|| {
            let said = if search.is_empty() {
                td_string!(locale, no_posts).to_string()
            } else {
                td_string!(locale, nothing_found).to_string()
            };
            view! { <p class="empty">{said}</p> }
        });
        let title = td_string!(locale, nav_officers).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1>{add}</div>
                <p class="lead">{td_string!(locale, officers_lead).to_string()}</p>
                <form method="get" action=routes::OFFICERS class="filter" role="search">
                    <div class="field">
                        <label class="label" for="on">{td_string!(locale, responsible_on).to_string()}</label>
                        <p class="hint">{td_string!(locale, hint_date).to_string()}</p>
                        <input id="on" name="on" type="text" value=typed/>
                    </div>
                    <div class="field">
                        <label class="label" for="q">{td_string!(locale, officers_search).to_string()}</label>
                        <p class="hint">{td_string!(locale, hint_officers_search).to_string()}</p>
                        <input id="q" name="q" type="search" value=search.clone()/>
                    </div>
                    <button class="button button-secondary" type="submit">{td_string!(locale, show_day).to_string()}</button>
                </form>
                {unread}
                <h2><Day date=day locale/></h2>
                {vacant}
                <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
                {none}
                <PagerTo previous next page=number total pages locale/>
                <p class="take-away">{td_string!(locale, take_away).to_string()}" "<a href=take rel="external">"Excel"</a></p>
                <p><a href=routes::register("posts")>{td_string!(locale, all_posts).to_string()}</a></p>
            },
        ))
    })
}
