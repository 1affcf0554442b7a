//! The page before submission: what is missing, everything answered, and the one button.

use super::frame::Aside;
use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, contractor_page},
    },
    i18n::td_string,
    pages::param,
    request::Visit,
    routes, words,
};
use kakunin_api::{answering::Submit, ids::AssessmentId, people::ContractorRole};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// Check and submit.
#[component]
pub fn SubmissionPage() -> impl IntoView {
    let id = param::<AssessmentId>("id");
    contractor_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let check = visit.portal.answering().submission_check(&actor, id?).await?;
        let id = check.frame.assessment;
        if !check.frame.state.is_answerable() {
            leptos_axum::redirect(&routes::receipt(id));
        }
        let rejected = visit.rejected::<Submit>("answering/submit").await;
        let error = rejected.as_ref().map(|kept| kept.error.clone());
        let by = rejected.map(|kept| kept.form.submitted_by).unwrap_or_default();
        let state = FormState { locale, error: error.clone() };
        let complete = check.missing.is_empty();
        let count = check.missing.len();
        let missing = check.missing.into_iter().map(|row| {
            let problems = row.problems.iter().map(|problem| words::answer_problem(locale, *problem)).collect::<Vec<_>>().join(" ");
            view! {
                <li><a href=format!("{}#q-{}", routes::section(id, row.section), row.key)>{row.number}" "{words::text(locale, &row.text)}</a>" "<span class="error-text">{problems}</span></li>
            }
        }).collect_view();
        let labels = [td_string!(locale, column_question).to_string(), td_string!(locale, column_answer).to_string()];
        let rows = check.answers.into_iter().filter(|line| line.asked).map(|line| {
            let [question, answer] = labels.clone();
            let file = line.evidence.map(|file| view! { <br/><span class="muted">{file.file_name}</span> });
            view! {
                <tr>
                    <td data-label=question><a href=format!("{}#q-{}", routes::section(id, line.section), line.key)>{line.number}</a>" "{words::text(locale, &line.text)}</td>
                    <td data-label=answer><span class="plain">{words::answer(locale, &line.answer)}</span>{file}</td>
                </tr>
            }
        }).collect_view();
        let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
        let title = td_string!(locale, check_and_submit).to_string();
        let may_submit = matches!(&actor, Actor::Contractor(own) if own.role == ContractorRole::Submitter);
        let form = if complete && !may_submit {
            view! { <p class="notice notice-success">{td_string!(locale, complete_for_submitter).to_string()}</p> }
                .into_any()
        } else if complete {
            view! {
                <form method="post" action="/api/answering/submit" class="card">
                    <p>{td_string!(locale, submit_lead).to_string()}</p>
                    <input type="hidden" name="form[assessment]" value=id.to_string()/>
                    <TextField state name="submitted_by" value=by required=true autocomplete="name"/>
                    <button class="button button-primary" type="submit">{td_string!(locale, submit).to_string()}</button>
                </form>
            }.into_any()
        } else {
            view! {
                <section class="notice notice-warning" id="answers">
                    <h2>{td_string!(locale, missing_title, count = count)}</h2>
                    <ul>{missing}</ul>
                </section>
            }
            .into_any()
        };
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="answer-shell">
                    <Aside frame=check.frame here=0 locale/>
                    <div>
                        <h1>{title}</h1>
                        <ErrorSummary error locale/>
                        {form}
                        <h2>{td_string!(locale, all_answers).to_string()}</h2>
                        <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
                    </div>
                </div>
            },
        ))
    })
}
