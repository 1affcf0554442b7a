//! A requirement's conditions as lines of words, deeper lines belonging to the combination above them.

use crate::{
    assessments::words,
    criterion_words::{expected_words, fact_word},
};
use kakunin_api::policies::{CriterionLine, CriterionView};
use kakunin_questionnaires::{
    condition::{Comparison, Condition, Key},
    fact::fact_path,
    policy::Requirement,
    questionnaire::Questionnaire,
    text::Text,
};

/// The three conditions of a requirement.
pub(crate) fn criterion(requirement: &Requirement, questionnaires: &[&Questionnaire]) -> CriterionView {
    // A question that several questionnaires ask is named by the one that asks most of this requirement's, and of those by the shortest.
    let mut questionnaires = questionnaires.to_vec();
    questionnaires.sort_by_key(|questionnaire| {
        let comparisons = requirement.conditions().flat_map(Condition::comparisons);
        let asked =
            comparisons.filter(|one| matches!(&one.key, Key::Answer(key) if questionnaire.question(key).is_some()));
        (std::cmp::Reverse(asked.count()), questionnaire.questions().count())
    });
    let said = |condition: Option<&Condition>| {
        condition.map(|condition| condition_lines(condition, &questionnaires)).unwrap_or_default()
    };
    CriterionView {
        applies: said(requirement.applies_when.as_ref()),
        met: said(Some(&requirement.met_when)),
        partly: said(requirement.partly_when.as_ref()),
    }
}

/// One condition.
pub(crate) fn condition_lines(condition: &Condition, questionnaires: &[&Questionnaire]) -> Vec<CriterionLine> {
    let mut lines = Vec::new();
    write(condition, questionnaires, 0, &mut lines);
    lines
}

fn write(condition: &Condition, questionnaires: &[&Questionnaire], depth: u8, lines: &mut Vec<CriterionLine>) {
    let text = match condition {
        Condition::Compare(one) => comparison(one, questionnaires),
        Condition::All(_) => Text::new("次のすべて", "all of these"),
        Condition::Any(_) => Text::new("次のいずれか", "any of these"),
        Condition::Not(_) => Text::new("次にあてはまらないこと", "not this"),
        Condition::AtLeast { of, .. } => Text::new(format!("次のうち{of}つ以上"), format!("at least {of} of these")),
    };
    lines.push(CriterionLine { depth, text });
    for child in condition.children() {
        write(child, questionnaires, depth.saturating_add(1), lines);
    }
}

fn comparison(comparison: &Comparison, questionnaires: &[&Questionnaire]) -> Text {
    let expected = comparison.operator.to_string();
    let (place, expected) = match &comparison.key {
        Key::Fact(path) => {
            let place = fact_path(path).map_or_else(|| Text::new(path, path), |row| Text::new(row.ja, row.en));
            (place, expected_words(&expected, |value| fact_word(path, value)))
        }
        Key::Answer(key) => {
            let asked = questionnaires.iter().find_map(|one| Some((one, one.question(key)?.1, one.number_of(key)?)));
            let Some((questionnaire, question, number)) = asked else {
                return Text::new(format!("{key} {expected}"), format!("{key} {expected}"));
            };
            let place = Text::new(
                format!("{} {number}", questionnaire.title.ja),
                format!("{} {number}", questionnaire.title.en),
            );
            let word =
                |value: &str| if value == "today" { fact_word("", value) } else { words::label(question, value) };
            (place, expected_words(&expected, word))
        }
    };
    Text::new(format!("{}：{}", place.ja, expected.ja), format!("{}: {}", place.en, expected.en))
}
