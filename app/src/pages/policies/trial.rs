//! Other weights and thresholds, tried on all assessments before anything is changed.

use super::version::Outcome;
use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    request::Visit,
    routes, words,
};
use kakunin_api::{
    PortalError,
    policies::{TrialClause, TryNumbers, WhatIfShown},
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// The form, and what its numbers would change.
#[component]
pub fn TrialPage() -> impl IntoView {
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let rejected = visit.rejected::<TryNumbers>("policies/try").await;
        let (typed, error) = rejected.map(|kept| (Some(kept.form), Some(kept.error))).unwrap_or_default();
        let error = error.filter(|error| !matches!(error, PortalError::Invalid(fields) if fields.is_empty()));
        let tried = typed.is_some() && error.is_none();
        let view = visit.portal.policies().trial(&actor, typed).await?;
        let title = td_string!(locale, try_numbers).to_string();
        let policy = format!("{} {}", words::text(locale, &view.title), view.version);
        let state = FormState { locale, error: error.clone() };
        let changed = view.outcome.is_some();
        // A page that looks again by itself would take away what somebody is typing.
        let is_running = matches!(view.outcome, Some(WhatIfShown::Running { .. }));
        let outcome = match view.outcome {
            Some(what_if) => Some(
                view! {
                    <h2>{td_string!(locale, try_result).to_string()}</h2>
                    <Outcome what_if locale/>
                }
                .into_any(),
            ),
            None => tried.then(|| {
                view! { <p class="notice notice-info">{td_string!(locale, try_none).to_string()}</p> }.into_any()
            }),
        };
        let form = view.form;
        let weights = form.weights.clone();
        let clauses = view
            .clauses
            .into_iter()
            .map(|clause| view! { <ClauseWeights clause weights=weights.clone() state=state.clone()/> });
        let draft = (view.may_import && changed).then(|| view! {
            <TextField state=state.clone() name="version" value=form.version.clone() hint=td_string!(locale, hint_questionnaire_version).to_string()/>
            <button class="button button-secondary" type="submit" name="form[step]" value="draft">{td_string!(locale, try_draft).to_string()}</button>
        });
        let form_view = (!is_running).then(|| view! {
            <form method="post" action="/api/policies/try" class="card">
                <h2>{td_string!(locale, try_thresholds).to_string()}</h2>
                <TextField state=state.clone() name="a" value=form.a required=true/>
                <TextField state=state.clone() name="b" value=form.b required=true/>
                <TextField state=state.clone() name="c" value=form.c required=true/>
                <TextField state=state.clone() name="minimum_coverage" value=form.minimum_coverage required=true/>
                <h2>{td_string!(locale, try_weights).to_string()}</h2>
                {clauses.collect_view()}
                <div class="actions">
                    <button class="button button-primary" type="submit" name="form[step]" value="try">{td_string!(locale, try_button).to_string()}</button>
                </div>
                {draft}
            </form>
        });
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1></div>
                <ErrorSummary error locale/>
                <p class="lead">{td_string!(locale, try_numbers_lead, policy = policy).to_string()}</p>
                {outcome}
                {form_view}
            },
        )
        .below(td_string!(locale, nav_policies).to_string(), routes::POLICIES)
        .below(td_string!(locale, policy_versions).to_string(), routes::POLICY_VERSIONS))
    })
}

/// The weights of a clause's requirements; open where one of them has a problem.
#[component]
fn ClauseWeights(
    clause: TrialClause,
    weights: std::collections::BTreeMap<String, String>,
    state: FormState,
) -> impl IntoView {
    let locale: Locale = state.locale;
    let title = format!("{} {}", clause.clause.id, words::text(locale, &clause.clause.title));
    let summary = td_string!(locale, trial_clause, clause = title, count = clause.requirements.len()).to_string();
    let mut open = false;
    let rows = clause
        .requirements
        .into_iter()
        .map(|requirement| {
            let id = format!("weight-{}", requirement.id);
            let problem = state.problem(&id);
            open |= problem.is_some();
            let error = problem.map(|problem| view! { <span class="error-text">"＊"{words::problem(locale, problem)}</span> });
            let value = weights.get(&requirement.id).cloned().unwrap_or_else(|| requirement.weight.to_string());
            let changed = value.trim() != requirement.weight.to_string();
            open |= changed;
            view! {
                <li class:changed=changed>
                    <label for=id.clone()>{words::text(locale, &requirement.title)}" "<span class="tag">{words::level(locale, requirement.level)}</span></label>
                    <input id=id name=format!("form[weights][{}]", requirement.id) value=value inputmode="numeric" size="4" autocomplete="off"/>
                    {error}
                </li>
            }
        })
        .collect_view();
    view! { <details class="weights" open=open><summary>{summary}</summary><ul>{rows}</ul></details> }
}
