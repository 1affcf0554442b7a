//! `kakunin evaluate` and `kakunin check` over the contents of files.
//!
//! This module does not know paths, arguments, exit codes or the clock; whoever reads the files does.

use std::sync::Arc;

use jiff::civil::Date;

use crate::answer::Answers;
use crate::compile::Compiled;
use crate::evaluate::Evaluation;
use crate::fact::Facts;
use crate::load::{self, FileKind, Library, Place, PolicySource, Problem, QuestionnaireSource};
use crate::questionnaire::Questionnaire;

mod table;

/// A file: the name for messages, and what is in it.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Name as the person wrote it.
    pub name: &'a str,
    /// Contents.
    pub text: &'a str,
}

/// What is at hand beside the files: requirements that a policy may pick, and questionnaires whose keys it may read.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// Requirements.
    pub library: Library,
    /// Questionnaires.
    pub questionnaires: Vec<QuestionnaireSource>,
}

/// The four files of an evaluation.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// YAML.
    pub policy: File<'a>,
    /// YAML.
    pub questionnaire: File<'a>,
    /// JSON.
    pub answers: File<'a>,
    /// JSON.
    pub facts: File<'a>,
}

/// How the outcome is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Format {
    /// The evaluation as JSON, indented.
    #[default]
    Json,
    /// A table for people.
    Table,
}

/// Evaluates the files as of a day. Ends with a line break.
///
/// # Errors
/// Every problem of every file.
pub fn evaluate(files: &Files<'_>, shelf: &Shelf, today: Date, format: Format) -> Result<String, Vec<Problem>> {
    let mut problems = Vec::new();
    let policy = keep(load::policy_source(files.policy.name, files.policy.text, &shelf.library), &mut problems);
    let questionnaire =
        keep(load::questionnaire_source(files.questionnaire.name, files.questionnaire.text), &mut problems);
    let facts = keep(Facts::from_json(files.facts.name, files.facts.text), &mut problems);
    let answers = questionnaire.as_ref().and_then(|source| {
        keep(Answers::from_json(files.answers.name, files.answers.text, &source.questionnaire), &mut problems)
    });
    if let (Some(policy), Some(questionnaire)) = (&policy, &questionnaire) {
        problems.extend(load::criteria(policy, &beside(questionnaire, shelf)));
    }
    if let (Some(policy), Some(answers)) = (&policy, &answers) {
        problems.extend(absent_overrides(files.answers.name, policy, answers));
    }
    match (policy, questionnaire, answers, facts) {
        (Some(policy), Some(questionnaire), Some(answers), Some(facts)) if problems.is_empty() => {
            let compiled =
                Compiled::new(Arc::new(policy.policy.clone()), Arc::new(questionnaire.questionnaire.clone()));
            let evaluation = compiled.evaluate(&answers, &facts, today);
            Ok(written(&evaluation, &policy, &questionnaire.questionnaire, format))
        }
        _ => Err(problems),
    }
}

/// Checks policies, questionnaires and libraries, each by itself and all against each other; empty when all is well.
///
/// A requirement or questionnaire among the files takes the place of the one with the same id on the shelf. Questions are held to be read only for
/// questionnaires among the files.
#[must_use]
pub fn check(files: &[File<'_>], shelf: &Shelf) -> Vec<Problem> {
    let mut problems = Vec::new();
    let of_kind: Vec<_> =
        files.iter().filter_map(|file| Some((keep(load::kind(file.name, file.text), &mut problems)?, *file))).collect();
    let named = |wanted: FileKind| {
        of_kind.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, file)| (file.name, file.text))
    };
    let (library, found) = load::partly::library(&named(FileKind::Library).collect::<Vec<_>>());
    problems.extend(found);
    let count = named(FileKind::Questionnaire).count();
    let questionnaires: Vec<_> = named(FileKind::Questionnaire)
        .filter_map(|(name, text)| keep(load::questionnaire_source(name, text), &mut problems))
        .collect();
    let library = shelf.library.clone().with(library);
    let policies: Vec<_> = named(FileKind::Policy)
        .filter_map(|(name, text)| {
            let (policy, found) = load::partly::policy(name, text, &library);
            problems.extend(found);
            policy
        })
        .collect();
    // Without a questionnaire that cannot be read, criteria would seem to read questions that are nowhere.
    if questionnaires.len() == count {
        let ids: Vec<_> = questionnaires.iter().map(|source| source.questionnaire.id.clone()).collect();
        let files: Vec<_> = files.iter().map(|file| file.name).collect();
        let others = shelf.questionnaires.iter().filter(|source| !ids.contains(&source.questionnaire.id)).cloned();
        let all: Vec<_> = questionnaires.into_iter().chain(others).collect();
        let crossed = if problems.is_empty() {
            load::cross_check(&policies, &all)
        } else {
            load::cross_check_partly(&policies, &all)
        };
        problems.extend(crossed.into_iter().filter(|problem| files.contains(&problem.file.as_str())));
    }
    problems.sort();
    problems.dedup();
    problems
}

/// The questionnaire, and those of the shelf that it does not replace.
fn beside(questionnaire: &QuestionnaireSource, shelf: &Shelf) -> Vec<QuestionnaireSource> {
    let others = shelf.questionnaires.iter().filter(|source| source.questionnaire.id != questionnaire.questionnaire.id);
    [questionnaire].into_iter().chain(others).cloned().collect()
}

fn keep<T>(read: Result<T, Vec<Problem>>, problems: &mut Vec<Problem>) -> Option<T> {
    read.map_err(|found| problems.extend(found)).ok()
}

fn absent_overrides(file: &str, policy: &PolicySource, answers: &Answers) -> Vec<Problem> {
    let absent = answers.overrides.iter().filter(|entry| policy.policy.requirement(&entry.requirement).is_none());
    absent
        .map(|entry| {
            load::Fault::AbsentOverride { id: entry.requirement.clone() }
                .at(Place { file: file.to_owned(), line: None })
        })
        .collect()
}

fn written(evaluation: &Evaluation, policy: &PolicySource, questionnaire: &Questionnaire, format: Format) -> String {
    match format {
        Format::Json => {
            // The types of an evaluation serialize; an empty text would be the one sign that they no longer do.
            let mut json = serde_json::to_string_pretty(evaluation).unwrap_or_default();
            json.push('\n');
            json
        }
        Format::Table => table::table(evaluation, &policy.policy, questionnaire),
    }
}

#[cfg(test)]
mod tests;
