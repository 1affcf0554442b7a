//! One assessment's answers, facts and overrides, laid out by slot.
//!
//! It does not know requirements' conditions.

use jiff::civil::Date;

use super::Compiled;
use super::slots::Slot;
use crate::answer::{Answer, Answers, Value};
use crate::check;
use crate::condition::Truth;
use crate::evaluate::Verdict;
use crate::fact::{FactValue, Facts, fact_path};

/// Answers, facts and overrides of one assessment on one day, as a [`Compiled`] policy reads them. It fits no other.
#[derive(Clone, Debug)]
pub struct Sheet {
    cells: Vec<Cell>,
    /// By a question's place in the questionnaire; of those that are read.
    asked: Vec<bool>,
    overrides: Vec<(usize, Verdict)>,
    today: i64,
}

/// What there is to see of a key in one slot.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Cell {
    pub(super) seen: Seen,
    /// A file is attached.
    pub(super) evidence: bool,
    /// A file is attached, and the answer beside it is not wrong.
    pub(super) right_evidence: bool,
}

/// What is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Seen {
    Unknown,
    /// Not applicable, accepted by a reviewer.
    Dropped,
    /// A choice, a text or a set.
    Bits(u64),
    /// A number, a day, or 0 and 1.
    Number(i64),
}

const NOTHING: Cell = Cell { seen: Seen::Unknown, evidence: false, right_evidence: false };

impl Sheet {
    pub(super) fn cell(&self, slot: u32) -> Cell {
        self.cells.get(slot as usize).copied().unwrap_or(NOTHING)
    }

    /// Whether the question at this place of the questionnaire is asked, if a condition reads it.
    pub(super) fn is_asked(&self, place: usize) -> bool {
        self.asked.get(place).copied().unwrap_or(false)
    }

    /// Puts a cell in place of another, which is returned.
    pub(super) fn replace(&mut self, slot: u32, cell: Cell) -> Cell {
        self.cells.get_mut(slot as usize).map_or(NOTHING, |place| std::mem::replace(place, cell))
    }

    /// Days since 1970-01-01.
    pub(super) fn today(&self) -> i64 {
        self.today
    }

    /// Requirements by their place in the policy, with the verdict that counts instead of the computed one.
    pub(super) fn overrides(&self) -> impl Iterator<Item = (usize, Verdict)> {
        self.overrides.iter().copied()
    }
}

/// Days since 1970-01-01.
pub(super) fn days(day: Date) -> i64 {
    day.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

/// A value as a slot holds it.
pub(super) fn seen_of_fact(value: &FactValue, slot: &Slot) -> Seen {
    match value {
        FactValue::Bool(value) => Seen::Number(i64::from(*value)),
        FactValue::Choice(value) | FactValue::Text(value) => Seen::Bits(slot.bit(value)),
        FactValue::Number(number) => Seen::Number(*number),
        FactValue::Date(day) => Seen::Number(days(*day)),
        FactValue::Set(values) => Seen::Bits(values.iter().fold(0, |bits, value| bits | slot.bit(value))),
    }
}

fn seen_of_answer(answer: Option<&Answer>, slot: &Slot) -> Seen {
    match answer {
        Some(Answer::Given(value)) => match value {
            Value::Choice(value) | Value::Text(value) => Seen::Bits(slot.bit(value)),
            Value::Choices(values) => Seen::Bits(values.iter().fold(0, |bits, value| bits | slot.bit(value))),
            Value::Number(number) => Seen::Number(*number),
            Value::Date(day) => Seen::Number(days(*day)),
        },
        Some(Answer::NotApplicable { accepted: true, .. }) => Seen::Dropped,
        Some(Answer::NotApplicable { accepted: false, .. } | Answer::Undisclosed { .. }) | None => Seen::Unknown,
    }
}

impl Compiled {
    /// Lays an assessment out for a day.
    #[must_use]
    pub fn lay_out(&self, answers: &Answers, facts: &Facts, today: Date) -> Sheet {
        let mut sheet = Sheet {
            cells: vec![NOTHING; self.slots.len()],
            asked: vec![false; self.questions.len()],
            overrides: self.overrides(answers, today),
            today: days(today),
        };
        for (path, slots) in self.slots.facts() {
            let Some(value) = facts.0.get(path) else { continue };
            if !fact_path(path).is_some_and(|row| value.fits(row.kind)) {
                continue;
            }
            for index in slots {
                if let Some(slot) = self.slots.slot(*index) {
                    sheet.replace(*index, Cell { seen: seen_of_fact(value, slot), ..NOTHING });
                }
            }
        }
        for ((place, question), shown_when) in self.questionnaire.questions().enumerate().zip(&self.questions) {
            let slots = self.slots.of_question(place);
            let is_asked =
                || shown_when.is_none_or(|program| self.programs.weigh(program, &sheet) == Some(Truth::True));
            if slots.is_empty() || !is_asked() {
                continue;
            }
            if let Some(asked) = sheet.asked.get_mut(place) {
                *asked = true;
            }
            let is_right = check::is_right(question, answers);
            let evidence = answers.has_evidence(&question.key);
            let answer = answers.answers.get(&question.key).filter(|_| is_right);
            for index in slots {
                if let Some(slot) = self.slots.slot(*index) {
                    let seen = seen_of_answer(answer, slot);
                    sheet.replace(*index, Cell { seen, evidence, right_evidence: evidence && is_right });
                }
            }
        }
        sheet
    }

    fn overrides(&self, answers: &Answers, today: Date) -> Vec<(usize, Verdict)> {
        if answers.overrides.is_empty() {
            return Vec::new();
        }
        let requirements = self.policy.requirements.iter().enumerate();
        requirements.filter_map(|(place, one)| Some((place, answers.override_of(&one.id, today)?.verdict))).collect()
    }
}
