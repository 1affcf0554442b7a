//! Sessions by cookie, and who is at the screen for this request.
//!
//! The cookie is `__Host-kakunin` behind TLS. A session ends after two hours of rest and twelve in all for staff; a
//! contractor's lasts thirty days, because a questionnaire is filled in over weeks.

use crate::{
    people::session_store::{DatabaseSessions, INVITATION, USER},
    permission::Actor,
    portal::Portal,
};
use kakunin_api::{
    PortalError,
    ids::{InvitationId, UserId},
};
use std::sync::Arc;
use tower_sessions::{
    Expiry, Session, SessionManagerLayer,
    cookie::{SameSite, time::Duration},
};

/// Rest after which a member of staff has to sign in again.
const STAFF_IDLE: Duration = Duration::hours(2);
/// Time after which they have to in any case, milliseconds.
const STAFF_AT_MOST_MS: i64 = 12 * 60 * 60 * 1000;
/// Rest after which a contractor needs a new link.
const CONTRACTOR_IDLE: Duration = Duration::days(30);
/// The time of use is stored this often, milliseconds.
const TOUCH_EVERY_MS: i64 = 5 * 60 * 1000;

const STARTED_AT: &str = "started_at";
const SEEN_AT: &str = "seen_at";

/// The layer that reads and writes the cookie.
#[must_use]
pub fn layer(portal: &Arc<Portal>) -> SessionManagerLayer<DatabaseSessions> {
    let secure = portal.config().is_https();
    SessionManagerLayer::new(DatabaseSessions(Arc::clone(portal)))
        .with_name(if secure { "__Host-kakunin" } else { "kakunin" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(STAFF_IDLE))
}

/// Who is at the screen.
///
/// # Errors
/// SignedOut where nobody is, or no longer.
pub async fn actor(portal: &Portal, session: &Session) -> Result<Actor, PortalError> {
    let broken = |_| PortalError::SignedOut;
    let user: Option<UserId> = session.get(USER).await.map_err(broken)?;
    let invitation: Option<InvitationId> = session.get(INVITATION).await.map_err(broken)?;
    if user.is_none() && invitation.is_none() {
        return Err(PortalError::SignedOut);
    }
    let now = portal.clock().now_ms();
    let started: i64 = session.get(STARTED_AT).await.map_err(broken)?.unwrap_or(0);
    if user.is_some() && now - started > STAFF_AT_MOST_MS {
        session.flush().await.map_err(broken)?;
        return Err(PortalError::SignedOut);
    }
    let seen: i64 = session.get(SEEN_AT).await.map_err(broken)?.unwrap_or(0);
    if now - seen > TOUCH_EVERY_MS {
        let idle = if user.is_some() { STAFF_IDLE } else { CONTRACTOR_IDLE };
        session.set_expiry(Some(Expiry::OnInactivity(idle)));
        session.insert(SEEN_AT, now).await.map_err(broken)?;
    }
    portal.people().actor(user, invitation).await
}

/// Who a session is begun for.
#[derive(Clone, Copy, Debug)]
pub enum Visitor {
    /// Signed in.
    Staff(UserId),
    /// Came in by an invitation.
    Contractor(InvitationId),
}

/// Begins a session under a new id: whatever id the browser had before is worth nothing now.
///
/// # Errors
/// Internal where the session cannot be stored.
pub async fn begin(portal: &Portal, session: &Session, visitor: Visitor) -> Result<(), PortalError> {
    let store = async {
        session.clear().await;
        session.cycle_id().await?;
        let now = portal.clock().now_ms();
        session.insert(STARTED_AT, now).await?;
        session.insert(SEEN_AT, now).await?;
        match visitor {
            Visitor::Staff(user) => {
                session.set_expiry(Some(Expiry::OnInactivity(STAFF_IDLE)));
                session.insert(USER, user).await?;
            }
            Visitor::Contractor(invitation) => {
                session.set_expiry(Some(Expiry::OnInactivity(CONTRACTOR_IDLE)));
                session.insert(INVITATION, invitation).await?;
            }
        }
        session.save().await
    };
    store.await.map_err(crate::error::internal)
}

/// Ends a session.
///
/// # Errors
/// Internal where it cannot be removed.
pub async fn end(session: &Session) -> Result<(), PortalError> {
    session.flush().await.map_err(crate::error::internal)
}
