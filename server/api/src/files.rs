//! What is wrong with a file that people maintain: a policy, a questionnaire.

use kakunin_questionnaires::text::Text;
use serde::{Deserialize, Serialize};

/// A problem of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProblem {
    /// Where.
    pub place: FilePlace,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub remedy: Text,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FilePlace {
    /// The whole of it.
    Whole,
    /// A line, counted from 1.
    Line(u64),
    /// A cell, such as `設問!D12`.
    Cell(String),
}
