//! Conditions over answers and facts, and the three-valued logic that weighs them.
//!
//! This module does not know questions, the fact schema or requirements; whether an operator fits its key is checked at load time.
//!
//! # What is dropped
//! A comparison on an answer "not applicable" that a reviewer has accepted has nothing to compare, except `has_evidence` once a file
//! is attached. It is *dropped*: the surrounding `all`, `any` or `at_least` is weighed as if it were not written there, and
//! `at_least` asks for no more than what remains. A condition of which nothing remains is itself dropped.
//!
//! Dropping happens only to what was Unknown before, and every combination keeps its outcome when an Unknown part becomes True,
//! False or dropped. So knowing more never turns an outcome back into Unknown.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

mod expected;
pub(crate) mod wire;

/// Kleene's truth.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// Known to be so.
    True,
    /// Known not to be so.
    False,
    /// Not known.
    Unknown,
}

impl Truth {
    /// False if either is False; True if both are True.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// True if either is True; False if both are False.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (Self::False, Self::False) => Self::False,
            _ => Self::Unknown,
        }
    }

    /// The opposite; Unknown stays Unknown.
    #[must_use]
    pub const fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// A condition. As JSON and in files: `{"all": […]}`, `{"any": […]}`, `{"not": …}`, `{"at_least": {"of": n, "conditions": […]}}` or a comparison
/// such as `{"answer": "subcontract.used", "is": "yes"}`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "wire::Wire", into = "wire::Wire")]
pub enum Condition {
    /// Every one of them.
    All(Vec<Condition>),
    /// One of them or more.
    Any(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// `of` of them or more.
    AtLeast {
        /// How many (1 to the number of conditions).
        of: u16,
        /// Of these.
        conditions: Vec<Condition>,
    },
    /// A comparison.
    Compare(Comparison),
}

/// One comparison of a known value with an expected one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Comparison {
    /// What is looked at.
    pub key: Key,
    /// How it is compared.
    pub operator: Operator,
}

/// What a comparison looks at.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Key {
    /// The answer to the question with this key.
    Answer(String),
    /// The fact at this path.
    Fact(String),
}

/// How a comparison compares.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Operator {
    /// Equal.
    Is(Constant),
    /// Equal to one of them.
    In(Vec<Constant>),
    /// A number ≥ this.
    AtLeast(i64),
    /// A number ≤ this.
    AtMost(i64),
    /// A date strictly earlier.
    Before(When),
    /// A date strictly later.
    After(When),
    /// A date at most this many days from today, either way (0–36 500).
    WithinDays(u32),
    /// A set that contains the value.
    Includes(String),
    /// A set that contains every value.
    IncludesAll(BTreeSet<String>),
    /// `present: true` is True, `present: false` is False, once the value is known; until then both are Unknown.
    Present(bool),
    /// True with a file; Unknown without, because one may still come.
    HasEvidence,
}

/// An expected value as written; a date is written as a text, `2026-03-31`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Constant {
    /// For facts that are true or false.
    Bool(bool),
    /// For numbers.
    Number(i64),
    /// For choices, texts and dates.
    Text(String),
}

/// A day written in full, `2026-11-20`: the only form in which files and frozen conditions write one.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Date::new(year, month, day).ok().filter(|_| parts.next().is_none() && text.len() == 10)
}

/// A day, or today.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum When {
    /// The day of the evaluation.
    Today,
    /// This day.
    On(Date),
}

/// A known value, whether it came from an answer or from a register.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Datum<'a> {
    Bool(bool),
    Text(&'a str),
    Number(i64),
    Date(Date),
    Set(&'a BTreeSet<String>),
}

/// What there is to see of a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Seen<'a> {
    Known(Datum<'a>),
    Unknown,
    /// Not applicable, accepted by a reviewer.
    Dropped,
}

/// Where the values of a weighing come from.
pub(crate) trait Source {
    /// What is known of the key.
    fn seen(&self, key: &Key) -> Seen<'_>;
    /// Whether a file is attached to the answer.
    fn has_evidence(&self, key: &Key) -> bool;
    /// The day of the evaluation; none where conditions may not depend on it.
    fn today(&self) -> Option<Date>;
}

impl Condition {
    /// The comparisons, in the order in which they are written.
    #[must_use]
    pub fn comparisons(&self) -> Vec<&Comparison> {
        match self {
            Self::Compare(comparison) => vec![comparison],
            other => other.children().iter().flat_map(Self::comparisons).collect(),
        }
    }

    /// The parts directly below; none of a comparison.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        match self {
            Self::All(children) | Self::Any(children) | Self::AtLeast { conditions: children, .. } => children,
            Self::Not(child) => std::slice::from_ref(child),
            Self::Compare(_) => &[],
        }
    }

    /// The number of conditions it consists of, itself included.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.children().iter().map(Self::nodes).fold(1, usize::saturating_add)
    }

    /// The longest way from it to a comparison, itself included (1 for a comparison).
    #[must_use]
    pub fn depth(&self) -> usize {
        self.children().iter().map(Self::depth).max().unwrap_or(0).saturating_add(1)
    }

    /// Its truth, or none if every comparison in it is dropped.
    pub(crate) fn weigh(&self, source: &dyn Source) -> Option<Truth> {
        match self {
            Self::All(children) => children.iter().filter_map(|child| child.weigh(source)).reduce(Truth::and),
            Self::Any(children) => children.iter().filter_map(|child| child.weigh(source)).reduce(Truth::or),
            Self::Not(child) => child.weigh(source).map(Truth::not),
            Self::AtLeast { of, conditions } => {
                count(usize::from(*of), conditions.iter().filter_map(|child| child.weigh(source)))
            }
            Self::Compare(comparison) => comparison.weigh(source),
        }
    }
}

fn count(of: usize, truths: impl Iterator<Item = Truth>) -> Option<Truth> {
    let (mut yes, mut open, mut all) = (0_usize, 0_usize, 0_usize);
    for truth in truths {
        all = all.saturating_add(1);
        yes = yes.saturating_add(usize::from(truth == Truth::True));
        open = open.saturating_add(usize::from(truth == Truth::Unknown));
    }
    let of = of.min(all);
    match () {
        () if all == 0 => None,
        () if yes >= of => Some(Truth::True),
        () if yes.saturating_add(open) < of => Some(Truth::False),
        () => Some(Truth::Unknown),
    }
}

impl Comparison {
    pub(crate) fn weigh(&self, source: &dyn Source) -> Option<Truth> {
        match (source.seen(&self.key), &self.operator) {
            // Before what is dropped: accepting "not applicable" must not take away what a file has settled.
            (_, Operator::HasEvidence) if source.has_evidence(&self.key) => Some(Truth::True),
            (Seen::Dropped, _) => None,
            (_, Operator::HasEvidence) | (Seen::Unknown, _) => Some(Truth::Unknown),
            (Seen::Known(datum), operator) => {
                Some(operator.holds(&datum, source.today()).map_or(Truth::Unknown, Truth::from))
            }
        }
    }
}

impl Operator {
    /// Whether it holds of a known value. None where the operator does not fit the value: what makes no sense is never a pass.
    fn holds(&self, datum: &Datum<'_>, today: Option<Date>) -> Option<bool> {
        match (self, datum) {
            (Self::Present(wanted), _) => Some(*wanted),
            (Self::Is(constant), _) => constant.equals(datum),
            (Self::In(constants), _) => {
                constants.iter().map(|constant| constant.equals(datum)).reduce(|one, other| Some(one? || other?))?
            }
            (Self::AtLeast(bound), Datum::Number(number)) => Some(number >= bound),
            (Self::AtMost(bound), Datum::Number(number)) => Some(number <= bound),
            (Self::Before(when), Datum::Date(date)) => Some(*date < when.day(today)?),
            (Self::After(when), Datum::Date(date)) => Some(*date > when.day(today)?),
            (Self::WithinDays(days), Datum::Date(date)) => Some(days_between(*date, today?) <= i64::from(*days)),
            (Self::Includes(value), Datum::Set(set)) => Some(set.contains(value)),
            (Self::IncludesAll(values), Datum::Set(set)) => Some(values.is_subset(set)),
            _ => None,
        }
    }

    /// The operator's name in files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Is(_) => "is",
            Self::In(_) => "in",
            Self::AtLeast(_) => "at_least",
            Self::AtMost(_) => "at_most",
            Self::Before(_) => "before",
            Self::After(_) => "after",
            Self::WithinDays(_) => "within_days",
            Self::Includes(_) => "includes",
            Self::IncludesAll(_) => "includes_all",
            Self::Present(_) => "present",
            Self::HasEvidence => "has_evidence",
        }
    }
}

/// Days from one date to the other, never negative.
pub(crate) fn days_between(one: Date, other: Date) -> i64 {
    one.duration_until(other).abs().as_hours() / 24
}

impl Constant {
    fn equals(&self, datum: &Datum<'_>) -> Option<bool> {
        match (self, datum) {
            (Self::Bool(wanted), Datum::Bool(value)) => Some(wanted == value),
            (Self::Number(wanted), Datum::Number(value)) => Some(wanted == value),
            // A class such as `1` may be written without quotation marks.
            (Self::Number(wanted), Datum::Text(value)) => Some(wanted.to_string() == *value),
            (Self::Text(wanted), Datum::Text(value)) => Some(wanted == value),
            (Self::Text(wanted), Datum::Date(value)) => Some(day(wanted)? == *value),
            _ => None,
        }
    }
}

impl When {
    fn day(self, today: Option<Date>) -> Option<Date> {
        match self {
            Self::Today => today,
            Self::On(day) => Some(day),
        }
    }
}

#[cfg(test)]
mod tests;
