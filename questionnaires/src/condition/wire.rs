//! The form of a condition in JSON. It is the form of the files too.
//!
//! It does not know which keys exist.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Comparison, Condition, Constant, Key, Operator, When};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wire {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    all: Option<Vec<Wire>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    any: Option<Vec<Wire>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not: Option<Box<Wire>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fact: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is: Option<Constant>,
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "in")]
    among: Option<Vec<Constant>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_least: Option<AtLeast>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_most: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    within_days: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    includes: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    includes_all: Option<BTreeSet<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    present: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    has_evidence: Option<bool>,
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum AtLeast {
    Bound(i64),
    Of { of: u16, conditions: Vec<Wire> },
}

impl From<Condition> for Wire {
    fn from(condition: Condition) -> Self {
        let wires = |conditions: Vec<Condition>| conditions.into_iter().map(Self::from).collect();
        match condition {
            Condition::All(conditions) => Self { all: Some(wires(conditions)), ..Self::default() },
            Condition::Any(conditions) => Self { any: Some(wires(conditions)), ..Self::default() },
            Condition::Not(condition) => Self { not: Some(Box::new(Self::from(*condition))), ..Self::default() },
            Condition::AtLeast { of, conditions } => {
                Self { at_least: Some(AtLeast::Of { of, conditions: wires(conditions) }), ..Self::default() }
            }
            Condition::Compare(comparison) => Self::from(comparison),
        }
    }
}

impl From<Comparison> for Wire {
    fn from(comparison: Comparison) -> Self {
        let mut wire = Self::default();
        match comparison.key {
            Key::Answer(key) => wire.answer = Some(key),
            Key::Fact(path) => wire.fact = Some(path),
        }
        match comparison.operator {
            Operator::Is(constant) => wire.is = Some(constant),
            Operator::In(constants) => wire.among = Some(constants),
            Operator::AtLeast(bound) => wire.at_least = Some(AtLeast::Bound(bound)),
            Operator::AtMost(bound) => wire.at_most = Some(bound),
            Operator::Before(when) => wire.before = Some(when.to_string()),
            Operator::After(when) => wire.after = Some(when.to_string()),
            Operator::WithinDays(days) => wire.within_days = Some(days),
            Operator::Includes(value) => wire.includes = Some(value),
            Operator::IncludesAll(values) => wire.includes_all = Some(values),
            Operator::Present(wanted) => wire.present = Some(wanted),
            Operator::HasEvidence => wire.has_evidence = Some(true),
        }
        wire
    }
}

impl TryFrom<Wire> for Condition {
    type Error = String;

    fn try_from(mut wire: Wire) -> Result<Self, String> {
        let key = match (wire.answer.take(), wire.fact.take()) {
            (Some(key), None) => Some(Key::Answer(key)),
            (None, Some(path)) => Some(Key::Fact(path)),
            (None, None) => None,
            (Some(_), Some(_)) => {
                return Err("a comparison has `answer` or `fact`, not both".to_owned());
            }
        };
        let found = match key {
            Some(key) => wire
                .operators()?
                .into_iter()
                .map(|operator| Self::Compare(Comparison { key: key.clone(), operator }))
                .collect(),
            None => wire.groups()?,
        };
        if !wire.is_empty() {
            return Err("an operator without what it compares, or the reverse".to_owned());
        }
        let [condition] = <[Self; 1]>::try_from(found)
            .map_err(|found| format!("a condition says exactly one thing, not {}", found.len()))?;
        if matches!(condition, Self::All(_) | Self::Any(_) | Self::AtLeast { .. }) && condition.children().is_empty() {
            return Err("an empty list of conditions".to_owned());
        }
        Ok(condition)
    }
}

impl Wire {
    fn operators(&mut self) -> Result<Vec<Operator>, String> {
        let mut found = Vec::new();
        found.extend(self.is.take().map(Operator::Is));
        found.extend(self.among.take().map(Operator::In));
        if let Some(AtLeast::Bound(bound)) = self.at_least {
            self.at_least = None;
            found.push(Operator::AtLeast(bound));
        }
        found.extend(self.at_most.take().map(Operator::AtMost));
        found.extend(self.before.take().map(|text| when(&text)).transpose()?.map(Operator::Before));
        found.extend(self.after.take().map(|text| when(&text)).transpose()?.map(Operator::After));
        found.extend(self.within_days.take().map(Operator::WithinDays));
        found.extend(self.includes.take().map(Operator::Includes));
        found.extend(self.includes_all.take().map(Operator::IncludesAll));
        found.extend(self.present.take().map(Operator::Present));
        if self.has_evidence == Some(true) {
            self.has_evidence = None;
            found.push(Operator::HasEvidence);
        }
        Ok(found)
    }

    fn groups(&mut self) -> Result<Vec<Condition>, String> {
        let conditions = |wires: Vec<Self>| wires.into_iter().map(Condition::try_from).collect::<Result<Vec<_>, _>>();
        let mut found = Vec::new();
        found.extend(self.all.take().map(conditions).transpose()?.map(Condition::All));
        found.extend(self.any.take().map(conditions).transpose()?.map(Condition::Any));
        found.extend(
            self.not
                .take()
                .map(|wire| Condition::try_from(*wire))
                .transpose()?
                .map(|condition| Condition::Not(Box::new(condition))),
        );
        match self.at_least.take() {
            Some(AtLeast::Of { of, conditions: wires }) => {
                found.push(Condition::AtLeast { of, conditions: conditions(wires)? })
            }
            bound => self.at_least = bound,
        }
        Ok(found)
    }

    const fn is_empty(&self) -> bool {
        self.all.is_none()
            && self.any.is_none()
            && self.not.is_none()
            && self.is.is_none()
            && self.among.is_none()
            && self.at_least.is_none()
            && self.at_most.is_none()
            && self.before.is_none()
            && self.after.is_none()
            && self.within_days.is_none()
            && self.includes.is_none()
            && self.includes_all.is_none()
            && self.present.is_none()
            && self.has_evidence.is_none()
    }
}

/// `today`, or a date as ISO 8601 writes it.
pub(crate) fn when(text: &str) -> Result<When, String> {
    match text {
        "today" => Ok(When::Today),
        date => Ok(When::On(date.parse::<Date>().map_err(|error| error.to_string())?)),
    }
}
