//! One requirement with its verdict, its reasons, and the form to change the verdict.

use crate::{
    components::{date::Minute, field::FormState, text_area::TextArea, verdict::VerdictChip},
    i18n::{Locale, td_string},
    request::Rejected,
    routes, words,
};
use kakunin_api::{
    assessments::{OverrideVerdict, ReasonLine, ReviewedRequirement},
    ids::AssessmentId,
    subject::Subject,
};
use kakunin_questionnaires::evaluate::Verdict;
use leptos::prelude::*;

fn code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::PartlyMet => "partly_met",
        Verdict::NotMet => "not_met",
        Verdict::Unconfirmed => "unconfirmed",
        Verdict::NotApplicable => "not_applicable",
    }
}

/// A requirement beside its verdict.
#[component]
pub fn RequirementCard(
    row: ReviewedRequirement,
    assessment: AssessmentId,
    subject: Subject,
    version: i64,
    may_review: bool,
    kept: Option<Rejected<OverrideVerdict>>,
    locale: Locale,
) -> impl IntoView {
    let requirement = row.requirement;
    let level = words::level(locale, requirement.level);
    let owed = words::owed_by(locale, requirement.owed_by);
    let open = (!row.open.is_empty()).then(|| {
        view! {
            <p class="open">{td_string!(locale, settled_by, keys = words::joined(locale, &row.open))}</p>
        }
    });
    let overridden = row.overridden.map(|change| view! {
        <p class="notice notice-warning">
            {td_string!(locale, overridden_by, name = change.by)}" "<Minute at=change.at locale/>": "<span class="plain">{change.reason}</span>
        </p>
    });
    let basis = requirement
        .basis
        .iter()
        .map(|basis| format!("{} {}", basis.doc, basis.reference))
        .collect::<Vec<_>>()
        .join(" / ");
    let form = may_review.then(|| {
        view! {
            <OverrideForm requirement=requirement.id.clone() assessment version verdict=row.verdict kept locale/>
        }
    });
    view! {
        <article class=format!("requirement requirement-{}", code(row.verdict)) id=format!("r-{}", requirement.id)>
            <h3>
                {words::text(locale, &requirement.title)}
                " "<span class="tag">{level}</span>
                " "<span class="tag">{td_string!(locale, weight, weight = requirement.weight)}</span>
            </h3>
            <p class="owed">{td_string!(locale, clause).to_string()}" "{row.clause.id}" "{words::text(locale, &row.clause.title)}" ／ "{owed}</p>
            <p><VerdictChip verdict=row.verdict locale/></p>
            {overridden}
            <Reasons reasons=row.reasons subject locale/>
            {open}
            <details>
                <summary>{td_string!(locale, requirement_text).to_string()}</summary>
                <p>{words::text(locale, &requirement.text)}</p>
                <p class="muted">{td_string!(locale, basis).to_string()}": "{basis}</p>
                <p><a href=routes::explanation(assessment, &requirement.id)>{td_string!(locale, explanation).to_string()}</a></p>
            </details>
            {form}
        </article>
    }
}

/// The comparisons that decided: where, what was found, what was expected; each place leads to where it can be mended. `back` is the
/// page that has the answers, where that is another one.
#[component]
pub fn Reasons(
    reasons: Vec<ReasonLine>,
    subject: Subject,
    #[prop(optional)] back: String,
    locale: Locale,
) -> impl IntoView {
    let rows = reasons
        .into_iter()
        .map(|reason| {
            let link = match reason.key.split_once(':') {
                Some(("answer", key)) => Some(format!("{back}#a-{key}")),
                Some(("fact", path)) => routes::fact(subject, path),
                _ => None,
            };
            let place = words::text(locale, &reason.place);
            let place = match link {
                Some(link) => view! { <a href=link>{place}</a> }.into_any(),
                None => place.into_any(),
            };
            let truth = match reason.truth.as_str() {
                "true" => td_string!(locale, truth_true).to_string(),
                "false" => td_string!(locale, truth_false).to_string(),
                _ => td_string!(locale, truth_unknown).to_string(),
            };
            view! {
                <li>
                    <span>{place}</span>
                    <span class="plain">{words::text(locale, &reason.observed)}</span>
                    <span>{words::text(locale, &reason.expected)}" → "{truth}</span>
                </li>
            }
        })
        .collect_view();
    (!rows.is_empty()).then(|| view! { <ul class="reasons">{rows}</ul> })
}

#[component]
fn OverrideForm(
    requirement: String,
    assessment: AssessmentId,
    version: i64,
    verdict: Verdict,
    kept: Option<Rejected<OverrideVerdict>>,
    locale: Locale,
) -> impl IntoView {
    let open = kept.is_some();
    let error = kept.as_ref().map(|kept| kept.error.clone());
    let form = kept.map(|kept| kept.form).unwrap_or_default();
    let choices = [Verdict::Met, Verdict::PartlyMet, Verdict::NotMet, Verdict::Unconfirmed, Verdict::NotApplicable]
        .into_iter()
        .filter(|other| *other != verdict)
        .map(|other| (code(other).to_owned(), words::verdict(locale, other)));
    let (verdict_id, reason_id) = (format!("verdict-{requirement}"), format!("reason-{requirement}"));
    let state = FormState { locale, error };
    let options = choices
        .map(|(code, label)| {
            let selected = code == form.verdict;
            view! { <option value=code selected=selected>{label}</option> }
        })
        .collect_view();
    let problem = |name: &str| {
        state.problem(name).map(|problem| view! { <p class="error-text">"＊"{words::problem(locale, problem)}</p> })
    };
    view! {
        <details class="override-form" open=open>
            <summary>{td_string!(locale, change_verdict).to_string()}</summary>
            <form method="post" action="/api/assessments/override-verdict">
                <input type="hidden" name="form[assessment]" value=assessment.to_string()/>
                <input type="hidden" name="form[version]" value=version/>
                <input type="hidden" name="form[requirement]" value=requirement/>
                <div class="field">
                    <label class="label" for=verdict_id.clone()>{words::field(locale, "verdict")}</label>
                    {problem("verdict")}
                    <select id=verdict_id name="form[verdict]"><option value="">{td_string!(locale, choose).to_string()}</option>{options}</select>
                </div>
                <div class="field">
                    <label class="label" for=reason_id.clone()>{words::field(locale, "reason")}</label>
                    {problem("reason")}
                    <TextArea id=reason_id name="form[reason]".to_owned() rows=2 value=form.reason/>
                </div>
                <button class="button button-secondary" type="submit">{td_string!(locale, change).to_string()}</button>
            </form>
        </details>
    }
}
