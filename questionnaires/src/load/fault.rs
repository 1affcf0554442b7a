//! Everything that can be wrong with a file.
//!
//! It does not know the words for it (see `words`) nor where it is found.

use crate::check::AnswerProblem;
use crate::load::{Place, Problem, words};

/// A kind of problem, with what the message needs to say.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    TooManyBytes,
    /// A table has more questions than a questionnaire may have.
    TooManyQuestions,
    Syntax {
        message: String,
    },
    UnknownKindOfFile,
    NotAMapping {
        name: String,
    },
    NotAList {
        name: String,
    },
    EmptyList {
        name: String,
    },
    NotAText {
        name: String,
    },
    NotQuoted {
        name: String,
        written: String,
    },
    BlankText {
        name: String,
    },
    NotABool {
        name: String,
    },
    NotADate {
        name: String,
    },
    NotAmong {
        name: String,
        allowed: Vec<String>,
    },
    NotANumber {
        name: String,
        minimum: i64,
        maximum: i64,
    },
    NotAnId {
        written: String,
    },
    UnknownField {
        field: String,
        allowed: Vec<String>,
    },
    MissingField {
        field: String,
    },
    Duplicate {
        what: &'static str,
        id: String,
    },
    OneConditionOnly {
        found: Vec<String>,
    },
    AnswerAndFact,
    NoOperator,
    OnlyTrue {
        name: String,
    },
    TooMany {
        of: u16,
        conditions: usize,
    },
    TooDeep,
    TooManyNodes {
        nodes: usize,
    },
    FactInQuestionnaire,
    TodayInQuestionnaire,
    NotAnEarlierQuestion {
        key: String,
    },
    RangeReversed,
    /// A question of a table names a section that the table does not have.
    AbsentSection {
        id: String,
    },
    /// A key that stands for another kind of question elsewhere.
    KeyMeansOther {
        key: String,
        questionnaire: String,
    },
    ThresholdsNotFalling,
    DatesReversed,
    AbsentRequirement {
        id: String,
    },
    AbsentClause {
        id: String,
    },
    ClauseWithoutRequirement {
        id: String,
    },
    /// A clause that has requirements and a reason for having none.
    ClauseWithBoth {
        id: String,
    },
    UnknownQuestion {
        key: String,
    },
    UnknownFact {
        path: String,
    },
    OperatorMisfit {
        operator: &'static str,
        key: String,
        kind: &'static str,
    },
    EvidenceOfFact,
    UnknownChoice {
        key: String,
        value: String,
        choices: Vec<String>,
    },
    OutOfReach {
        key: String,
    },
    NeverApplies,
    NeverMet,
    AlwaysMet,
    NeverPartlyMet,
    UnreadQuestion {
        key: String,
    },
    Leak {
        internal: String,
    },
    UnknownState {
        allowed: Vec<String>,
    },
    WrongAnswer {
        key: String,
        problem: AnswerProblem,
    },
    AbsentOverride {
        id: String,
    },
}

impl Fault {
    /// The problem this is at a place.
    pub(crate) fn at(&self, place: Place) -> Problem {
        let (message, remedy) = words::words(self);
        Problem { file: place.file, line: place.line, message, remedy }
    }
}
