//! Sending a questionnaire: freezes policy and questionnaire, and makes the invitation link that is shown once.

use super::{
    Assessments, catalogue,
    stage::{Stage, Step},
};
use crate::{
    clock, era,
    permission::{self, Actor, Permit},
    portal::Portal,
    registers::{
        FormCheck,
        kinds::{CloudServiceRecord, EngagementRecord, SocialAccountRecord},
        records::in_use,
    },
    store::{
        AuditEvent,
        records::{Assessment, Invitation},
    },
};
use jiff::{ToSpan, civil::Date};
use kakunin_api::{
    FieldProblem, PortalError,
    assessments::SendAssessment,
    ids::{AssessmentId, InvitationId, OrganizationId, RecordId},
    people::ContractorRole,
    state::AssessmentState,
    subject::SubjectKind,
};
use kakunin_questionnaires::{
    catalog,
    questionnaire::{Audience, Questionnaire},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// How long after the due date a link can still be redeemed, in days: late answers are better than none.
const GRACE_DAYS: i32 = 14;

/// A link that has just been made. The token is nowhere else: the table holds its hash.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FreshInvitation {
    /// What it invites to.
    pub assessment: AssessmentId,
    /// 256 random bits in hexadecimal.
    pub token: String,
}

/// How tokens are looked up.
#[must_use]
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

/// The questionnaire that is usually sent about this kind of subject.
fn usual(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Engagement => "outsourcing",
        SubjectKind::CloudService => "cloud_service",
        SubjectKind::SocialAccount => "social_media",
    }
}

impl Portal {
    /// What can be sent about a subject of this kind: the usual questionnaire, and the organization's own for vendors.
    pub(crate) async fn sendable_questionnaires(
        &self,
        organization: OrganizationId,
        kind: SubjectKind,
    ) -> Result<Vec<Arc<Questionnaire>>, PortalError> {
        let in_use = self.questionnaires_in_use(organization).await?;
        let fits = |(one, own): &(Arc<Questionnaire>, bool)| {
            one.id == usual(kind)
                || (*own && one.audience == Audience::Vendor && catalog::questionnaire(&one.id).is_none())
        };
        let mut fitting: Vec<_> = in_use.into_iter().filter(fits).map(|(one, _)| one).collect();
        fitting.sort_by_key(|one| one.id != usual(kind));
        Ok(fitting)
    }
}

impl Assessments<'_> {
    /// Sends a questionnaire about a subject.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Invalid with the fields to correct.
    pub async fn send(&self, actor: &Actor, form: &SendAssessment) -> Result<FreshInvitation, PortalError> {
        let portal = self.0;
        let kind = SubjectKind::of_register(&form.register).ok_or(PortalError::NotFound)?;
        let id = form.subject.parse::<RecordId>().map_err(|_| PortalError::NotFound)?;
        let permit = self.sending(actor, kind, id).await?;
        let mut check = FormCheck::default();
        let due_on = self.due_date(&mut check, &form.due_on);
        let purpose = check.required_paragraphs("purpose", &form.purpose, 500);
        let contact_name = check.required("contact_name", &form.contact_name, 100);
        let contact_email = check.email("contact_email", &form.contact_email);
        let sendable = portal.sendable_questionnaires(permit.organization(), kind).await?;
        let wanted = if form.questionnaire.is_empty() { usual(kind) } else { &form.questionnaire };
        let found = sendable.into_iter().find(|questionnaire| questionnaire.id == wanted);
        let questionnaire = check.keep("questionnaire", found.ok_or(FieldProblem::NotAChoice));
        check.done()?;
        let due_on = due_on.ok_or_else(|| PortalError::invalid("due_on", FieldProblem::NotDate))?;
        let questionnaire =
            questionnaire.ok_or_else(|| PortalError::invalid("questionnaire", FieldProblem::NotAChoice))?;

        let policy = portal.policy_in_force(permit.organization()).await?;
        let policy = catalogue::frozen_policy(&policy);
        let questionnaire = catalogue::frozen_questionnaire(&questionnaire);

        let id = AssessmentId(portal.rng.id(&portal.clock));
        let (token, writing) = (portal.rng.token(), portal.store.write(&permit, portal.clock.now_ms()).await?);
        let draft = Assessment {
            id: id.0,
            organization_id: writing.organization(),
            engagement_id: None,
            cloud_service_id: None,
            social_account_id: None,
            policy_sha256: policy.sha256.clone(),
            questionnaire_sha256: questionnaire.sha256.clone(),
            state: AssessmentState::Draft.code().to_owned(),
            version: 1,
            purpose,
            due_on: due_on.to_string(),
            sent_at: writing.at_ms(),
            submitted_at: None,
            submitted_by: None,
            receipt_number: None,
            reviewer_id: None,
            outcome: None,
            rating: None,
            coverage: None,
            changed_by: String::new(),
        };
        let sent = Stage::Draft.after(Step::Send { due_on })?.written_into(draft);
        let detail = json!({ (kind.code()): id, "policy": policy.sha256, "questionnaire": questionnaire.sha256 });
        writing.freeze_document(policy).await?;
        writing.freeze_document(questionnaire).await?;
        writing.add_assessment(kind, sent).await?;
        writing.add_invitation(self.invitation(id, &token, contact_name, contact_email, due_on)).await?;
        writing.commit(AuditEvent::about("assessment", id.0, detail)).await?;
        Ok(FreshInvitation { assessment: id, token })
    }

    /// The permit to send a questionnaire about a record of one of the registers that are assessed.
    async fn sending(
        &self,
        actor: &Actor,
        kind: SubjectKind,
        id: RecordId,
    ) -> Result<Permit<permission::SendAssessment>, PortalError> {
        let tenant = self.0.store.tenant(actor);
        let to = permission::SendAssessment;
        let (row, permit) = match kind {
            SubjectKind::Engagement => {
                let (record, permit) = tenant.record::<EngagementRecord>(id).to(to, actor).await?;
                (record.row, permit)
            }
            SubjectKind::CloudService => {
                let (record, permit) = tenant.record::<CloudServiceRecord>(id).to(to, actor).await?;
                (record.row, permit)
            }
            SubjectKind::SocialAccount => {
                let (record, permit) = tenant.record::<SocialAccountRecord>(id).to(to, actor).await?;
                (record.row, permit)
            }
        };
        in_use(&row)?;
        Ok(permit)
    }

    /// Makes a new link in place of the submitter's earlier ones, to the same address. Colleagues go on answering.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Conflict where nothing is left to answer.
    pub async fn invite_again(&self, actor: &Actor, id: AssessmentId) -> Result<FreshInvitation, PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.assessment(id).to(permission::InviteAgain, actor).await?;
        if !Stage::of(&row)?.state().is_answerable() {
            return Err(super::changed_meanwhile(&row));
        }
        let earlier = portal.store.invitations(id).await?;
        let submitter = |one: &Invitation| one.role == ContractorRole::Submitter.code();
        let last = earlier.into_iter().find(submitter).ok_or(PortalError::NotFound)?;
        let today = portal.clock.today();
        let until = super::due_on(&row)?.max(today);
        let (token, writing) = (portal.rng.token(), portal.store.write(&permit, portal.clock.now_ms()).await?);
        writing.revoke_invitations(&[ContractorRole::Submitter]).await?;
        let invitation = self.invitation(id, &token, last.contact_name, last.contact_email, until);
        let invitation_id = InvitationId(invitation.id);
        writing.add_invitation(invitation).await?;
        writing.commit(AuditEvent::about("assessment", id.0, json!({ "invitation": invitation_id }))).await?;
        Ok(FreshInvitation { assessment: id, token })
    }

    /// Takes an assessment back.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Conflict.
    pub async fn withdraw(&self, actor: &Actor, id: AssessmentId, version: i64) -> Result<(), PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.assessment(id).to(permission::WithdrawAssessment, actor).await?;
        let after = Stage::of(&row)?.after(Step::Withdraw)?.written_into(row.clone());
        if row.version != version {
            return Err(super::changed_meanwhile(&row));
        }
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.advance(&row, after).await?;
        writing.revoke_invitations(&ContractorRole::ALL).await?;
        writing.commit(AuditEvent::about("assessment", id.0, json!({ "from": row.state }))).await
    }

    /// A due date that is a day, today or later.
    pub(super) fn due_date(&self, check: &mut FormCheck, typed: &str) -> Option<Date> {
        let due_on = check.keep("due_on", era::parse(typed))?;
        if due_on < self.0.clock.today() {
            check.refuse("due_on", FieldProblem::InPast);
        }
        Some(due_on)
    }

    fn invitation(
        &self,
        assessment: AssessmentId,
        token: &str,
        contact_name: String,
        contact_email: String,
        due_on: Date,
    ) -> Invitation {
        let portal = self.0;
        let last_day = due_on.saturating_add(GRACE_DAYS.days());
        Invitation {
            id: portal.rng.id(&portal.clock),
            // The store writes the permit's organization.
            organization_id: uuid::Uuid::nil(),
            assessment_id: assessment.0,
            token_hash: token_hash(token),
            contact_name,
            contact_email,
            made_at: portal.clock.now_ms(),
            expires_at: clock::end_of_day_ms(last_day),
            redeemed_at: None,
            revoked_at: None,
            role: ContractorRole::Submitter.code().to_owned(),
            user_id: None,
            invited_by: None,
        }
    }
}
