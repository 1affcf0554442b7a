//! The people of a company: colleagues who answer together, and accounts they may keep.

use super::{People, memberships::new_user, password_rule};
use crate::{
    assessments::send::{FreshInvitation, token_hash},
    clock,
    permission::{self, Actor},
    registers::FormCheck,
    store::{
        AuditEvent,
        records::{Invitation, User},
    },
};
use jiff::{ToSpan, civil::Date};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::{AssessmentId, InvitationId, UserId},
    people::{ChoosePassword, ColleagueRow, ContractorRole, InviteContributor, MyAssessmentRow},
};
use serde_json::json;

/// How long a colleague's link can be redeemed, in days.
const LINK_DAYS: i32 = 14;

impl People<'_> {
    /// Everybody who was invited to answer an assessment, the newest first.
    ///
    /// # Errors
    /// NotFound, or Forbidden to contributors.
    pub async fn colleagues(&self, actor: &Actor, id: AssessmentId) -> Result<Vec<ColleagueRow>, PortalError> {
        let store = &self.0.store;
        store.tenant(actor).assessment(id).to(permission::InviteContributor, actor).await?;
        let Actor::Contractor(own) = actor else { return Err(PortalError::NotFound) };
        let rows = store.invitations(id).await?;
        // Links that were replaced by a new one before anybody came in by them are nobody.
        let shown = rows.into_iter().filter(|row| row.redeemed_at.is_some() || row.revoked_at.is_none());
        Ok(shown
            .filter_map(|row| {
                Some(ColleagueRow {
                    id: row.id.into(),
                    role: ContractorRole::from_code(&row.role)?,
                    redeemed: row.redeemed_at.is_some(),
                    revoked: row.revoked_at.is_some(),
                    is_this: own.invitation.0 == row.id,
                    name: row.contact_name,
                    email: row.contact_email,
                })
            })
            .collect())
    }

    /// Invites a colleague to answer together: a link of their own, which lets them answer but not submit.
    ///
    /// # Errors
    /// NotFound, Forbidden to contributors, or Invalid with the fields to correct.
    pub async fn invite_contributor(
        &self,
        actor: &Actor,
        form: &InviteContributor,
    ) -> Result<FreshInvitation, PortalError> {
        let portal = self.0;
        let id = form.assessment.parse::<AssessmentId>().map_err(|_| PortalError::NotFound)?;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.assessment(id).to(permission::InviteContributor, actor).await?;
        let Actor::Contractor(own) = actor else { return Err(PortalError::NotFound) };
        let mut check = FormCheck::default();
        let contact_name = check.required("contact_name", &form.contact_name, 100);
        let contact_email = check.email("contact_email", &form.contact_email);
        check.done()?;
        let due: Date = row.due_on.parse().map_err(crate::error::internal)?;
        let until = due.max(portal.clock.today()).saturating_add(LINK_DAYS.days());
        let token = portal.rng.token();
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let invitation = Invitation {
            id: portal.rng.id(&portal.clock),
            organization_id: writing.organization(),
            assessment_id: id.0,
            token_hash: token_hash(&token),
            contact_name,
            contact_email,
            made_at: writing.at_ms(),
            expires_at: clock::end_of_day_ms(until),
            redeemed_at: None,
            revoked_at: None,
            role: ContractorRole::Contributor.code().to_owned(),
            user_id: None,
            invited_by: Some(own.invitation.0),
        };
        let detail = json!({ "invitation": invitation.id, "role": ContractorRole::Contributor });
        writing.add_invitation(invitation).await?;
        writing.commit(AuditEvent::about("assessment", id.0, detail)).await?;
        Ok(FreshInvitation { assessment: id, token })
    }

    /// Ends a colleague's access at once.
    ///
    /// # Errors
    /// NotFound, or Forbidden to contributors.
    pub async fn revoke_contributor(
        &self,
        actor: &Actor,
        assessment: AssessmentId,
        id: InvitationId,
    ) -> Result<(), PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (_, permit) = tenant.assessment(assessment).to(permission::InviteContributor, actor).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        if !writing.revoke_contributor(id).await? {
            return Err(PortalError::NotFound);
        }
        writing.commit(AuditEvent::about("assessment", assessment.0, json!({ "revoked": id }))).await
    }

    /// Keeps an account for whoever came in by an invitation, under the address it was sent to.
    ///
    /// # Errors
    /// NotFound, or Invalid: also where there is an account of this address already, which has to sign in first.
    pub async fn keep_account(&self, actor: &Actor, form: &ChoosePassword) -> Result<UserId, PortalError> {
        let portal = self.0;
        let Actor::Contractor(own) = actor else { return Err(PortalError::NotFound) };
        let tenant = portal.store.tenant(actor);
        let (_, permit) = tenant.assessment(own.assessment).to(permission::KeepAccount, actor).await?;
        let rows = portal.store.invitations(own.assessment).await?;
        let invitation = rows.into_iter().find(|row| row.id == own.invitation.0).ok_or(PortalError::NotFound)?;
        let mut check = FormCheck::default();
        let known = [invitation.contact_email.as_str(), &invitation.contact_name, &own.company_name];
        if let Err(problem) = password_rule::check(&form.new_password, &known) {
            check.refuse("new_password", problem);
        }
        if form.new_password != form.new_password_again {
            check.refuse("new_password_again", FieldProblem::PasswordsDiffer);
        }
        if invitation.user_id.is_some() {
            check.refuse("sign_in_name", FieldProblem::NameTaken);
        }
        check.done()?;
        let hash = portal.passwords.hash(&form.new_password).await?;
        let email = invitation.contact_email.clone();
        let id = portal.rng.id(&portal.clock);
        let account = new_user(id, email.to_lowercase(), invitation.contact_name, email, Some(hash), false);
        let user = User { of_contractor: true, ..account };
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.keep_account(own.invitation, user).await?;
        writing.commit(AuditEvent::about("user", id, json!({ "invitation": own.invitation }))).await?;
        Ok(UserId(id))
    }

    /// The address the account of this contractor has, or would have; and whether there is such an account already.
    ///
    /// # Errors
    /// NotFound.
    pub async fn contact_email(&self, actor: &Actor) -> Result<(String, bool), PortalError> {
        let Actor::Contractor(own) = actor else { return Err(PortalError::NotFound) };
        let store = &self.0.store;
        let rows = store.invitations(own.assessment).await?;
        let invitation = rows.into_iter().find(|row| row.id == own.invitation.0).ok_or(PortalError::NotFound)?;
        let account = store.user_by_sign_in_name(&invitation.contact_email.to_lowercase()).await?;
        Ok((invitation.contact_email, account.is_some()))
    }

    /// Brings what a contractor redeemed while signed out to the account of the same address, signed in to from the same
    /// browser: whoever invites sees the link too, so an address alone proves nobody.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn join_invitation(&self, user: UserId, held: InvitationId) -> Result<(), PortalError> {
        let (portal, account) = (self.0, self.holder(user).await?);
        let Some(contractor) = portal.store.contractor(held).await?.filter(|_| account.of_contractor) else {
            return Ok(());
        };
        let id = contractor.assessment;
        let actor = Actor::Contractor(contractor);
        let tenant = portal.store.tenant(&actor);
        let (_, permit) = tenant.assessment(id).to(permission::KeepAccount, &actor).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        if !writing.join_invitation(held, user, &account.email).await? {
            // Nothing was written, so nothing is noted.
            return Ok(());
        }
        writing.commit(AuditEvent::about("assessment", id.0, json!({ "invitation": held, "joined": user }))).await
    }

    /// What the holder of an account can answer.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn my_assessments(&self, user: UserId) -> Result<Vec<MyAssessmentRow>, PortalError> {
        self.0.store.assessments_of_account(user).await
    }
}
