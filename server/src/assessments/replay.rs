//! Replaying stored evaluations: the same policy, questionnaire, answers, facts and day must give the same bytes for ever.

use crate::{
    portal::Portal,
    store::records::{Document, Evaluation as Stored},
};
use kakunin_api::{PortalError, ids::AssessmentId};
use kakunin_questionnaires::{
    answer::Answers, compile::Compiled, evaluate::Evaluation, fact::Facts, hash, policy::Policy,
    questionnaire::Questionnaire,
};
use std::sync::Arc;

/// One stored evaluation after its replay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// When it was made, such as `submitted`.
    pub occasion: String,
    /// Milliseconds since 1970.
    pub evaluated_at: i64,
    /// What is not as it was; nothing where every byte is.
    pub difference: Option<String>,
}

/// Replays every stored evaluation of an assessment, oldest first.
///
/// # Errors
/// NotFound where none is stored, or Internal where the database fails.
pub async fn replay(portal: &Portal, assessment: AssessmentId) -> Result<Vec<Replayed>, PortalError> {
    let stored = portal.store.evaluations(assessment).await?;
    if stored.is_empty() {
        return Err(PortalError::NotFound);
    }
    let mut replayed = Vec::new();
    for one in stored {
        let difference = difference(portal, &one).await?;
        replayed.push(Replayed { occasion: one.occasion, evaluated_at: one.evaluated_at, difference });
    }
    Ok(replayed)
}

async fn difference(portal: &Portal, stored: &Stored) -> Result<Option<String>, PortalError> {
    let before: Evaluation = match serde_json::from_str(&stored.result) {
        Ok(before) => before,
        Err(error) => return Ok(Some(format!("the stored result cannot be read: {error}"))),
    };
    let policy = portal.store.document(&before.policy.sha256).await?;
    let questionnaire = portal.store.document(&before.questionnaire.sha256).await?;
    Ok(again(stored, &before, &policy, &questionnaire).err())
}

fn again(stored: &Stored, before: &Evaluation, policy: &Document, questionnaire: &Document) -> Result<(), String> {
    for document in [policy, questionnaire] {
        if hash::sha256(&document.body) != document.sha256 {
            return Err(format!("the {} is not the one that was frozen", document.kind));
        }
    }
    let policy: Policy = serde_json::from_str(&policy.body).map_err(|error| format!("policy: {error}"))?;
    let questionnaire: Questionnaire =
        serde_json::from_str(&questionnaire.body).map_err(|error| format!("questionnaire: {error}"))?;
    let unread = |_| "the stored answers or facts cannot be read".to_owned();
    let answers = Answers::from_json("answers", &stored.answers, &questionnaire).map_err(unread)?;
    let facts = Facts::from_json("facts", &stored.facts).map_err(unread)?;
    let compiled = Compiled::new(Arc::new(policy), Arc::new(questionnaire));
    let after = compiled.evaluate(&answers, &facts, before.today);
    let bytes = serde_json::to_string(&after).map_err(|error| error.to_string())?;
    if bytes == stored.result {
        return Ok(());
    }
    let changed = before.requirements.iter().zip(&after.requirements).find(|(one, other)| one != other);
    Err(changed.map_or_else(
        || "the result differs outside its requirements".to_owned(),
        |(one, other)| format!("{}: {:?} before, {:?} now", one.id, one.verdict, other.verdict),
    ))
}
