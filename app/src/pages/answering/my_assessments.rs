//! A contractor's account: the questionnaires its holder can answer, of every municipality and company; and keeping one.

use crate::{
    components::{
        date::Day,
        error_summary::ErrorSummary,
        field::FormState,
        page::{Content, contractor_page, public_page},
        verdict::StateChip,
    },
    i18n::{Locale, td_string},
    pages::people::first_password::NewPassword,
    request::Visit,
    routes, words,
};
use kakunin_api::{PortalError, people::ChoosePassword};
use kakunin_server::{http::session, permission::Actor};
use leptos::prelude::*;

/// What the holder of an account can answer.
#[component]
pub fn MyAssessmentsPage() -> impl IntoView {
    public_page(|visit: Visit| async move {
        let locale = visit.locale;
        let user = session::account(&visit.portal, &visit.session).await?;
        let rows = visit.portal.people().my_assessments(user).await?;
        let none = rows
            .is_empty()
            .then(|| view! { <p class="empty">{td_string!(locale, my_assessments_none).to_string()}</p> });
        let rows = rows.into_iter().map(|row| view! {
            <li>
                <div>
                    <strong>{row.title}</strong>" "<StateChip state=row.state locale/>
                    <br/>{td_string!(locale, asked_by, organization = row.organization).to_string()}" ／ "{td_string!(locale, answered_by, company = row.company).to_string()}
                    <br/>{words::field(locale, "due_on")}"："<Day date=row.due_on locale/>
                </div>
                <form method="post" action="/api/answering/choose">
                    <input type="hidden" name="invitation" value=row.invitation.to_string()/>
                    <button class="button button-secondary" type="submit">{td_string!(locale, open_questionnaire).to_string()}</button>
                </form>
            </li>
        }).collect_view();
        let title = td_string!(locale, my_assessments).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <p class="lead">{td_string!(locale, my_assessments_lead).to_string()}</p>
                {none}
                <ul class="work-list">{rows}</ul>
                <div class="actions">
                    <a href=routes::ACCOUNT>{td_string!(locale, own_account).to_string()}</a>
                    <form method="post" action="/api/people/sign-out">
                        <button class="link" type="submit">{td_string!(locale, sign_out).to_string()}</button>
                    </form>
                </div>
            },
        ))
    })
}

/// Keeping an account, for whoever came in by a link.
#[component]
pub fn KeepAccountPage() -> impl IntoView {
    contractor_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let (email, taken) = visit.portal.people().contact_email(&actor).await?;
        if taken {
            return Ok(account_is_there(locale, &email));
        }
        let error = visit.rejected::<ChoosePassword>("answering/keep-account").await.map(|kept| kept.error);
        let state = FormState { locale, error: error.clone() };
        let title = td_string!(locale, keep_account).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="sign-in">
                    <h1>{title}</h1>
                    <p class="lead">{td_string!(locale, keep_account_lead).to_string()}</p>
                    <ErrorSummary error locale/>
                    <form method="post" action="/api/answering/keep-account">
                        <div class="field">
                            <label class="label" for="sign_in_name">{words::field(locale, "sign_in_name")}</label>
                            <input id="sign_in_name" type="email" readonly=true autocomplete="username" value=email/>
                        </div>
                        <NewPassword state/>
                        <div class="actions">
                            <button class="button button-primary" type="submit">{td_string!(locale, keep_account).to_string()}</button>
                        </div>
                    </form>
                </div>
            },
        ))
    })
}

/// Where the address has an account already, signing in is all there is to do: what was redeemed meanwhile joins it.
fn account_is_there(locale: Locale, email: &str) -> Content {
    let title = td_string!(locale, keep_account).to_string();
    Content::new(
        title.clone(),
        view! {
            <div class="sign-in">
                <h1>{title}</h1>
                <p class="lead">{td_string!(locale, account_is_there, email = email.to_owned()).to_string()}</p>
                <p><a class="button button-primary" href=routes::SIGN_IN>{td_string!(locale, sign_in).to_string()}</a></p>
            </div>
        },
    )
}

/// Leaving without an account: the link is used up, so the way back has to be known before.
#[component]
pub fn LeavePage() -> impl IntoView {
    contractor_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let Actor::Contractor(own) = actor else { return Err(PortalError::NotFound) };
        let title = td_string!(locale, leave_title).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <p class="lead">{td_string!(locale, leave_text, organization = own.organization_name).to_string()}</p>
                <p><a class="button button-primary" href=routes::KEEP_ACCOUNT>{td_string!(locale, keep_account).to_string()}</a></p>
                <p><a href=routes::answer(own.assessment)>{td_string!(locale, leave_not).to_string()}</a></p>
                <form method="post" action="/api/people/sign-out">
                    <button class="button button-secondary" type="submit">{td_string!(locale, leave).to_string()}</button>
                </form>
            },
        ))
    })
}
