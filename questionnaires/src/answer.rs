//! Answers to a questionnaire, the files that support them, and a reviewer's overrides.
//!
//! This module does not know who may answer or override, nor what an answer is worth.
//!
//! `serde` gives [`Value`] and [`Answer`] a tagged form (`{"given": {"choice": "yes"}}`) that carries its own type, for rows and wires. Files carry
//! the untyped form of [`Answers::canonical_json`], which only a questionnaire can read back ([`Answers::from_json`]).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::evaluate::Verdict;
use crate::hash;
use crate::load::{self, Problem};
use crate::questionnaire::{QuestionKind, Questionnaire};

/// A given answer's value.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// The value of one choice.
    Choice(String),
    /// The values of some choices.
    Choices(BTreeSet<String>),
    /// Free text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A calendar date.
    Date(Date),
}

/// What a vendor said to a question. A question without an entry is unanswered.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A value.
    Given(Value),
    /// The question does not apply, says the vendor. Unknown until a reviewer accepts the reason.
    NotApplicable {
        /// Why.
        reason: String,
        /// Whether a reviewer has accepted the reason.
        accepted: bool,
    },
    /// The vendor will not say. Always Unknown.
    Undisclosed {
        /// Why.
        reason: String,
    },
}

/// Everything that was answered, attached and overridden in one assessment.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Answers {
    /// Question key → answer.
    pub answers: BTreeMap<String, Answer>,
    /// Question key → names of the attached files.
    pub evidence: BTreeMap<String, Vec<String>>,
    /// Reviewers' overrides, oldest first; of several that hold, the last counts.
    pub overrides: Vec<Override>,
}

/// A reviewer's verdict in place of the computed one.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Id of the requirement.
    pub requirement: String,
    /// The verdict that counts.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// The last day on which it counts; without end if none.
    pub until: Option<Date>,
}

impl Answers {
    /// Reads the JSON of an answers file; the questionnaire gives each value its type.
    ///
    /// # Errors
    /// Every problem of the file: syntax, unknown key, wrong type, unknown choice.
    pub fn from_json(file: &str, json: &str, questionnaire: &Questionnaire) -> Result<Self, Vec<Problem>> {
        load::answers::read(file, json, questionnaire)
    }

    /// Reads back what [`Self::canonical_json`] wrote, without places for problems: many times as fast as [`Self::from_json`].
    ///
    /// # Errors
    /// What cannot be read, for the log; stored answers always can.
    pub fn from_canonical(json: &str, questionnaire: &Questionnaire) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Stored {
            answers: BTreeMap<String, Entry>,
            evidence: BTreeMap<String, Vec<String>>,
            overrides: Vec<Override>,
        }
        #[derive(Deserialize)]
        struct Entry {
            value: Option<serde_json::Value>,
            state: Option<String>,
            #[serde(default)]
            reason: String,
            #[serde(default)]
            accepted: bool,
        }
        let stored: Stored = serde_json::from_str(json)?;
        let mut answers = BTreeMap::new();
        for (key, entry) in stored.answers {
            let answer = match (entry.state.as_deref(), entry.value, questionnaire.question(&key)) {
                (Some("not_applicable"), _, _) => {
                    Answer::NotApplicable { reason: entry.reason, accepted: entry.accepted }
                }
                (Some(_), _, _) => Answer::Undisclosed { reason: entry.reason },
                (None, Some(value), Some((_, question))) => Answer::Given(match &question.kind {
                    QuestionKind::Choice { .. } => Value::Choice(serde_json::from_value(value)?),
                    QuestionKind::Choices { .. } => Value::Choices(serde_json::from_value(value)?),
                    QuestionKind::Text { .. } => Value::Text(serde_json::from_value(value)?),
                    QuestionKind::Number { .. } => Value::Number(serde_json::from_value(value)?),
                    QuestionKind::Date => Value::Date(serde_json::from_value(value)?),
                }),
                (None, ..) => continue,
            };
            answers.insert(key, answer);
        }
        Ok(Self { answers, evidence: stored.evidence, overrides: stored.overrides })
    }

    /// The answers file: no blanks, keys sorted.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        let answers: serde_json::Map<String, serde_json::Value> =
            self.answers.iter().map(|(key, answer)| (key.clone(), answer.to_json())).collect();
        hash::canonical_json(&json!({"answers": answers, "evidence": self.evidence, "overrides": self.overrides}))
    }

    /// SHA-256 of [`Self::canonical_json`], 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        hash::sha256(&self.canonical_json())
    }

    /// Whether a file is attached to the answer with this key.
    #[must_use]
    pub fn has_evidence(&self, key: &str) -> bool {
        self.evidence.get(key).is_some_and(|files| !files.is_empty())
    }

    /// The override of a requirement that counts on the day.
    #[must_use]
    pub fn override_of(&self, requirement: &str, today: Date) -> Option<&Override> {
        self.overrides
            .iter()
            .rev()
            .find(|entry| entry.requirement == requirement && entry.until.is_none_or(|until| until >= today))
    }
}

impl Answer {
    fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Given(value) => json!({"value": value.to_json()}),
            Self::NotApplicable { reason, accepted } => {
                json!({"state": "not_applicable", "reason": reason, "accepted": accepted})
            }
            Self::Undisclosed { reason } => json!({"state": "undisclosed", "reason": reason}),
        }
    }
}

impl Value {
    /// The plain JSON value: a text, a number or a sorted array.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Choice(value) | Self::Text(value) => value.as_str().into(),
            Self::Choices(values) => values.iter().cloned().collect(),
            Self::Number(value) => (*value).into(),
            Self::Date(value) => value.to_string().into(),
        }
    }
}
