//! What pages and server functions need of the request: the portal, the actor, the language, and forms that were refused.

use crate::{i18n::Locale, routes};
use axum::{
    extract::ConnectInfo,
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
};
use kakunin_api::{PortalError, ids::UserId};
use kakunin_questionnaires::text::Language;
use kakunin_server::{
    Portal,
    assessments::send::FreshInvitation,
    http::{
        sealed,
        session::{self, Entered, Origin},
    },
    people::{NextStep, Proved, memberships::FirstPassword},
    permission::Actor,
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use serde::{Serialize, de::DeserializeOwned};
use std::{net::SocketAddr, sync::Arc};
use tower_sessions::Session;

/// The cookie that remembers the language.
pub const LANGUAGE_COOKIE: &str = "kakunin-language";
/// Before its name where it comes over TLS: no neighbour of the site sets it.
const HOST_PREFIX: &str = "__Host-";
const REJECTED: &str = "rejected";

/// One request, as far as pages are concerned.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The portal.
    pub portal: Arc<Portal>,
    /// The browser's session.
    pub session: Session,
    /// Where the request comes from.
    pub origin: Origin,
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
        let portal: Arc<Portal> = use_context().ok_or(PortalError::Unavailable)?;
        Ok(Self {
            origin: Origin::of(
                &parts.headers,
                parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip()),
                &portal.config().trusted_proxies,
            ),
            session,
            locale: locale(&parts),
            address: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            portal,
        })
    }

    /// Who is at the screen.
    ///
    /// # Errors
    /// SignedOut.
    pub async fn actor(&self) -> Result<Actor, PortalError> {
        session::actor(&self.portal, &self.session).await
    }

    /// Whose account is signed in, of staff or of a contractor.
    ///
    /// # Errors
    /// SignedOut.
    pub async fn account(&self) -> Result<UserId, PortalError> {
        session::account(&self.portal, &self.session).await
    }

    /// Who may set a second factor up: the holder of an account, or whoever an organization lets in no further without one.
    ///
    /// # Errors
    /// SignedOut.
    pub async fn enrolling(&self) -> Result<UserId, PortalError> {
        match self.account().await {
            Ok(user) => Ok(user),
            Err(_) => session::pending(&self.portal, &self.session, NextStep::Enrolment).await,
        }
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

    /// Ends what an island asked: with the status that a refusal has, which is noted in the log.
    ///
    /// # Errors
    /// The refusal itself; the island says what it means.
    pub async fn answered<T>(&self, name: &str, outcome: Result<T, PortalError>) -> Result<T, PortalError> {
        let status = match &outcome {
            Ok(_) => return outcome,
            Err(PortalError::SignedOut) => StatusCode::UNAUTHORIZED,
            Err(PortalError::NotFound) => StatusCode::NOT_FOUND,
            Err(PortalError::Forbidden) => StatusCode::FORBIDDEN,
            Err(PortalError::Invalid(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            Err(PortalError::Conflict { .. }) => StatusCode::CONFLICT,
            Err(PortalError::TooMany { .. }) => StatusCode::TOO_MANY_REQUESTS,
            Err(PortalError::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
            Err(PortalError::Internal(_)) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(status);
        }
        self.note_refusal(name, &outcome).await;
        outcome
    }

    /// Notes in the log that somebody was refused.
    async fn note_refusal<T>(&self, name: &str, outcome: &Result<T, PortalError>) {
        if matches!(outcome, Err(PortalError::Forbidden))
            && let Ok(actor) = self.actor().await
        {
            self.portal.audit().refused(&actor, &format!("/api/{name}")).await;
        }
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
        self.note_refusal(name, &outcome).await;
        match outcome {
            Ok(path) => {
                // What was refused before is settled, and kept no longer.
                self.session.remove::<serde_json::Value>(REJECTED).await.map_err(|_| PortalError::Unavailable)?;
                leptos_axum::redirect(&path);
            }
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
        (name.strip_prefix(HOST_PREFIX).unwrap_or(name) == LANGUAGE_COOKIE).then_some(value)
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
pub fn remember_language(locale: &str, https: bool) {
    let value = if locale == "en" { "en" } else { "ja" };
    let secure = if https { "; Secure" } else { "" };
    let prefix = if https { HOST_PREFIX } else { "" };
    let cookie = format!("{prefix}{LANGUAGE_COOKIE}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}");
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

/// Tells the browser to forget the pages of whoever signs out.
pub fn clear_site_data() {
    if let Some(response) = use_context::<ResponseOptions>() {
        let name = HeaderName::from_static("clear-site-data");
        response.insert_header(name, HeaderValue::from_static("\"cache\", \"storage\""));
    }
}

/// Whether a script asks, which shows no page.
#[must_use]
pub fn wants_no_page() -> bool {
    let accepts_page = |parts: Parts| {
        parts.headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()?.contains("text/html").into())
    };
    use_context::<Parts>().and_then(accepts_page) != Some(true)
}

/// A path of this portal, or home: nobody is sent elsewhere by a crafted form.
#[must_use]
pub fn own_path(path: &str) -> String {
    // A browser drops tabs and line breaks, and reads a backslash as a slash; a header takes nothing but ASCII.
    let plain = path.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    let own = plain && path.starts_with('/') && !path.starts_with("//");
    if own { path.to_owned() } else { routes::HOME.to_owned() }
}

/// Something that is shown once: it waits under the session for the next page.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub enum Shown {
    /// A link that has just been made.
    Invitation(FreshInvitation),
    /// The password of somebody who was brought in.
    FirstPassword(FirstPassword),
    /// Sign-in name and password of a new organization's administrator.
    Administrator(String, String),
    /// Recovery codes.
    RecoveryCodes(Vec<String>),
}

const SHOWN: &str = "shown";
const ENROLMENT: &str = "enrolment";

impl Visit {
    /// Puts something where the next page finds it, sealed.
    ///
    /// # Errors
    /// Unavailable where the session cannot be written.
    pub async fn show_once(&self, shown: &Shown) -> Result<(), PortalError> {
        self.keep_sealed(SHOWN, shown).await
    }

    /// What waits to be shown on this page, if `take` finds it to be its own; it is gone afterwards.
    pub async fn take_shown<T>(&self, take: impl FnOnce(Shown) -> Option<T>) -> Option<T> {
        let taken = take(self.sealed(SHOWN).await?)?;
        self.session.remove::<serde_json::Value>(SHOWN).await.ok()?;
        Some(taken)
    }

    async fn keep_sealed<T: Serialize>(&self, name: &str, value: &T) -> Result<(), PortalError> {
        let id = self.session.id().ok_or(PortalError::Unavailable)?;
        let sealed = sealed::seal(&id, value, self.portal.rng())?;
        self.session.insert(name, sealed).await.map_err(|_| PortalError::Unavailable)
    }

    async fn sealed<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let kept: String = self.session.get(name).await.ok()??;
        sealed::open(&self.session.id()?, &kept)
    }

    /// Takes a proof of who somebody is, and says which page is next.
    ///
    /// # Errors
    /// Internal where the session cannot be stored.
    pub async fn enter(&self, proved: Proved) -> Result<String, PortalError> {
        let entered = session::enter(&self.portal, &self.session, proved, &self.origin).await?;
        let page = match entered {
            Entered::Staff => routes::HOME,
            Entered::Contractor => routes::MY_ASSESSMENTS,
            Entered::Half(NextStep::NewPassword) => routes::FIRST_PASSWORD,
            Entered::Half(NextStep::Enrolment) => routes::ENROL_SECOND_FACTOR,
            Entered::Half(NextStep::SecondFactor | NextStep::None) => routes::SECOND_FACTOR,
        };
        Ok(page.to_owned())
    }

    /// The secret of the second factor that is being set up.
    pub async fn enrolment_secret(&self) -> Option<String> {
        self.sealed(ENROLMENT).await
    }

    /// It has been kept, and is shown no more.
    ///
    /// # Errors
    /// Unavailable where the session cannot be written.
    pub async fn forget_enrolment_secret(&self) -> Result<(), PortalError> {
        self.session.remove::<serde_json::Value>(ENROLMENT).await.map(|_| ()).map_err(|_| PortalError::Unavailable)
    }

    /// Keeps it while the page asks for a code.
    ///
    /// # Errors
    /// Unavailable where the session cannot be written.
    pub async fn keep_enrolment_secret(&self, secret: &str) -> Result<(), PortalError> {
        self.keep_sealed(ENROLMENT, &secret).await
    }
}
