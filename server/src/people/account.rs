//! One's own account, of staff or of a contractor: what one signs in with, and where one is signed in.

use super::{
    People,
    session_store::{self, Details},
};
use crate::{
    permission,
    registers::FormCheck,
    store::{AuditEvent, records::User},
};
use kakunin_api::{
    PortalError,
    ids::UserId,
    people::{AccountView, ChoosePassword, EndSession, SessionRow},
};
use serde_json::json;

impl People<'_> {
    /// The holder of an account.
    ///
    /// # Errors
    /// SignedOut where it has been closed meanwhile, and for staff who belong nowhere any more and are wanted nowhere.
    pub(crate) async fn holder(&self, user: UserId) -> Result<User, PortalError> {
        let store = &self.0.store;
        let found = store.user(user).await?.filter(|user| user.active).ok_or(PortalError::SignedOut)?;
        let belongs = found.of_contractor
            || !self.organizations_of(user).await?.is_empty()
            || !store.offered_memberships(user).await?.is_empty();
        if belongs { Ok(found) } else { Err(PortalError::SignedOut) }
    }

    /// One's own account; `this` is the hashed id of the session that asks.
    ///
    /// # Errors
    /// SignedOut where it has been closed meanwhile.
    pub async fn account(&self, user: UserId, this: Option<&str>) -> Result<AccountView, PortalError> {
        let store = &self.0.store;
        let (id, user) = (user, self.holder(user).await?);
        let sessions = store.sessions_of(id, self.0.clock.now_ms()).await?;
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
            recovery_codes_left: store.recovery_codes_left(id).await?,
            sessions: sessions.into_iter().map(row).collect(),
            offers: store.offered_memberships(id).await?,
        })
    }

    /// Changes one's own password; every other session ends.
    ///
    /// # Errors
    /// Invalid with the fields to correct.
    pub async fn change_password(
        &self,
        user: UserId,
        form: &ChoosePassword,
        kept_session: Option<&str>,
    ) -> Result<(), PortalError> {
        let (id, user) = (user, self.holder(user).await?);
        self.prove_password(&user, &form.current_password).await?;
        let mut check = FormCheck::default();
        self.good_password(&mut check, &user, form);
        check.done()?;
        self.store_password(id, &form.new_password, kept_session).await
    }

    /// Ends one of one's own sessions, or all others where it names none. Whoever has a password proves it first.
    ///
    /// # Errors
    /// NotFound where there is no such session of theirs, or Invalid where the password is wrong.
    pub async fn end_session(&self, user: UserId, form: &EndSession, this: Option<&str>) -> Result<(), PortalError> {
        let holder = self.holder(user).await?;
        if holder.password_hash.is_some() {
            self.prove_password(&holder, &form.current_password).await?;
        }
        let id_hash = form.id_hash.as_str();
        let permit = permission::in_organization(permission::SignIn, &self.checking(user).await?)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        if id_hash.is_empty() {
            writing.end_sessions_of(user, this).await?;
        } else if !writing.end_session_of(user, id_hash).await? {
            return Err(PortalError::NotFound);
        }
        writing.commit(AuditEvent::about("user", user.0, json!({ "ended": "sessions" }))).await
    }
}
