//! The review page: answers beside verdicts.

use super::{
    review_forms::{BeginForm, DecideForm, InvitationTable, ReturnForm, WithdrawForm},
    verdicts::RequirementCard,
};
use crate::{
    components::{
        date::{Day, Minute},
        error_summary::ErrorSummary,
        page::{Content, staff_page},
        verdict::{RatingChip, StateChip, VerdictChip},
    },
    i18n::{Locale, td_string},
    pages::param,
    request::{Rejected, Visit},
    routes, words,
};
use kakunin_api::{
    PortalError,
    answering::AnswerLine,
    assessments::{Decide, OverrideVerdict, ReturnAssessment, ReviewView, ReviewedRequirement},
    ids::AssessmentId,
    subject::SubjectKind,
};
use kakunin_questionnaires::{evaluate::Verdict, policy::Level, text::Text};
use kakunin_server::permission::Actor;
use leptos::prelude::*;
use std::sync::Arc;

/// One assessment, for staff.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let id = param::<AssessmentId>("id");
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let mut review = visit.portal.assessments().review(&actor, id?).await?;
        let overriding = visit.rejected::<OverrideVerdict>("assessments/override-verdict").await;
        let returning = visit.rejected::<ReturnAssessment>("assessments/return").await;
        let deciding = visit.rejected::<Decide>("assessments/decide").await;
        let begin = visit.rejected::<AssessmentId>("assessments/begin-review").await;
        let errors = [
            overriding.as_ref().map(|kept| kept.error.clone()),
            returning.as_ref().map(|kept| kept.error.clone()),
            deciding.as_ref().map(|kept| kept.error.clone()),
            begin.as_ref().map(|kept| kept.error.clone()),
        ];
        let error = errors.into_iter().flatten().next();
        let vendor = words::vendor(locale, review.row.subject.kind, &review.row.vendor_name);
        // An account is known by its own name, everything else by whoever works or provides.
        let (title, beside) = match review.row.subject.kind {
            SubjectKind::SocialAccount => (review.row.subject_title.clone(), vendor),
            _ => (vendor, review.row.subject_title.clone()),
        };
        // A hundred requirements with their conditions are moved, not copied, to where they are shown.
        let requirements = std::mem::take(&mut review.requirements);
        let review = Arc::new(review);
        Ok(Content::new(
            review.row.subject_title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    <p class="subtitle">{beside}"（"{review.row.department.clone()}"）"</p>
                    {review.may.review.then(|| view! {
                        <a class="button button-primary" href="#decide">{td_string!(locale, to_decision).to_string()}</a>
                    })}
                    {review.may.export.then(|| view! {
                        <a class="button button-secondary" href=routes::evidence_workbook(review.row.id) download="">
                            {td_string!(locale, download_evidence).to_string()}
                        </a>
                    })}
                </div>
                <ErrorSummary error locale/>
                <Head review=Arc::clone(&review) locale/>
                <Progress review=Arc::clone(&review) locale/>
                <Verdicts review=Arc::clone(&review) requirements overriding locale/>
                <Actions review returning deciding locale/>
            },
        )
        .below(td_string!(locale, nav_assessments).to_string(), routes::ASSESSMENTS))
    })
}

/// Rating, score, coverage and what they rest on.
#[component]
fn Head(review: Arc<ReviewView>, locale: Locale) -> impl IntoView {
    let evaluation = &review.evaluation;
    let count = |verdict: Verdict| evaluation.requirements.iter().filter(|row| row.verdict == verdict).count();
    let vetoes =
        evaluation.requirements.iter().filter(|row| row.verdict == Verdict::NotMet && row.level == Level::Must).count();
    let score = evaluation.score.map_or_else(|| "—".to_owned(), words::percent);
    view! {
        <div class="cards">
            <div class="stat">
                <span class="stat-label">{td_string!(locale, column_rating).to_string()}</span>
                <span class="stat-value"><RatingChip rating=evaluation.rating locale/></span>
                <span class="stat-note">{td_string!(locale, musts_not_met, count = vetoes)}</span>
            </div>
            <div class="stat">
                <span class="stat-label">{td_string!(locale, score).to_string()}</span>
                <span class="stat-value">{score}</span>
                <span class="stat-note">{td_string!(locale, score_note).to_string()}</span>
            </div>
            <div class="stat">
                <span class="stat-label">{td_string!(locale, coverage).to_string()}</span>
                <span class="stat-value">{words::percent(evaluation.coverage)}</span>
                <span class="stat-note">{td_string!(locale, unconfirmed_count, count = count(Verdict::Unconfirmed))}</span>
            </div>
            <div class="stat">
                <span class="stat-label">{td_string!(locale, applied_policy).to_string()}</span>
                <span class="stat-value stat-text">{review.policy.1.clone()}</span>
                <span class="stat-note">{words::text(locale, &review.policy.0)}</span>
            </div>
        </div>
    }
}

/// Where it stands: state, due date, submission, reviewer, decision.
#[component]
fn Progress(review: Arc<ReviewView>, locale: Locale) -> impl IntoView {
    let submitted = review.submitted.clone().map(|(by, at)| {
        view! {
            <div><dt>{td_string!(locale, submitted).to_string()}</dt><dd>{by}" "<Minute at locale/></dd></div>
        }
    });
    let reviewer = review.reviewer.clone().map(|name| {
        view! {
            <div><dt>{td_string!(locale, role_reviewer).to_string()}</dt><dd>{name}</dd></div>
        }
    });
    let decision = review.decision.clone().map(|decision| {
        view! {
            <section class="notice notice-info decision">
                <h2>{td_string!(locale, decision).to_string()}": "{words::outcome(locale, decision.outcome)}</h2>
                <p>{decision.post}" "<strong>{decision.officer}</strong>" "<Day date=decision.on locale/></p>
                <p class="plain">{decision.comment}</p>
                <p class="muted">{td_string!(locale, entered_by, name = decision.entered_by)}</p>
            </section>
        }
    });
    let returned = review.returned.clone().into_iter().map(|row| view! {
        <li class="return-item"><Day date=row.on locale/>" "{row.question_number}" "<span class="plain">{row.message}</span></li>
    }).collect_view();
    let subject = review.row.subject;
    let about = review.about.iter().map(|(field, said)| {
        view! { <div><dt>{words::text(locale, field)}</dt><dd>{words::text(locale, said)}</dd></div> }
    });
    let about = about.collect_view();
    let ordinance = review.ordinance.map(|standing| {
        view! { <div><dt>{td_string!(locale, ordinance).to_string()}</dt><dd>{words::ordinance(locale, standing)}</dd></div> }
    });
    view! {
        {decision}
        <dl class="facts">
            <div><dt>{td_string!(locale, column_state).to_string()}</dt><dd><StateChip state=review.row.state locale/></dd></div>
            <div><dt>{td_string!(locale, field_due_on).to_string()}</dt><dd><Day date=review.row.due_on locale/></dd></div>
            {ordinance}
            {submitted}
            {reviewer}
            <div><dt>{td_string!(locale, questionnaire).to_string()}</dt>
                <dd>{words::text(locale, &review.questionnaire.0)}" "{review.questionnaire.1.clone()}</dd></div>
            <div><dt>{words::subject(locale, subject.kind)}</dt>
                <dd><a href=routes::record(subject.kind.register(), subject.id)>{review.row.subject_title.clone()}</a></dd></div>
            {about}
        </dl>
        {(!review.returned.is_empty()).then(|| view! { <h2>{td_string!(locale, returned_questions).to_string()}</h2><ul>{returned}</ul> })}
        <InvitationTable review locale/>
    }
}

/// Requirements on the left, answers on the right.
#[component]
fn Verdicts(
    review: Arc<ReviewView>,
    requirements: Vec<ReviewedRequirement>,
    overriding: Option<Rejected<OverrideVerdict>>,
    locale: Locale,
) -> impl IntoView {
    let count = |verdict: Verdict| requirements.iter().filter(|row| row.verdict == verdict).count();
    let counts = [Verdict::NotMet, Verdict::Unconfirmed, Verdict::PartlyMet, Verdict::Met, Verdict::NotApplicable]
        .map(|verdict| view! { <VerdictChip verdict locale/>" "{count(verdict)}" " })
        .collect_view();
    let (assessment, version, may_review) = (review.row.id, review.version, review.may.review);
    let subject = review.row.subject;
    let is_settled = |row: &ReviewedRequirement| matches!(row.verdict, Verdict::Met | Verdict::NotApplicable);
    let (settled, open): (Vec<_>, Vec<_>) = requirements.into_iter().partition(is_settled);
    let refused =
        |row: &ReviewedRequirement| overriding.as_ref().is_some_and(|kept| kept.form.requirement == row.requirement.id);
    // What is settled is there to be looked up, not in the way.
    let (show_settled, settled_count) = (settled.iter().any(refused), settled.len());
    let cards = |rows: Vec<ReviewedRequirement>| {
        let card = |row: ReviewedRequirement| {
            let kept = overriding.clone().filter(|kept| kept.form.requirement == row.requirement.id);
            view! { <RequirementCard row assessment subject version may_review kept locale/> }
        };
        rows.into_iter().map(card).collect_view()
    };
    let (open, settled) = (cards(open), cards(settled));
    let sections = (1..)
        .zip(review.sections.clone())
        .map(|(number, (title, lines))| {
            view! {
                <AnswerTable assessment number title lines locale/>
            }
        })
        .collect_view();
    view! {
        <h2>{td_string!(locale, look_first).to_string()}</h2>
        <p class="verdict-counts">{counts}</p>
        <div class="review-grid">
            <div>
                {open}
                <details class="settled" open=show_settled>
                    <summary>{td_string!(locale, settled_count, count = settled_count)}</summary>
                    {settled}
                </details>
            </div>
            <div>{sections}</div>
        </div>
    }
}

/// The answers of a section.
#[component]
fn AnswerTable(
    assessment: AssessmentId,
    number: u16,
    title: Text,
    lines: Vec<AnswerLine>,
    locale: Locale,
) -> impl IntoView {
    let labels = [td_string!(locale, column_question).to_string(), td_string!(locale, column_answer).to_string()];
    let rows = lines
        .into_iter()
        .filter(|line| line.asked)
        .map(|line| {
            let [question, answer] = labels.clone();
            let file = line.evidence.map(|file| {
                view! {
                    <br/><a href=format!("{}/files/{}", routes::assessment(assessment), file.id)>{file.file_name}</a>
                    <span class="muted">" "{words::size(file.size_bytes)}</span>
                }
            });
            view! {
                <tr id=format!("a-{}", line.key)>
                    <td data-label=question>{line.number}" "{words::text(locale, &line.text)}</td>
                    <td data-label=answer><span class="plain">{words::answer(locale, &line.answer)}</span>{file}</td>
                </tr>
            }
        })
        .collect_view();
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    view! {
        <section class="card">
            <h3>{number}" "{words::text(locale, &title)}</h3>
            <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </section>
    }
}

/// What can be done now.
#[component]
fn Actions(
    review: Arc<ReviewView>,
    returning: Option<Rejected<ReturnAssessment>>,
    deciding: Option<Rejected<Decide>>,
    locale: Locale,
) -> impl IntoView {
    let (id, version, may) = (review.row.id, review.version, review.may);
    // A refused decision or return is shown again with what was typed, even where somebody else was faster.
    let conflict = |error: &PortalError| matches!(error, PortalError::Conflict { .. });
    let show_decide = may.decide || deciding.as_ref().is_some_and(|kept| conflict(&kept.error));
    let show_return = may.review || returning.as_ref().is_some_and(|kept| conflict(&kept.error));
    view! {
        {may.begin_review.then(|| view! { <BeginForm id version locale/> })}
        {show_return.then(|| view! { <ReturnForm review=review.clone() kept=returning locale/> })}
        {show_decide.then(|| view! { <DecideForm id version kept=deciding locale/> })}
        {may.withdraw.then(|| view! { <WithdrawForm id version locale/> })}
    }
}
