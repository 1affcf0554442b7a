//! Why a verdict is what it is, and what keeps it open, as data.
//!
//! This module does not know scores, nor how a trace is shown.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::condition::{Comparison, Condition, Truth};
use crate::evaluate::{Look, Weighing};
use crate::fact::FactValue;
use crate::policy::Requirement;

mod open;

pub(crate) use open::{TRIES, open};

/// A comparison that decided.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// `answer:` or `fact:` and the key.
    pub key: String,
    /// What there was.
    pub observed: Observed,
    /// What the criterion asks for, such as `is yes`.
    pub expected: String,
    /// How the comparison came out. A comparison dropped because "not applicable" was accepted says `unknown` and `not_applicable`.
    pub truth: Truth,
}

/// What there was: a plain JSON value. Null when nothing is known; `undisclosed`, `not_applicable`, `not_asked` when that is all there is; the
/// names of the files for `has_evidence`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Observed {
    /// Nothing is known.
    Nothing,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A choice, a text, a date or a state.
    Text(String),
    /// The values of a set, sorted.
    Set(BTreeSet<String>),
}

impl From<&FactValue> for Observed {
    fn from(value: &FactValue) -> Self {
        match value {
            FactValue::Bool(value) => Self::Bool(*value),
            FactValue::Choice(value) | FactValue::Text(value) => Self::Text(value.clone()),
            FactValue::Number(value) => Self::Number(*value),
            FactValue::Date(value) => Self::Text(value.to_string()),
            FactValue::Set(values) => Self::Set(values.clone()),
        }
    }
}

/// The comparisons that decided a requirement's verdict, in the order in which they are written, each once.
///
/// Of the condition that decided, those whose outcome made its outcome: of a False `all` the False ones, of a True `any` the True ones, of an
/// Unknown condition the Unknown ones, of a condition that was dropped the dropped ones. When `met_when` is False, `partly_when` has its say as well.
pub(crate) fn reasons(requirement: &Requirement, weighing: Weighing, look: &Look<'_>) -> Vec<Reason> {
    let mut found = Vec::new();
    match (weighing, &requirement.applies_when) {
        (Weighing { applies: Some(Truth::True), met, .. }, _) => {
            decisive(&requirement.met_when, look, &mut found);
            if let (Some(Truth::False), Some(partly)) = (met, &requirement.partly_when) {
                decisive(partly, look, &mut found);
            }
        }
        (_, Some(applies)) => decisive(applies, look, &mut found),
        (_, None) => {}
    }
    let mut reasons: Vec<Reason> = Vec::new();
    for (comparison, truth) in found {
        let reason = Reason {
            key: comparison.key.to_string(),
            observed: look.observe(comparison),
            expected: comparison.operator.to_string(),
            truth: truth.unwrap_or(Truth::Unknown),
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

fn decisive<'c>(condition: &'c Condition, look: &Look<'_>, found: &mut Vec<(&'c Comparison, Option<Truth>)>) {
    let outcome = condition.weigh(look);
    match condition {
        Condition::Compare(comparison) => found.push((comparison, outcome)),
        Condition::Not(child) => decisive(child, look, found),
        Condition::All(children) | Condition::Any(children) | Condition::AtLeast { conditions: children, .. } => {
            for child in children.iter().filter(|child| child.weigh(look) == outcome) {
                decisive(child, look, found);
            }
        }
    }
}
