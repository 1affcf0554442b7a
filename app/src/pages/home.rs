//! ホーム: what waits for the person who opened it.

use crate::{
    components::{
        date::Day,
        page::{Content, staff_page},
        verdict::StateChip,
    },
    i18n::{Locale, td_string},
    pages::registers::{begun::DRAFTS, value::word},
    request::{Visit, language},
    routes, words,
};
use kakunin_api::{
    attention::{Attention, AttentionKind},
    ids::RecordId,
};
use kakunin_server::{
    permission::Actor,
    registers::{
        kinds::VendorRecord,
        schema::{
            Register, register,
            services::{CLOUD_SERVICES, SOCIAL_ACCOUNTS},
            vendors::CERTIFICATIONS,
        },
    },
};
use leptos::prelude::*;
use std::collections::BTreeMap;

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
                <a href=routes::assessment(row.id)><strong>{words::vendor(locale, row.subject.kind, &row.vendor_name)}</strong></a>" "{row.subject_title}
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
        let mut cards = AttentionKind::ALL.map(|kind| {
            let of_kind = home.attention.iter().filter(|one| one.kind == kind).cloned().collect();
            let card = if kind == AttentionKind::Draft {
                drafts(of_kind, locale)
            } else {
                attention_card(kind, of_kind, locale)
            };
            (kind, card)
        });
        let pending =
            cards.iter_mut().find(|(kind, _)| *kind == AttentionKind::Pending).and_then(|(_, card)| card.take());
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
        let cards = cards.into_iter().map(|(_, card)| card).collect_view();
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
                    {cards}
                </div>
            },
        ))
    })
}

/// What should be looked at for one reason.
fn attention_card(kind: AttentionKind, of_kind: Vec<Attention>, locale: Locale) -> Option<AnyView> {
    // Of several registers each says how many it has.
    let totals: BTreeMap<&str, u64> = of_kind.iter().map(|one| (one.register.as_str(), one.total)).collect();
    let total: u64 = totals.values().sum();
    if total == 0 {
        return None;
    }
    let (heading, all) = match kind {
        AttentionKind::Pending | AttentionKind::Draft => (td_string!(locale, pending_approvals).to_string(), None),
        AttentionKind::Vacancy => (td_string!(locale, vacant_posts).to_string(), Some(routes::OFFICERS.to_owned())),
        AttentionKind::Ending => {
            (td_string!(locale, ending_appointments).to_string(), Some(routes::OFFICERS.to_owned()))
        }
        AttentionKind::Expiring => {
            (td_string!(locale, expiring_certificates).to_string(), Some(routes::register("certifications")))
        }
        AttentionKind::Registration => {
            (td_string!(locale, expiring_registrations).to_string(), Some(routes::register("cloud-services")))
        }
        AttentionKind::Dormant => {
            (td_string!(locale, dormant_accounts).to_string(), Some(routes::register("social-accounts")))
        }
    };
    let rows = of_kind.into_iter().map(|one| {
        let detail = match kind {
            AttentionKind::Expiring => choice_of(&CERTIFICATIONS, "standard", &one.detail, locale),
            AttentionKind::Registration => choice_of(&CLOUD_SERVICES, "ismap", &one.detail, locale),
            AttentionKind::Dormant => choice_of(&SOCIAL_ACCOUNTS, "platform", &one.detail, locale),
            _ => one.detail,
        };
        let day = one.day.map(|date| view! { " "<Day date locale/> });
        view! { <li><a href=routes::record(&one.register, one.id)>{one.name}</a>" "{detail}{day}</li> }
    });
    let rows = rows.collect_view();
    let all = all.map(|path| view! { <p><a href=path>{td_string!(locale, see_all).to_string()}</a></p> });
    Some(view! { <section class="card"><h2>{heading}" ("{total}")"</h2><ul>{rows}</ul>{all}</section> }.into_any())
}

/// Forms that were begun and not handed in, each to go on with or to throw away.
fn drafts(drafts: Vec<Attention>, locale: Locale) -> Option<AnyView> {
    let total = drafts.first()?.total;
    let rows = drafts.into_iter().filter_map(|draft| {
        let register = register(&draft.register)?;
        let is_there = draft.name.parse::<RecordId>().ok();
        let (path, label) = match is_there {
            Some(id) => (routes::edit_record(register.key, id), td_string!(locale, draft_of_change).to_string()),
            None => (format!("{}?{}", routes::new_record(register.key), draft.name), td_string!(locale, draft_of_new).to_string()),
        };
        let fixed = draft.name.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, id)| {
            view! { <input type="hidden" name=format!("form[{name}]") value=id.to_owned()/> }
        });
        Some(view! {
            <li class="draft">
                <a href=path>{register.words.say(language(locale))}" "{label}</a>
                <form method="post" action=DRAFTS>
                    <input type="hidden" name="register" value=register.key/>
                    <input type="hidden" name="id" value=is_there.map(|id| id.to_string()).unwrap_or_default()/>
                    <input type="hidden" name="discard" value="yes"/>
                    <input type="hidden" name="then" value="home"/>
                    {fixed.collect_view()}
                    <button class="button button-secondary" type="submit">{td_string!(locale, discard_draft).to_string()}</button>
                </form>
            </li>
        })
    });
    let rows = rows.collect_view();
    Some(view! { <section class="card"><h2>{td_string!(locale, drafts).to_string()}" ("{total}")"</h2><ul>{rows}</ul></section> }.into_any())
}

/// What a code of a field is called.
fn choice_of(register: &'static Register, field: &str, code: &str, locale: Locale) -> String {
    register.field(field).map_or_else(|| code.to_owned(), |field| word(field, code, locale))
}
