//! One verdict explained, on a page of its own.

use super::verdicts::Reasons;
use crate::{
    components::{
        page::{Content, staff_page},
        verdict::VerdictChip,
    },
    i18n::td_string,
    pages::{param, policies::criterion::Criterion},
    request::Visit,
    routes, words,
};
use kakunin_api::ids::AssessmentId;
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// Why a requirement has its verdict.
#[component]
pub fn ExplanationPage() -> impl IntoView {
    let (id, requirement) = (param::<AssessmentId>("id"), param::<String>("requirement"));
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let view = visit.portal.assessments().explain(&actor, id?, &requirement?).await?;
        let row = view.reviewed;
        let title = words::text(locale, &row.requirement.title);
        let back = routes::assessment(view.assessment);
        let change = format!("{back}#r-{}", row.requirement.id);
        let policy = format!("{} {}", words::text(locale, &view.policy.0), view.policy.1);
        let clause = format!("{} {}", row.clause.id, words::text(locale, &row.clause.title));
        let settle = if row.open.is_empty() {
            None
        } else {
            let open = row.open.iter().map(|key| view! { <li>{words::text(locale, key)}</li> }).collect_view();
            Some(view! { <h2>{td_string!(locale, explanation_open).to_string()}</h2><ul>{open}</ul> })
        };
        let overridden = row.overridden.map(|change| {
            view! {
                <p class="notice notice-warning">
                    {td_string!(locale, overridden_by, name = change.by)}": "<span class="plain">{change.reason}</span>
                </p>
            }
        });
        Ok(Content::new(title.clone(), view! {
            <div class="page-head"><h1>{title}</h1><p class="subtitle"><VerdictChip verdict=row.verdict locale/></p></div>
            {overridden}
            <p>{words::text(locale, &row.requirement.text)}" "<span class="muted">{words::owed_by(locale, row.requirement.owed_by)}</span></p>
            <dl class="facts">
                <div><dt>{td_string!(locale, applied_policy).to_string()}</dt><dd>{policy}</dd></div>
                <div><dt>{td_string!(locale, clause).to_string()}</dt><dd>{clause}</dd></div>
                <div><dt>{td_string!(locale, explanation_level).to_string()}</dt><dd>{words::level(locale, row.requirement.level)}" "{td_string!(locale, weight, weight = row.requirement.weight)}</dd></div>
            </dl>
            <h2>{td_string!(locale, explanation_reasons).to_string()}</h2>
            <Reasons reasons=row.reasons subject=view.subject back=back.clone() locale/>
            {settle}
            {view.criterion.map(|criterion| view! {
                <h2>{td_string!(locale, explanation_criterion).to_string()}</h2>
                <Criterion criterion locale/>
            })}
            <p><a href=change>{td_string!(locale, explanation_back).to_string()}</a></p>
        })
        .below(td_string!(locale, nav_assessments).to_string(), routes::ASSESSMENTS)
        .below(view.subject_title, back))
    })
}
