//! One engagement, and sending the questionnaire about it.

use crate::{
    components::{
        date::Day,
        error_summary::ErrorSummary,
        field::{FormState, SelectField, TextField},
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    pages::{assessments::list::AssessmentTable, param},
    request::{Rejected, Visit},
    routes, words,
};
use kakunin_api::{
    assessments::SendAssessment,
    engagements::{ContractItem, EngagementView},
};
use kakunin_server::{criterion_words::contract_item_words, permission::Actor};
use leptos::prelude::*;

/// One engagement.
#[component]
pub fn EngagementPage() -> impl IntoView {
    let id = param("id");
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let engagement = visit.portal.engagements().engagement(&actor, id?).await?;
        let rejected = visit.rejected::<SendAssessment>("assessments/send").await;
        let title = engagement.row.title.clone();
        let send = engagement.may_send.then(|| view! { <SendForm engagement=engagement.clone() rejected locale/> });
        let vendor = (engagement.row.vendor_name.clone(), routes::vendor(engagement.vendor));
        Ok(Content::new(title.clone(), view! {
            <div class="page-head">
                <h1>{title}</h1>
                <p class="subtitle">{engagement.row.vendor_name.clone()}"（"{engagement.row.department.clone()}"）"</p>
                {engagement.may_send.then(|| view! {
                    <a class="button button-primary" href="#send">{td_string!(locale, send_questionnaire).to_string()}</a>
                })}
            </div>
            <Facts engagement=engagement.clone() locale/>
            <h2>{td_string!(locale, nav_assessments).to_string()}</h2>
            {if engagement.assessments.is_empty() {
                view! { <p class="empty">{td_string!(locale, no_assessments_of_engagement).to_string()}</p> }.into_any()
            } else {
                view! { <AssessmentTable rows=engagement.assessments.clone() locale/> }.into_any()
            }}
            {send}
        })
        .below(td_string!(locale, nav_vendors).to_string(), routes::VENDORS)
        .below(vendor.0, vendor.1))
    })
}

#[component]
fn Facts(engagement: EngagementView, locale: Locale) -> impl IntoView {
    let missing: Vec<ContractItem> =
        ContractItem::ALL.iter().copied().filter(|item| !engagement.contract_items.contains(item)).collect();
    let items = |items: &[ContractItem]| {
        items.iter().map(|item| view! { <li>{words::text(locale, &contract_item_words(*item))}</li> }).collect_view()
    };
    let fact = |name: &str, value: String| view! { <div><dt>{words::field(locale, name)}</dt><dd>{value}</dd></div> };
    view! {
        <dl class="facts">
            <div><dt>{td_string!(locale, column_period).to_string()}</dt>
                <dd><Day date=engagement.row.starts_on locale/>"–"<Day date=engagement.row.ends_on locale/></dd></div>
            {fact("confidentiality", words::confidentiality(locale, engagement.row.confidentiality))}
            {fact("integrity", engagement.integrity.code().to_owned())}
            {fact("availability", engagement.availability.code().to_owned())}
            {fact("zone", words::zone(locale, engagement.zone))}
            {fact("personal_information", words::yes_no(locale, engagement.personal_information))}
            {fact("specific_personal_information", words::yes_no(locale, engagement.row.specific_personal_information))}
            {fact("selection_criteria_recorded", words::yes_no(locale, engagement.selection_criteria_recorded))}
            {fact("policy_told", words::yes_no(locale, engagement.policy_told))}
            <div><dt>{td_string!(locale, ordinance).to_string()}</dt>
                <dd>{words::ordinance(locale, engagement.ordinance)}</dd></div>
        </dl>
        <details>
            <summary>{td_string!(locale, contract_items_count, there = engagement.contract_items.len(), all = ContractItem::ALL.len())}</summary>
            <h3>{td_string!(locale, items_in).to_string()}</h3>
            <ul>{items(&engagement.contract_items)}</ul>
            {(!missing.is_empty()).then(|| view! { <h3>{td_string!(locale, items_missing).to_string()}</h3><ul>{items(&missing)}</ul> })}
        </details>
    }
}

#[component]
fn SendForm(engagement: EngagementView, rejected: Option<Rejected<SendAssessment>>, locale: Locale) -> impl IntoView {
    let error = rejected.as_ref().map(|kept| kept.error.clone());
    let (_, contact_name, contact_email) = engagement.contact;
    let form = rejected.map(|kept| kept.form).unwrap_or_else(|| SendAssessment {
        contact_name,
        contact_email,
        purpose: td_string!(locale, purpose_default).to_string(),
        ..SendAssessment::default()
    });
    let state = FormState { locale, error: error.clone() };
    let questionnaires: Vec<_> =
        engagement.questionnaires.into_iter().map(|(id, title)| (id, words::text(locale, &title))).collect();
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
                <input type="hidden" name="form[engagement]" value=engagement.row.id.to_string()/>
                {several}
                <TextField state=state.clone() name="due_on" value=form.due_on required=true hint=td_string!(locale, hint_date).to_string()/>
                <TextField state=state.clone() name="purpose" value=form.purpose required=true lines=3 hint=td_string!(locale, hint_purpose).to_string()/>
                <TextField state=state.clone() name="contact_name" value=form.contact_name required=true/>
                <TextField state name="contact_email" value=form.contact_email required=true kind="email" hint=td_string!(locale, hint_contact_email).to_string()/>
                <div class="actions">
                    <button class="button button-primary" type="submit">{td_string!(locale, make_link).to_string()}</button>
                </div>
            </form>
        </section>
    }
}
