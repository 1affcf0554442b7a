//! The contractor's start page.

use super::frame::{Aside, Returned};
use crate::{
    components::page::{Content, contractor_page},
    i18n::td_string,
    pages::param,
    request::Visit,
    routes, words,
};
use kakunin_api::{ids::AssessmentId, people::ContractorRole};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// Who asks, what is open, where to go on.
#[component]
pub fn StartPage() -> impl IntoView {
    let id = param::<AssessmentId>("id");
    contractor_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let may_invite = matches!(&actor, Actor::Contractor(own) if own.role == ContractorRole::Submitter);
        let frame = visit.portal.answering().frame(&actor, id?).await?;
        let open = frame.sections.iter().find(|row| row.answered < row.asked).map_or(1, |row| row.number);
        let id = frame.assessment;
        let title = frame.invitation.subject_title.clone();
        let begun = frame.sections.iter().any(|row| row.answered > 0);
        let go_on = if begun {
            td_string!(locale, go_on_answering, section = open).to_string()
        } else {
            td_string!(locale, start_answering).to_string()
        };
        let next = if frame.state.is_answerable() {
            view! {
                <p>{td_string!(locale, start_explains).to_string()}</p>
                <p class="actions"><a class="button button-primary" href=routes::section(id, open)>{go_on}</a></p>
            }
            .into_any()
        } else {
            view! {
                <p class="notice notice-success">{td_string!(locale, already_submitted).to_string()}</p>
                <p class="actions"><a class="button button-primary" href=routes::receipt(id)>{td_string!(locale, to_receipt).to_string()}</a></p>
            }.into_any()
        };
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="answer-shell">
                    <Aside frame=frame.clone() here=0 locale/>
                    <div>
                        <h1>{title}</h1>
                        <p class="lead plain">{frame.invitation.purpose.clone()}</p>
                        <Returned frame=frame.clone() locale/>
                        <dl class="facts">
                            <div><dt>{td_string!(locale, asking).to_string()}</dt><dd>{frame.invitation.organization.clone()}" "{frame.invitation.department.clone()}</dd></div>
                            <div><dt>{td_string!(locale, questionnaire).to_string()}</dt><dd>{words::text(locale, &frame.invitation.questionnaire)}</dd></div>
                            <div><dt>{td_string!(locale, effort).to_string()}</dt>
                                <dd>{td_string!(locale, effort_text, questions = frame.invitation.questions, minutes = frame.invitation.minutes)}</dd></div>
                        </dl>
                        {next}
                        {may_invite.then(|| view! { <p><a href=routes::colleagues(id)>{td_string!(locale, colleagues).to_string()}</a></p> })}
                    </div>
                </div>
            },
        ))
    })
}
