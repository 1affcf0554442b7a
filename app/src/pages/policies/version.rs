//! One version of the organization's own policy: what it changes in the text, and in the assessments there are.

use super::compare::Differences;
use crate::{
    components::{
        date::Day,
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        islands::look_again::LookAgain,
        page::{Content, staff_page},
        verdict::RatingChip,
    },
    i18n::{Locale, td_string},
    pages::param,
    request::Visit,
    routes, words,
};
use kakunin_api::{
    ids::PolicyVersionId,
    policies::{PublishPolicy, WhatIf, WhatIfRow, WhatIfShown},
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// A draft or published version.
#[component]
pub fn PolicyVersionPage() -> impl IntoView {
    let id = param::<PolicyVersionId>("id");
    staff_page(|visit: Visit, actor: Actor| async move {
        let (locale, id) = (visit.locale, id?);
        let version = visit.portal.policies().version(&actor, id).await?;
        let rejected = visit.rejected::<PublishPolicy>("policies/publish").await;
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let state = FormState { locale, error: error.clone() };
        let title = version.row.version.clone();
        let standing = match version.row.effective_on {
            Some(date) => view! { <p class="subtitle">{td_string!(locale, policy_effective_on).to_string()}" "<Day date locale/></p> }.into_any(),
            None => view! { <p class="subtitle"><span class="tag">{td_string!(locale, policy_draft).to_string()}</span></p> }.into_any(),
        };
        // The effect comes first; and a page that looks again by itself would take away what somebody is typing.
        let is_known = matches!(version.what_if, Some(WhatIfShown::Done(_)));
        let publish = (version.may_publish && is_known).then(|| view! {
            <form method="post" action="/api/policies/publish" class="card">
                <h2>{td_string!(locale, policy_publish).to_string()}</h2>
                <p>{td_string!(locale, policy_publish_note).to_string()}</p>
                <input type="hidden" name="form[version]" value=id.to_string()/>
                <TextField state name="effective_on" value=form.effective_on required=true hint=td_string!(locale, hint_date).to_string()/>
                <button class="button button-primary" type="submit">{td_string!(locale, policy_publish_button).to_string()}</button>
            </form>
        });
        let workbook = version.what_if.is_some().then(|| view! {
            <a class="button button-secondary" href=routes::what_if_workbook(id) download="" rel="external">{td_string!(locale, what_if_download).to_string()}</a>
        });
        let outcome = version.what_if.map(|what_if| {
            view! {
                <h2>{td_string!(locale, what_if).to_string()}</h2>
                <Outcome what_if locale/>
            }
        });
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    {standing}
                    {workbook}
                </div>
                <ErrorSummary error locale/>
                {outcome}
                {publish}
                <h2>{td_string!(locale, policy_changes).to_string()}</h2>
                <Differences comparison=version.comparison locale unlinked=true/>
            },
        )
        .below(td_string!(locale, nav_policies).to_string(), routes::POLICIES)
        .below(td_string!(locale, policy_versions).to_string(), routes::POLICY_VERSIONS))
    })
}

/// How many ratings change, which assessments, and because of what.
#[component]
pub fn Outcome(what_if: WhatIfShown, locale: Locale) -> impl IntoView {
    match what_if {
        WhatIfShown::Done(what_if) => view! { <Changes what_if locale/> }.into_any(),
        WhatIfShown::Running { done, total } => {
            let said = td_string!(locale, what_if_running, done = done, total = total).to_string();
            // The page looks again by itself, with JavaScript and without.
            view! {
                <LookAgain after_ms=2000/>
                <noscript><meta http-equiv="refresh" content="2"/></noscript>
                <div class="notice notice-info" role="status">
                    <p>{said.clone()}</p>
                    <progress max=total.max(1) value=done aria-label=said></progress>
                </div>
            }
            .into_any()
        }
    }
}

#[component]
fn Changes(what_if: WhatIf, locale: Locale) -> impl IntoView {
    let summary =
        td_string!(locale, what_if_summary, evaluated = what_if.evaluated, changed = what_if.changed).to_string();
    let shown = what_if.rows.len();
    let more = (usize::try_from(what_if.changed).unwrap_or(usize::MAX) > shown).then(|| {
        view! { <p class="muted">{td_string!(locale, what_if_more, shown = shown).to_string()}</p> }
    });
    let ratings = what_if.ratings.into_iter().map(|(rating, before, after)| {
        view! { <tr><td data-label=td_string!(locale, column_rating).to_string()><RatingChip rating locale/></td>
        <td class="number" data-label=td_string!(locale, what_if_before).to_string()>{before}</td>
        <td class="number" data-label=td_string!(locale, what_if_after).to_string()>{after}</td></tr> }
    });
    let ratings = ratings.collect_view();
    let rows = what_if.rows.into_iter().map(|row| view! { <ChangedRow row locale/> }).collect_view();
    view! {
        <p>{summary}</p>
        {(!ratings.is_empty()).then(|| view! {
            <table class="data ratings">
                <thead><tr>
                    <th scope="col">{td_string!(locale, column_rating).to_string()}</th>
                    <th scope="col" class="number">{td_string!(locale, what_if_before).to_string()}</th>
                    <th scope="col" class="number">{td_string!(locale, what_if_after).to_string()}</th>
                </tr></thead>
                <tbody>{ratings}</tbody>
            </table>
        })}
        {(shown > 0).then(|| view! {
            <table class="data">
                <thead><tr>
                    <th scope="col">{td_string!(locale, column_vendor_or_provider).to_string()}</th>
                    <th scope="col">{td_string!(locale, column_rating).to_string()}</th>
                    <th scope="col">{td_string!(locale, what_if_because).to_string()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        })}
        {more}
    }
}

#[component]
fn ChangedRow(row: WhatIfRow, locale: Locale) -> impl IntoView {
    let said = |verdict: Option<_>| {
        verdict.map_or_else(|| td_string!(locale, what_if_none).to_string(), |verdict| words::verdict(locale, verdict))
    };
    let verdicts = row.verdicts.iter().map(|(title, before, after)| {
        view! { <li>{format!("{}: {} → {}", words::text(locale, title), said(*before), said(*after))}</li> }
    });
    let (before, after) = row.rating;
    let score = |score: Option<u16>| score.map_or_else(|| "—".to_owned(), words::percent);
    view! {
        <tr>
            <td data-label=td_string!(locale, column_vendor_or_provider).to_string()>
                <a href=routes::assessment(row.assessment)>{words::vendor(locale, row.subject, &row.vendor)}</a><br/><span class="muted">{row.subject_title}</span>
            </td>
            <td data-label=td_string!(locale, column_rating).to_string()>
                <RatingChip rating=before locale/>" → "<RatingChip rating=after locale/>
                <br/><span class="muted">{format!("{} → {}", score(row.score.0), score(row.score.1))}</span>
            </td>
            <td data-label=td_string!(locale, what_if_because).to_string()><ul>{verdicts.collect_view()}</ul></td>
        </tr>
    }
}
