//! 決裁: the decision, with whoever holds the deciding post today frozen on it.

use super::{
    Assessments, evaluate,
    review::unchanged_since,
    stage::{Stage, Step},
};
use crate::{
    organizations::officers::deciding_post,
    permission::{self, Actor},
    registers::FormCheck,
    store::{AuditEvent, records::Decision},
};
use kakunin_api::{
    FieldProblem, PortalError,
    assessments::Decide,
    ids::{AssessmentId, OrganizationId},
    state::Outcome,
};
use serde_json::json;
use uuid::Uuid;

impl Assessments<'_> {
    /// Decides. The evaluation of this moment is kept with its inputs.
    ///
    /// # Errors
    /// NotFound, Forbidden, Invalid (also where nobody holds the deciding post), or Conflict.
    pub async fn decide(&self, actor: &Actor, form: &Decide) -> Result<(), PortalError> {
        let portal = self.0;
        let id = form.assessment.parse::<AssessmentId>().map_err(|_| PortalError::NotFound)?;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.assessment(id).to(permission::DecideAssessment, actor).await?;
        let mut check = FormCheck::default();
        let outcome = check.code("outcome", &form.outcome, Outcome::from_code);
        let comment = check.required_paragraphs("comment", &form.comment, 2000);
        unchanged_since(&row, form.version)?;

        let subject = portal.store.subject_of(&row).await?;
        let officer = self.deciding_officer(actor, subject.organization, subject.department()).await?;
        if officer.is_none() {
            check.refuse("outcome", FieldProblem::PostVacant);
        }
        check.done()?;
        let (Some(outcome), Some((appointment_id, post_title, officer_name))) = (outcome, officer) else {
            return Err(PortalError::Invalid(Vec::new()));
        };
        let stage = Stage::of(&row)?.after(Step::Decide { outcome })?;

        let entered = portal.store.entered_answers(id).await?;
        let files = portal.store.evidence_files(id).await?;
        let overrides = portal.store.overrides(id).await?;
        let evaluated = portal.evaluated((&row, &subject), &entered, &files, &overrides).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let after = evaluate::with_numbers(stage.written_into(row.clone()), &evaluated.evaluation);
        writing.advance(&row, after).await?;
        writing.keep_evaluated(portal.rng.id(&portal.clock), id.0, "decided", &evaluated).await?;
        let detail = json!({ "outcome": outcome, "officer": officer_name, "appointment": appointment_id });
        let decision = Decision {
            assessment_id: id.0,
            organization_id: writing.organization(),
            outcome: outcome.code().to_owned(),
            comment,
            appointment_id,
            post_title,
            officer_name,
            entered_by: writing.by().to_owned(),
            decided_at: writing.at_ms(),
        };
        writing.add_decision(decision).await?;
        writing.commit(AuditEvent::about("assessment", id.0, detail)).await
    }

    /// Who decides: whoever holds a post by which they decide, else the holder of the deciding post, whose decision is
    /// entered for them. Appointment, 職名 and 氏名.
    async fn deciding_officer(
        &self,
        actor: &Actor,
        organization: OrganizationId,
        department: Uuid,
    ) -> Result<Option<(Uuid, String, String)>, PortalError> {
        if let Actor::Staff(staff) = actor
            && let Some(post) = staff.deciding_post(department.into())
        {
            return Ok(Some((post.appointment.0, post.title.clone(), staff.name.clone())));
        }
        let posts = self.0.store.deciding_posts(organization, self.0.clock.today()).await?;
        Ok(deciding_post(&posts, department)
            .and_then(|post| Some((post.appointment_id?, post.title.clone(), post.person_name.clone()?))))
    }
}
