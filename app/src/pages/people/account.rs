//! One's own account: password, second factor, and where one is signed in.

use super::first_password::NewPassword;
use crate::{
    components::{
        date::Minute,
        done::Done,
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, account_page},
    },
    i18n::{Locale, td_string},
    pages::query_text,
    request::Visit,
    routes, words,
};
use kakunin_api::{
    ids::UserId,
    people::{AccountView, ChoosePassword, EndSession, RemoveSecondFactor, SessionRow},
};
use kakunin_server::{clock::minute_in_japan, http::session};
use leptos::prelude::*;

/// アカウント.
#[component]
pub fn AccountPage() -> impl IntoView {
    let done = query_text("done");
    account_page(None, move |visit: Visit, user: UserId| async move {
        let locale = visit.locale;
        let this = session::id_hash(&visit.session);
        let account = visit.portal.people().account(user, this.as_deref()).await?;
        let password_error = visit.rejected::<ChoosePassword>("people/change-password").await.map(|kept| kept.error);
        let removal_error =
            visit.rejected::<RemoveSecondFactor>("people/remove-second-factor").await.map(|kept| kept.error);
        let ending_error = visit.rejected::<EndSession>("people/end-session").await.map(|kept| kept.error);
        let state = FormState { locale, error: password_error.clone() };
        let done = match done.as_str() {
            "password" => Some(td_string!(locale, password_changed).to_string()),
            "second-factor" => Some(td_string!(locale, second_factor_removed).to_string()),
            "accepted" => Some(td_string!(locale, offer_accepted).to_string()),
            "session" => Some(td_string!(locale, session_ended).to_string()),
            _ => None,
        };
        let done = done.map(|said| view! { <Done said=said/> });
        let password = account.has_password.then(|| view! {
            <section class="card">
                <h2>{td_string!(locale, change_password).to_string()}</h2>
                <form method="post" action="/api/people/change-password">
                    <TextField state=state.clone() name="current_password" value=String::new() required=true kind="password" autocomplete="current-password"/>
                    <NewPassword state/>
                    <button class="button button-primary" type="submit">{td_string!(locale, change_password).to_string()}</button>
                </form>
            </section>
        });
        let sessions =
            account.sessions.clone().into_iter().map(|row| view! { <SessionLine row locale/> }).collect_view();
        let others = account.sessions.iter().any(|session| !session.is_this);
        let ending_state = FormState { locale, error: ending_error.clone() };
        let ending = others.then(|| {
            let password = account.has_password.then(|| view! {
                <TextField state=ending_state prefix="ending_" name="current_password" value=String::new() required=true kind="password" autocomplete="current-password"/>
            });
            view! {
                <form method="post" action="/api/people/end-session" id="end-session">
                    <label class="choice">
                        <input type="radio" name="form[id_hash]" value="" checked=true/>
                        <span>{td_string!(locale, end_other_sessions).to_string()}</span>
                    </label>
                    {password}
                    <button class="button button-secondary" type="submit">{td_string!(locale, end_session).to_string()}</button>
                </form>
            }
        });
        let offers = account.offers.clone().into_iter().map(|(id, organization, role)| view! {
            <section class="card">
                <h2>{td_string!(locale, offer, organization = organization, role = words::role(locale, role)).to_string()}</h2>
                <p>{td_string!(locale, offer_text).to_string()}</p>
                <form method="post" action="/api/people/accept-membership">
                    <input type="hidden" name="membership" value=id.to_string()/>
                    <button class="button button-primary" type="submit">{td_string!(locale, offer_accept).to_string()}</button>
                </form>
            </section>
        }).collect_view();
        let title = td_string!(locale, account).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <p class="subtitle">{account.name.clone()}" / "{account.sign_in_name.clone()}</p>
                {done}
                <ErrorSummary error=password_error locale/>
                <ErrorSummary error=removal_error.clone() prefix="removal_" locale/>
                <ErrorSummary error=ending_error prefix="ending_" locale/>
                {offers}
                <SecondFactorCard account locale state=FormState { locale, error: removal_error }/>
                {password}
                <section>
                    <h2>{td_string!(locale, sessions).to_string()}</h2>
                    <p>{td_string!(locale, sessions_lead).to_string()}</p>
                    <table class="data">
                        <thead><tr>
                            <th scope="col">{td_string!(locale, column_browser).to_string()}</th>
                            <th scope="col">{td_string!(locale, column_network_address).to_string()}</th>
                            <th scope="col">{td_string!(locale, column_signed_in).to_string()}</th>
                            <th scope="col">{td_string!(locale, column_last_used).to_string()}</th>
                            <th scope="col">{td_string!(locale, column_action).to_string()}</th>
                        </tr></thead>
                        <tbody>{sessions}</tbody>
                    </table>
                    {ending}
                </section>
            },
        ))
    })
}

#[component]
fn SecondFactorCard(account: AccountView, locale: Locale, state: FormState) -> impl IntoView {
    let refused = state.error.is_some();
    let body = if account.has_second_factor {
        let left = td_string!(locale, recovery_codes_left, count = account.recovery_codes_left).to_string();
        view! {
            <p><span class="tag">{td_string!(locale, second_factor_on).to_string()}</span>" "{left}</p>
            <p><a href=routes::ENROL_SECOND_FACTOR>{td_string!(locale, second_factor_anew).to_string()}</a></p>
            <details open=refused>
                <summary>{td_string!(locale, second_factor_remove).to_string()}</summary>
                <form method="post" action="/api/people/remove-second-factor">
                    <TextField state prefix="removal_" name="current_password" value=String::new() required=true kind="password" autocomplete="current-password"/>
                    <button class="button button-danger" type="submit">{td_string!(locale, second_factor_remove).to_string()}</button>
                </form>
            </details>
        }
        .into_any()
    } else {
        view! {
            <p>{td_string!(locale, second_factor_off).to_string()}</p>
            <p><a class="button button-secondary" href=routes::ENROL_SECOND_FACTOR>{td_string!(locale, second_factor_set_up).to_string()}</a></p>
        }
        .into_any()
    };
    view! { <section class="card"><h2>{td_string!(locale, second_factor).to_string()}</h2>{body}</section> }
}

#[component]
fn SessionLine(row: SessionRow, locale: Locale) -> impl IntoView {
    let end = if row.is_this {
        view! { <span class="tag">{td_string!(locale, session_this).to_string()}</span> }.into_any()
    } else {
        // Of the form below the table.
        view! {
            <label class="choice">
                <input type="radio" form="end-session" name="form[id_hash]" value=row.id_hash/>
                <span>{td_string!(locale, end_session).to_string()}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <tr>
            <td data-label=td_string!(locale, column_browser).to_string()>{words::browser_name(&row.agent)}</td>
            <td data-label=td_string!(locale, column_network_address).to_string()>{row.address}</td>
            <td data-label=td_string!(locale, column_signed_in).to_string()><Minute at=minute_in_japan(row.started_at) locale/></td>
            <td data-label=td_string!(locale, column_last_used).to_string()><Minute at=minute_in_japan(row.seen_at) locale/></td>
            <td data-label=td_string!(locale, column_action).to_string()>{end}</td>
        </tr>
    }
}
