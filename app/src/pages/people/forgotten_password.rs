//! A forgotten password: asking for a link, and choosing a new one by it.

use super::first_password::NewPassword;
use crate::{
    components::{
        done::Done,
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, public_page},
    },
    i18n::td_string,
    pages::query_text,
    request::Visit,
    routes,
};
use kakunin_api::{
    PortalError,
    people::{ChoosePassword, ForgottenPassword},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Asking for a link. Whether there is such an account is not said.
#[component]
pub fn ForgottenPasswordPage() -> impl IntoView {
    let done = query_text("done");
    public_page(move |visit: Visit| async move {
        let locale = visit.locale;
        if !visit.portal.sends_mail() {
            return Err(PortalError::NotFound);
        }
        let error = visit.rejected::<ForgottenPassword>("people/forgot-password").await.map(|kept| kept.error);
        let state = FormState { locale, error: error.clone() };
        let title = td_string!(locale, forgotten_password).to_string();
        let body = if done.is_empty() {
            view! {
                <p class="lead">{td_string!(locale, forgotten_password_lead).to_string()}</p>
                <ErrorSummary error locale/>
                <form method="post" action="/api/people/forgot-password">
                    <TextField state name="sign_in_name" value=String::new() required=true autocomplete="username"/>
                    <button class="button button-primary" type="submit">{td_string!(locale, forgotten_password_button).to_string()}</button>
                </form>
            }
            .into_any()
        } else {
            view! { <Done said=td_string!(locale, forgotten_password_done).to_string()/> }.into_any()
        };
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="sign-in">
                    <h1>{title}</h1>
                    {body}
                    <p><a href=routes::SIGN_IN>{td_string!(locale, back_to_sign_in).to_string()}</a></p>
                </div>
            },
        ))
    })
}

/// Choosing a new password by the link.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|map| map.get("token")).unwrap_or_default();
    public_page(|visit: Visit| async move {
        let locale = visit.locale;
        visit.portal.people().reset_link(&token).await?;
        let error = visit.rejected::<ChoosePassword>("people/reset-password").await.map(|kept| kept.error);
        let state = FormState { locale, error: error.clone() };
        let title = td_string!(locale, first_password).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="sign-in">
                    <h1>{title}</h1>
                    <ErrorSummary error locale/>
                    <form method="post" action="/api/people/reset-password">
                        <input type="hidden" name="token" value=token/>
                        <NewPassword state/>
                        <button class="button button-primary" type="submit">{td_string!(locale, save).to_string()}</button>
                    </form>
                </div>
            },
        ))
    })
}
