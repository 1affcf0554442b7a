//! The evaluator: a policy, answers, facts and a day give a verdict on every requirement, a score and a rating.
//!
//! This module does not know who asks, where anything is stored, or what day it is. The same inputs give the same bytes on every machine.
//! It is written to be read; the portal runs [`crate::compile`], which is held against it.
//!
//! # What an answer counts for
//! Unknown, and so never a pass, is: a question without an answer; an undisclosed answer; "not applicable" that no reviewer has accepted, or that the
//! question does not allow; a value that the question does not take; and everything said to a question that is not (or no longer) asked.
//!
//! "Not applicable" accepted by a reviewer drops the comparisons on that answer from the conditions around them (see [`crate::condition`]). If
//! nothing of `applies_when` or of `met_when` is left, the requirement is not applicable; if nothing of `partly_when` is left, it is as if there were none.
//!
//! # Overrides
//! The last override of a requirement whose `until` is open or not before today replaces the computed verdict. The reasons stay those of the
//! computation; nothing is open any more, unless the override itself says unconfirmed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Answers};
use crate::check;
use crate::condition::{Comparison, Datum, Key, Operator, Seen, Source, Truth};
use crate::domain::Shape;
use crate::fact::{Facts, fact_path};
use crate::hash;
use crate::policy::{Level, OwedBy, Policy, Requirement};
use crate::questionnaire::{Question, Questionnaire};
use crate::score::{self, Item};
use crate::trace::{self, Observed};

pub use crate::score::Rating;
pub use crate::trace::Reason;

/// The verdict on one requirement.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 適合
    Met,
    /// 一部適合
    PartlyMet,
    /// 不適合
    NotMet,
    /// 未確認
    Unconfirmed,
    /// 該当なし
    NotApplicable,
}

/// Which version of something was used.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its canonical JSON, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// The outcome, with everything needed to replay it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// The policy used.
    pub policy: Version,
    /// The questionnaire used.
    pub questionnaire: Version,
    /// SHA-256 of the answers' canonical JSON.
    pub answers_sha256: String,
    /// SHA-256 of the facts' canonical JSON.
    pub facts_sha256: String,
    /// The day of the evaluation.
    pub today: Date,
    /// The rating.
    pub rating: Rating,
    /// Hundredths of a percent (0–10 000); none when nothing is determined.
    pub score: Option<u16>,
    /// Hundredths of a percent (0–10 000).
    pub coverage: u16,
    /// One for each requirement, in the policy's order.
    pub requirements: Vec<RequirementVerdict>,
}

/// The verdict on one requirement, with its trace.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementVerdict {
    /// Id of the requirement.
    pub id: String,
    /// Id of its clause.
    pub clause: String,
    /// Its level.
    pub level: Level,
    /// Its weight (1–100).
    pub weight: u16,
    /// The verdict that counts.
    pub verdict: Verdict,
    /// Who has to do something about it.
    pub owed_by: OwedBy,
    /// Whether a reviewer's verdict replaced the computed one.
    pub overridden: bool,
    /// The comparisons that decided.
    pub reasons: Vec<Reason>,
    /// A smallest set of unknown keys that could settle it; empty unless it is unconfirmed.
    pub open: Vec<String>,
}

/// Evaluates plainly: the reference for [`crate::compile::Compiled`], which gives the same faster. An override of a requirement that the policy does not have is ignored.
#[must_use]
pub fn evaluate(
    policy: &Policy,
    questionnaire: &Questionnaire,
    answers: &Answers,
    facts: &Facts,
    today: Date,
) -> Evaluation {
    let look = Look::new(questionnaire, answers, facts, today);
    let requirements: Vec<_> =
        policy.requirements.iter().map(|requirement| verdict_on(requirement, answers, &look)).collect();
    let item = |one: &RequirementVerdict| Item { level: one.level, weight: one.weight, verdict: one.verdict };
    let standing = score::standing(policy, &requirements.iter().map(item).collect::<Vec<_>>());
    Evaluation {
        policy: Version { id: policy.id.clone(), version: policy.version.clone(), sha256: policy.sha256() },
        questionnaire: Version {
            id: questionnaire.id.clone(),
            version: questionnaire.version.clone(),
            sha256: questionnaire.sha256(),
        },
        answers_sha256: answers.sha256(),
        facts_sha256: facts.sha256(),
        today,
        rating: standing.rating,
        score: standing.score,
        coverage: standing.coverage,
        requirements,
    }
}

fn verdict_on(requirement: &Requirement, answers: &Answers, look: &Look<'_>) -> RequirementVerdict {
    let weighing = Weighing::of(requirement, look);
    let computed = weighing.verdict();
    let replaced = answers.override_of(&requirement.id, look.today).map(|entry| entry.verdict);
    let verdict = replaced.unwrap_or(computed);
    let is_open = computed == Verdict::Unconfirmed && verdict == Verdict::Unconfirmed;
    RequirementVerdict {
        id: requirement.id.clone(),
        clause: requirement.clause.clone(),
        level: requirement.level,
        weight: requirement.weight,
        verdict,
        owed_by: requirement.owed_by,
        overridden: replaced.is_some(),
        reasons: trace::reasons(requirement, weighing, look),
        open: if is_open { trace::open(requirement, look) } else { Vec::new() },
    }
}

impl Evaluation {
    /// No blanks, keys sorted: what is stored and hashed.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        hash::canonical_json(self)
    }

    /// SHA-256 of [`Self::canonical_json`], 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        hash::sha256(&self.canonical_json())
    }
}

/// The truths of a requirement's conditions; none where nothing is left to weigh. Without `applies_when` it applies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighing {
    pub(crate) applies: Option<Truth>,
    pub(crate) met: Option<Truth>,
    pub(crate) partly: Option<Truth>,
}

impl Weighing {
    pub(crate) fn of(requirement: &Requirement, source: &dyn Source) -> Self {
        Self {
            applies: requirement.applies_when.as_ref().map_or(Some(Truth::True), |condition| condition.weigh(source)),
            met: requirement.met_when.weigh(source),
            partly: requirement.partly_when.as_ref().and_then(|condition| condition.weigh(source)),
        }
    }

    /// The table of the evaluator.
    pub(crate) const fn verdict(self) -> Verdict {
        match (self.applies, self.met, self.partly) {
            (None | Some(Truth::False), _, _) | (Some(Truth::True), None, _) => Verdict::NotApplicable,
            (Some(Truth::Unknown), _, _) | (Some(Truth::True), Some(Truth::Unknown), _) => Verdict::Unconfirmed,
            (Some(Truth::True), Some(Truth::True), _) => Verdict::Met,
            (Some(Truth::True), Some(Truth::False), Some(Truth::True)) => Verdict::PartlyMet,
            (Some(Truth::True), Some(Truth::False), Some(Truth::Unknown)) => Verdict::Unconfirmed,
            (Some(Truth::True), Some(Truth::False), Some(Truth::False) | None) => Verdict::NotMet,
        }
    }
}

/// Everything a condition may look at in one evaluation.
pub(crate) struct Look<'a> {
    questions: BTreeMap<&'a str, &'a Question>,
    asked: BTreeSet<&'a str>,
    answers: &'a Answers,
    facts: &'a Facts,
    today: Date,
}

impl<'a> Look<'a> {
    pub(crate) fn new(questionnaire: &'a Questionnaire, answers: &'a Answers, facts: &'a Facts, today: Date) -> Self {
        let questions = questionnaire.questions().map(|question| (question.key.as_str(), question)).collect();
        Self { questions, asked: check::asked(questionnaire, answers).into_iter().collect(), answers, facts, today }
    }

    /// The shape of a key's values, if there is such a key.
    pub(crate) fn shape(&self, key: &Key) -> Option<Shape<'a>> {
        match key {
            Key::Answer(key) => self.questions.get(key.as_str()).map(|question| Shape::from(&question.kind)),
            Key::Fact(path) => fact_path(path).map(|row| Shape::from(row.kind)),
        }
    }

    /// The day of the evaluation.
    pub(crate) const fn day(&self) -> Date {
        self.today
    }

    /// What the trace says there was.
    pub(crate) fn observe(&self, comparison: &Comparison) -> Observed {
        let key = match &comparison.key {
            Key::Fact(path) => {
                return self.facts.0.get(path).map_or(Observed::Nothing, Observed::from);
            }
            Key::Answer(key) => key.as_str(),
        };
        if self.questions.contains_key(key) && !self.asked.contains(key) {
            return Observed::Text("not_asked".to_owned());
        }
        match (self.answers.answers.get(key), self.answers.evidence.get(key)) {
            (_, Some(files)) if comparison.operator == Operator::HasEvidence && !files.is_empty() => {
                Observed::Set(files.iter().cloned().collect())
            }
            (Some(Answer::NotApplicable { .. }), _) => Observed::Text("not_applicable".to_owned()),
            (Some(Answer::Undisclosed { .. }), _) => Observed::Text("undisclosed".to_owned()),
            (Some(Answer::Given(_)), _) if comparison.operator == Operator::HasEvidence => Observed::Nothing,
            (Some(answer), _) => match check::seen(Some(answer)) {
                Seen::Known(datum) => Observed::from(datum),
                Seen::Unknown | Seen::Dropped => Observed::Nothing,
            },
            (None, _) => Observed::Nothing,
        }
    }
}

impl Source for Look<'_> {
    fn seen(&self, key: &Key) -> Seen<'_> {
        match key {
            Key::Fact(path) => match (self.facts.0.get(path), fact_path(path)) {
                (Some(value), Some(row)) if value.fits(row.kind) => Seen::Known(Datum::from(value)),
                _ => Seen::Unknown,
            },
            Key::Answer(key) => match self.questions.get(key.as_str()) {
                Some(question)
                    if self.asked.contains(key.as_str())
                        && check::is_right(question, self.answers.answers.get(key)) =>
                {
                    check::seen(self.answers.answers.get(key))
                }
                _ => Seen::Unknown,
            },
        }
    }

    fn has_evidence(&self, key: &Key) -> bool {
        matches!(key, Key::Answer(key) if self.asked.contains(key.as_str()) && self.answers.has_evidence(key))
    }

    fn today(&self) -> Option<Date> {
        Some(self.today)
    }
}

impl From<Datum<'_>> for Observed {
    fn from(datum: Datum<'_>) -> Self {
        match datum {
            Datum::Bool(value) => Self::Bool(value),
            Datum::Text(value) => Self::Text(value.to_owned()),
            Datum::Number(value) => Self::Number(value),
            Datum::Date(value) => Self::Text(value.to_string()),
            Datum::Set(values) => Self::Set(values.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
