//! Sessions by cookie, and who is at the screen for this request.
//!
//! The cookie is `__Host-kakunin` behind TLS. A session ends after two hours of rest and twelve in all for whoever signed
//! in; a contractor's who came in by a link lasts thirty days, because a questionnaire is filled in over weeks.

use crate::{
    people::{
        NextStep, Proved,
        session_store::{
            ADDRESS, AGENT, DatabaseSessions, INVITATION, ORGANIZATION, SEEN_AT, STARTED_AT, USER, hashed,
        },
    },
    permission::Actor,
    portal::Portal,
};
use axum::http::HeaderMap;
use kakunin_api::{
    PortalError,
    ids::{InvitationId, OrganizationId, UserId},
};
use std::{net::IpAddr, sync::Arc};
use tower_sessions::{
    Expiry, Session, SessionManagerLayer,
    cookie::{SameSite, time::Duration},
};

/// Rest after which whoever signed in has to sign in again.
const STAFF_IDLE: Duration = Duration::hours(2);
/// Time after which they have to in any case, milliseconds.
const STAFF_AT_MOST_MS: i64 = 12 * 60 * 60 * 1000;
/// Rest after which a contractor needs a new link.
const CONTRACTOR_IDLE: Duration = Duration::days(30);
/// Time after which they need one in any case, milliseconds.
const CONTRACTOR_AT_MOST_MS: i64 = 90 * 24 * 60 * 60 * 1000;
/// How long a sign-in may stay half done, milliseconds.
const PENDING_AT_MOST_MS: i64 = 10 * 60 * 1000;
/// The time of use is stored this often, milliseconds.
const TOUCH_EVERY_MS: i64 = 5 * 60 * 1000;
/// Longest name of a browser that is kept, in characters.
const AGENT_CHARACTERS: usize = 160;

/// The key of a sign-in that is half done.
const PENDING: &str = "pending";

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

fn broken(_: tower_sessions::session::Error) -> PortalError {
    PortalError::SignedOut
}

fn failed(error: tower_sessions::session::Error) -> PortalError {
    crate::error::internal(error)
}

/// Who is at the screen.
///
/// # Errors
/// SignedOut where nobody is, or no longer.
pub async fn actor(portal: &Portal, session: &Session) -> Result<Actor, PortalError> {
    let user: Option<UserId> = session.get(USER).await.map_err(broken)?;
    let organization: Option<OrganizationId> = session.get(ORGANIZATION).await.map_err(broken)?;
    let invitation: Option<InvitationId> = session.get(INVITATION).await.map_err(broken)?;
    if user.is_none() && invitation.is_none() {
        return Err(PortalError::SignedOut);
    }
    in_time(portal, session, user.is_some()).await?;
    portal.people().actor(user.zip(organization), invitation).await
}

/// The account that is signed in, of staff or of a contractor.
///
/// # Errors
/// SignedOut.
pub async fn account(portal: &Portal, session: &Session) -> Result<UserId, PortalError> {
    let user: Option<UserId> = session.get(USER).await.map_err(broken)?;
    let user = user.ok_or(PortalError::SignedOut)?;
    in_time(portal, session, true).await?;
    portal.people().holder(user).await?;
    Ok(user)
}

/// Ends a session that has lasted long enough, and notes that this one is in use.
async fn in_time(portal: &Portal, session: &Session, signed_in: bool) -> Result<(), PortalError> {
    let now = portal.clock().now_ms();
    let started: i64 = session.get(STARTED_AT).await.map_err(broken)?.unwrap_or(0);
    let at_most = if signed_in { STAFF_AT_MOST_MS } else { CONTRACTOR_AT_MOST_MS };
    if now - started > at_most {
        session.flush().await.map_err(broken)?;
        return Err(PortalError::SignedOut);
    }
    let seen: i64 = session.get(SEEN_AT).await.map_err(broken)?.unwrap_or(0);
    if now - seen > TOUCH_EVERY_MS {
        session.set_expiry(Some(Expiry::OnInactivity(if signed_in { STAFF_IDLE } else { CONTRACTOR_IDLE })));
        session.insert(SEEN_AT, now).await.map_err(broken)?;
    }
    Ok(())
}

/// Where a request came from, as its session remembers it.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The browser, as it names itself.
    pub agent: String,
    /// Its address.
    pub address: String,
}

impl Origin {
    /// From a request's headers and its peer.
    #[must_use]
    pub fn of(headers: &HeaderMap, peer: Option<IpAddr>, trusted: &[IpAddr]) -> Self {
        let address = peer.map(|peer| super::peer::behind(peer, headers, trusted));
        let agent = headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            agent: agent.chars().take(AGENT_CHARACTERS).collect(),
            address: address.map(|address| address.to_string()).unwrap_or_default(),
        }
    }
}

/// Who a session is begun for.
#[derive(Clone, Copy, Debug)]
pub enum Visitor {
    /// Signed in; at work for an organization, or a contractor with an account who has yet to choose what to answer.
    Account(UserId, Option<OrganizationId>),
    /// Came in by an invitation; with an account where one is signed in.
    Contractor(InvitationId, Option<UserId>),
}

/// Begins a session under a new id: whatever id the browser had before is worth nothing now.
///
/// # Errors
/// Internal where the session cannot be stored.
pub async fn begin(portal: &Portal, session: &Session, visitor: Visitor, origin: &Origin) -> Result<(), PortalError> {
    let store = async {
        session.clear().await;
        session.cycle_id().await?;
        let now = portal.clock().now_ms();
        session.insert(STARTED_AT, now).await?;
        session.insert(SEEN_AT, now).await?;
        session.insert(AGENT, &origin.agent).await?;
        session.insert(ADDRESS, &origin.address).await?;
        let account = match visitor {
            Visitor::Account(user, organization) => {
                if let Some(organization) = organization {
                    session.insert(ORGANIZATION, organization).await?;
                }
                Some(user)
            }
            Visitor::Contractor(invitation, account) => {
                session.insert(INVITATION, invitation).await?;
                account
            }
        };
        if let Some(user) = account {
            session.insert(USER, user).await?;
        }
        session.set_expiry(Some(Expiry::OnInactivity(if account.is_some() { STAFF_IDLE } else { CONTRACTOR_IDLE })));
        session.save().await
    };
    store.await.map_err(failed)
}

/// What a proof of who somebody is leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// At work for an organization.
    Staff,
    /// A contractor, who chooses what to answer.
    Contractor,
    /// Another step is due first.
    Half(NextStep),
}

/// Takes a proof: a session begins, or a half-done sign-in waits for its next step.
///
/// # Errors
/// Internal where the session cannot be stored.
pub async fn enter(
    portal: &Portal,
    session: &Session,
    proved: Proved,
    origin: &Origin,
) -> Result<Entered, PortalError> {
    if proved.next != NextStep::None {
        session.cycle_id().await.map_err(failed)?;
        let mark = portal.people().credentials_mark(proved.user).await?;
        let pending = (proved.user, proved.next, portal.clock().now_ms(), mark);
        session.insert(PENDING, pending).await.map_err(failed)?;
        return Ok(Entered::Half(proved.next));
    }
    let first = portal.people().organizations_of(proved.user).await?.into_iter().next().map(|(id, _)| id);
    // What this browser has been answering without an account.
    let held: Option<InvitationId> = session.get(INVITATION).await.map_err(broken)?;
    if let Some(held) = held.filter(|_| first.is_none()) {
        portal.people().join_invitation(proved.user, held).await?;
    }
    begin(portal, session, Visitor::Account(proved.user, first), origin).await?;
    Ok(if first.is_some() { Entered::Staff } else { Entered::Contractor })
}

/// The sign-in that is half done, if it waits for `step`.
///
/// # Errors
/// SignedOut where there is none, or it has waited too long.
pub async fn pending(portal: &Portal, session: &Session, step: NextStep) -> Result<UserId, PortalError> {
    let kept: Option<(UserId, NextStep, i64, String)> = session.get(PENDING).await.map_err(broken)?;
    let (user, due, since, mark) = kept.ok_or(PortalError::SignedOut)?;
    let changed = portal.people().credentials_mark(user).await? != mark;
    if due != step || changed || portal.clock().now_ms() - since > PENDING_AT_MOST_MS {
        return Err(PortalError::SignedOut);
    }
    Ok(user)
}

/// Puts somebody to work for another organization they belong to, under a new id.
///
/// # Errors
/// NotFound where they do not belong to it.
pub async fn switch(portal: &Portal, session: &Session, organization: OrganizationId) -> Result<(), PortalError> {
    let user = account(portal, session).await?;
    let actor = portal.people().actor(Some((user, organization)), None).await.map_err(|_| PortalError::NotFound)?;
    portal.people().switch(&actor).await?;
    session.cycle_id().await.map_err(failed)?;
    session.insert(ORGANIZATION, organization).await.map_err(failed)
}

/// Puts the holder of an account to an invitation of theirs, under a new id.
///
/// # Errors
/// NotFound where it is not theirs.
pub async fn choose(portal: &Portal, session: &Session, invitation: InvitationId) -> Result<Actor, PortalError> {
    let user = account(portal, session).await?;
    let actor = portal.people().actor(None, Some(invitation)).await.map_err(|_| PortalError::NotFound)?;
    if !matches!(&actor, Actor::Contractor(contractor) if contractor.account == Some(user)) {
        return Err(PortalError::NotFound);
    }
    session.cycle_id().await.map_err(failed)?;
    session.remove::<OrganizationId>(ORGANIZATION).await.map_err(failed)?;
    session.insert(INVITATION, invitation).await.map_err(failed)?;
    Ok(actor)
}

/// Whether the holder of a contractor's account is signed in and has not chosen yet what to answer.
pub async fn chooses(portal: &Portal, session: &Session) -> bool {
    let organization: Option<OrganizationId> = session.get(ORGANIZATION).await.ok().flatten();
    organization.is_none() && account(portal, session).await.is_ok() && actor(portal, session).await.is_err()
}

/// The hashed id of the browser's session, by which it is told from the others.
#[must_use]
pub fn id_hash(session: &Session) -> Option<String> {
    session.id().map(|id| hashed(&id))
}

/// Ends a session.
///
/// # Errors
/// Internal where it cannot be removed.
pub async fn end(session: &Session) -> Result<(), PortalError> {
    session.flush().await.map_err(failed)
}
