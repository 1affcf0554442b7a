//! What pages and server functions need of the request: the portal, the actor, the language, and forms that were refused.

use crate::{i18n::Locale, routes};
use axum::http::{HeaderValue, header, request::Parts};
use kakunin_api::PortalError;
use kakunin_questionnaires::text::Language;
use kakunin_server::{Portal, http::session, permission::Actor};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;
use tower_sessions::Session;

/// The cookie that remembers the language.
pub const LANGUAGE_COOKIE: &str = "kakunin-language";
const REJECTED: &str = "rejected";

/// One request, as far as pages are concerned.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The portal.
    pub portal: Arc<Portal>,
    /// The browser's session.
    pub session: Session,
    /// The language of the page.
    pub locale: Locale,
    /// Path and query.
    pub address: String,
}

/// A form that was refused, as it was typed, with what is wrong.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub struct Rejected<F> {
    /// The form's name.
    pub name: String,
    /// What was typed.
    pub form: F,
    /// What is wrong.
    pub error: PortalError,
}

impl Visit {
    /// Of the request that is being answered.
    ///
    /// # Errors
    /// Unavailable outside a request.
    pub fn of_request() -> Result<Self, PortalError> {
        let parts = use_context::<Parts>().ok_or(PortalError::Unavailable)?;
        let session = parts.extensions.get::<Session>().cloned().ok_or(PortalError::Unavailable)?;
        Ok(Self {
            portal: expect_context(),
            session,
            locale: locale(&parts),
            address: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        })
    }

    /// Who is at the screen.
    ///
    /// # Errors
    /// SignedOut.
    pub async fn actor(&self) -> Result<Actor, PortalError> {
        session::actor(&self.portal, &self.session).await
    }

    /// The catalogue's language for this page.
    #[must_use]
    pub fn language(&self) -> Language {
        language(self.locale)
    }

    /// The form of this name that was refused, where the page was sent back to by [`Visit::settle`].
    pub async fn rejected<F: DeserializeOwned + Send>(&self, name: &str) -> Option<Rejected<F>> {
        if !self.address.contains("rejected=1") {
            return None;
        }
        let kept: serde_json::Value = self.session.get(REJECTED).await.ok()??;
        let rejected: Rejected<serde_json::Value> = serde_json::from_value(kept).ok()?;
        let form = (rejected.name == name).then(|| serde_json::from_value(rejected.form).ok()).flatten()?;
        Some(Rejected { name: rejected.name, form, error: rejected.error })
    }

    /// Ends a form's POST: on to `outcome`, or back to `back` with the form kept under the session and what is wrong.
    ///
    /// # Errors
    /// Never one that has to travel in a URL: refusals become redirects.
    pub async fn settle<F: Serialize>(
        &self,
        name: &str,
        form: &F,
        back: &str,
        outcome: Result<String, PortalError>,
    ) -> Result<(), PortalError> {
        match outcome {
            Ok(path) => leptos_axum::redirect(&path),
            Err(PortalError::SignedOut) => leptos_axum::redirect(routes::SIGN_IN),
            Err(PortalError::NotFound) => leptos_axum::redirect(routes::NOT_FOUND),
            Err(PortalError::Forbidden) => leptos_axum::redirect(routes::FORBIDDEN),
            Err(error @ (PortalError::Invalid(_) | PortalError::Conflict { .. } | PortalError::TooMany { .. })) => {
                let form = serde_json::to_value(form).map_err(|_| PortalError::Unavailable)?;
                let rejected = Rejected { name: name.to_owned(), form, error };
                self.session.insert(REJECTED, rejected).await.map_err(|_| PortalError::Unavailable)?;
                let (path, fragment) = back.split_once('#').unwrap_or((back, "error-summary"));
                let mark = if path.contains('?') { '&' } else { '?' };
                leptos_axum::redirect(&format!("{path}{mark}rejected=1#{fragment}"));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// The language the person chose, else the first that the browser asks for, else Japanese.
#[must_use]
pub fn locale(parts: &Parts) -> Locale {
    let text = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let chosen = text(header::COOKIE).split(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == LANGUAGE_COOKIE).then_some(value)
    });
    let wanted = chosen.unwrap_or_else(|| text(header::ACCEPT_LANGUAGE));
    if wanted.trim_start().starts_with("en") { Locale::en } else { Locale::ja }
}

/// The catalogue's language of a locale.
#[must_use]
pub fn language(locale: Locale) -> Language {
    match locale {
        Locale::en => Language::En,
        Locale::ja => Language::Ja,
    }
}

/// Remembers the language for a year.
pub fn remember_language(locale: &str) {
    let value = if locale == "en" { "en" } else { "ja" };
    let cookie = format!("{LANGUAGE_COOKIE}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

/// A path of this portal, or home: nobody is sent elsewhere by a crafted form.
#[must_use]
pub fn own_path(path: &str) -> String {
    let own = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if own { path.to_owned() } else { routes::HOME.to_owned() }
}

const FRESH_INVITATION: &str = "fresh_invitation";

impl Visit {
    /// Puts a fresh link where the next page finds it, and names that page.
    ///
    /// # Errors
    /// Unavailable where the session cannot be written.
    pub async fn show_once(
        &self,
        invitation: &kakunin_server::assessments::send::FreshInvitation,
    ) -> Result<String, PortalError> {
        let kept = (invitation.assessment, &invitation.token);
        self.session.insert(FRESH_INVITATION, kept).await.map_err(|_| PortalError::Unavailable)?;
        Ok(routes::fresh_invitation(invitation.assessment))
    }

    /// The token of a fresh link to this assessment; it is gone afterwards.
    pub async fn take_fresh_invitation(&self, assessment: kakunin_api::ids::AssessmentId) -> Option<String> {
        let kept: (kakunin_api::ids::AssessmentId, String) = self.session.get(FRESH_INVITATION).await.ok()??;
        if kept.0 != assessment {
            return None;
        }
        let removed: Option<serde_json::Value> = self.session.remove(FRESH_INVITATION).await.ok()?;
        removed.map(|_| kept.1)
    }
}
