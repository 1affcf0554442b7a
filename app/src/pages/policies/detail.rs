//! One policy: its versions, what it covers, and its clauses with the requirements and what they rest on.

use super::criterion::Criterion;
use crate::{
    components::{
        date::Day,
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    pages::param,
    request::Visit,
    routes, words,
};
use kakunin_api::policies::{ClauseView, PolicyView, RequirementView};
use kakunin_questionnaires::policy::{Edition, PolicyScope};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// One policy.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let id = param::<String>("id");
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let policy = visit.portal.policies().policy(&actor, &id?).await?;
        let title = words::text(locale, &policy.row.title);
        let coverage = routes::coverage_workbook(&policy.row.id);
        let clauses = policy.clauses.clone();
        let without = clauses.iter().filter(|one| one.clause.no_requirement.is_some()).count();
        let counts = td_string!(
            locale,
            policy_counts,
            clauses = clauses.len(),
            without = without,
            requirements = policy.row.requirements
        );
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    <p class="subtitle">{policy.row.version.clone()}</p>
                    <a class="button button-secondary" href=coverage download="" rel="external">{td_string!(locale, coverage_download).to_string()}</a>
                </div>
                <Facts policy=policy.clone() locale/>
                {policy.scope.map(|scope| view! { <Scope scope locale/> })}
                {(!policy.history.is_empty()).then(|| view! { <History history=policy.history.clone() locale/> })}
                <h2>{td_string!(locale, policy_clauses_heading).to_string()}</h2>
                <p>{counts.to_string()}</p>
                {clauses.into_iter().map(|clause| view! { <ClauseSection clause locale/> }).collect_view()}
            },
        )
        .below(td_string!(locale, nav_policies).to_string(), routes::POLICIES))
    })
}

#[component]
fn Facts(policy: PolicyView, locale: Locale) -> impl IntoView {
    let read = policy.questionnaires.iter().map(|(title, read, asked)| {
        let title = words::text(locale, title);
        view! { <li>{td_string!(locale, questions_read, title = title, read = *read, asked = *asked).to_string()}</li> }
    });
    let thresholds = policy.thresholds;
    let ratings = [thresholds.a, thresholds.b, thresholds.c].map(words::percent);
    let [a, b, c] = ratings;
    view! {
        <dl class="facts">
            <div><dt>{td_string!(locale, policy_organization).to_string()}</dt><dd>{words::text(locale, &policy.row.organization)}</dd></div>
            <div><dt>{td_string!(locale, policy_adopted_on).to_string()}</dt><dd><Day date=policy.adopted_on locale/></dd></div>
            <div><dt>{td_string!(locale, policy_revised_on).to_string()}</dt><dd><Day date=policy.revised_on locale/></dd></div>
            <div><dt>{td_string!(locale, policy_effective_on).to_string()}</dt><dd><Day date=policy.row.effective_on locale/></dd></div>
            <div><dt>{td_string!(locale, policy_ratings).to_string()}</dt><dd>{td_string!(locale, policy_rating_scores, a = a, b = b, c = c).to_string()}</dd></div>
            <div><dt>{td_string!(locale, policy_minimum_coverage).to_string()}</dt><dd>{words::percent(policy.minimum_coverage)}</dd></div>
            <div><dt>{td_string!(locale, policy_questionnaires).to_string()}</dt><dd><ul>{read.collect_view()}</ul></dd></div>
        </dl>
    }
}

#[component]
fn Scope(scope: PolicyScope, locale: Locale) -> impl IntoView {
    let outside = scope.outside.iter().map(|one| {
        view! { <li>{words::text(locale, &one.what)}<br/><span class="muted">{words::text(locale, &one.why)}</span></li> }
    });
    let outside = (!scope.outside.is_empty()).then(|| {
        view! { <div><dt>{td_string!(locale, scope_outside).to_string()}</dt><dd><ul>{outside.collect_view()}</ul></dd></div> }
    });
    view! {
        <section class="card">
            <h2>{td_string!(locale, policy_scope).to_string()}</h2>
            <dl class="facts">
                <div><dt>{td_string!(locale, scope_staff).to_string()}</dt><dd>{words::text(locale, &scope.staff)}</dd></div>
                {outside}
                <div><dt>{td_string!(locale, scope_not_public).to_string()}</dt><dd>{words::text(locale, &scope.not_public)}</dd></div>
            </dl>
        </section>
    }
}

#[component]
fn History(history: Vec<Edition>, locale: Locale) -> impl IntoView {
    let labels = [
        td_string!(locale, policy_version).to_string(),
        td_string!(locale, policy_revised_on).to_string(),
        td_string!(locale, policy_effective_on).to_string(),
    ];
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    let day = move |date: Option<jiff::civil::Date>| date.map(|date| view! { <Day date locale/> });
    let rows = history
        .into_iter()
        .map(|edition| {
            let [version, decided, effective] = labels.clone();
            view! {
                <tr>
                    <td data-label=version>{edition.version}</td>
                    <td data-label=decided>{day(edition.decided_on)}</td>
                    <td data-label=effective>{day(edition.effective_on)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="card">
            <summary>{td_string!(locale, policy_history).to_string()}</summary>
            <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </details>
    }
}

#[component]
fn ClauseSection(clause: ClauseView, locale: Locale) -> impl IntoView {
    let ClauseView { clause, requirements } = clause;
    let reason = clause.no_requirement.map(|reason| {
        view! { <p class="notice">{td_string!(locale, no_requirement).to_string()}"："{words::text(locale, &reason)}</p> }
    });
    let anchor = format!("c-{}", clause.id);
    view! {
        <section class="clause" id=anchor>
            <h3>{clause.id}" "{words::text(locale, &clause.title)}" "<span class="tag">{words::visibility(locale, clause.visibility)}</span></h3>
            <p>{words::text(locale, &clause.summary)}</p>
            {reason}
            {requirements.into_iter().map(|row| view! { <RequirementItem row locale/> }).collect_view()}
        </section>
    }
}

#[component]
fn RequirementItem(row: RequirementView, locale: Locale) -> impl IntoView {
    let requirement = row.requirement;
    let questions = row.questions.into_iter().map(|one| {
        let place = format!("{} {}", words::text(locale, &one.questionnaire), one.number);
        view! { <li>{place}" "{words::text(locale, &one.text)}</li> }
    });
    let facts = row.facts.iter().map(|fact| {
        let fact = words::text(locale, fact);
        view! { <li>{td_string!(locale, of_register).to_string()}" "{fact}</li> }
    });
    let basis: Vec<_> = requirement.basis.iter().map(|basis| format!("{} {}", basis.doc, basis.reference)).collect();
    view! {
        <details class="requirement" id=format!("r-{}", requirement.id)>
            <summary>
                {words::text(locale, &requirement.title)}
                " "<span class="tag">{words::level(locale, requirement.level)}</span>
                " "<span class="tag">{td_string!(locale, weight, weight = requirement.weight).to_string()}</span>
                " "<span class="tag">{words::owed_by(locale, requirement.owed_by)}</span>
                " "<span class="tag">{words::visibility(locale, requirement.visibility)}</span>
            </summary>
            <p>{words::text(locale, &requirement.text)}</p>
            <p class="muted">{td_string!(locale, basis).to_string()}": "{basis.join(" / ")}</p>
            <Criterion criterion=row.criterion locale/>
            <p class="muted">{td_string!(locale, rests_on).to_string()}</p>
            <ul>{questions.collect_view()}{facts.collect_view()}</ul>
        </details>
    }
}
