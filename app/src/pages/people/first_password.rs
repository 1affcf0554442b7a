//! A password of one's own in place of the one that was given.

use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, public_page},
    },
    i18n::td_string,
    request::Visit,
};
use kakunin_api::people::ChoosePassword;
use kakunin_server::{http::session, people::NextStep};
use leptos::prelude::*;

/// Choosing a password at the first sign-in.
#[component]
pub fn FirstPasswordPage() -> impl IntoView {
    public_page(|visit: Visit| async move {
        let locale = visit.locale;
        session::pending(&visit.portal, &visit.session, NextStep::NewPassword).await?;
        let error = visit.rejected::<ChoosePassword>("people/first-password").await.map(|kept| kept.error);
        let state = FormState { locale, error: error.clone() };
        let title = td_string!(locale, first_password).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="sign-in">
                    <h1>{title}</h1>
                    <p class="lead">{td_string!(locale, first_password_lead).to_string()}</p>
                    <ErrorSummary error locale/>
                    <form method="post" action="/api/people/first-password">
                        <NewPassword state/>
                        <div class="actions">
                            <button class="button button-primary" type="submit">{td_string!(locale, first_password_button).to_string()}</button>
                        </div>
                    </form>
                </div>
            },
        ))
    })
}

/// The two fields of a new password.
#[component]
pub fn NewPassword(state: FormState) -> impl IntoView {
    let hint = td_string!(state.locale, hint_password).to_string();
    view! {
        <TextField state=state.clone() name="new_password" value=String::new() required=true kind="password" autocomplete="new-password" hint/>
        <TextField state name="new_password_again" value=String::new() required=true kind="password" autocomplete="new-password"/>
    }
}
