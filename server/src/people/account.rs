//! One's own account: what one signs in with, and where one is signed in.

use super::{
    People,
    session_store::{self, Details},
};
use crate::{
    permission::{self, Actor},
    registers::FormCheck,
    store::AuditEvent,
};
use kakunin_api::{
    PortalError,
    people::{AccountView, ChoosePassword, SessionRow},
};
use serde_json::json;

impl People<'_> {
    /// One's own account; `this` is the hashed id of the session that asks.
    ///
    /// # Errors
    /// NotFound to contractors.
    pub async fn account(&self, actor: &Actor, this: Option<&str>) -> Result<AccountView, PortalError> {
        let Actor::Staff(staff) = actor else { return Err(PortalError::NotFound) };
        let store = &self.0.store;
        let user = store.user(staff.user).await?.ok_or(PortalError::SignedOut)?;
        let sessions = store.sessions_of(staff.user, self.0.clock.now_ms()).await?;
        let row = |session: crate::store::records::Session| {
            let Details { started_at, seen_at, agent, address } = session_store::details(&session.data);
            let is_this = this == Some(session.id_hash.as_str());
            SessionRow { id_hash: session.id_hash, started_at, seen_at, agent, address, is_this }
        };
        Ok(AccountView {
            sign_in_name: user.sign_in_name,
            name: user.name,
            has_password: user.password_hash.is_some(),
            has_second_factor: user.totp_secret.is_some(),
            recovery_codes_left: store.recovery_codes_left(staff.user).await?,
            sessions: sessions.into_iter().map(row).collect(),
            offers: store.offered_memberships(staff.user).await?,
        })
    }

    /// Changes one's own password; every other session ends.
    ///
    /// # Errors
    /// Invalid with the fields to correct.
    pub async fn change_password(
        &self,
        actor: &Actor,
        form: &ChoosePassword,
        kept_session: Option<&str>,
    ) -> Result<(), PortalError> {
        let Actor::Staff(staff) = actor else { return Err(PortalError::NotFound) };
        let user = self.0.store.user(staff.user).await?.ok_or(PortalError::SignedOut)?;
        self.prove_password(&user, &form.current_password).await?;
        let mut check = FormCheck::default();
        self.good_password(&mut check, &user, form);
        check.done()?;
        self.store_password(staff.user, &form.new_password, kept_session).await
    }

    /// Ends one of one's own sessions, or all others where `id_hash` is empty.
    ///
    /// # Errors
    /// NotFound where there is no such session of theirs.
    pub async fn end_session(&self, actor: &Actor, id_hash: &str, this: Option<&str>) -> Result<(), PortalError> {
        let Actor::Staff(staff) = actor else { return Err(PortalError::NotFound) };
        let permit = permission::in_organization(permission::SignIn, actor)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        if id_hash.is_empty() {
            writing.end_sessions_of(staff.user, this).await?;
        } else if !writing.end_session_of(staff.user, id_hash).await? {
            return Err(PortalError::NotFound);
        }
        writing.commit(AuditEvent::about("user", staff.user.0, json!({ "ended": "sessions" }))).await
    }
}
