//! What differs between two questionnaires: two versions of one.
//!
//! This module does not know which of the two is in use.

use serde::{Deserialize, Serialize};

use super::{Side, sides};
use crate::questionnaire::{Question, Questionnaire};

/// A part of a question.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionField {
    /// The question or its guidance.
    Wording,
    /// The kind of answer, or its choices.
    Kind,
    /// When it is asked.
    ShownWhen,
    /// Whether an answer or a file is needed, and what may stand instead.
    Demand,
    /// The section it stands in.
    Section,
}

/// A question that is not the same in both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct QuestionDifference<'a> {
    /// Where it is.
    pub side: Side<'a, Question>,
    /// What differs, where it is in both.
    pub fields: Vec<QuestionField>,
}

/// Compares two questionnaires, question by question, by key: the first one's order, then what only the second has. The number of questions that are
/// the same comes with it.
#[must_use]
pub fn questions<'a>(first: &'a Questionnaire, second: &'a Questionnaire) -> (Vec<QuestionDifference<'a>>, usize) {
    let of = |questionnaire: &'a Questionnaire| questionnaire.questions().collect::<Vec<_>>();
    let (mut found, mut same) = (Vec::new(), 0_usize);
    for side in sides(&of(first), &of(second), |one, other| one.key == other.key) {
        let (side, fields) = match side {
            Side::First(one) => (Side::First(*one), Vec::new()),
            Side::Second(other) => (Side::Second(*other), Vec::new()),
            Side::Both(one, other) => {
                let section = |questionnaire: &'a Questionnaire| {
                    questionnaire.question(&one.key).map(|(section, _)| section.id.as_str())
                };
                let mut fields = fields(one, other);
                if section(first) != section(second) {
                    fields.push(QuestionField::Section);
                }
                if fields.is_empty() {
                    same = same.saturating_add(1);
                    continue;
                }
                (Side::Both(*one, *other), fields)
            }
        };
        found.push(QuestionDifference { side, fields });
    }
    (found, same)
}

fn fields(one: &Question, other: &Question) -> Vec<QuestionField> {
    let demand = |question: &Question| {
        (question.required, question.evidence, question.may_be_not_applicable, question.may_be_undisclosed)
    };
    let differs = [
        (QuestionField::Wording, one.text != other.text || one.guidance != other.guidance),
        (QuestionField::Kind, one.kind != other.kind),
        (QuestionField::ShownWhen, one.shown_when != other.shown_when),
        (QuestionField::Demand, demand(one) != demand(other)),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

#[cfg(all(test, feature = "catalog"))]
mod tests {
    use super::*;
    use crate::catalog;

    #[test]
    fn what_changed_is_named() {
        let first = catalog::questionnaire("outsourcing").unwrap();
        assert_eq!(questions(first, first), (Vec::new(), first.questions().count()));
        let mut second = first.clone();
        second.sections[0].questions[1].required ^= true;
        let moved = second.sections[0].questions.remove(2);
        second.sections[1].questions.push(moved);
        let gone = second.sections[2].questions.remove(0);
        let (found, same) = questions(first, &second);
        let fields: Vec<_> = found.iter().map(|one| one.fields.clone()).collect();
        assert_eq!(fields, [vec![QuestionField::Demand], vec![QuestionField::Section], vec![]]);
        assert_eq!(found[2].side, Side::First(&gone));
        assert_eq!(same + 3, first.questions().count());
    }
}
