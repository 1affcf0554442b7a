//! Evaluating an assessment as its answers and the registers stand, and keeping the result with its inputs.

use super::words;
use crate::{
    error::internal,
    permission::Action,
    portal::Portal,
    store::{
        Writing,
        assessments::rating_code,
        records::{self, Assessment, EvidenceFile, Override},
        subjects::SubjectRecord,
    },
};
use kakunin_api::{PortalError, answering::EnteredAnswer};
use kakunin_questionnaires::{
    answer::Answers, evaluate::Evaluation, fact::Facts, policy::Policy, questionnaire::Questionnaire,
};
use std::{collections::BTreeMap, sync::Arc};

/// An evaluation with everything it was made from.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// The frozen policy.
    pub policy: Arc<Policy>,
    /// The frozen questionnaire.
    pub questionnaire: Arc<Questionnaire>,
    /// The answers.
    pub answers: Answers,
    /// The facts.
    pub facts: Facts,
    /// The result.
    pub evaluation: Evaluation,
}

impl Portal {
    /// Evaluates an assessment of this subject today.
    pub(crate) async fn evaluated(
        &self,
        (row, subject): (&Assessment, &SubjectRecord),
        entered: &BTreeMap<String, EnteredAnswer>,
        files: &[EvidenceFile],
        overrides: &[Override],
    ) -> Result<Evaluated, PortalError> {
        let compiled = self.compiled(&row.policy_sha256, &row.questionnaire_sha256).await?;
        let (policy, questionnaire) = (Arc::clone(compiled.policy()), Arc::clone(compiled.questionnaire()));
        let facts = self.facts(subject).await?;
        let answers = words::answers_of(&questionnaire, entered, files, overrides);
        let evaluation = compiled.evaluate(&answers, &facts, self.clock.today());
        Ok(Evaluated { policy, questionnaire, answers, facts, evaluation })
    }
}

impl<A: Action> Writing<'_, A> {
    /// Keeps an evaluation with its inputs, so that it can be replayed.
    pub(super) async fn keep_evaluated(
        &self,
        id: uuid::Uuid,
        assessment: uuid::Uuid,
        occasion: &str,
        evaluated: &Evaluated,
    ) -> Result<(), PortalError> {
        let row = records::Evaluation {
            id,
            organization_id: self.organization(),
            assessment_id: assessment,
            evaluated_at: self.at_ms(),
            occasion: occasion.to_owned(),
            answers: evaluated.answers.canonical_json(),
            facts: evaluated.facts.canonical_json(),
            result: serde_json::to_string(&evaluated.evaluation).map_err(internal)?,
        };
        self.keep_evaluation(row).await
    }
}

/// `row` with the numbers of an evaluation, for lists.
#[must_use]
pub fn with_numbers(row: Assessment, evaluation: &Evaluation) -> Assessment {
    Assessment { rating: Some(rating_code(evaluation.rating)), coverage: Some(i64::from(evaluation.coverage)), ..row }
}
