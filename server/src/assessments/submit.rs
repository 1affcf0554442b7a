//! Submitting a questionnaire, once, and the receipt for it.

use super::{
    Answering, evaluate,
    stage::{Stage, Step},
    words,
};
use crate::{
    clock,
    error::internal,
    permission::{self, Actor},
    registers::FormCheck,
    store::AuditEvent,
};
use kakunin_api::{
    FieldProblem, PortalError,
    answering::{MissingAnswer, Receipt, SubmissionCheck, Submit},
    ids::AssessmentId,
    state::AssessmentState,
};
use kakunin_questionnaires::check;
use serde_json::json;

impl Answering<'_> {
    /// What is missing, and everything answered so far.
    ///
    /// # Errors
    /// NotFound.
    pub async fn submission_check(&self, actor: &Actor, id: AssessmentId) -> Result<SubmissionCheck, PortalError> {
        let (sheet, _) = self.sheet(actor, id).await?;
        let questionnaire = &sheet.questionnaire;
        let section =
            |id: &str| (1..).zip(&questionnaire.sections).find(|(_, section)| section.id == id).map(|(n, _)| n);
        let missing = check::missing(questionnaire, &sheet.answers).into_iter().filter_map(|missing| {
            Some(MissingAnswer {
                section: section(&missing.section_id)?,
                text: questionnaire.question(&missing.key)?.1.text.clone(),
                key: missing.key,
                number: missing.number,
                problems: missing.problems,
            })
        });
        Ok(SubmissionCheck {
            missing: missing.collect(),
            answers: words::answer_lines(questionnaire, &sheet.answers, &sheet.files),
            frame: self.frame_of(&sheet).await?,
        })
    }

    /// Submits. A second submission of the same answers changes nothing and is no error: the receipt is there.
    ///
    /// # Errors
    /// NotFound, Invalid where questions are open, or Conflict where it can no longer be submitted.
    pub async fn submit(&self, actor: &Actor, form: &Submit) -> Result<(), PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (_, permit) = tenant.assessment(form.assessment).to(permission::SubmitAssessment, actor).await?;
        let mut fields = FormCheck::default();
        let by = fields.required("submitted_by", &form.submitted_by, 100);

        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let row = writing.assessment_now().await?;
        let stage = Stage::of(&row)?;
        if matches!(stage.state(), AssessmentState::Submitted | AssessmentState::UnderReview | AssessmentState::Decided)
        {
            return Ok(());
        }
        let entered = writing.entered_answers().await?;
        let files = writing.evidence_files().await?;
        let overrides = portal.store.overrides(form.assessment).await?;
        let subject = portal.store.subject_of(&row).await?;
        let evaluated = portal.evaluated((&row, &subject), &entered, &files, &overrides).await?;
        if !check::missing(&evaluated.questionnaire, &evaluated.answers).is_empty() {
            fields.refuse("answers", FieldProblem::Incomplete);
        }
        fields.done()?;
        let stage = stage.after(Step::Submit { at_ms: writing.at_ms(), by: by.clone() })?;
        let mut after = evaluate::with_numbers(stage.written_into(row.clone()), &evaluated.evaluation);
        let answers_sha256 = evaluated.evaluation.answers_sha256.clone();
        after.receipt_number = Some(receipt_number(writing.at_ms(), &row.id.simple().to_string()));
        writing.advance(&row, after).await?;
        writing.keep_evaluated(portal.rng.id(&portal.clock), row.id, "submitted", &evaluated).await?;
        let detail = json!({ "answers_sha256": answers_sha256 });
        writing.commit(AuditEvent::about("assessment", row.id, detail)).await
    }

    /// 受付票.
    ///
    /// # Errors
    /// NotFound before submission.
    pub async fn receipt(&self, actor: &Actor, id: AssessmentId) -> Result<Receipt, PortalError> {
        let (sheet, _) = self.sheet(actor, id).await?;
        let (Some(at), Some(by), Some(number)) =
            (sheet.row.submitted_at, sheet.row.submitted_by.clone(), sheet.row.receipt_number.clone())
        else {
            return Err(PortalError::NotFound);
        };
        let answered = u16::try_from(sheet.answers.answers.len()).map_err(internal)?;
        Ok(Receipt {
            number,
            submitted_at: clock::minute_in_japan(at),
            submitted_on: clock::in_japan(at).date(),
            submitted_by: by,
            answered,
            files: u16::try_from(sheet.files.len()).map_err(internal)?,
            answers_sha256: sheet.answers.sha256(),
            frame: self.frame_of(&sheet).await?,
        })
    }
}

/// 受付番号: the day, and the random end of the assessment's id.
fn receipt_number(at_ms: i64, id: &str) -> String {
    let day = clock::in_japan(at_ms).date().strftime("%Y%m%d").to_string();
    format!("{day}-{}", id.get(24..).unwrap_or_default().to_uppercase())
}
