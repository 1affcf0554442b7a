//! Sign-in: with the organization's provider, or with a local account.

use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, public_page},
    },
    i18n::{Locale, td_string},
    pages::query_text,
    request::Visit,
    routes, words,
};
use kakunin_api::people::SignIn;
use kakunin_server::{http::session, people::oidc::NotIn};
use leptos::prelude::*;

/// Sign-in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let not_in = NotIn::from_code(&query_text("provider"));
    let said = ["reset", "ended", "left"].into_iter().find(|name| !query_text(name).is_empty());
    public_page(move |visit: Visit| async move {
        let locale = visit.locale;
        if session::chooses(&visit.portal, &visit.session).await {
            // A contractor with an account, who has chosen nothing yet.
            leptos_axum::redirect(routes::MY_ASSESSMENTS);
        }
        let rejected = visit.rejected::<SignIn>("people/sign-in").await;
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let state = FormState { locale, error: error.clone() };
        let people = visit.portal.people();
        let providers = people.providers().iter().map(|provider| {
            let label = if locale == Locale::en { provider.label_en.clone() } else { provider.label_ja.clone() };
            // Out of the portal and back: no form, because a browser follows no form to another site.
            view! { <p><a class="button button-secondary" rel="external" href=routes::sign_in_with(&provider.key)>{label}</a></p> }
        });
        let providers = providers.collect_view();
        let providers = (!providers.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{td_string!(locale, sign_in_by_provider).to_string()}</h2>
                    {providers}
                </section>
                <h2>{td_string!(locale, sign_in_by_password).to_string()}</h2>
            }
        });
        let not_in = not_in.map(|not_in| {
            view! {
                <div class="notice notice-error" role="alert"><p>{words::not_in(locale, not_in)}</p></div>
            }
        });
        let forgotten = visit.portal.sends_mail().then(|| {
            view! {
                <p><a href=routes::FORGOTTEN_PASSWORD>{td_string!(locale, forgotten_password).to_string()}</a></p>
            }
        });
        let said = said.map(|said| match said {
            "reset" => td_string!(locale, password_reset_done).to_string(),
            "ended" => td_string!(locale, session_has_ended).to_string(),
            _ => td_string!(locale, left_text).to_string(),
        });
        let said = said.map(|said| view! { <div class="notice" role="status"><p>{said}</p></div> });
        let title = td_string!(locale, sign_in).to_string();
        let heading = title.clone();
        Ok(Content::new(
            title,
            view! {
                <div class="sign-in">
                    <h1>{heading}</h1>
                    <p class="lead">{td_string!(locale, sign_in_lead).to_string()}</p>
                    {said}
                    {not_in}
                    <ErrorSummary error locale/>
                    {providers}
                    <form method="post" action="/api/people/sign-in">
                        <TextField state=state.clone() name="sign_in_name" value=form.sign_in_name required=true autocomplete="username"/>
                        <TextField state name="password" value=String::new() required=true kind="password" autocomplete="current-password"/>
                        <div class="actions">
                            <button class="button button-primary" type="submit">{td_string!(locale, sign_in).to_string()}</button>
                        </div>
                    </form>
                    {forgotten}
                    <p class="hint">{td_string!(locale, sign_in_contractors).to_string()}</p>
                </div>
            },
        ))
    })
}
