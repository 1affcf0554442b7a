//! The trace over compiled conditions. What a reason says and what counts as a smallest set is told in [`crate::trace`].
//!
//! Conditions are walked beside their operations: the tree gives the words, the operations the truths.

use jiff::civil::Date;

use super::program::{Program, Programs};
use super::sheet::{Cell, Seen, Sheet, seen_of_fact};
use super::{Compiled, CompiledRequirement};
use crate::answer::{Answer, Answers, Value};
use crate::condition::{Comparison, Condition, Key, Operator, Truth};
use crate::domain::Shape;
use crate::evaluate::{Verdict, Weighing};
use crate::fact::{FactValue, Facts, fact_path};
use crate::policy::Requirement;
use crate::trace::{Observed, Reason, TRIES};

/// A comparison with the place of its operation and its truth.
type Weighed<'c> = (&'c Comparison, Option<Truth>);

impl Compiled {
    /// The comparisons that decided a requirement's verdict.
    pub(super) fn reasons(
        &self,
        requirement: &Requirement,
        compiled: &CompiledRequirement,
        weighing: Weighing,
        sheet: &Sheet,
        given: (&Answers, &Facts),
    ) -> Vec<Reason> {
        let mut found = Vec::new();
        if weighing.applies == Some(Truth::True) {
            self.decisive(&requirement.met_when, compiled.met, sheet, &mut found);
            if let (Some(Truth::False), Some(partly), Some(program)) =
                (weighing.met, &requirement.partly_when, compiled.partly)
            {
                self.decisive(partly, program, sheet, &mut found);
            }
        } else if let (Some(applies), Some(program)) = (&requirement.applies_when, self.gate(compiled)) {
            self.decisive(applies, program, sheet, &mut found);
        }
        let mut reasons: Vec<Reason> = Vec::new();
        for (comparison, truth) in found {
            let reason = Reason {
                key: comparison.key.to_string(),
                observed: self.observe(comparison, sheet, given),
                expected: comparison.operator.to_string(),
                truth: truth.unwrap_or(Truth::Unknown),
            };
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }

    fn decisive<'c>(&self, condition: &'c Condition, at: Program, sheet: &Sheet, found: &mut Vec<Weighed<'c>>) {
        let outcome = self.programs.weigh(at, sheet);
        if let Condition::Compare(comparison) = condition {
            found.push((comparison, outcome));
            return;
        }
        let mut part = Programs::first_part(at);
        for child in condition.children() {
            if matches!(condition, Condition::Not(_)) || self.programs.weigh(part, sheet) == outcome {
                self.decisive(child, part, sheet, found);
            }
            part = self.programs.after(part);
        }
    }

    /// What the trace says there was.
    fn observe(&self, comparison: &Comparison, sheet: &Sheet, (answers, facts): (&Answers, &Facts)) -> Observed {
        let key = match &comparison.key {
            Key::Fact(path) => return facts.0.get(path).map_or(Observed::Nothing, Observed::from),
            Key::Answer(key) => key,
        };
        if self.slots.place(key).is_some_and(|place| !sheet.is_asked(place)) {
            return Observed::Text("not_asked".to_owned());
        }
        let asks_for_evidence = comparison.operator == Operator::HasEvidence;
        match (answers.answers.get(key), answers.evidence.get(key)) {
            (_, Some(files)) if asks_for_evidence && !files.is_empty() => {
                Observed::Set(files.iter().cloned().collect())
            }
            (Some(Answer::NotApplicable { .. }), _) => Observed::Text("not_applicable".to_owned()),
            (Some(Answer::Undisclosed { .. }), _) => Observed::Text("undisclosed".to_owned()),
            (Some(Answer::Given(_)), _) if asks_for_evidence => Observed::Nothing,
            (Some(Answer::Given(value)), _) => match value {
                Value::Choice(value) | Value::Text(value) => Observed::Text(value.clone()),
                Value::Choices(values) => Observed::Set(values.clone()),
                Value::Number(number) => Observed::Number(*number),
                Value::Date(day) => Observed::Text(day.to_string()),
            },
            (None, _) => Observed::Nothing,
        }
    }

    /// A smallest set of unknown keys that could settle the verdict. The sheet is left as it was.
    pub(super) fn open(
        &self,
        requirement: &Requirement,
        compiled: &CompiledRequirement,
        sheet: &mut Sheet,
        today: Date,
    ) -> Vec<String> {
        let mut comparisons = Vec::new();
        let programs = [self.gate(compiled), Some(compiled.met), compiled.partly].into_iter().flatten();
        for (condition, program) in requirement.conditions().zip(programs) {
            self.weighed(condition, program, sheet, &mut comparisons);
        }
        let mut keys: Vec<&Key> = Vec::new();
        for (comparison, truth) in &comparisons {
            if *truth == Some(Truth::Unknown) && !keys.contains(&&comparison.key) {
                keys.push(&comparison.key);
            }
        }
        let states = keys.iter().map(|key| self.states(key, &comparisons, sheet, today)).collect();
        let mut search = Search { compiled: self, requirement: compiled, sheet, states, tries: 0, chosen: Vec::new() };
        let found = (1..=keys.len()).any(|size| search.settles(0, size));
        let chosen = search.chosen;
        if found && search.tries <= TRIES {
            chosen.into_iter().filter_map(|index| Some(keys.get(index)?.to_string())).collect()
        } else {
            keys.into_iter().map(ToString::to_string).collect()
        }
    }

    fn weighed<'c>(&self, condition: &'c Condition, at: Program, sheet: &Sheet, found: &mut Vec<Weighed<'c>>) {
        if let Condition::Compare(comparison) = condition {
            found.push((comparison, self.programs.weigh(at, sheet)));
            return;
        }
        let mut part = Programs::first_part(at);
        for child in condition.children() {
            self.weighed(child, part, sheet, found);
            part = self.programs.after(part);
        }
    }

    /// What a key could turn out to be: its cells, with the slots they belong in.
    fn states(&self, key: &Key, comparisons: &[Weighed<'_>], sheet: &Sheet, today: Date) -> Vec<State> {
        let operators: Vec<&Operator> = comparisons
            .iter()
            .filter(|(comparison, _)| comparison.key == *key)
            .map(|(comparison, _)| &comparison.operator)
            .collect();
        let slots = self.slots.of_key(key);
        let now: State = slots.iter().map(|slot| (*slot, *sheet.cell(*slot))).collect();
        let is_unknown = now.first().is_none_or(|(_, cell)| cell.seen == Seen::Unknown);
        let evidence = now.first().is_some_and(|(_, cell)| cell.evidence);
        let values = match self.shape(key) {
            Some(shape) if is_unknown => shape.values(&operators, today),
            _ => Vec::new(),
        };
        let with = |value: &FactValue, evidence: bool| -> State {
            let cell = |slot: &u32| {
                let seen = self.slots.slot(*slot).map_or(Seen::Unknown, |slot| seen_of_fact(value, slot));
                (*slot, Cell { seen, evidence, right_evidence: evidence })
            };
            slots.iter().map(cell).collect()
        };
        let mut states: Vec<State> = values.iter().map(|value| with(value, evidence)).collect();
        if !is_unknown {
            states.push(now.clone());
        }
        if !evidence && operators.contains(&&Operator::HasEvidence) {
            // A file may also come without anything else becoming known.
            let attached = |state: State| -> State {
                state.into_iter().map(|(slot, cell)| (slot, Cell { evidence: true, ..cell })).collect()
            };
            states.extend(values.iter().map(|value| with(value, true)));
            if !is_unknown {
                states.push(attached(now.clone()));
            }
            states.push(attached(now));
        }
        states
    }

    /// The shape of a key's values, if there is such a key.
    fn shape(&self, key: &Key) -> Option<Shape<'_>> {
        match key {
            Key::Answer(key) => {
                let place = self.slots.place(key)?;
                self.questionnaire.questions().nth(place).map(|question| Shape::from(&question.kind))
            }
            Key::Fact(path) => fact_path(path).map(|row| Shape::from(row.kind)),
        }
    }
}

/// The cells that a key would have.
type State = Vec<(u32, Cell)>;

struct Search<'a> {
    compiled: &'a Compiled,
    requirement: &'a CompiledRequirement,
    sheet: &'a mut Sheet,
    states: Vec<Vec<State>>,
    tries: u32,
    chosen: Vec<usize>,
}

impl Search<'_> {
    /// Whether some `more` keys from `from` on settle the verdict, beside those chosen. Leaves the choice that does; the sheet is as before.
    fn settles(&mut self, from: usize, more: usize) -> bool {
        if more == 0 {
            self.tries = self.tries.saturating_add(1);
            return self.compiled.weighing(self.requirement, self.sheet, &[]).verdict() != Verdict::Unconfirmed;
        }
        for index in from..self.states.len() {
            let states = self.states.get_mut(index).map(std::mem::take).unwrap_or_default();
            let found = states.iter().any(|state| {
                if self.tries > TRIES {
                    return false;
                }
                let before: State =
                    state.iter().map(|(slot, cell)| (*slot, self.sheet.replace(*slot, *cell))).collect();
                self.chosen.push(index);
                let settled = self.settles(index.saturating_add(1), more.saturating_sub(1));
                for (slot, cell) in before {
                    self.sheet.replace(slot, cell);
                }
                if !settled {
                    self.chosen.pop();
                }
                settled
            });
            if let Some(place) = self.states.get_mut(index) {
                *place = states;
            }
            if found {
                return true;
            }
            if self.tries > TRIES {
                return false;
            }
        }
        false
    }
}
