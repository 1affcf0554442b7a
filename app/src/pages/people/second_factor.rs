//! The second factor: asked for at sign-in, set up by its owner, with recovery codes that are shown once.

use crate::{
    components::{
        done::Done,
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, account_page, public_page},
    },
    i18n::td_string,
    request::{Shown, Visit},
    routes,
};
use kakunin_api::{ids::UserId, people::SecondFactor};
use kakunin_server::{http::session, people::NextStep};
use leptos::prelude::*;

/// The second step of a sign-in.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    public_page(|visit: Visit| async move {
        let locale = visit.locale;
        session::pending(&visit.portal, &visit.session, NextStep::SecondFactor).await?;
        let error = visit.rejected::<SecondFactor>("people/second-factor").await.map(|kept| kept.error);
        let state = FormState { locale, error: error.clone() };
        let title = td_string!(locale, second_factor).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="sign-in">
                    <h1>{title}</h1>
                    <p class="lead">{td_string!(locale, second_factor_lead).to_string()}</p>
                    <ErrorSummary error locale/>
                    <form method="post" action="/api/people/second-factor">
                        <TextField state name="code" value=String::new() required=true autocomplete="one-time-code"
                            hint=td_string!(locale, hint_code).to_string()/>
                        <div class="actions">
                            <button class="button button-primary" type="submit">{td_string!(locale, sign_in).to_string()}</button>
                            <a href=routes::SIGN_IN>{td_string!(locale, sign_in_again).to_string()}</a>
                        </div>
                    </form>
                </div>
            },
        ))
    })
}

/// Setting a second factor up: the picture, the secret to type, and a code that proves that it arrived.
#[component]
pub fn EnrolSecondFactorPage() -> impl IntoView {
    account_page(Some(NextStep::Enrolment), |visit: Visit, user: UserId| async move {
        let locale = visit.locale;
        let demanded = visit.account().await.is_err();
        let enrolment = visit.portal.people().enrolment(user, visit.enrolment_secret().await).await?;
        visit.keep_enrolment_secret(&enrolment.secret).await?;
        let error = visit.rejected::<SecondFactor>("people/keep-second-factor").await.map(|kept| kept.error);
        let state = FormState { locale, error: error.clone() };
        let title = td_string!(locale, second_factor_set_up).to_string();
        // The picture is made here and holds nothing that anybody typed; the declaration before it is no part of HTML.
        let picture = enrolment.picture.split_once("?>").map_or(enrolment.picture.clone(), |(_, rest)| rest.to_owned());
        let groups: Vec<String> =
            enrolment.secret.chars().collect::<Vec<_>>().chunks(4).map(|group| group.iter().collect()).collect();
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                {demanded.then(|| view! { <p class="lead">{td_string!(locale, second_factor_demanded).to_string()}</p> })}
                <ErrorSummary error locale/>
                <ol class="steps">
                    <li>
                        <p>{td_string!(locale, second_factor_scan).to_string()}</p>
                        <div class="qr-code" role="img" aria-label=td_string!(locale, second_factor_picture).to_string() inner_html=picture></div>
                        <p>{td_string!(locale, second_factor_type).to_string()}</p>
                        <p><code class="secret">{groups.join(" ")}</code></p>
                    </li>
                    <li>
                        <form method="post" action="/api/people/keep-second-factor">
                            <TextField state=state.clone() name="code" value=String::new() required=true autocomplete="one-time-code"
                                hint=td_string!(locale, second_factor_prove).to_string()/>
                            <TextField state name="current_password" value=String::new() required=true kind="password" autocomplete="current-password"/>
                            <div class="actions">
                                <button class="button button-primary" type="submit">{td_string!(locale, second_factor_keep).to_string()}</button>
                                {(!demanded).then(|| view! { <a href=routes::ACCOUNT>{td_string!(locale, back_to_account).to_string()}</a> })}
                            </div>
                        </form>
                    </li>
                </ol>
            },
        )
        .below(td_string!(locale, account).to_string(), routes::ACCOUNT))
    })
}

/// Recovery codes, shown once.
#[component]
pub fn RecoveryCodesPage() -> impl IntoView {
    account_page(None, |visit: Visit, _: UserId| async move {
        let locale = visit.locale;
        let codes = |shown| match shown {
            Shown::RecoveryCodes(codes) => Some(codes),
            _ => None,
        };
        let title = td_string!(locale, recovery_codes).to_string();
        let body = match visit.take_shown(codes).await {
            Some(codes) => {
                let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
                view! {
                    <Done said=td_string!(locale, second_factor_kept).to_string()/>
                    <p>{td_string!(locale, recovery_codes_lead).to_string()}</p>
                    <ol class="recovery-codes">{codes}</ol>
                }
                .into_any()
            }
            None => view! { <p class="empty">{td_string!(locale, shown_already).to_string()}</p> }.into_any(),
        };
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                {body}
                <p><a href=routes::ACCOUNT>{td_string!(locale, back_to_account).to_string()}</a></p>
            },
        )
        .below(td_string!(locale, account).to_string(), routes::ACCOUNT))
    })
}
