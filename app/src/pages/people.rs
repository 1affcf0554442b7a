//! Sign-in.

use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, public_page},
    },
    i18n::td_string,
    request::Visit,
};
use kakunin_api::people::SignIn;
use leptos::prelude::*;

/// Sign-in with a local account.
#[component]
pub fn SignInPage() -> impl IntoView {
    public_page(|visit: Visit| async move {
        let locale = visit.locale;
        let rejected = visit.rejected::<SignIn>("people/sign-in").await;
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let state = FormState { locale, error: error.clone() };
        let title = td_string!(locale, sign_in).to_string();
        let heading = title.clone();
        Ok(Content::new(
            title,
            view! {
                <div class="sign-in">
                    <h1>{heading}</h1>
                    <p class="lead">{td_string!(locale, sign_in_lead).to_string()}</p>
                    <ErrorSummary error locale/>
                    <form method="post" action="/api/people/sign-in">
                        <TextField state=state.clone() name="sign_in_name" value=form.sign_in_name required=true autocomplete="username"/>
                        <TextField state name="password" value=String::new() required=true kind="password" autocomplete="current-password"/>
                        <div class="actions">
                            <button class="button button-primary" type="submit">{td_string!(locale, sign_in).to_string()}</button>
                        </div>
                    </form>
                    <p class="hint">{td_string!(locale, sign_in_contractors).to_string()}</p>
                </div>
            },
        ))
    })
}
