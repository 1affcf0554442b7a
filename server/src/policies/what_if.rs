//! What another policy would change: every assessment's last answers and facts, evaluated under both policies as of today.
//!
//! Assessments are read a thousand at a time; only those that change are kept.

use crate::{
    error::internal,
    permission::{Permit, ViewWhatIf},
    portal::Portal,
    store::policy_versions::EvaluatedInputs,
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    policies::{WhatIf, WhatIfRow},
};
use kakunin_questionnaires::{
    answer::Answers,
    compile::Compiled,
    evaluate::{Rating, Verdict},
    fact::Facts,
    policy::Policy,
    score::Item,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use uuid::Uuid;

/// Assessments read at once.
const PIECE: i64 = 1000;

/// Evaluates all assessments of the organization under both policies; `done` hears how many are.
pub(super) async fn what_if(
    portal: &Portal,
    permit: &Permit<ViewWhatIf>,
    before: Arc<Policy>,
    after: Arc<Policy>,
    done: impl Fn(u32),
) -> Result<WhatIf, PortalError> {
    let mut trial = Trial::new(before, after, portal.clock.today());
    let mut last = Uuid::nil();
    loop {
        let piece = portal.store.evaluated_inputs(permit, last, PIECE).await?;
        let Some(end) = piece.last() else { break };
        last = end.assessment_id;
        for input in &piece {
            trial.questionnaire(portal, &input.questionnaire_sha256).await?;
        }
        trial = tokio::task::spawn_blocking(move || trial.with(piece)).await.map_err(internal)??;
        done(trial.evaluated);
    }
    Ok(trial.outcome())
}

/// Both policies against one questionnaire.
struct Pair {
    before: Compiled,
    after: Compiled,
}

struct Trial {
    before: Arc<Policy>,
    after: Arc<Policy>,
    today: Date,
    /// Requirements of both: where each stands before and after.
    requirements: Vec<(Option<usize>, Option<usize>)>,
    pairs: HashMap<String, Pair>,
    evaluated: u32,
    ratings: BTreeMap<Rating, (u32, u32)>,
    rows: Vec<WhatIfRow>,
}

impl Trial {
    fn new(before: Arc<Policy>, after: Arc<Policy>, today: Date) -> Self {
        let place = |policy: &Policy, id: &str| policy.requirements.iter().position(|one| one.id == id);
        let mut requirements: Vec<_> = before
            .requirements
            .iter()
            .enumerate()
            .map(|(number, one)| (Some(number), place(&after, &one.id)))
            .collect();
        let only_after = after.requirements.iter().enumerate().filter(|(_, one)| place(&before, &one.id).is_none());
        requirements.extend(only_after.map(|(number, _)| (None, Some(number))));
        let (pairs, ratings) = (HashMap::new(), BTreeMap::new());
        Self { before, after, today, requirements, pairs, evaluated: 0, ratings, rows: Vec::new() }
    }

    /// Compiles both policies against a questionnaire, once.
    async fn questionnaire(&mut self, portal: &Portal, sha256: &str) -> Result<(), PortalError> {
        if !self.pairs.contains_key(sha256) {
            let questionnaire = portal.questionnaire(sha256).await?;
            let compiled = |policy: &Arc<Policy>| Compiled::new(Arc::clone(policy), Arc::clone(&questionnaire));
            let pair = Pair { before: compiled(&self.before), after: compiled(&self.after) };
            self.pairs.insert(sha256.to_owned(), pair);
        }
        Ok(())
    }

    fn with(mut self, piece: Vec<EvaluatedInputs>) -> Result<Self, PortalError> {
        let (mut before_items, mut after_items) = (Vec::new(), Vec::new());
        for input in piece {
            let Some(pair) = self.pairs.get(&input.questionnaire_sha256) else { continue };
            let answers = Answers::from_canonical(&input.answers, pair.before.questionnaire()).map_err(internal)?;
            let facts = Facts::from_canonical(&input.facts).map_err(internal)?;
            let standing = |compiled: &Compiled, items: &mut Vec<Item>| {
                compiled.standing(&compiled.lay_out(&answers, &facts, self.today), items)
            };
            let before = standing(&pair.before, &mut before_items);
            let after = standing(&pair.after, &mut after_items);
            self.evaluated += 1;
            self.ratings.entry(before.rating).or_default().0 += 1;
            self.ratings.entry(after.rating).or_default().1 += 1;
            let verdict = |items: &[Item], place: Option<usize>| Some(items.get(place?)?.verdict);
            let changes = self.requirements.iter().filter_map(|(one, other)| {
                let pair = (verdict(&before_items, *one), verdict(&after_items, *other));
                is_change(pair).then_some((*one, *other, pair))
            });
            let changes: Vec<_> = changes.collect();
            if changes.is_empty() && before.rating == after.rating {
                continue;
            }
            let title = |one: Option<usize>, other: Option<usize>| {
                let of_before = one.and_then(|one| self.before.requirements.get(one));
                let of_after = other.and_then(|other| self.after.requirements.get(other));
                of_after.or(of_before).map(|requirement| requirement.title.clone()).unwrap_or_default()
            };
            let verdicts = changes.into_iter().map(|(one, other, (was, is))| (title(one, other), was, is));
            let row = WhatIfRow {
                assessment: input.assessment_id.into(),
                subject: input.subject()?.kind,
                vendor: input.vendor_name,
                subject_title: input.subject_title,
                rating: (before.rating, after.rating),
                score: (before.score, after.score),
                verdicts: verdicts.collect(),
            };
            self.rows.push(row);
        }
        Ok(self)
    }

    fn outcome(mut self) -> WhatIf {
        self.rows.sort_by_key(|row| row.rating.0 == row.rating.1);
        WhatIf {
            evaluated: self.evaluated,
            ratings: self.ratings.into_iter().map(|(rating, (before, after))| (rating, before, after)).collect(),
            changed: u32::try_from(self.rows.len()).unwrap_or(u32::MAX),
            rows: self.rows,
        }
    }
}

/// A requirement that only one policy has changes nothing where it does not apply.
fn is_change(pair: (Option<Verdict>, Option<Verdict>)) -> bool {
    match pair {
        (Some(before), Some(after)) => before != after,
        (Some(only), None) | (None, Some(only)) => only != Verdict::NotApplicable,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_that_does_not_apply_changes_nothing() {
        assert!(!is_change((None, Some(Verdict::NotApplicable))));
        assert!(is_change((None, Some(Verdict::NotMet))));
        assert!(is_change((Some(Verdict::Met), Some(Verdict::PartlyMet))));
        assert!(!is_change((Some(Verdict::Met), Some(Verdict::Met))));
    }
}
