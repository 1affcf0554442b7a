//! Which keys are read, and which values of them are told apart.
//!
//! It does not know conditions or answers.

use std::collections::{BTreeMap, HashMap};

use super::program::Program;
use crate::condition::Key;
use crate::fact::{FactKind, fact_path};
use crate::questionnaire::{Choice, Question, QuestionKind, Questionnaire};

/// Values told apart in one slot: the bits of a mask. A key with more has several slots.
const VALUES: usize = 64;

/// The slot of what a condition may not look at: nothing is ever known there.
pub(super) const NOWHERE: u32 = 0;

/// How a key's value is laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Layout {
    /// 0 or 1.
    Bool,
    /// One bit, or none for a value that nothing names.
    One,
    /// A bit for each value it contains.
    Many,
    /// The number.
    Number,
    /// Days since 1970-01-01.
    Date,
}

impl From<&QuestionKind> for Layout {
    fn from(kind: &QuestionKind) -> Self {
        match kind {
            QuestionKind::Choice { .. } | QuestionKind::Text { .. } => Self::One,
            QuestionKind::Choices { .. } => Self::Many,
            QuestionKind::Number { .. } => Self::Number,
            QuestionKind::Date => Self::Date,
        }
    }
}

impl From<FactKind> for Layout {
    fn from(kind: FactKind) -> Self {
        match kind {
            FactKind::Bool => Self::Bool,
            FactKind::Choice(_) | FactKind::Text => Self::One,
            FactKind::Set(_) => Self::Many,
            FactKind::Number => Self::Number,
            FactKind::Date => Self::Date,
        }
    }
}

/// The values of one key that one slot tells apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    /// The value of bit 0, of bit 1, and so on.
    pub(super) values: Vec<String>,
}

impl Slot {
    /// The bit of a value; none for one that nothing names.
    pub(super) fn bit(&self, value: &str) -> u64 {
        self.values.iter().position(|known| known == value).map_or(0, |position| 1 << position)
    }
}

/// The slots of a policy and a questionnaire.
#[derive(Clone, Debug)]
pub(super) struct Slots {
    all: Vec<Slot>,
    layouts: HashMap<Key, Layout>,
    /// The slots of each key that is read, in the order of making.
    of_key: HashMap<Key, Vec<u32>>,
    /// The same for questions, by their place in the questionnaire.
    of_question: Vec<Vec<u32>>,
    questions: BTreeMap<String, usize>,
    /// The questions whose files are read.
    files: BTreeMap<String, usize>,
    /// The facts that are read, each with its kind and its slots.
    facts: BTreeMap<String, (FactKind, Vec<u32>)>,
}

/// A question that is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadQuestion {
    /// Its place in the questionnaire.
    pub(super) place: usize,
    /// Which it is of those behind a condition.
    pub(super) behind: Option<usize>,
}

/// What is read, by key, in order: to be walked beside what is given.
#[derive(Clone, Debug)]
pub(super) struct Read {
    /// Questions.
    pub(super) questions: Vec<(String, ReadQuestion)>,
    /// Questions whose files are read.
    pub(super) files: Vec<(String, ReadQuestion)>,
    /// The questions behind a condition, in order of display: place, and the condition.
    pub(super) behind: Vec<(usize, Program)>,
    /// Facts, each with its kind and its slots.
    pub(super) facts: Vec<(String, (FactKind, Vec<u32>))>,
    /// By a question's place in the questionnaire: the bit of each of its choices; empty where it has none, or more slots than one.
    pub(super) choices: Vec<Vec<u64>>,
}

impl Slots {
    pub(super) fn new(questionnaire: &Questionnaire) -> Self {
        let questions: BTreeMap<_, _> =
            questionnaire.questions().enumerate().map(|(place, question)| (question.key.clone(), place)).collect();
        let layouts = questionnaire
            .questions()
            .map(|question| (Key::Answer(question.key.clone()), Layout::from(&question.kind)))
            .collect();
        Self {
            all: vec![Slot::default()],
            layouts,
            of_key: HashMap::new(),
            of_question: vec![Vec::new(); questions.len()],
            questions,
            files: BTreeMap::new(),
            facts: BTreeMap::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn slot(&self, index: u32) -> Option<&Slot> {
        self.all.get(index as usize)
    }

    /// The slots of the question at this place of the questionnaire.
    pub(super) fn of_question(&self, place: usize) -> &[u32] {
        self.of_question.get(place).map_or(&[], Vec::as_slice)
    }

    /// What the conditions compiled so far read.
    pub(super) fn read(&self, questionnaire: &Questionnaire, shown_when: &[Option<Program>]) -> Read {
        let behind: Vec<_> = shown_when
            .iter()
            .enumerate()
            .filter_map(|(place, program)| Some((place, (*program)?)))
            .filter(|(place, _)| !self.of_question(*place).is_empty())
            .collect();
        let read = |(key, place): (&String, &usize)| {
            let behind = behind.iter().position(|(behind, _)| behind == place);
            (key.clone(), ReadQuestion { place: *place, behind })
        };
        let bits = |(place, question): (usize, &Question)| match self.of_question(place) {
            [index] => {
                let slot = self.slot(*index);
                let bit = |choice: &Choice| slot.map_or(0, |slot| slot.bit(&choice.value));
                question.kind.choices().iter().map(bit).collect()
            }
            _ => Vec::new(),
        };
        let questions = self.questions.iter().filter(|(_, place)| !self.of_question(**place).is_empty());
        Read {
            questions: questions.map(read).collect(),
            files: self.files.iter().map(read).collect(),
            facts: self.facts.clone().into_iter().collect(),
            choices: questionnaire.questions().enumerate().map(bits).collect(),
            behind,
        }
    }

    /// Notes that a condition reads the files of a key.
    pub(super) fn read_files(&mut self, key: &Key) {
        if let Key::Answer(key) = key
            && let Some(place) = self.place(key)
        {
            self.files.insert(key.clone(), place);
        }
    }

    /// The slots of a key.
    pub(super) fn of_key(&self, key: &Key) -> &[u32] {
        self.of_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// How a key is laid out; none if nothing can be known of it.
    pub(super) fn layout(&self, key: &Key) -> Option<Layout> {
        match key {
            Key::Answer(_) => self.layouts.get(key).copied(),
            Key::Fact(path) => fact_path(path).map(|row| Layout::from(row.kind)),
        }
    }

    /// Where in the questionnaire a question stands.
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.questions.get(key).copied()
    }

    /// The first slot of a key, made if it is not there.
    pub(super) fn first(&mut self, key: &Key) -> u32 {
        match self.of_key(key).first() {
            Some(slot) => *slot,
            None => self.add(key),
        }
    }

    /// The slot and the bit of a value, made if they are not there.
    pub(super) fn bit(&mut self, key: &Key, value: &str) -> (u32, u64) {
        let first = self.first(key);
        let slots = self.of_key(key).to_vec();
        let known =
            slots.iter().find_map(|index| Some((*index, self.slot(*index)?.bit(value))).filter(|(_, bit)| *bit != 0));
        known.unwrap_or_else(|| {
            let last = slots.last().copied().unwrap_or(first);
            let is_full = self.slot(last).is_some_and(|slot| slot.values.len() == VALUES);
            let index = if is_full { self.add(key) } else { last };
            let Some(slot) = self.all.get_mut(index as usize) else { return (NOWHERE, 0) };
            slot.values.push(value.to_owned());
            (index, slot.bit(value))
        })
    }

    fn add(&mut self, key: &Key) -> u32 {
        let index = u32::try_from(self.all.len()).unwrap_or(NOWHERE);
        self.all.push(Slot::default());
        let slots = self.of_key.entry(key.clone()).or_default();
        slots.push(index);
        match key {
            Key::Answer(answer) => {
                if let Some(of_question) = self.questions.get(answer).and_then(|place| self.of_question.get_mut(*place))
                {
                    of_question.push(index);
                }
            }
            Key::Fact(path) => {
                if let Some(row) = fact_path(path) {
                    self.facts.entry(path.clone()).or_insert_with(|| (row.kind, Vec::new())).1.push(index);
                }
            }
        }
        index
    }
}
