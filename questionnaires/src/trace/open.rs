//! The smallest set of unknown keys that could settle a verdict.
//!
//! It does not know what any of them would cost to find out.
//!
//! # Algorithm
//! The unknown keys are those with a comparison that comes out Unknown in the requirement's conditions, in the order in which they are
//! written. Sets of one key are tried first, then of two, and so on; of each key only the values that make a difference are tried (see
//! `domain`). The first set for which some values give a verdict is the answer, so it is a smallest one, and always the same one.
//!
//! # Bound
//! At most [`TRIES`] combinations are weighed for one requirement. If that does not suffice, all unknown keys are given instead.

use jiff::civil::Date;

use crate::condition::{Comparison, Datum, Key, Operator, Seen, Source, Truth};
use crate::evaluate::{Look, Verdict, Weighing};
use crate::fact::FactValue;
use crate::policy::Requirement;

/// Combinations weighed for one requirement; enough for four keys of ten values.
pub(crate) const TRIES: u32 = 12_000;

/// What a key could turn out to be: a value (none: what is already known) and whether a file would be attached.
#[derive(Clone, Debug)]
struct State {
    value: Option<FactValue>,
    evidence: bool,
}

/// The keys, as `answer:…` or `fact:…`; empty when the verdict is settled.
pub(crate) fn open(requirement: &Requirement, look: &Look<'_>) -> Vec<String> {
    let comparisons: Vec<&Comparison> =
        requirement.conditions().flat_map(|condition| condition.comparisons()).collect();
    let mut keys: Vec<&Key> = Vec::new();
    for comparison in comparisons.iter().filter(|comparison| comparison.weigh(look) == Some(Truth::Unknown)) {
        if !keys.contains(&&comparison.key) {
            keys.push(&comparison.key);
        }
    }
    let states = keys.iter().map(|key| states(key, &comparisons, look)).collect();
    let mut search = Search { requirement, look, keys: &keys, states, tries: 0, assigned: Vec::new() };
    let found = (1..=keys.len()).find(|size| search.settles(0, *size));
    match found {
        Some(_) if search.tries <= TRIES => search.assigned.into_iter().map(|(key, _)| key.to_string()).collect(),
        _ => keys.into_iter().map(ToString::to_string).collect(),
    }
}

fn states(key: &Key, comparisons: &[&Comparison], look: &Look<'_>) -> Vec<State> {
    let operators: Vec<&Operator> =
        comparisons.iter().filter(|comparison| comparison.key == *key).map(|comparison| &comparison.operator).collect();
    let evidence = look.has_evidence(key);
    let values = match look.seen(key) {
        Seen::Unknown => look
            .shape(key)
            .map(|shape| shape.values(&operators, look.day()))
            .unwrap_or_default()
            .into_iter()
            .map(Some)
            .collect(),
        Seen::Known(_) | Seen::Dropped => vec![None],
    };
    let mut states: Vec<State> = values.iter().map(|value| State { value: value.clone(), evidence }).collect();
    if !evidence && operators.contains(&&Operator::HasEvidence) {
        // A file may also come without anything else becoming known.
        states.extend(values.into_iter().chain([None]).map(|value| State { value, evidence: true }));
    }
    states
}

struct Search<'a> {
    requirement: &'a Requirement,
    look: &'a Look<'a>,
    keys: &'a [&'a Key],
    states: Vec<Vec<State>>,
    tries: u32,
    assigned: Vec<(&'a Key, State)>,
}

impl Search<'_> {
    /// Whether some `more` keys from `from` on settle the verdict, beside those assigned. Leaves the assignment that does.
    fn settles(&mut self, from: usize, more: usize) -> bool {
        if more == 0 {
            self.tries = self.tries.saturating_add(1);
            return Weighing::of(self.requirement, &*self).verdict() != Verdict::Unconfirmed;
        }
        for index in from..self.keys.len() {
            let (Some(key), Some(states)) = (self.keys.get(index), self.states.get(index).cloned()) else {
                continue;
            };
            for state in states {
                if self.tries > TRIES {
                    return false;
                }
                self.assigned.push((key, state));
                if self.settles(index.saturating_add(1), more.saturating_sub(1)) {
                    return true;
                }
                self.assigned.pop();
            }
        }
        false
    }

    fn assigned(&self, key: &Key) -> Option<&State> {
        self.assigned.iter().find(|(assigned, _)| *assigned == key).map(|(_, state)| state)
    }
}

impl Source for Search<'_> {
    fn seen(&self, key: &Key) -> Seen<'_> {
        match self.assigned(key) {
            Some(State { value: Some(value), .. }) => Seen::Known(Datum::from(value)),
            _ => self.look.seen(key),
        }
    }

    fn has_evidence(&self, key: &Key) -> bool {
        self.assigned(key).map_or_else(|| self.look.has_evidence(key), |state| state.evidence)
    }

    fn today(&self) -> Option<Date> {
        self.look.today()
    }
}
