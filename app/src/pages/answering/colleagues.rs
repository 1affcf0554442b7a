//! The colleagues who answer together: the submitter invites them and ends their access.

use super::frame::Aside;
use crate::{
    components::{
        done::Done,
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        islands::copy_link::CopyLink,
        page::{Content, contractor_page},
    },
    i18n::{Locale, td_string},
    pages::param,
    request::{Shown, Visit},
    routes,
};
use kakunin_api::{
    ids::AssessmentId,
    people::{ColleagueRow, ContractorRole, InviteContributor},
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// Who answers together.
#[component]
pub fn ColleaguesPage() -> impl IntoView {
    let id = param::<AssessmentId>("id");
    contractor_page(|visit: Visit, actor: Actor| async move {
        let (locale, id) = (visit.locale, id?);
        let colleagues = visit.portal.people().colleagues(&actor, id).await?;
        let frame = visit.portal.answering().frame(&actor, id).await?;
        let fresh = |shown| match shown {
            Shown::Invitation(fresh) if fresh.assessment == id => Some(fresh.token),
            _ => None,
        };
        let fresh = visit.take_shown(fresh).await.map(|token| {
            let link = format!("{}{}", visit.portal.config().public_url, routes::invitation(&token));
            view! {
                <Done said=td_string!(locale, colleague_invited).to_string()/>
                <div class="field">
                    <label class="label" for="link">{td_string!(locale, invitation_link).to_string()}</label>
                    <input id="link" type="text" readonly=true value=link.clone()/>
                </div>
                <CopyLink link label=td_string!(locale, copy_link).to_string() copied=td_string!(locale, copied).to_string()/>
            }
        });
        let rejected = visit.rejected::<InviteContributor>("answering/invite-contributor").await;
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let state = FormState { locale, error: error.clone() };
        let rows = colleagues.into_iter().map(|row| view! { <ColleagueLine row assessment=id locale/> }).collect_view();
        let labels = vec![("contact_name", td_string!(locale, field_person_name).to_string())];
        let title = td_string!(locale, colleagues).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="answer-shell">
                    <Aside frame here=0 locale/>
                    <div>
                        <h1>{title}</h1>
                        <p class="lead">{td_string!(locale, colleagues_lead).to_string()}</p>
                        {fresh}
                        <ErrorSummary error locale labels/>
                        <table class="data">
                            <thead><tr>
                                <th scope="col">{td_string!(locale, column_person).to_string()}</th>
                                <th scope="col">{td_string!(locale, column_role).to_string()}</th>
                                <th scope="col">{td_string!(locale, column_state).to_string()}</th>
                                <th scope="col">{td_string!(locale, column_action).to_string()}</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                        <form method="post" action="/api/answering/invite-contributor" class="card">
                            <h2>{td_string!(locale, invite_colleague).to_string()}</h2>
                            <input type="hidden" name="form[assessment]" value=id.to_string()/>
                            <TextField state=state.clone() name="contact_name" value=form.contact_name required=true label=td_string!(locale, field_person_name).to_string()/>
                            <TextField state name="contact_email" value=form.contact_email required=true kind="email"/>
                            <button class="button button-primary" type="submit">{td_string!(locale, invite_colleague).to_string()}</button>
                        </form>
                        <p><a href=routes::answer(id)>{td_string!(locale, back_to_questionnaire).to_string()}</a></p>
                    </div>
                </div>
            },
        ))
    })
}

#[component]
fn ColleagueLine(row: ColleagueRow, assessment: AssessmentId, locale: Locale) -> impl IntoView {
    let role = match row.role {
        ContractorRole::Submitter => td_string!(locale, role_submitter).to_string(),
        ContractorRole::Contributor => td_string!(locale, role_contributor).to_string(),
    };
    let state = match (row.revoked, row.redeemed) {
        (true, _) => td_string!(locale, colleague_ended).to_string(),
        (false, true) => td_string!(locale, colleague_in).to_string(),
        (false, false) => td_string!(locale, colleague_waiting).to_string(),
    };
    let end = (!row.revoked && row.role == ContractorRole::Contributor).then(|| {
        view! {
            <form method="post" action="/api/answering/revoke-contributor">
                <input type="hidden" name="assessment" value=assessment.to_string()/>
                <input type="hidden" name="invitation" value=row.id.to_string()/>
                <button class="link" type="submit">{td_string!(locale, end_access).to_string()}</button>
            </form>
        }
    });
    let this = row.is_this.then(|| td_string!(locale, this_is_you).to_string());
    view! {
        <tr>
            <td data-label=td_string!(locale, column_person).to_string()>{row.name}" "{this}<br/><span class="muted">{row.email}</span></td>
            <td data-label=td_string!(locale, column_role).to_string()>{role}</td>
            <td data-label=td_string!(locale, column_state).to_string()>{state}</td>
            <td data-label=td_string!(locale, column_action).to_string()>{end}</td>
        </tr>
    }
}
