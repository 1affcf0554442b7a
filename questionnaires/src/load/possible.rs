//! Which outcomes a requirement can have at all, by trying every combination of the values that make a difference.
//!
//! It does not know answers. Beyond [`COMBINATIONS`] it says nothing, and the requirement passes for possible.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::condition::{Comparison, Condition, Constant, Datum, Key, Operator, Seen, Source, Truth, When};
use crate::domain::Shape;
use crate::evaluate::Weighing;
use crate::fact::{FactValue, fact_path};
use crate::load::QuestionnaireSource;
use crate::policy::Requirement;
use crate::questionnaire::Question;

/// Most combinations tried for one requirement and day; sixteen yes/no questions.
const COMBINATIONS: usize = 1 << 16;

/// What can happen to a requirement once everything that is asked is known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outcomes {
    /// It can apply.
    pub(super) applies: bool,
    /// It can be met.
    pub(super) met: bool,
    /// It can fail to be met, be it only for want of an answer.
    pub(super) not_met: bool,
    /// It can be partly met.
    pub(super) partly: bool,
}

impl Outcomes {
    const fn all(self) -> bool {
        self.applies && self.met && self.not_met && self.partly
    }
}

/// None when there are too many combinations to try.
pub(super) fn outcomes(requirement: &Requirement, questionnaires: &[QuestionnaireSource]) -> Option<Outcomes> {
    let own: Vec<&Comparison> = requirement.conditions().flat_map(|condition| condition.comparisons()).collect();
    let mut comparisons = own.clone();
    let mut keys: Vec<&Key> = Vec::new();
    let mut index = 0;
    // The questions that decide whether a question is asked belong to the search.
    while let Some(comparison) = comparisons.get(index).copied() {
        index = index.saturating_add(1);
        if keys.contains(&&comparison.key) {
            continue;
        }
        keys.push(&comparison.key);
        if let Some(gate) = question(&comparison.key, questionnaires).and_then(|question| question.shown_when.as_ref())
        {
            comparisons.extend(gate.comparisons());
        }
    }
    // `present` and `has_evidence` have no False side: what they wait for is that something becomes known at all.
    let waits = requirement
        .met_when
        .comparisons()
        .iter()
        .any(|comparison| matches!(comparison.operator, Operator::Present(_) | Operator::HasEvidence));
    let mut outcomes = Outcomes { not_met: waits, partly: requirement.partly_when.is_none(), ..Outcomes::default() };
    for today in days(&comparisons) {
        let mut values = Vec::new();
        for key in &keys {
            values.push(values_of(key, &comparisons, questionnaires, today));
        }
        let combinations =
            values.iter().map(Vec::len).try_fold(1_usize, usize::checked_mul).filter(|count| *count <= COMBINATIONS)?;
        for number in 0..combinations {
            if outcomes.all() {
                return Some(outcomes);
            }
            let world = World { keys: &keys, values: &values, number, questionnaires, today };
            note(&mut outcomes, Weighing::of(requirement, &world));
        }
    }
    Some(outcomes)
}

const fn note(outcomes: &mut Outcomes, weighing: Weighing) {
    if let Some(Truth::True) = weighing.applies {
        outcomes.applies = true;
        match (weighing.met, weighing.partly) {
            (Some(Truth::True), _) => outcomes.met = true,
            (Some(Truth::False), Some(Truth::True)) => (outcomes.not_met, outcomes.partly) = (true, true),
            _ => outcomes.not_met = true,
        }
    }
}

fn question<'q>(key: &Key, questionnaires: &'q [QuestionnaireSource]) -> Option<&'q Question> {
    match key {
        Key::Answer(key) => {
            questionnaires.iter().find_map(|source| source.questionnaire.question(key)).map(|(_, question)| question)
        }
        Key::Fact(_) => None,
    }
}

fn values_of(
    key: &Key,
    comparisons: &[&Comparison],
    questionnaires: &[QuestionnaireSource],
    today: Date,
) -> Vec<FactValue> {
    let operators: Vec<&Operator> =
        comparisons.iter().filter(|comparison| comparison.key == *key).map(|comparison| &comparison.operator).collect();
    let shape = match key {
        Key::Answer(_) => question(key, questionnaires).map(|question| Shape::from(&question.kind)),
        Key::Fact(path) => fact_path(path).map(|row| Shape::from(row.kind)),
    };
    shape.map(|shape| shape.values(&operators, today)).unwrap_or_default()
}

/// The days to try: long before, between and long after the dates that are named, since what holds of them changes with the day.
fn days(comparisons: &[&Comparison]) -> BTreeSet<Date> {
    let mut named = BTreeSet::new();
    for comparison in comparisons {
        match &comparison.operator {
            Operator::Before(When::On(day)) | Operator::After(When::On(day)) => named.extend([*day]),
            Operator::Is(Constant::Text(text)) => named.extend(text.parse::<Date>().ok()),
            _ => {}
        }
    }
    let far = |day: &Date| [day.saturating_sub(100.years()), *day, day.saturating_add(100.years())];
    if named.is_empty() { BTreeSet::from([date(2026, 1, 1)]) } else { named.iter().flat_map(far).collect() }
}

/// One combination of values, with a file attached to every answer.
struct World<'a> {
    keys: &'a [&'a Key],
    values: &'a [Vec<FactValue>],
    /// Which combination, as a number whose digits choose the values.
    number: usize,
    questionnaires: &'a [QuestionnaireSource],
    today: Date,
}

impl World<'_> {
    fn value(&self, key: &Key) -> Option<&FactValue> {
        let mut rest = self.number;
        for (candidate, values) in self.keys.iter().zip(self.values) {
            let digit = rest.checked_rem(values.len())?;
            rest = rest.checked_div(values.len())?;
            if *candidate == key {
                return values.get(digit);
            }
        }
        None
    }

    fn is_asked(&self, key: &Key) -> bool {
        let gate: Option<&Condition> =
            question(key, self.questionnaires).and_then(|question| question.shown_when.as_ref());
        gate.is_none_or(|condition| condition.weigh(self) == Some(Truth::True))
    }
}

impl Source for World<'_> {
    fn seen(&self, key: &Key) -> Seen<'_> {
        match self.value(key) {
            Some(value) if self.is_asked(key) => Seen::Known(Datum::from(value)),
            _ => Seen::Unknown,
        }
    }

    fn has_evidence(&self, key: &Key) -> bool {
        self.is_asked(key)
    }

    fn today(&self) -> Option<Date> {
        Some(self.today)
    }
}
