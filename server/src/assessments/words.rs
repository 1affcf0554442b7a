//! Answers between the form and the evaluator: typed text into values, values into words.

use crate::{
    era,
    store::records::{EvidenceFile, Override},
};
use kakunin_api::answering::{AnswerLine, AnswerWords, Control, EnteredAnswer, EvidenceView, FileWish, QuestionView};
use kakunin_api::normalized;
use kakunin_questionnaires::{
    answer::{self, Answer, Answers, Value},
    check::{self, AnswerProblem},
    questionnaire::{EvidenceWish, Question, QuestionKind, Questionnaire},
    text::Text,
};
use std::collections::BTreeMap;

/// What was typed, as the evaluator takes it; none where nothing was typed or it cannot be read.
#[must_use]
pub fn answer_of(question: &Question, entered: &EnteredAnswer) -> Option<Answer> {
    entered.answer(question, |text| normalized::tidy(text).parse().ok(), |text| era::parse(text).ok())
}

/// Everything typed, attached and overridden, as the evaluator takes it.
#[must_use]
pub fn answers_of(
    questionnaire: &Questionnaire,
    entered: &BTreeMap<String, EnteredAnswer>,
    files: &[EvidenceFile],
    overrides: &[Override],
) -> Answers {
    let mut answers = Answers::default();
    for question in questionnaire.questions() {
        if let Some(answer) = entered.get(&question.key).and_then(|entered| answer_of(question, entered)) {
            answers.answers.insert(question.key.clone(), answer);
        }
    }
    for file in files {
        answers.evidence.entry(file.question_key.clone()).or_default().push(file.file_name.clone());
    }
    answers.overrides = overrides
        .iter()
        .filter_map(|row| {
            Some(answer::Override {
                requirement: row.requirement_id.clone(),
                verdict: serde_json::from_value(row.verdict.as_str().into()).ok()?,
                reason: row.reason.clone(),
                by: row.overridden_by.clone(),
                until: None,
            })
        })
        .collect();
    answers
}

/// What is wrong with what was typed; empty where nothing was typed.
#[must_use]
pub fn problems(question: &Question, entered: &EnteredAnswer, has_evidence: bool) -> Vec<AnswerProblem> {
    if entered.is_empty() {
        return Vec::new();
    }
    let answer = answer_of(question, entered);
    let unreadable = answer.is_none();
    let found = check::check_answer(question, answer.as_ref(), has_evidence);
    if unreadable {
        return vec![AnswerProblem::WrongKind];
    }
    found.into_iter().filter(|problem| *problem != AnswerProblem::EvidenceMissing).collect()
}

/// A question as a contractor sees it. Reads no requirement, so it cannot show one.
#[must_use]
pub fn question_view(
    questionnaire: &Questionnaire,
    question: &Question,
    answers: &Answers,
    entered: Option<&EnteredAnswer>,
    file: Option<&EvidenceFile>,
) -> QuestionView {
    let entered = entered.cloned().unwrap_or_default();
    let choices = |kind: &QuestionKind| {
        kind.choices().iter().map(|choice| (choice.value.clone(), choice.label.clone())).collect()
    };
    QuestionView {
        key: question.key.clone(),
        number: questionnaire.number_of(&question.key).unwrap_or_default(),
        text: question.text.clone(),
        guidance: question.guidance.clone(),
        control: match &question.kind {
            QuestionKind::Choice { .. } => Control::Choice(choices(&question.kind)),
            QuestionKind::Choices { .. } => Control::Choices(choices(&question.kind)),
            QuestionKind::Text { max_characters } => Control::Text { max_characters: *max_characters },
            QuestionKind::Number { unit, .. } => Control::Number { unit: unit.clone() },
            QuestionKind::Date => Control::Date,
        },
        required: question.required,
        asked: check::asked(questionnaire, answers).contains(&question.key.as_str()),
        file: match question.evidence {
            EvidenceWish::None => FileWish::None,
            EvidenceWish::Wanted => FileWish::Wanted,
            EvidenceWish::Required => FileWish::Required,
        },
        may_be_not_applicable: question.may_be_not_applicable,
        may_be_undisclosed: question.may_be_undisclosed,
        problems: problems(question, &entered, file.is_some()),
        entered,
        evidence: file.map(evidence_view),
    }
}

/// An attached file as a page shows it.
#[must_use]
pub fn evidence_view(file: &EvidenceFile) -> EvidenceView {
    EvidenceView {
        id: file.id.into(),
        file_name: file.file_name.clone(),
        size_bytes: file.size_bytes,
        sha256: file.sha256.clone(),
        attached_on: crate::clock::in_japan(file.attached_at).date(),
    }
}

/// Every answer in order, in words.
#[must_use]
pub fn answer_lines(questionnaire: &Questionnaire, answers: &Answers, files: &[EvidenceFile]) -> Vec<AnswerLine> {
    let mut lines = Vec::new();
    let asked = check::asked(questionnaire, answers);
    for (section, number) in questionnaire.sections.iter().zip(1..) {
        for question in &section.questions {
            lines.push(AnswerLine {
                section: number,
                key: question.key.clone(),
                number: questionnaire.number_of(&question.key).unwrap_or_default(),
                text: question.text.clone(),
                answer: words(question, answers.answers.get(&question.key)),
                evidence: files.iter().find(|file| file.question_key == question.key).map(evidence_view),
                asked: asked.contains(&question.key.as_str()),
            });
        }
    }
    lines
}

fn words(question: &Question, answer: Option<&Answer>) -> AnswerWords {
    let label = |value: &String| label(question, value);
    match answer {
        None => AnswerWords::Unanswered,
        Some(Answer::NotApplicable { reason, .. }) => AnswerWords::NotApplicable(reason.clone()),
        Some(Answer::Undisclosed { reason }) => AnswerWords::Undisclosed(reason.clone()),
        Some(Answer::Given(Value::Choice(value))) => AnswerWords::Labels(vec![label(value)]),
        Some(Answer::Given(Value::Choices(values))) => AnswerWords::Labels(values.iter().map(label).collect()),
        Some(Answer::Given(Value::Text(text))) => AnswerWords::Plain(text.clone()),
        Some(Answer::Given(Value::Number(number))) => AnswerWords::Plain(number.to_string()),
        Some(Answer::Given(Value::Date(date))) => AnswerWords::Plain(date.to_string()),
    }
}

/// The label of a choice; the value itself where the question has no such choice.
#[must_use]
pub fn label(question: &Question, value: &str) -> Text {
    let known = question.kind.choices().iter().find(|choice| choice.value == value);
    known.map_or_else(|| Text::new(value, value), |choice| choice.label.clone())
}
