//! Writes a questionnaire as a table, in words that reading it again understands.
//!
//! It does not know how the cells are called.

use super::{AUDIENCES, Cell, Column, EVIDENCES, Row, SectionRow, TYPES, Table, pair};
use crate::condition::{Comparison, Condition, Constant, Key, Operator};
use crate::questionnaire::{Audience, Choice, EvidenceWish, Question, QuestionKind, Questionnaire, Section};

/// Writes a questionnaire as a table; reading it again gives the same questionnaire. Cells have no names yet.
#[must_use]
pub fn table(questionnaire: &Questionnaire) -> Table {
    let audience = match questionnaire.audience {
        Audience::Vendor => "vendor",
        Audience::Section => "section",
    };
    let rows = |section: &Section| {
        let id = section.id.clone();
        section.questions.iter().map(move |question| row(&id, question)).collect::<Vec<_>>()
    };
    Table {
        file: questionnaire.id.clone(),
        id: said(&questionnaire.id),
        version: said(&questionnaire.version),
        audience: said(word(audience, &AUDIENCES)),
        title: said(&questionnaire.title.ja),
        title_en: said(&questionnaire.title.en),
        introduction: said(&questionnaire.introduction.ja),
        introduction_en: said(&questionnaire.introduction.en),
        sections: questionnaire.sections.iter().map(section_row).collect(),
        questions: questionnaire.sections.iter().flat_map(rows).collect(),
    }
}

fn said(text: &str) -> Cell {
    Cell { name: String::new(), text: text.to_owned() }
}

fn word<'w>(code: &'w str, words: &[(&'w str, &str)]) -> &'w str {
    words.iter().find(|(_, known)| *known == code).map_or(code, |(word, _)| word)
}

fn section_row(section: &Section) -> SectionRow {
    SectionRow {
        id: said(&section.id),
        title: said(&section.title.ja),
        title_en: said(&section.title.en),
        introduction: said(&section.introduction.ja),
        introduction_en: said(&section.introduction.en),
        minutes: said(&section.minutes.to_string()),
    }
}

fn row(section: &str, question: &Question) -> Row {
    let flag = |flag: bool| if flag { "○" } else { "×" }.to_owned();
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut row = Row::new();
    let mut put = |column: Column, text: String| {
        if !text.is_empty() {
            row.insert(column, Cell { name: String::new(), text });
        }
    };
    put(Column::Key, question.key.clone());
    put(Column::Section, section.to_owned());
    put(Column::Text, question.text.ja.clone());
    put(Column::TextEn, question.text.en.clone());
    if let Some(guidance) = &question.guidance {
        put(Column::Guidance, guidance.ja.clone());
        put(Column::GuidanceEn, guidance.en.clone());
    }
    put(Column::Condition, question.shown_when.as_ref().map(written).unwrap_or_default());
    let evidence = match question.evidence {
        EvidenceWish::None => "none",
        EvidenceWish::Wanted => "wanted",
        EvidenceWish::Required => "required",
    };
    put(Column::Evidence, word(evidence, &EVIDENCES).to_owned());
    put(Column::Required, flag(question.required));
    put(Column::MayBeNotApplicable, flag(question.may_be_not_applicable));
    put(Column::MayBeUndisclosed, flag(question.may_be_undisclosed));
    let kind = match &question.kind {
        kind if *kind == QuestionKind::yes_no() => "yes_no",
        QuestionKind::Choice { choices } => {
            put(Column::Choices, lines(choices));
            "choice"
        }
        QuestionKind::Choices { choices } => {
            put(Column::Choices, lines(choices));
            "choices"
        }
        QuestionKind::Text { max_characters } => {
            put(Column::MaxCharacters, max_characters.to_string());
            "text"
        }
        QuestionKind::Number { minimum, maximum, unit } => {
            put(Column::Minimum, number(*minimum));
            put(Column::Maximum, number(*maximum));
            if let Some(unit) = unit {
                put(Column::Unit, unit.ja.clone());
                put(Column::UnitEn, unit.en.clone());
            }
            "number"
        }
        QuestionKind::Date => "date",
    };
    put(Column::Type, word(kind, &TYPES).to_owned());
    row
}

fn lines(choices: &[Choice]) -> String {
    let lines = choices.iter().map(|choice| format!("{} | {} | {}", choice.value, choice.label.ja, choice.label.en));
    lines.collect::<Vec<_>>().join("\n")
}

/// A condition as short as it can be said: `key = value` lines, else as the files write it.
#[must_use]
pub fn written(condition: &Condition) -> String {
    let short = match condition {
        Condition::All(conditions) => {
            conditions.iter().map(short).collect::<Option<Vec<_>>>().map(|all| all.join("\n"))
        }
        other => short(other),
    };
    short.unwrap_or_else(|| serde_json::to_string(condition).unwrap_or_default())
}

fn short(condition: &Condition) -> Option<String> {
    let Condition::Compare(Comparison { key: Key::Answer(key), operator }) = condition else { return None };
    let values: Vec<String> = match operator {
        Operator::Is(constant) => vec![plain(constant)?],
        Operator::In(constants) if constants.len() > 1 => constants.iter().map(plain).collect::<Option<_>>()?,
        Operator::Includes(value) => vec![value.clone()],
        _ => return None,
    };
    let line = format!("{key} = {}", values.join(", "));
    pair(&line).is_some_and(|(_, read)| read == values).then_some(line)
}

fn plain(constant: &Constant) -> Option<String> {
    match constant {
        Constant::Text(text) => Some(text.clone()),
        Constant::Number(number) => Some(number.to_string()),
        Constant::Bool(_) => None,
    }
}
