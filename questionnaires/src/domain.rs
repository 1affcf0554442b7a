//! The few values of a key that make a difference to a set of comparisons.
//!
//! Trying these stands for trying every value there is: between two constants all numbers and dates compare alike, and texts that no
//! comparison names are alike too. This module does not know what is searched with them.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::condition::{Comparison, Constant, Datum, Key, Operator, Seen, Source, When};
use crate::fact::{FactKind, FactValue};
use crate::questionnaire::QuestionKind;

/// Up to this many values of a set are tried in every combination (2^6); of more, alone, all but one, and together.
const COMBINED: usize = 6;

/// The shape of a key's values, whether an answer or a fact.
#[derive(Clone, Debug)]
pub(crate) enum Shape<'a> {
    Bool,
    One(Vec<&'a str>),
    Many { values: Vec<&'a str>, may_be_empty: bool },
    Text,
    Number { minimum: Option<i64>, maximum: Option<i64> },
    Date,
}

impl<'a> From<&'a QuestionKind> for Shape<'a> {
    fn from(kind: &'a QuestionKind) -> Self {
        let values = kind.choices().iter().map(|choice| choice.value.as_str()).collect();
        match kind {
            QuestionKind::Choice { .. } => Self::One(values),
            QuestionKind::Choices { .. } => Self::Many { values, may_be_empty: false },
            QuestionKind::Text { .. } => Self::Text,
            QuestionKind::Number { minimum, maximum, .. } => Self::Number { minimum: *minimum, maximum: *maximum },
            QuestionKind::Date => Self::Date,
        }
    }
}

impl From<FactKind> for Shape<'static> {
    fn from(kind: FactKind) -> Self {
        match kind {
            FactKind::Bool => Self::Bool,
            FactKind::Choice(values) => Self::One(values.to_vec()),
            FactKind::Text => Self::Text,
            FactKind::Number => Self::Number { minimum: None, maximum: None },
            FactKind::Date => Self::Date,
            FactKind::Set(values) => Self::Many { values: values.to_vec(), may_be_empty: true },
        }
    }
}

impl Shape<'_> {
    /// The values that make a difference to these operators, one for each way in which they can come out.
    pub(crate) fn values(&self, operators: &[&Operator], today: Date) -> Vec<FactValue> {
        let mut seen = Vec::new();
        let mut values = self.candidates(operators, today);
        values.retain(|value| {
            let outcome: Vec<_> = operators.iter().map(|operator| outcome(operator, value, today)).collect();
            let new = !seen.contains(&outcome);
            if new {
                seen.push(outcome);
            }
            new
        });
        values
    }

    fn candidates(&self, operators: &[&Operator], today: Date) -> Vec<FactValue> {
        match self {
            Self::Bool => vec![FactValue::Bool(true), FactValue::Bool(false)],
            Self::One(values) => values.iter().map(|value| FactValue::Choice((*value).to_owned())).collect(),
            Self::Many { values, may_be_empty } => sets(values, operators, *may_be_empty),
            Self::Text => texts(operators),
            Self::Number { minimum, maximum } => numbers(operators, *minimum, *maximum),
            Self::Date => dates(operators, today),
        }
    }
}

fn outcome(operator: &Operator, value: &FactValue, today: Date) -> Option<crate::condition::Truth> {
    let comparison = Comparison { key: Key::Fact(String::new()), operator: operator.clone() };
    comparison.weigh(&Single { value, today })
}

/// A source in which every key has the same value.
struct Single<'a> {
    value: &'a FactValue,
    today: Date,
}

impl Source for Single<'_> {
    fn seen(&self, _: &Key) -> Seen<'_> {
        Seen::Known(Datum::from(self.value))
    }

    fn has_evidence(&self, _: &Key) -> bool {
        true
    }

    fn today(&self) -> Option<Date> {
        Some(self.today)
    }
}

impl<'a> From<&'a FactValue> for Datum<'a> {
    fn from(value: &'a FactValue) -> Self {
        match value {
            FactValue::Bool(value) => Self::Bool(*value),
            FactValue::Choice(value) | FactValue::Text(value) => Self::Text(value),
            FactValue::Number(value) => Self::Number(*value),
            FactValue::Date(value) => Self::Date(*value),
            FactValue::Set(values) => Self::Set(values),
        }
    }
}

fn sets(values: &[&str], operators: &[&Operator], may_be_empty: bool) -> Vec<FactValue> {
    let mut named = BTreeSet::new();
    for operator in operators {
        match operator {
            Operator::Includes(value) => named.extend([value.as_str()]),
            Operator::IncludesAll(values) => named.extend(values.iter().map(String::as_str)),
            _ => {}
        }
    }
    named.retain(|value| values.contains(value));
    // A value that no operator names stands for "something else".
    let other = values.iter().copied().find(|value| !named.contains(value));
    let mut sets: Vec<BTreeSet<&str>> = if named.len() <= COMBINED {
        named.iter().fold(vec![BTreeSet::new()], |sets, value| {
            sets.into_iter().flat_map(|set| [set.clone(), set.into_iter().chain([*value]).collect()]).collect()
        })
    } else {
        let alone = named.iter().map(|value| BTreeSet::from([*value]));
        let all_but_one = named.iter().map(|value| named.iter().copied().filter(|other| other != value).collect());
        alone.chain(all_but_one).chain([BTreeSet::new(), named.clone()]).collect()
    };
    for set in &mut sets {
        if set.is_empty() && !may_be_empty {
            set.extend(other);
        }
    }
    sets.retain(|set| may_be_empty || !set.is_empty());
    sets.into_iter().map(|set| FactValue::Set(set.into_iter().map(str::to_owned).collect())).collect()
}

fn constants<'a>(operators: &[&'a Operator]) -> Vec<&'a Constant> {
    let mut constants = Vec::new();
    for operator in operators {
        match operator {
            Operator::Is(constant) => constants.push(constant),
            Operator::In(list) => constants.extend(list),
            _ => {}
        }
    }
    constants
}

fn texts(operators: &[&Operator]) -> Vec<FactValue> {
    let named = constants(operators).into_iter().map(ToString::to_string);
    // No file can name a text with a control character in it, so this one stands for all others.
    named.chain(["\u{1}".to_owned()]).map(FactValue::Text).collect()
}

fn numbers(operators: &[&Operator], minimum: Option<i64>, maximum: Option<i64>) -> Vec<FactValue> {
    let mut bounds: BTreeSet<i64> =
        [minimum, maximum, Some(minimum.or(maximum).unwrap_or(0))].into_iter().flatten().collect();
    for operator in operators {
        if let Operator::AtLeast(bound) | Operator::AtMost(bound) = operator {
            bounds.insert(*bound);
        }
    }
    bounds.extend(
        constants(operators)
            .into_iter()
            .filter_map(|constant| if let Constant::Number(number) = constant { Some(*number) } else { None }),
    );
    let around: BTreeSet<i64> =
        bounds.into_iter().flat_map(|bound| [bound.saturating_sub(1), bound, bound.saturating_add(1)]).collect();
    let fits = |number: &i64| {
        minimum.is_none_or(|minimum| *number >= minimum) && maximum.is_none_or(|maximum| *number <= maximum)
    };
    around.into_iter().filter(fits).map(FactValue::Number).collect()
}

fn dates(operators: &[&Operator], today: Date) -> Vec<FactValue> {
    let mut bounds = BTreeSet::from([today]);
    for operator in operators {
        match operator {
            Operator::Before(When::On(day)) | Operator::After(When::On(day)) => bounds.extend([*day]),
            Operator::WithinDays(days) => bounds
                .extend([today.saturating_sub(i64::from(*days).days()), today.saturating_add(i64::from(*days).days())]),
            _ => {}
        }
    }
    bounds.extend(
        constants(operators)
            .into_iter()
            .filter_map(|constant| if let Constant::Text(text) = constant { text.parse::<Date>().ok() } else { None }),
    );
    let around: BTreeSet<Date> =
        bounds.into_iter().flat_map(|day| [day.saturating_sub(1.day()), day, day.saturating_add(1.day())]).collect();
    around.into_iter().map(FactValue::Date).collect()
}
