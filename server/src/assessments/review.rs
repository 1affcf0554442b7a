//! Reviewing: begin, change a verdict with a reason, return with a question.

use super::{
    Assessments, evaluate,
    stage::{Stage, Step},
};
use crate::{
    permission::{self, Actor},
    registers::FormCheck,
    store::{
        AuditEvent,
        records::{Assessment, Override, Return},
    },
};
use kakunin_api::{
    FieldProblem, PortalError,
    assessments::{OverrideVerdict, ReturnAssessment},
    ids::AssessmentId,
};
use kakunin_questionnaires::evaluate::Verdict;
use serde_json::json;

impl Assessments<'_> {
    /// Begins the review; the reviewer's name stands on it from now on.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Conflict.
    pub async fn begin_review(&self, actor: &Actor, id: AssessmentId, version: i64) -> Result<(), PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.assessment(id).to(permission::BeginReview, actor).await?;
        unchanged_since(&row, version)?;
        let reviewer = permit.reviewer().ok_or(PortalError::Forbidden)?;
        let after = Stage::of(&row)?.after(Step::BeginReview { reviewer })?.written_into(row.clone());
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.advance(&row, after).await?;
        writing.commit(AuditEvent::about("assessment", id.0, json!({ "from": row.state }))).await
    }

    /// Changes one verdict with a reason.
    ///
    /// # Errors
    /// NotFound, Forbidden, Invalid, or Conflict.
    pub async fn override_verdict(&self, actor: &Actor, form: &OverrideVerdict) -> Result<(), PortalError> {
        let portal = self.0;
        let id = form.assessment.parse::<AssessmentId>().map_err(|_| PortalError::NotFound)?;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.assessment(id).to(permission::OverrideVerdict, actor).await?;
        let mut check = FormCheck::default();
        let reason = check.required_paragraphs("reason", &form.reason, 1000);
        let verdict: Option<Verdict> =
            check.code("verdict", &form.verdict, |code| serde_json::from_value(code.into()).ok());
        let policy = portal.policy(&row.policy_sha256).await?;
        if policy.requirement(&form.requirement).is_none() {
            check.refuse("requirement", FieldProblem::NotAChoice);
        }
        check.done()?;
        under_review(&row)?;
        unchanged_since(&row, form.version)?;

        let entered = portal.store.entered_answers(id).await?;
        let files = portal.store.evidence_files(id).await?;
        let mut overrides = portal.store.overrides(id).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let change = Override {
            assessment_id: id.0,
            requirement_id: form.requirement.clone(),
            organization_id: writing.organization(),
            verdict: form.verdict.clone(),
            reason,
            overridden_by: writing.by().to_owned(),
            overridden_at: writing.at_ms(),
        };
        overrides.retain(|row| row.requirement_id != change.requirement_id);
        overrides.push(change.clone());
        let subject = portal.store.subject_of(&row).await?;
        let evaluated = portal.evaluated((&row, &subject), &entered, &files, &overrides).await?;
        writing.advance(&row, evaluate::with_numbers(row.clone(), &evaluated.evaluation)).await?;
        writing.keep_override(change).await?;
        writing.keep_evaluated(portal.rng.id(&portal.clock), id.0, "overridden", &evaluated).await?;
        let detail = json!({ "requirement": form.requirement, "verdict": verdict });
        writing.commit(AuditEvent::about("assessment", id.0, detail)).await
    }

    /// Returns the questionnaire with a question, until a new due date.
    ///
    /// # Errors
    /// NotFound, Forbidden, Invalid, or Conflict.
    pub async fn return_to_contractor(&self, actor: &Actor, form: &ReturnAssessment) -> Result<(), PortalError> {
        let portal = self.0;
        let id = form.assessment.parse::<AssessmentId>().map_err(|_| PortalError::NotFound)?;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.assessment(id).to(permission::ReturnAssessment, actor).await?;
        let mut check = FormCheck::default();
        let message = check.required_paragraphs("message", &form.message, 1000);
        let due_on = self.due_date(&mut check, &form.due_on);
        let questionnaire = portal.questionnaire(&row.questionnaire_sha256).await?;
        let key = (!form.question_key.is_empty()).then(|| form.question_key.clone());
        if key.as_deref().is_some_and(|key| questionnaire.question(key).is_none()) {
            check.refuse("question_key", FieldProblem::NotAChoice);
        }
        check.done()?;
        let due_on = due_on.ok_or_else(|| PortalError::invalid("due_on", FieldProblem::NotDate))?;
        unchanged_since(&row, form.version)?;
        let after = Stage::of(&row)?.after(Step::Return { due_on })?.written_into(row.clone());
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.advance(&row, after).await?;
        let asked = Return {
            id: portal.rng.id(&portal.clock),
            organization_id: writing.organization(),
            assessment_id: id.0,
            question_key: key.clone(),
            message,
            returned_by: writing.by().to_owned(),
            returned_at: writing.at_ms(),
        };
        writing.add_return(asked).await?;
        writing.commit(AuditEvent::about("assessment", id.0, json!({ "question": key, "due_on": due_on }))).await
    }
}

/// The page the form came from still shows what is there.
pub(super) fn unchanged_since(row: &Assessment, version: i64) -> Result<(), PortalError> {
    if row.version == version { Ok(()) } else { Err(super::changed_meanwhile(row)) }
}

fn under_review(row: &Assessment) -> Result<(), PortalError> {
    if matches!(Stage::of(row)?, Stage::UnderReview { .. }) { Ok(()) } else { Err(super::changed_meanwhile(row)) }
}
