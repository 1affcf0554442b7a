//! 受付票: what the contractor keeps and can print.

use crate::{
    components::{
        date::{Day, Minute},
        page::{Content, contractor_page},
    },
    i18n::td_string,
    pages::param,
    request::Visit,
    words,
};
use kakunin_api::ids::AssessmentId;
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// The receipt.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let id = param::<AssessmentId>("id");
    contractor_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let receipt = visit.portal.answering().receipt(&actor, id?).await?;
        let invitation = receipt.frame.invitation;
        let title = td_string!(locale, receipt).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="receipt">
                    <h1>{title}</h1>
                    <p class="notice notice-success" role="status">{td_string!(locale, received).to_string()}</p>
                    <dl class="facts">
                        <div><dt>{td_string!(locale, receipt_number).to_string()}</dt><dd><strong>{receipt.number}</strong></dd></div>
                        <div><dt>{td_string!(locale, submitted).to_string()}</dt><dd><Minute at=receipt.submitted_at locale/></dd></div>
                        <div><dt>{words::field(locale, "submitted_by")}</dt><dd>{receipt.submitted_by}</dd></div>
                        <div><dt>{td_string!(locale, answering).to_string()}</dt><dd>{invitation.company}</dd></div>
                        <div><dt>{td_string!(locale, asking).to_string()}</dt><dd>{invitation.organization}" "{invitation.department}</dd></div>
                        <div><dt>{words::subject(locale, invitation.subject)}</dt><dd>{invitation.subject_title}</dd></div>
                        <div><dt>{td_string!(locale, questionnaire).to_string()}</dt><dd>{words::text(locale, &invitation.questionnaire)}</dd></div>
                        <div><dt>{words::field(locale, "due_on")}</dt><dd><Day date=invitation.due_on locale/></dd></div>
                        <div><dt>{td_string!(locale, answers_and_files).to_string()}</dt>
                            <dd>{td_string!(locale, answers_and_files_text, answers = receipt.answered, files = receipt.files)}</dd></div>
                        <div><dt>"SHA-256"</dt><dd class="hash">{receipt.answers_sha256}</dd></div>
                    </dl>
                    <p>{td_string!(locale, receipt_explains).to_string()}</p>
                </div>
            },
        ))
    })
}
