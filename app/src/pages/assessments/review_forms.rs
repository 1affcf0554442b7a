//! The forms at the foot of the review page: begin, return, decide, withdraw, and the invitations.

use crate::{
    components::{
        date::{Day, Minute},
        field::{ChoiceField, FormState, SelectField, TextField},
    },
    i18n::{Locale, td_string},
    request::Rejected,
    words,
};
use kakunin_api::{
    assessments::{Decide, ReturnAssessment, ReviewView},
    ids::AssessmentId,
    state::Outcome,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Takes the review on.
#[component]
pub fn BeginForm(id: AssessmentId, version: i64, locale: Locale) -> impl IntoView {
    view! {
        <form method="post" action="/api/assessments/begin-review" class="actions">
            <input type="hidden" name="assessment" value=id.to_string()/>
            <input type="hidden" name="version" value=version/>
            <button class="button button-primary" type="submit">{td_string!(locale, begin_review).to_string()}</button>
        </form>
    }
}

/// Returns the questionnaire with a question.
#[component]
pub fn ReturnForm(review: Arc<ReviewView>, kept: Option<Rejected<ReturnAssessment>>, locale: Locale) -> impl IntoView {
    let open = kept.is_some();
    let error = kept.as_ref().map(|kept| kept.error.clone());
    let form = kept.map(|kept| kept.form).unwrap_or_default();
    let state = FormState { locale, error };
    let questions = review.sections.iter().flat_map(|(_, lines)| lines).filter(|line| line.asked);
    let questions =
        questions.map(|line| (line.key.clone(), format!("{} {}", line.number, words::text(locale, &line.text))));
    view! {
        <details class="card" open=open>
            <summary>{td_string!(locale, return_questionnaire).to_string()}</summary>
            <form method="post" action="/api/assessments/return">
                <input type="hidden" name="form[assessment]" value=review.row.id.to_string()/>
                <input type="hidden" name="form[version]" value=review.version/>
                <SelectField state=state.clone() name="question_key" value=form.question_key choices=questions.collect() optional=true/>
                <TextField state=state.clone() name="message" value=form.message required=true lines=3/>
                <TextField state name="due_on" value=form.due_on required=true hint=td_string!(locale, hint_date).to_string()/>
                <button class="button button-secondary" type="submit">{td_string!(locale, return_now).to_string()}</button>
            </form>
        </details>
    }
}

/// Decides.
#[component]
pub fn DecideForm(id: AssessmentId, version: i64, kept: Option<Rejected<Decide>>, locale: Locale) -> impl IntoView {
    let error = kept.as_ref().map(|kept| kept.error.clone());
    let form = kept.map(|kept| kept.form).unwrap_or_default();
    let state = FormState { locale, error };
    let outcomes = Outcome::ALL.map(|outcome| (outcome.code().to_owned(), words::outcome(locale, outcome)));
    view! {
        <section class="card" id="decide">
            <h2>{td_string!(locale, decide).to_string()}</h2>
            <p class="hint">{td_string!(locale, hint_decide).to_string()}</p>
            <form method="post" action="/api/assessments/decide">
                <input type="hidden" name="form[assessment]" value=id.to_string()/>
                <input type="hidden" name="form[version]" value=version/>
                <ChoiceField state=state.clone() name="outcome" value=form.outcome choices=outcomes.to_vec()/>
                <TextField state name="comment" value=form.comment required=true lines=3/>
                <button class="button button-primary" type="submit">{td_string!(locale, decide_now).to_string()}</button>
            </form>
        </section>
    }
}

/// Takes the assessment back.
#[component]
pub fn WithdrawForm(id: AssessmentId, version: i64, locale: Locale) -> impl IntoView {
    view! {
        <details class="card">
            <summary>{td_string!(locale, withdraw).to_string()}</summary>
            <p>{td_string!(locale, withdraw_lead).to_string()}</p>
            <form method="post" action="/api/assessments/withdraw">
                <input type="hidden" name="assessment" value=id.to_string()/>
                <input type="hidden" name="version" value=version/>
                <button class="button button-danger" type="submit">{td_string!(locale, withdraw_now).to_string()}</button>
            </form>
        </details>
    }
}

/// The invitations and how far each has come.
#[component]
pub fn InvitationTable(review: Arc<ReviewView>, locale: Locale) -> impl IntoView {
    let labels = [
        td_string!(locale, field_contact_name).to_string(),
        td_string!(locale, delivery).to_string(),
        td_string!(locale, made_at).to_string(),
        td_string!(locale, valid_until).to_string(),
    ];
    let rows = review
        .invitations
        .iter()
        .cloned()
        .map(|row| {
            let [contact, delivery, made, until] = labels.clone();
            let redeemed = row.redeemed_at.map(|at| view! { <br/><Minute at locale/> });
            view! {
                <tr>
                    <td data-label=contact>{row.contact_name}<br/><span class="muted">{row.contact_email}</span></td>
                    <td data-label=delivery>{words::delivery(locale, row.delivery)}{redeemed}</td>
                    <td data-label=made><Minute at=row.made_at locale/></td>
                    <td data-label=until><Day date=row.expires_on locale/></td>
                </tr>
            }
        })
        .collect_view();
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    let again = review.may.invite_again.then(|| view! {
        <form method="post" action="/api/assessments/invite-again" class="actions">
            <input type="hidden" name="assessment" value=review.row.id.to_string()/>
            <button class="button button-secondary" type="submit">{td_string!(locale, invite_again).to_string()}</button>
            <span class="hint">{td_string!(locale, hint_invite_again).to_string()}</span>
        </form>
    });
    view! {
        <details class="invitations" open=review.may.invite_again>
            <summary>{td_string!(locale, invitations).to_string()}</summary>
            <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            {again}
        </details>
    }
}
