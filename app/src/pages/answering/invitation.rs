//! The page behind an invitation link: who asks, why, until when, how long it takes. Looking does not use it up.

use crate::{
    components::{
        date::Day,
        page::{Content, public_page},
    },
    i18n::td_string,
    request::Visit,
    routes, words,
};
use axum::http::StatusCode;
use kakunin_api::PortalError;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_params_map;

/// The invitation.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|map| map.get("token")).unwrap_or_default();
    public_page(|visit: Visit| async move {
        let locale = visit.locale;
        let invitation = match visit.portal.answering().invitation(&token).await {
            Ok(invitation) => invitation,
            Err(PortalError::NotFound) => {
                if let Ok(actor) = visit.actor().await
                    && let Ok(assessment) = visit.portal.answering().used_by(&actor, &token).await
                {
                    // The same browser comes back to what it began.
                    leptos_axum::redirect(&routes::answer(assessment));
                    return Ok(Content::new(String::new(), ()));
                }
                if let Some(response) = use_context::<ResponseOptions>() {
                    response.set_status(StatusCode::NOT_FOUND);
                }
                let title = td_string!(locale, invitation_gone).to_string();
                return Ok(Content::new(
                    title.clone(),
                    view! {
                        <h1>{title}</h1>
                        <p class="lead">{td_string!(locale, invitation_gone_text).to_string()}</p>
                    },
                ));
            }
            Err(error) => return Err(error),
        };
        let title = td_string!(locale, invitation_title, organization = invitation.organization.clone()).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="invitation">
                    <h1>{title}</h1>
                    <p class="lead plain">{invitation.purpose}</p>
                    <dl class="facts">
                        <div><dt>{td_string!(locale, asking).to_string()}</dt><dd>{invitation.organization}" "{invitation.department}</dd></div>
                        <div><dt>{td_string!(locale, answering).to_string()}</dt><dd>{invitation.company}</dd></div>
                        <div><dt>{words::subject(locale, invitation.subject)}</dt><dd>{invitation.subject_title}</dd></div>
                        <div><dt>{td_string!(locale, questionnaire).to_string()}</dt><dd>{words::text(locale, &invitation.questionnaire)}</dd></div>
                        <div><dt>{words::field(locale, "due_on")}</dt><dd><Day date=invitation.due_on locale/></dd></div>
                        <div><dt>{td_string!(locale, effort).to_string()}</dt>
                            <dd>{td_string!(locale, effort_text, questions = invitation.questions, minutes = invitation.minutes)}</dd></div>
                    </dl>
                    <p>{td_string!(locale, invitation_explains).to_string()}</p>
                    <form method="post" action="/api/invitations/redeem" class="actions">
                        <input type="hidden" name="token" value=token/>
                        <button class="button button-primary" type="submit">{td_string!(locale, start_answering).to_string()}</button>
                    </form>
                </div>
            },
        ))
    })
}
