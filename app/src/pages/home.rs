//! ホーム: what waits for the person who opened it.

use crate::{
    components::{
        date::Day,
        page::{Content, staff_page},
        verdict::StateChip,
    },
    i18n::td_string,
    request::Visit,
    routes,
};
use kakunin_server::{permission::Actor, registers::kinds::VendorRecord};
use leptos::prelude::*;

/// ホーム.
#[component]
pub fn HomePage() -> impl IntoView {
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        if visit.portal.organizations().may_create(&actor) {
            // An operator has nothing else here.
            leptos_axum::redirect(routes::ORGANIZATIONS);
            return Ok(Content::new(String::new(), ()));
        }
        let home = visit.portal.assessments().home(&actor).await?;
        let may_register = visit.portal.records::<VendorRecord>().may_add(&actor);
        let waiting = home.waiting.into_iter().map(|row| view! {
            <li>
                <a href=routes::assessment(row.id)><strong>{row.vendor_name}</strong></a>" "{row.engagement_title}
                <StateChip state=row.state locale/>
                <span class:overdue=row.overdue>
                    {row.overdue.then(|| td_string!(locale, overdue).to_string())}" "
                    <Day date=row.due_on locale/>
                </span>
            </li>
        }).collect_view();
        let states = home
            .by_state
            .into_iter()
            .map(|(state, count)| {
                view! {
                    <tr><td data-label=td_string!(locale, column_state).to_string()><StateChip state locale/></td>
                        <td class="number" data-label=td_string!(locale, column_count).to_string()>{count}</td></tr>
                }
            })
            .collect_view();
        let (nothing, no_assessments) = (waiting.is_empty(), states.is_empty());
        let pending = (!home.pending_approvals.is_empty()).then(|| {
            let rows = home.pending_approvals.into_iter().map(|(register, id, name)| {
                view! { <li><a href=routes::record(&register, id)>{name}</a></li> }
            });
            view! {
                <section class="card">
                    <h2>{td_string!(locale, pending_approvals).to_string()}</h2>
                    <ul>{rows.collect_view()}</ul>
                </section>
            }
        });
        let set_up = home.nothing_set_up.then(|| {
            let steps = [
                (routes::DEPARTMENTS.to_owned(), td_string!(locale, nav_departments).to_string()),
                (routes::new_record("posts"), td_string!(locale, add_post).to_string()),
                (routes::NEW_PERSON.to_owned(), td_string!(locale, nav_people).to_string()),
                (routes::POLICIES.to_owned(), td_string!(locale, nav_policies).to_string()),
            ];
            let steps = steps.map(|(path, label)| view! { <li><a href=path>{label}</a></li> });
            view! {
                <section class="card">
                    <h2>{td_string!(locale, set_up_first).to_string()}</h2>
                    <p>{td_string!(locale, set_up_text).to_string()}</p>
                    <ol>{steps.collect_view()}</ol>
                </section>
            }
        });
        let vacant = (!home.vacant_posts.is_empty()).then(|| {
            view! {
                <section class="card">
                    <h2>{td_string!(locale, vacant_posts).to_string()}" ("{home.vacancies}")"</h2>
                    <ul>{home.vacant_posts.into_iter().map(|post| view! { <li>{post}</li> }).collect_view()}</ul>
                    <p><a href=routes::OFFICERS>{td_string!(locale, nav_officers).to_string()}</a></p>
                </section>
            }
        });
        let ending = (!home.ending_appointments.is_empty()).then(|| {
            let rows = home.ending_appointments.into_iter().map(|(post, name, last)| {
                view! { <li>{post}" "{name}" "<Day date=last locale/></li> }
            });
            view! {
                <section class="card">
                    <h2>{td_string!(locale, ending_appointments).to_string()}</h2>
                    <ul>{rows.collect_view()}</ul>
                    <p><a href=routes::OFFICERS>{td_string!(locale, nav_officers).to_string()}</a></p>
                </section>
            }
        });
        let title = td_string!(locale, nav_home).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    {may_register.then(|| view! {
                        <a class="button button-primary" href=routes::NEW_VENDOR>{td_string!(locale, register_vendor).to_string()}</a>
                    })}
                </div>
                <div class="home-grid">
                    {set_up}
                    {pending}
                    <section class="card">
                        <h2>{td_string!(locale, waiting_for_you).to_string()}</h2>
                        {if nothing {
                            view! { <p class="empty">{td_string!(locale, nothing_waits).to_string()}</p> }.into_any()
                        } else {
                            view! { <ul class="work-list">{waiting}</ul> }.into_any()
                        }}
                    </section>
                    <section class="card">
                        <h2>{td_string!(locale, assessments_by_state).to_string()}</h2>
                        {if no_assessments {
                            view! { <p class="empty">{td_string!(locale, no_assessments).to_string()}</p> }.into_any()
                        } else {
                            view! {
                                <table class="data">
                                    <thead><tr>
                                        <th scope="col">{td_string!(locale, column_state).to_string()}</th>
                                        <th scope="col" class="number">{td_string!(locale, column_count).to_string()}</th>
                                    </tr></thead>
                                    <tbody>{states}</tbody>
                                </table>
                            }.into_any()
                        }}
                        <p><a href=routes::ASSESSMENTS>{td_string!(locale, nav_assessments).to_string()}</a></p>
                    </section>
                    {vacant}
                    {ending}
                </div>
            },
        ))
    })
}
