//! The review page: answers beside verdicts, the ones to look at first first, with their reasons in words.

use super::{Assessments, answer::returned_question, evaluate::Evaluated, stage::Stage, words};
use crate::{
    clock,
    criterion_words::{expected_words, fact_word, observed_words, place},
    error::internal,
    permission::{self, ActionName, Actor, ViewAssessment},
    registers::subjects::{about, ordinance_standing},
    store::{
        records::{Assessment, Decision, Invitation, Override},
        subjects::SubjectRecord,
    },
};
use kakunin_api::{
    PortalError,
    assessments::{
        DecisionView, Delivery, InvitationRow, MayDo, OverrideView, ReasonLine, ReviewView, ReviewedRequirement,
    },
    ids::{AssessmentId, DepartmentId},
    state::{AssessmentState, Outcome},
    subject::SubjectKind,
};
use kakunin_questionnaires::{
    condition::Truth,
    evaluate::{Evaluation, Reason, RequirementVerdict, Verdict},
    policy::Level,
    questionnaire::Questionnaire,
};

impl Assessments<'_> {
    /// The review page.
    ///
    /// # Errors
    /// NotFound.
    pub async fn review(&self, actor: &Actor, id: AssessmentId) -> Result<ReviewView, PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.assessment(id).to(ViewAssessment, actor).await?;
        let entered = portal.store.entered_answers(id).await?;
        let files = portal.store.evidence_files(id).await?;
        let overrides = portal.store.overrides(id).await?;
        let subject = portal.store.subject_of(&row).await?.labelled(actor.scale());
        let evaluated = self.as_it_counts((&row, &subject), &entered, &files, &overrides).await?;
        let decision = portal.store.decision(id).await?;
        let lines = words::answer_lines(&evaluated.questionnaire, &evaluated.answers, &files);
        let sections = evaluated.questionnaire.sections.iter().zip(1..).map(|(section, number)| {
            (section.title.clone(), lines.iter().filter(|line| line.section == number).cloned().collect())
        });
        let reviewer = match row.reviewer_id {
            Some(id) => portal.store.user(id.into()).await?.map(|user| user.name),
            None => None,
        };
        if subject.is_confidential() {
            portal.audit().looked_at(&permit).await?;
        }
        let now = portal.clock.now_ms();
        let invitations = portal.store.invitations(id).await?;
        let returned = portal.store.returns(id).await?;
        Ok(ReviewView {
            version: row.version,
            about: about(&subject),
            ordinance: match subject.text("starts_on").parse() {
                Ok(day) if subject.subject.kind == SubjectKind::Engagement => Some(ordinance_standing(day)?),
                _ => None,
            },
            policy: (evaluated.policy.title.clone(), evaluated.policy.version.clone()),
            questionnaire: (evaluated.questionnaire.title.clone(), evaluated.questionnaire.version.clone()),
            requirements: reviewed(&evaluated, &overrides),
            sections: sections.collect(),
            invitations: invitations.into_iter().map(|row| invitation_row(row, now)).collect(),
            returned: returned.into_iter().map(|row| returned_question(&evaluated.questionnaire, row)).collect(),
            submitted: row.submitted_by.clone().zip(row.submitted_at.map(clock::minute_in_japan)),
            reviewer,
            decision: decision.map(decision_view).transpose()?,
            may: may_do(actor, subject.department().into(), Stage::of(&row)?.state()),
            row: portal.store.assessment_row(&row, portal.clock.today()).await?,
            evaluation: evaluated.evaluation,
        })
    }

    /// The evaluation that counts: the one kept with the decision once decided, else today's.
    pub(crate) async fn as_it_counts(
        &self,
        (row, subject): (&Assessment, &SubjectRecord),
        entered: &std::collections::BTreeMap<String, kakunin_api::answering::EnteredAnswer>,
        files: &[crate::store::records::EvidenceFile],
        overrides: &[Override],
    ) -> Result<Evaluated, PortalError> {
        let portal = self.0;
        let mut evaluated = portal.evaluated((row, subject), entered, files, overrides).await?;
        if matches!(Stage::of(row)?, Stage::Decided { .. })
            && let Some(kept) = portal.store.last_evaluation(AssessmentId(row.id)).await?
        {
            evaluated.evaluation = serde_json::from_str::<Evaluation>(&kept.result).map_err(internal)?;
        }
        Ok(evaluated)
    }
}

fn may_do(actor: &Actor, department: DepartmentId, state: AssessmentState) -> MayDo {
    let may = |action| permission::may_in_department(actor, action, department);
    let open = !matches!(
        state,
        AssessmentState::Decided | AssessmentState::Expired | AssessmentState::Renewed | AssessmentState::Withdrawn
    );
    MayDo {
        invite_again: may(ActionName::InviteAgain) && state.is_answerable(),
        begin_review: may(ActionName::BeginReview) && state == AssessmentState::Submitted,
        review: may(ActionName::OverrideVerdict) && state == AssessmentState::UnderReview,
        decide: may(ActionName::DecideAssessment) && state == AssessmentState::UnderReview,
        withdraw: may(ActionName::WithdrawAssessment) && open,
        export: may(ActionName::ExportEvidence),
    }
}

fn invitation_row(row: Invitation, now_ms: i64) -> InvitationRow {
    let delivery = match (row.revoked_at, row.redeemed_at) {
        (Some(_), _) => Delivery::Revoked,
        (None, Some(_)) => Delivery::Redeemed,
        (None, None) if row.expires_at < now_ms => Delivery::Expired,
        (None, None) => Delivery::LinkShown,
    };
    InvitationRow {
        contact_name: row.contact_name,
        contact_email: row.contact_email,
        delivery,
        made_at: clock::minute_in_japan(row.made_at),
        expires_on: clock::in_japan(row.expires_at).date(),
        redeemed_at: row.redeemed_at.map(clock::minute_in_japan),
    }
}

fn decision_view(row: Decision) -> Result<DecisionView, PortalError> {
    Ok(DecisionView {
        outcome: Outcome::from_code(&row.outcome).ok_or_else(|| internal("outcome"))?,
        comment: row.comment,
        post: row.post_title,
        officer: row.officer_name,
        entered_by: row.entered_by,
        on: clock::in_japan(row.decided_at).date(),
    })
}

/// Requirements beside their verdicts: failed musts first, then what is unknown, then the rest. Those for another kind of subject, such as what a
/// policy asks of cloud services where an engagement is assessed, are left out.
pub(crate) fn reviewed(evaluated: &Evaluated, overrides: &[Override]) -> Vec<ReviewedRequirement> {
    let mut rows: Vec<ReviewedRequirement> = evaluated
        .evaluation
        .requirements
        .iter()
        .filter(|row| !is_for_another_kind(row))
        .filter_map(|row| reviewed_requirement(row, evaluated, overrides))
        .collect();
    rows.sort_by_key(|row| {
        (urgency(row.verdict), row.requirement.level != Level::Must, u16::MAX - row.requirement.weight)
    });
    rows
}

/// Whether a requirement does not apply because the subject is of another kind.
fn is_for_another_kind(row: &RequirementVerdict) -> bool {
    let of_kind = |reason: &Reason| reason.key == "fact:subject.kind" && reason.truth == Truth::False;
    row.verdict == Verdict::NotApplicable && !row.overridden && row.reasons.iter().any(of_kind)
}

fn urgency(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotMet => 0,
        Verdict::Unconfirmed => 1,
        Verdict::PartlyMet => 2,
        Verdict::Met => 3,
        Verdict::NotApplicable => 4,
    }
}

/// One requirement beside its verdict.
pub(super) fn reviewed_requirement(
    row: &RequirementVerdict,
    evaluated: &Evaluated,
    overrides: &[Override],
) -> Option<ReviewedRequirement> {
    let changed = overrides.iter().find(|change| row.overridden && change.requirement_id == row.id);
    let questionnaire = &evaluated.questionnaire;
    Some(ReviewedRequirement {
        requirement: evaluated.policy.requirement(&row.id)?.clone(),
        clause: evaluated.policy.clause(&row.clause)?.clone(),
        verdict: row.verdict,
        overridden: changed.map(|change| OverrideView {
            verdict: row.verdict,
            reason: change.reason.clone(),
            by: change.overridden_by.clone(),
            at: clock::minute_in_japan(change.overridden_at),
        }),
        reasons: row.reasons.iter().map(|reason| reason_line(reason, questionnaire)).collect(),
        open: row.open.iter().map(|key| place(key, questionnaire)).collect(),
    })
}

fn reason_line(reason: &Reason, questionnaire: &Questionnaire) -> ReasonLine {
    let path = reason.key.strip_prefix("fact:").unwrap_or_default();
    let question_key = reason.key.strip_prefix("answer:");
    let question = question_key.and_then(|key| questionnaire.question(key)).map(|(_, question)| question);
    let word = |value: &str| match question {
        Some(question) if value != "today" => words::label(question, value),
        _ => fact_word(path, value),
    };
    ReasonLine {
        place: place(&reason.key, questionnaire),
        observed: observed_words(&reason.observed, word),
        expected: expected_words(&reason.expected, word),
        truth: match reason.truth {
            Truth::True => "true".to_owned(),
            Truth::False => "false".to_owned(),
            Truth::Unknown => "unknown".to_owned(),
        },
        key: reason.key.clone(),
    }
}
