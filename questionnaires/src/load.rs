//! Reading files: every problem is listed, with the place and the remedy, before anything runs.
//!
//! This module does not know paths or disks: a file is a name for messages and a text. It knows no database either; what is frozen there is read with `serde`.

use std::collections::{BTreeMap, BTreeSet};

use crate::policy::Policy;
use crate::questionnaire::Questionnaire;

pub(crate) mod answers;
mod condition;
mod cross_check;
pub(crate) mod facts;
mod fault;
mod leak;
mod node;
mod policy;
mod possible;
mod problem;
mod questionnaire;
mod reader;
mod requirement;
pub mod table;
mod words;

pub use cross_check::cross_check;
pub(crate) use cross_check::{criteria, cross_check_partly};
pub(crate) use fault::Fault;
pub use policy::PolicySource;
pub use problem::{Place, Problem};
pub use questionnaire::QuestionnaireSource;
use requirement::Sourced;

/// Largest file that is read, in bytes (1 MiB). The largest that ships is below 200 kB.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Most questions of a table.
pub const MAX_QUESTIONS: usize = 2_000;

/// Deepest condition, counted from the requirement to the comparison.
pub const MAX_DEPTH: usize = 32;

/// Most condition nodes in one policy.
pub const MAX_NODES: usize = 2_000;

/// Requirements that policies pick from, by id.
#[derive(Clone, Debug, Default)]
pub struct Library {
    requirements: BTreeMap<String, Sourced>,
    /// Ids of requirements that are there and have problems: picking one is no problem of its own.
    unreadable: BTreeSet<String>,
}

impl Library {
    /// The ids of its requirements, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.requirements.keys().map(String::as_str)
    }

    /// This library with another's requirements added; of two with the same id the other's counts.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.requirements.extend(other.requirements);
        self.unreadable.extend(other.unreadable);
        self
    }
}

/// What a file says it is, by its first key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FileKind {
    /// `policy: …`
    Policy,
    /// `questionnaire: …`
    Questionnaire,
    /// `requirements: …` alone.
    Library,
}

/// What a YAML file says it is.
///
/// # Errors
/// When it is no YAML, too large, or none of the three kinds.
pub fn kind(file: &str, text: &str) -> Result<FileKind, Vec<Problem>> {
    let node = node::yaml(file, text)?;
    for (key, kind) in
        [("policy", FileKind::Policy), ("questionnaire", FileKind::Questionnaire), ("requirements", FileKind::Library)]
    {
        if node.has(key) {
            return Ok(kind);
        }
    }
    Err(vec![Fault::UnknownKindOfFile.at(Place::line(file, 1))])
}

/// Reads a questionnaire.
///
/// # Errors
/// Every problem of the file.
pub fn questionnaire(file: &str, text: &str) -> Result<Questionnaire, Vec<Problem>> {
    questionnaire_source(file, text).map(|source| source.questionnaire)
}

/// Reads a questionnaire and remembers where everything stands, for [`cross_check`].
///
/// # Errors
/// Every problem of the file.
pub fn questionnaire_source(file: &str, text: &str) -> Result<QuestionnaireSource, Vec<Problem>> {
    questionnaire::read(file, text)
}

/// Keys that stand for another kind of question in another questionnaire: an answer given once could not serve both.
#[must_use]
pub fn clashing_keys(source: &QuestionnaireSource, others: &[&Questionnaire]) -> Vec<Problem> {
    let clashes = source.questionnaire.questions().filter_map(|question| {
        let other = others
            .iter()
            .find(|other| other.question(&question.key).is_some_and(|(_, known)| known.kind != question.kind))?;
        let place = source.places.get(&question.key).cloned().unwrap_or_default();
        Some(Fault::KeyMeansOther { key: question.key.clone(), questionnaire: other.id.clone() }.at(place))
    });
    clashes.collect()
}

/// Reads a policy and tailors the library's requirements for it.
///
/// # Errors
/// Every problem of the file.
pub fn policy(file: &str, text: &str, library: &Library) -> Result<Policy, Vec<Problem>> {
    policy_source(file, text, library).map(|source| source.policy)
}

/// Reads a policy and remembers where everything stands, for [`cross_check`].
///
/// # Errors
/// Every problem of the file.
pub fn policy_source(file: &str, text: &str, library: &Library) -> Result<PolicySource, Vec<Problem>> {
    policy::read(file, text, library)
}

/// Reads a library of requirements from its files (name, text).
///
/// # Errors
/// Every problem of every file, an id used twice among them.
pub fn library(files: &[(&str, &str)]) -> Result<Library, Vec<Problem>> {
    requirement::library(files)
}

/// What can be read of policies, libraries and questionnaires in spite of their problems, to look for more.
pub(crate) mod partly {
    pub(crate) fn policy(
        file: &str,
        text: &str,
        library: &super::Library,
    ) -> (Option<super::PolicySource>, Vec<super::Problem>) {
        super::policy::read_partly(file, text, library)
    }

    pub(crate) fn library(files: &[(&str, &str)]) -> (super::Library, Vec<super::Problem>) {
        super::requirement::library_partly(files)
    }
}

#[cfg(test)]
mod tests;
