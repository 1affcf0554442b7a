//! Sign-in with a local account: password, then a second factor or a new password where one is due.
//!
//! Failures are counted by name and address, and by name alone (`throttle`).

use super::{NextStep, People, Proved, password_rule, passwords::Passwords};
use crate::{
    permission::{self, Actor},
    registers::FormCheck,
    store::{AuditEvent, records::User},
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::UserId,
    normalized,
    people::{ChoosePassword, SignIn},
};
use serde_json::json;
use sha2::{Digest, Sha256};

impl People<'_> {
    /// The account with this name and password, and what is still to do. `address` is where the request comes from.
    ///
    /// # Errors
    /// Invalid (which of the two is wrong is not said), or TooMany.
    pub async fn sign_in(&self, form: &SignIn, address: &str) -> Result<Proved, PortalError> {
        let (portal, now) = (self.0, self.0.clock.now_ms());
        let name = normalized::tidy(&form.sign_in_name).to_lowercase();
        let name = name.as_str();
        portal.throttle.attempt(name, address, now)?;
        let user = portal.store.user_by_sign_in_name(name).await?.filter(|user| user.active);
        let hash = user.as_ref().and_then(|user| user.password_hash.as_deref());
        let right = portal.passwords.is_right(&form.password, hash).await?;
        let Some(user) = user else {
            tracing::warn!(target: "security", address, "a sign-in with an unknown name");
            return Err(wrong());
        };
        let id = UserId(user.id);
        let next = if user.totp_secret.is_some() { NextStep::SecondFactor } else { self.after_factors(&user).await? };
        match (right, next) {
            (false, _) => {}
            // Not over yet: the right password alone makes no earlier failure undone.
            (true, NextStep::SecondFactor) => portal.throttle.undecided(name, address),
            (true, _) => portal.throttle.succeeded(name, address, now),
        }
        if right && user.password_hash.as_deref().is_some_and(Passwords::is_outdated) {
            self.renew_hash(id, &form.password).await?;
        }
        self.note(id, json!({ "accepted": right, "by": "password", "from": address })).await?;
        if right { Ok(Proved { user: id, next }) } else { Err(wrong()) }
    }

    /// Hashes a password that was just proved anew, with today's parameters.
    async fn renew_hash(&self, user: UserId, password: &str) -> Result<(), PortalError> {
        let hash = self.0.passwords.hash(password).await?;
        let permit = permission::in_organization(permission::SignIn, &self.checking(user).await?)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        writing.renew_hash(user, hash).await?;
        writing.commit(AuditEvent::about("user", user.0, json!({ "renewed": "password_hash" }))).await
    }

    /// Notes how a step of a sign-in went.
    pub(super) async fn note(&self, user: UserId, detail: serde_json::Value) -> Result<(), PortalError> {
        let permit = permission::in_organization(permission::SignIn, &self.checking(user).await?)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        writing.commit(AuditEvent::about("user", user.0, detail)).await
    }

    /// Chooses a password in place of the one that was given; every other session of the person ends. Says what is still
    /// to do.
    ///
    /// # Errors
    /// Invalid with the fields to correct.
    pub async fn choose_first_password(&self, user: UserId, form: &ChoosePassword) -> Result<Proved, PortalError> {
        let found = self.0.store.user(user).await?.ok_or(PortalError::SignedOut)?;
        let given = found.password_hash.as_deref();
        let mut check = FormCheck::default();
        self.good_password(&mut check, &found, form);
        if self.0.passwords.is_right(&form.new_password, given).await? {
            check.refuse("new_password", FieldProblem::PasswordGuessable);
        }
        check.done()?;
        let given = given.ok_or(PortalError::SignedOut)?.to_owned();
        let hash = self.0.passwords.hash(&form.new_password).await?;
        let permit = permission::in_organization(permission::SignIn, &self.checking(user).await?)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        if !writing.choose_first_password(user, &given, hash).await? {
            return Err(PortalError::SignedOut);
        }
        writing.end_sessions_of(user, None).await?;
        writing.commit(AuditEvent::about("user", user.0, json!({ "changed": "password" }))).await?;
        let next = self.after_factors(&User { must_change_password: false, ..found }).await?;
        Ok(Proved { user, next })
    }

    /// What is still to do once every factor there is has been proved.
    pub(super) async fn after_factors(&self, user: &User) -> Result<NextStep, PortalError> {
        if user.must_change_password {
            return Ok(NextStep::NewPassword);
        }
        let bare = user.totp_secret.is_none();
        let demanded = bare && self.0.store.second_factor_demanded(UserId(user.id), self.0.clock.today()).await?;
        Ok(if demanded { NextStep::Enrolment } else { NextStep::None })
    }

    /// What a half-done sign-in rests on: where any of it changes meanwhile, it is worth nothing.
    ///
    /// # Errors
    /// SignedOut where there is no such account any more.
    pub async fn credentials_mark(&self, user: UserId) -> Result<String, PortalError> {
        let user = self.0.store.user(user).await?.filter(|user| user.active).ok_or(PortalError::SignedOut)?;
        let parts = json!([user.password_hash, user.totp_secret, user.must_change_password]);
        Ok(hex::encode(Sha256::digest(parts.to_string())))
    }

    /// Whether the new password is good enough and typed twice alike.
    pub(super) fn good_password(&self, check: &mut FormCheck, user: &User, form: &ChoosePassword) {
        let known = [user.sign_in_name.as_str(), &user.name, &user.email];
        if let Err(problem) = password_rule::check(&form.new_password, &known) {
            check.refuse("new_password", problem);
        }
        if form.new_password != form.new_password_again {
            check.refuse("new_password_again", FieldProblem::PasswordsDiffer);
        }
    }

    pub(super) async fn store_password(
        &self,
        user: UserId,
        password: &str,
        kept_session: Option<&str>,
    ) -> Result<(), PortalError> {
        let hash = self.0.passwords.hash(password).await?;
        let permit = permission::in_organization(permission::SignIn, &self.checking(user).await?)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        writing.choose_password(user, hash).await?;
        writing.end_sessions_of(user, kept_session).await?;
        writing.commit(AuditEvent::about("user", user.0, json!({ "changed": "password" }))).await
    }

    /// Notes that somebody signed out.
    ///
    /// # Errors
    /// Where the log cannot be written.
    pub async fn sign_out(&self, actor: &Actor) -> Result<(), PortalError> {
        let Actor::Staff(staff) = actor else { return Ok(()) };
        let permit = permission::in_organization(permission::SignIn, actor)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        writing.commit(AuditEvent::about("user", staff.user.0, json!({ "signed_out": true }))).await
    }

    /// Notes that somebody is at work for an organization from now on.
    ///
    /// # Errors
    /// NotFound where they do not belong to it.
    pub async fn switch(&self, actor: &Actor) -> Result<(), PortalError> {
        let Actor::Staff(staff) = actor else { return Err(PortalError::NotFound) };
        let permit = permission::in_organization(permission::SignIn, actor)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        writing.commit(AuditEvent::about("user", staff.user.0, json!({ "switched_to": staff.organization }))).await
    }
}

fn wrong() -> PortalError {
    PortalError::invalid("password", FieldProblem::WrongCredentials)
}
