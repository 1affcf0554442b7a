//! Sign-in with a local account.
//!
//! After five failures in a row an account waits, longer each time, at most a minute: guessing is slow, and nobody can
//! lock somebody else out for good.

use super::People;
use crate::{
    permission::{self, Actor, JobName, Staff},
    store::AuditEvent,
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::{InvitationId, UserId},
    people,
};
use serde_json::json;

/// Failures after which an account has to wait.
const FREE_FAILURES: i64 = 5;

impl People<'_> {
    /// The person with this name and password.
    ///
    /// # Errors
    /// Invalid (which of the two is wrong is not said), or TooMany.
    pub async fn sign_in(&self, form: &people::SignIn) -> Result<Staff, PortalError> {
        let portal = self.0;
        let now = portal.clock.now_ms();
        let user = portal.store.user_by_sign_in_name(form.sign_in_name.trim()).await?;
        let user = user.filter(|user| user.active);
        if let Some(user) = &user {
            let wait = waits_ms(user.failed_sign_ins);
            let until = user.last_failed_at.unwrap_or(0) + wait;
            if until > now {
                let retry_after_seconds = u64::try_from((until - now).div_euclid(1000) + 1).unwrap_or(1);
                return Err(PortalError::TooMany { retry_after_seconds });
            }
        }
        let right =
            portal.passwords.is_right(&form.password, user.as_ref().map(|user| user.password_hash.as_str())).await?;
        let Some(user) = user else { return Err(wrong()) };
        let id = UserId(user.id);
        let system = Actor::System(JobName::SignIn, user.organization_id.into());
        let staff = portal.store.staff(id).await?;
        let actor = staff.clone().filter(|_| right).map_or(system, Actor::Staff);
        let permit = permission::in_organization(permission::SignIn, &actor)?;
        let writing = portal.store.write(&permit, now).await?;
        writing.note_sign_in(id, if right { 0 } else { user.failed_sign_ins + 1 }).await?;
        writing.commit(AuditEvent::about("user", user.id, json!({ "accepted": right }))).await?;
        staff.filter(|_| right).ok_or_else(wrong)
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

    /// Removes sessions that have ended by themselves.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn forget_expired_sessions(&self) -> Result<(), PortalError> {
        self.0.store.forget_expired_sessions(self.0.clock.now_ms()).await
    }

    /// Who a session belongs to: a member of staff, or a contractor.
    ///
    /// # Errors
    /// SignedOut where the person has been deactivated or the invitation revoked.
    pub async fn actor(&self, user: Option<UserId>, invitation: Option<InvitationId>) -> Result<Actor, PortalError> {
        let store = &self.0.store;
        if let Some(user) = user {
            return store.staff(user).await?.map(Actor::Staff).ok_or(PortalError::SignedOut);
        }
        let invitation = invitation.ok_or(PortalError::SignedOut)?;
        store.contractor(invitation).await?.map(Actor::Contractor).ok_or(PortalError::SignedOut)
    }
}

fn wrong() -> PortalError {
    PortalError::invalid("password", FieldProblem::WrongCredentials)
}

/// How long an account waits after so many failures in a row, in milliseconds.
fn waits_ms(failures: i64) -> i64 {
    if failures < FREE_FAILURES { 0 } else { 1000 * (1 << (failures - FREE_FAILURES).clamp(0, 6)).min(60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_never_waits_longer_than_a_minute() {
        assert_eq!(waits_ms(4), 0);
        assert_eq!(waits_ms(5), 1000);
        assert_eq!(waits_ms(1_000_000), 60_000);
    }
}
