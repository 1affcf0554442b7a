//! Who is at the screen: sign-in, passwords, second factor, sessions, providers; and who belongs where.

pub mod account;
pub mod contractors;
pub mod memberships;
pub mod oidc;
pub mod password_reset;
pub mod password_rule;
pub mod passwords;
pub mod providers;
pub mod second_factor;
pub mod session_store;
pub mod sign_in;
pub mod throttle;

use crate::{
    permission::{Actor, JobName},
    portal::Portal,
};
use kakunin_api::{
    PortalError,
    ids::{InvitationId, OrganizationId, UserId},
};

/// The service of people.
#[derive(Clone, Copy, Debug)]
pub struct People<'p>(pub(crate) &'p Portal);

/// How far somebody has proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proved {
    /// The account.
    pub user: UserId,
    /// What is still to do.
    pub next: NextStep,
}

/// What is still to do before somebody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NextStep {
    /// Nothing.
    None,
    /// The code of the authenticator.
    SecondFactor,
    /// A password of their own in place of the one they were given.
    NewPassword,
    /// Setting a second factor up, because an organization of theirs demands one.
    Enrolment,
}

impl People<'_> {
    /// The portal itself, checking a sign-in: noted in the log of the organization the person belongs to.
    async fn checking(&self, user: UserId) -> Result<Actor, PortalError> {
        let home = self.0.store.home_organization(user).await?.ok_or(PortalError::NotFound)?;
        Ok(Actor::System(JobName::SignIn, home))
    }

    /// Who a session belongs to: a member of staff in an organization, or a contractor.
    ///
    /// # Errors
    /// SignedOut where the person has left or been deactivated, or the invitation was revoked.
    pub async fn actor(
        &self,
        user: Option<(UserId, OrganizationId)>,
        invitation: Option<InvitationId>,
    ) -> Result<Actor, PortalError> {
        let store = &self.0.store;
        if let Some((user, organization)) = user {
            let staff = store.staff(user, organization, self.0.clock.today()).await?;
            return staff.map(Actor::Staff).ok_or(PortalError::SignedOut);
        }
        let invitation = invitation.ok_or(PortalError::SignedOut)?;
        store.contractor(invitation).await?.map(Actor::Contractor).ok_or(PortalError::SignedOut)
    }

    /// The organizations somebody may be at work for today: id and name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn organizations_of(&self, user: UserId) -> Result<Vec<(OrganizationId, String)>, PortalError> {
        self.0.store.organizations_of(user, self.0.clock.today()).await
    }

    /// Removes sessions that have ended by themselves.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn forget_expired_sessions(&self) -> Result<(), PortalError> {
        self.0.store.forget_expired_sessions(self.0.clock.now_ms()).await
    }
}
