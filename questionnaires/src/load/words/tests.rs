//! No problem is without words.

use crate::check::AnswerProblem;
use crate::load::{Fault, Place};

#[test]
fn every_problem_has_words_in_both_languages() {
    let n = || "名".to_owned();
    let problem = AnswerProblem::Unanswered;
    let all = [
        Fault::TooManyBytes,
        Fault::TooManyQuestions,
        Fault::Syntax { message: n() },
        Fault::UnknownKindOfFile,
        Fault::NotAMapping { name: n() },
        Fault::NotAList { name: n() },
        Fault::EmptyList { name: n() },
        Fault::NotAText { name: n() },
        Fault::NotQuoted { name: n(), written: n() },
        Fault::BlankText { name: n() },
        Fault::NotABool { name: n() },
        Fault::NotADate { name: n() },
        Fault::NotAmong { name: n(), allowed: vec![n()] },
        Fault::NotANumber { name: n(), minimum: 1, maximum: 2 },
        Fault::NotAnId { written: n() },
        Fault::UnknownField { field: n(), allowed: vec![n()] },
        Fault::MissingField { field: n() },
        Fault::Duplicate { what: "question", id: n() },
        Fault::OneConditionOnly { found: vec![n()] },
        Fault::AnswerAndFact,
        Fault::NoOperator,
        Fault::OnlyTrue { name: n() },
        Fault::TooMany { of: 3, conditions: 2 },
        Fault::TooDeep,
        Fault::TooManyNodes { nodes: 3 },
        Fault::FactInQuestionnaire,
        Fault::TodayInQuestionnaire,
        Fault::NotAnEarlierQuestion { key: n() },
        Fault::AbsentSection { id: n() },
        Fault::KeyMeansOther { key: n(), questionnaire: n() },
        Fault::RangeReversed,
        Fault::ThresholdsNotFalling,
        Fault::DatesReversed,
        Fault::AbsentRequirement { id: n() },
        Fault::AbsentClause { id: n() },
        Fault::ClauseWithoutRequirement { id: n() },
        Fault::ClauseWithBoth { id: n() },
        Fault::UnknownQuestion { key: n() },
        Fault::UnknownFact { path: n() },
        Fault::OperatorMisfit { operator: "is", key: n(), kind: "text" },
        Fault::EvidenceOfFact,
        Fault::UnknownChoice { key: n(), value: n(), choices: vec![n()] },
        Fault::OutOfReach { key: n() },
        Fault::NeverApplies,
        Fault::NeverMet,
        Fault::AlwaysMet,
        Fault::NeverPartlyMet,
        Fault::UnreadQuestion { key: n() },
        Fault::Leak { internal: n() },
        Fault::UnknownState { allowed: vec![n()] },
        Fault::WrongAnswer { key: n(), problem },
        Fault::AbsentOverride { id: n() },
    ];
    let mut seen = std::collections::BTreeSet::new();
    for fault in all {
        let problem = fault.at(Place::line("f", 1));
        for words in [&problem.message, &problem.remedy] {
            assert!(words.ja.ends_with('。') && words.en.ends_with('.'), "{fault:?}: {words:?}");
        }
        assert!(seen.insert(problem.message), "{fault:?} says what another says");
    }
}
