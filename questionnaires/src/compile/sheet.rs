//! One assessment's answers, facts and overrides, laid out by slot.
//!
//! It does not know requirements' conditions.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Compiled;
use super::program::Program;
use super::slots::{Slot, Slots};
use crate::answer::{Answer, Answers, Value};
use crate::check;
use crate::condition::Truth;
use crate::evaluate::Verdict;
use crate::fact::{FactValue, Facts};
use crate::questionnaire::QuestionKind;

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
    /// The bits of a choice, a text or a set; or a number, a day, 0 and 1, as the bits of an `i64`.
    Known(u64),
}

impl Seen {
    fn number(number: i64) -> Self {
        Self::Known(number.cast_unsigned())
    }
}

static NOTHING: Cell = Cell { seen: Seen::Unknown, evidence: false, right_evidence: false };

impl Sheet {
    #[inline]
    pub(super) fn cell(&self, slot: u32) -> &Cell {
        self.cells.get(slot as usize).unwrap_or(&NOTHING)
    }

    /// Whether the question at this place of the questionnaire is asked, if a condition reads it.
    pub(super) fn is_asked(&self, place: usize) -> bool {
        self.asked.get(place).copied().unwrap_or(false)
    }

    /// Puts a cell in place of another, which is returned.
    pub(super) fn replace(&mut self, slot: u32, cell: Cell) -> Cell {
        self.cells.get_mut(slot as usize).map_or(cell, |place| std::mem::replace(place, cell))
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

/// A fact's value as a slot holds it.
pub(super) fn seen_of_fact(value: &FactValue, slot: &Slot) -> Seen {
    match value {
        FactValue::Bool(value) => Seen::number(i64::from(*value)),
        FactValue::Choice(value) | FactValue::Text(value) => Seen::Known(slot.bit(value)),
        FactValue::Number(number) => Seen::number(*number),
        FactValue::Date(day) => Seen::number(days(*day)),
        FactValue::Set(values) => Seen::Known(values.iter().fold(0, |bits, value| bits | slot.bit(value))),
    }
}

/// An answer's value as a slot holds it; the value is right.
fn seen_of_value(value: &Value, slot: &Slot) -> Seen {
    match value {
        Value::Choice(value) | Value::Text(value) => Seen::Known(slot.bit(value)),
        Value::Choices(values) => Seen::Known(values.iter().fold(0, |bits, value| bits | slot.bit(value))),
        Value::Number(number) => Seen::number(*number),
        Value::Date(day) => Seen::number(days(*day)),
    }
}

/// The bits of what is chosen, by the bit of each choice; none if the value is wrong. One search finds both.
fn chosen(value: &Value, kind: &QuestionKind, bits: &[u64]) -> Option<u64> {
    let bit = |value: &String| {
        let position = kind.choices().iter().position(|choice| choice.value == *value)?;
        bits.get(position).copied()
    };
    match (kind, value) {
        (QuestionKind::Choice { .. }, Value::Choice(value)) => bit(value),
        (QuestionKind::Choices { .. }, Value::Choices(values)) if !values.is_empty() => {
            values.iter().try_fold(0, |bits, value| Some(bits | bit(value)?))
        }
        _ => None,
    }
}

fn seen_of_answer(answer: Option<&Answer>, slot: &Slot) -> Seen {
    match answer {
        Some(Answer::Given(value)) => seen_of_value(value, slot),
        Some(Answer::NotApplicable { accepted: true, .. }) => Seen::Dropped,
        Some(Answer::NotApplicable { accepted: false, .. } | Answer::Undisclosed { .. }) | None => Seen::Unknown,
    }
}

/// Walks a list of keys in order and a map beside each other: one comparison a step where looking each key up would take several.
fn in_both<'m, A, B>(one: &'m [(String, A)], other: &'m BTreeMap<String, B>, mut found: impl FnMut(&'m A, &'m B)) {
    let (mut one, mut other) = (one.iter(), other.iter());
    let (mut left, mut right) = (one.next(), other.next());
    while let (Some((left_key, left_value)), Some((right_key, right_value))) = (left, right) {
        match left_key.cmp(right_key) {
            Ordering::Less => left = one.next(),
            Ordering::Greater => right = other.next(),
            Ordering::Equal => {
                found(left_value, right_value);
                (left, right) = (one.next(), other.next());
            }
        }
    }
}

impl Compiled {
    /// Lays an assessment out for a day.
    #[must_use]
    pub fn lay_out(&self, answers: &Answers, facts: &Facts, today: Date) -> Sheet {
        let mut sheet = Sheet { overrides: self.overrides(answers, today), today: days(today), ..self.blank.clone() };
        in_both(&self.read.facts, &facts.0, |(kind, slots), value| {
            for index in slots.iter().filter(|_| value.fits(*kind)) {
                if let Some(slot) = self.slots.slot(*index) {
                    sheet.replace(*index, Cell { seen: seen_of_fact(value, slot), ..NOTHING });
                }
            }
        });
        // What is always asked is filled in as it comes by; what stands behind a condition waits until everything before it is there.
        let mut waiting: Vec<(Option<&Answer>, bool)> = vec![(None, false); self.read.behind.len()];
        in_both(&self.read.files, &answers.evidence, |question, files| match question.behind {
            _ if files.is_empty() => {}
            Some(number) => waiting.get_mut(number).into_iter().for_each(|waiting| waiting.1 = true),
            None => self.fill(&mut sheet, question.place, None, true),
        });
        in_both(&self.read.questions, &answers.answers, |question, answer| match question.behind {
            Some(number) => waiting.get_mut(number).into_iter().for_each(|waiting| waiting.0 = Some(answer)),
            None => {
                let first = self.slots.of_question(question.place).first();
                let evidence = first.is_some_and(|slot| sheet.cell(*slot).evidence);
                self.fill(&mut sheet, question.place, Some(answer), evidence);
            }
        });
        for ((place, shown_when), (answer, evidence)) in self.read.behind.iter().zip(waiting) {
            if self.programs.weigh(*shown_when, &sheet) == Some(Truth::True) {
                if let Some(asked) = sheet.asked.get_mut(*place) {
                    *asked = true;
                }
                self.fill(&mut sheet, *place, answer, evidence);
            }
        }
        sheet
    }

    /// The sheet before anything is known: what is always asked is asked.
    pub(super) fn blank(slots: &Slots, questions: &[Option<Program>]) -> Sheet {
        let asked = questions.iter().enumerate();
        let asked = asked.map(|(place, shown_when)| shown_when.is_none() && !slots.of_question(place).is_empty());
        Sheet { cells: vec![NOTHING; slots.len()], asked: asked.collect(), overrides: Vec::new(), today: 0 }
    }

    /// Fills the slots of a question that is asked.
    fn fill(&self, sheet: &mut Sheet, place: usize, answer: Option<&Answer>, evidence: bool) {
        let Some(question) = self.question(place) else { return };
        let slots = self.slots.of_question(place);
        if let (Some(Answer::Given(value)), [index], Some(bits)) = (answer, slots, self.read.choices.get(place))
            && !bits.is_empty()
        {
            let seen = chosen(value, &question.kind, bits);
            let is_right = seen.is_some();
            let seen = seen.map_or(Seen::Unknown, Seen::Known);
            sheet.replace(*index, Cell { seen, evidence, right_evidence: evidence && is_right });
            return;
        }
        let is_right = check::is_right(question, answer);
        let answer = answer.filter(|_| is_right);
        for index in slots {
            if let Some(slot) = self.slots.slot(*index) {
                let seen = seen_of_answer(answer, slot);
                sheet.replace(*index, Cell { seen, evidence, right_evidence: evidence && is_right });
            }
        }
    }

    fn overrides(&self, answers: &Answers, today: Date) -> Vec<(usize, Verdict)> {
        if answers.overrides.is_empty() {
            return Vec::new();
        }
        let requirements = self.policy.requirements.iter().enumerate();
        requirements.filter_map(|(place, one)| Some((place, answers.override_of(&one.id, today)?.verdict))).collect()
    }
}
