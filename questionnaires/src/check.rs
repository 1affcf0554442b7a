//! What is asked, what is answered, what is missing or wrong in a questionnaire that is being filled in.
//!
//! This module does not know policies or verdicts, and never repeats what was typed. It runs in the browser and on the server alike.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Answers, Value};
use crate::condition::{Datum, Key, Seen, Source, Truth};
use crate::questionnaire::{EvidenceWish, Question, QuestionKind, Questionnaire};

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerProblem {
    /// An answer is required and there is none.
    Unanswered,
    /// The value is of another kind than the question takes.
    WrongKind,
    /// A choice that the question does not have.
    UnknownChoice,
    /// Nothing is chosen where one or more choices are due.
    NothingChosen,
    /// The text is blank.
    BlankText,
    /// The text is longer than allowed.
    TooLong {
        /// Longest allowed text, in Unicode scalar values.
        max_characters: u32,
    },
    /// The number is smaller than allowed.
    TooSmall {
        /// Smallest allowed value.
        minimum: i64,
    },
    /// The number is larger than allowed.
    TooLarge {
        /// Largest allowed value.
        maximum: i64,
    },
    /// "Not applicable" is not an answer to this question.
    NotApplicableNotAllowed,
    /// "Not disclosed" is not an answer to this question.
    UndisclosedNotAllowed,
    /// "Not applicable" and "not disclosed" need a reason.
    ReasonMissing,
    /// The answer needs a file.
    EvidenceMissing,
}

/// How far a section is filled in. Only required questions that are asked count.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SectionProgress {
    /// Id of the section.
    pub section_id: String,
    /// Required questions asked and answered without a problem (0–`asked`).
    pub answered: u16,
    /// Required questions asked.
    pub asked: u16,
}

/// Longest reason of a "not applicable" or "undisclosed", in characters.
pub const MAX_REASON_CHARACTERS: u32 = 1000;

/// A question that keeps a questionnaire from being submitted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Missing {
    /// Id of the section.
    pub section_id: String,
    /// Key of the question.
    pub key: String,
    /// The number a person sees, such as `4-2`.
    pub number: String,
    /// Why; never empty.
    pub problems: Vec<AnswerProblem>,
}

/// Everything that is wrong with an answer; nothing for an optional question without one.
#[must_use]
pub fn check_answer(question: &Question, answer: Option<&Answer>, has_evidence: bool) -> Vec<AnswerProblem> {
    let Some(answer) = answer else {
        return if question.required { vec![AnswerProblem::Unanswered] } else { Vec::new() };
    };
    let mut problems = Vec::new();
    match answer {
        Answer::Given(value) => {
            problems.extend(check_value(&question.kind, value));
            if question.evidence == EvidenceWish::Required && !has_evidence {
                problems.push(AnswerProblem::EvidenceMissing);
            }
        }
        Answer::NotApplicable { reason, .. } => {
            problems.extend((!question.may_be_not_applicable).then_some(AnswerProblem::NotApplicableNotAllowed));
            problems.extend(check_reason(reason));
        }
        Answer::Undisclosed { reason } => {
            problems.extend((!question.may_be_undisclosed).then_some(AnswerProblem::UndisclosedNotAllowed));
            problems.extend(check_reason(reason));
        }
    }
    problems
}

/// What is wrong with the reason of a "not applicable" or "undisclosed", if anything.
fn check_reason(reason: &str) -> Option<AnswerProblem> {
    match reason.chars().count() {
        _ if reason.trim().is_empty() => Some(AnswerProblem::ReasonMissing),
        length if length > MAX_REASON_CHARACTERS as usize => {
            Some(AnswerProblem::TooLong { max_characters: MAX_REASON_CHARACTERS })
        }
        _ => None,
    }
}

/// What is wrong with a value, if anything. The evaluator treats a wrong value as Unknown.
#[must_use]
pub fn check_value(kind: &QuestionKind, value: &Value) -> Option<AnswerProblem> {
    let known = |value: &str| kind.choices().iter().any(|choice| choice.value == value);
    match (kind, value) {
        (QuestionKind::Choice { .. }, Value::Choice(value)) => (!known(value)).then_some(AnswerProblem::UnknownChoice),
        (QuestionKind::Choices { .. }, Value::Choices(values)) if values.is_empty() => {
            Some(AnswerProblem::NothingChosen)
        }
        (QuestionKind::Choices { .. }, Value::Choices(values)) => {
            (!values.iter().all(|value| known(value))).then_some(AnswerProblem::UnknownChoice)
        }
        (QuestionKind::Text { .. }, Value::Text(text)) if text.trim().is_empty() => Some(AnswerProblem::BlankText),
        (QuestionKind::Text { max_characters }, Value::Text(text)) => {
            let fits = u32::try_from(text.chars().count()).is_ok_and(|length| length <= *max_characters);
            (!fits).then_some(AnswerProblem::TooLong { max_characters: *max_characters })
        }
        (QuestionKind::Number { minimum, maximum, .. }, Value::Number(number)) => {
            let small = minimum.filter(|minimum| number < minimum).map(|minimum| AnswerProblem::TooSmall { minimum });
            small.or_else(|| {
                maximum.filter(|maximum| number > maximum).map(|maximum| AnswerProblem::TooLarge { maximum })
            })
        }
        (QuestionKind::Date, Value::Date(_)) => None,
        _ => Some(AnswerProblem::WrongKind),
    }
}

/// Whether a question is shown, as far as its own condition says. It takes the answers as they are; what stands hidden behind
/// several conditions is found by [`asked`].
#[must_use]
pub fn shown(question: &Question, answers: &Answers) -> Truth {
    shown_by(question, &Given { answers, among: None })
}

/// Whether a question is asked: its condition is True, or it has none.
#[must_use]
pub fn is_asked(question: &Question, answers: &Answers) -> bool {
    shown(question, answers) == Truth::True
}

/// The keys of the questions that are asked, in order of display. An answer counts in a later question's condition only if its own question is
/// asked and its value is right, so what stands behind a hidden question is hidden too.
#[must_use]
pub fn asked<'q>(questionnaire: &'q Questionnaire, answers: &Answers) -> Vec<&'q str> {
    asked_among(questionnaire.questions(), answers)
}

/// The same among some questions, in order of display; those that their conditions read are among them.
#[must_use]
pub fn asked_among<'q>(questions: impl IntoIterator<Item = &'q Question>, answers: &Answers) -> Vec<&'q str> {
    let mut order = Vec::new();
    let mut source = Given { answers, among: Some(BTreeSet::new()) };
    for question in questions {
        if shown_by(question, &source) != Truth::True {
            continue;
        }
        order.push(question.key.as_str());
        if let (Some(among), true) = (&mut source.among, is_right(question, answers.answers.get(&question.key))) {
            among.insert(question.key.as_str());
        }
    }
    order
}

/// How far every section is filled in, in order of display.
#[must_use]
pub fn progress(questionnaire: &Questionnaire, answers: &Answers) -> Vec<SectionProgress> {
    let asked: BTreeSet<_> = asked(questionnaire, answers).into_iter().collect();
    let progress = questionnaire.sections.iter().map(|section| {
        let due =
            || section.questions.iter().filter(|question| question.required && asked.contains(question.key.as_str()));
        let done = due().filter(|question| problems_of(question, answers).is_empty());
        let number = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        SectionProgress { section_id: section.id.clone(), answered: number(done.count()), asked: number(due().count()) }
    });
    progress.collect()
}

/// The asked questions that keep the questionnaire from being submitted: required and unanswered, lacking required evidence, or wrong.
#[must_use]
pub fn missing(questionnaire: &Questionnaire, answers: &Answers) -> Vec<Missing> {
    let asked: BTreeSet<_> = asked(questionnaire, answers).into_iter().collect();
    let mut missing = Vec::new();
    for (section_number, section) in (1..).zip(&questionnaire.sections) {
        for (number, question) in (1..).zip(&section.questions) {
            let problems = problems_of(question, answers);
            if asked.contains(question.key.as_str()) && !problems.is_empty() {
                missing.push(Missing {
                    section_id: section.id.clone(),
                    key: question.key.clone(),
                    number: number_text(section_number, number),
                    problems,
                });
            }
        }
    }
    missing
}

fn number_text(section: i32, question: i32) -> String {
    format!("{section}-{question}")
}

fn problems_of(question: &Question, answers: &Answers) -> Vec<AnswerProblem> {
    check_answer(question, answers.answers.get(&question.key), answers.has_evidence(&question.key))
}

/// Whether the evaluator may rely on the answer: a value that fits, or a "not applicable" where the question allows one.
pub(crate) fn is_right(question: &Question, answer: Option<&Answer>) -> bool {
    match answer {
        Some(Answer::Given(value)) => check_value(&question.kind, value).is_none(),
        Some(Answer::NotApplicable { .. }) => question.may_be_not_applicable,
        Some(Answer::Undisclosed { .. }) | None => true,
    }
}

fn shown_by(question: &Question, source: &Given<'_>) -> Truth {
    question.shown_when.as_ref().map_or(Truth::True, |condition| condition.weigh(source).unwrap_or(Truth::Unknown))
}

/// Answers alone, without facts and without a day.
struct Given<'a> {
    answers: &'a Answers,
    /// Only these keys count, if given.
    among: Option<BTreeSet<&'a str>>,
}

impl Given<'_> {
    fn counts(&self, key: &str) -> bool {
        self.among.as_ref().is_none_or(|among| among.contains(key))
    }
}

impl Source for Given<'_> {
    fn seen(&self, key: &Key) -> Seen<'_> {
        match key {
            Key::Answer(key) if self.counts(key) => seen(self.answers.answers.get(key)),
            _ => Seen::Unknown,
        }
    }

    fn has_evidence(&self, key: &Key) -> bool {
        matches!(key, Key::Answer(key) if self.counts(key) && self.answers.has_evidence(key))
    }

    fn today(&self) -> Option<Date> {
        None
    }
}

/// What an answer lets a condition see.
pub(crate) fn seen(answer: Option<&Answer>) -> Seen<'_> {
    match answer {
        Some(Answer::Given(value)) => Seen::Known(match value {
            Value::Choice(value) | Value::Text(value) => Datum::Text(value),
            Value::Choices(values) => Datum::Set(values),
            Value::Number(number) => Datum::Number(*number),
            Value::Date(date) => Datum::Date(*date),
        }),
        Some(Answer::NotApplicable { accepted: true, .. }) => Seen::Dropped,
        Some(Answer::NotApplicable { accepted: false, .. } | Answer::Undisclosed { .. }) | None => Seen::Unknown,
    }
}

#[cfg(test)]
mod tests;
