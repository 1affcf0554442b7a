//! The assessments of a record, and sending a questionnaire about it.

use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, SelectField, TextField},
    },
    i18n::{Locale, td_string},
    pages::assessments::list::AssessmentTable,
    request::{Rejected, Visit},
    words,
};
use kakunin_api::{
    assessments::{SendAssessment, SubjectAssessments},
    subject::SubjectKind,
};
use leptos::prelude::*;

/// The tab.
pub async fn assessments(visit: &Visit, about: SubjectAssessments) -> AnyView {
    let locale = visit.locale;
    let rejected = visit.rejected::<SendAssessment>("assessments/send").await;
    let listed = if about.assessments.is_empty() {
        view! { <p class="empty">{td_string!(locale, no_assessments_of_subject).to_string()}</p> }.into_any()
    } else {
        view! { <AssessmentTable rows=about.assessments.clone() locale/> }.into_any()
    };
    let send = if about.may_send {
        view! { <SendForm about rejected locale/> }.into_any()
    } else {
        view! { <ErrorSummary error=rejected.map(|kept| kept.error) locale/> }.into_any()
    };
    view! { {listed}{send} }.into_any()
}

#[component]
fn SendForm(about: SubjectAssessments, rejected: Option<Rejected<SendAssessment>>, locale: Locale) -> impl IntoView {
    let purpose = match about.subject.kind {
        SubjectKind::Engagement => td_string!(locale, purpose_default).to_string(),
        SubjectKind::CloudService => td_string!(locale, purpose_service).to_string(),
        SubjectKind::SocialAccount => td_string!(locale, purpose_account).to_string(),
    };
    let error = rejected.as_ref().map(|kept| kept.error.clone());
    let (contact_name, contact_email) = about.contact;
    let form = rejected.map(|kept| kept.form).unwrap_or_else(|| SendAssessment {
        contact_name,
        contact_email,
        purpose,
        ..SendAssessment::default()
    });
    let whom = match about.subject.kind {
        SubjectKind::SocialAccount => td_string!(locale, hint_contact_of_account).to_string(),
        _ => String::new(),
    };
    let state = FormState { locale, error: error.clone() };
    let questionnaires: Vec<_> =
        about.questionnaires.into_iter().map(|(id, title)| (id, words::text(locale, &title))).collect();
    let first = questionnaires.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let chosen = if form.questionnaire.is_empty() { first } else { form.questionnaire };
    let several = (questionnaires.len() > 1).then(|| {
        view! { <SelectField state=state.clone() name="questionnaire" value=chosen choices=questionnaires/> }
    });
    view! {
        <section id="send" class="card">
            <h2>{td_string!(locale, send_questionnaire).to_string()}</h2>
            <p>{td_string!(locale, send_lead).to_string()}</p>
            <ErrorSummary error locale/>
            <form method="post" action="/api/assessments/send">
                <input type="hidden" name="form[register]" value=about.subject.kind.register()/>
                <input type="hidden" name="form[subject]" value=about.subject.id.to_string()/>
                {several}
                <TextField state=state.clone() name="due_on" value=form.due_on required=true hint=td_string!(locale, hint_date).to_string()/>
                <TextField state=state.clone() name="purpose" value=form.purpose required=true lines=3 hint=td_string!(locale, hint_purpose).to_string()/>
                <TextField state=state.clone() name="contact_name" value=form.contact_name required=true hint=whom/>
                <TextField state name="contact_email" value=form.contact_email required=true kind="email" hint=td_string!(locale, hint_contact_email).to_string()/>
                <div class="actions">
                    <button class="button button-primary" type="submit">{td_string!(locale, make_link).to_string()}</button>
                </div>
            </form>
        </section>
    }
}
