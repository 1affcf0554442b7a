//! Coming in by an invitation: what it shows before it is redeemed, and redeeming it, once.

use super::{
    Answering,
    send::token_hash,
    stage::{Stage, Step},
};
use crate::{
    permission::{self, Actor, Contractor},
    store::{
        AuditEvent,
        records::{Assessment, Invitation},
    },
};
use kakunin_api::{
    PortalError,
    answering::InvitationView,
    ids::{AssessmentId, InvitationId, UserId},
};
use kakunin_questionnaires::questionnaire::Questionnaire;
use serde_json::json;

impl Answering<'_> {
    /// Who asks, why and until when. Looking does not use the invitation up: mail scanners look too.
    ///
    /// # Errors
    /// NotFound for a token that is unknown, used, expired or revoked; which of these is not said.
    pub async fn invitation(&self, token: &str) -> Result<InvitationView, PortalError> {
        let (_, contractor) = self.open_invitation(token).await?;
        let actor = Actor::Contractor(contractor.clone());
        let tenant = self.0.store.tenant(&actor);
        let (row, _) = tenant.assessment(contractor.assessment).to(permission::RedeemInvitation, &actor).await?;
        self.invitation_view(&contractor, &row).await
    }

    /// Uses an invitation up and says who came in by it: for the account that is signed in, where it has the address that
    /// the invitation was sent to.
    ///
    /// # Errors
    /// NotFound, as [`Self::invitation`].
    pub async fn redeem(
        &self,
        token: &str,
        account: Option<UserId>,
    ) -> Result<(InvitationId, AssessmentId, Option<UserId>), PortalError> {
        let portal = self.0;
        let (invitation, contractor) = self.open_invitation(token).await?;
        let actor = Actor::Contractor(contractor.clone());
        let tenant = portal.store.tenant(&actor);
        let (row, permit) = tenant.assessment(contractor.assessment).to(permission::RedeemInvitation, &actor).await?;
        let account = match account {
            Some(user) => portal.store.user(user).await?.filter(|user| user.email == invitation.contact_email),
            None => None,
        };
        let account = account.map(|user| UserId(user.id));
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let id = InvitationId(invitation.id);
        if !writing.redeem(id, account).await? {
            return Err(PortalError::NotFound);
        }
        let stage = Stage::of(&row)?;
        if matches!(stage, Stage::Sent { .. }) {
            writing.advance(&row, stage.after(Step::Open)?.written_into(row.clone())).await?;
        }
        writing.commit(AuditEvent::about("assessment", row.id, json!({ "invitation": id }))).await?;
        Ok((id, contractor.assessment, account))
    }

    /// What a link that has been used leads to, for the very contractor who used it.
    ///
    /// # Errors
    /// NotFound for everybody else.
    pub async fn used_by(&self, actor: &Actor, token: &str) -> Result<AssessmentId, PortalError> {
        let found = self.0.store.invitation_by_token(&token_hash(token)).await?.ok_or(PortalError::NotFound)?;
        match actor {
            Actor::Contractor(own) if own.invitation.0 == found.id => Ok(own.assessment),
            _ => Err(PortalError::NotFound),
        }
    }

    async fn open_invitation(&self, token: &str) -> Result<(Invitation, Contractor), PortalError> {
        let store = &self.0.store;
        let found = store.invitation_by_token(&token_hash(token)).await?;
        let now = self.0.clock.now_ms();
        let open = |invitation: &Invitation| invitation.redeemed_at.is_none() && invitation.expires_at >= now;
        let invitation = found.filter(open).ok_or(PortalError::NotFound)?;
        let contractor = store.contractor(InvitationId(invitation.id)).await?.ok_or(PortalError::NotFound)?;
        Ok((invitation, contractor))
    }

    /// Who asks, why and until when.
    pub(super) async fn invitation_view(
        &self,
        contractor: &Contractor,
        row: &Assessment,
    ) -> Result<InvitationView, PortalError> {
        let questionnaire = self.0.questionnaire(&row.questionnaire_sha256).await?;
        let subject = self.0.store.subject_of(row).await?;
        Ok(InvitationView {
            organization: contractor.organization_name.clone(),
            department: subject.row.labels.get("department").cloned().unwrap_or_default(),
            subject: subject.subject.kind,
            subject_title: subject.title(),
            company: contractor.company_name.clone(),
            questionnaire: questionnaire.title.clone(),
            purpose: row.purpose.clone(),
            due_on: super::due_on(row)?,
            minutes: questionnaire.sections.iter().map(|section| section.minutes).sum(),
            questions: count_questions(&questionnaire),
        })
    }
}

/// How many questions are asked whatever is answered, and those that may follow: all of them.
fn count_questions(questionnaire: &Questionnaire) -> u16 {
    u16::try_from(questionnaire.questions().count()).unwrap_or(u16::MAX)
}
