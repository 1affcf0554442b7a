//! Which clause rests on which requirements, and these on which questions and facts.
//!
//! This module does not know who looks at it, nor how it is laid out.

use std::collections::BTreeSet;

use crate::condition::Key;
use crate::fact::{FactPath, fact_path};
use crate::policy::{Clause, Policy, Requirement};
use crate::questionnaire::{Question, Questionnaire};

/// A policy beside the questionnaires it reads.
#[derive(Clone, Debug)]
pub struct Coverage<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Its clauses, in order.
    pub clauses: Vec<ClauseCoverage<'a>>,
}

/// A clause with its requirements; none where the clause says why there is none.
#[derive(Clone, Debug)]
pub struct ClauseCoverage<'a> {
    /// The clause.
    pub clause: &'a Clause,
    /// Its requirements, in the policy's order.
    pub requirements: Vec<RequirementCoverage<'a>>,
}

/// A requirement with everything its conditions read.
#[derive(Clone, Debug)]
pub struct RequirementCoverage<'a> {
    /// The requirement.
    pub requirement: &'a Requirement,
    /// Questions, each with its questionnaire; a question that several ask stands once for each.
    pub questions: Vec<QuestionPlace<'a>>,
    /// Facts of the registers.
    pub facts: Vec<&'static FactPath>,
}

/// A question where it is asked.
#[derive(Clone, Debug)]
pub struct QuestionPlace<'a> {
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// The number a person sees, such as `4-2`.
    pub number: String,
    /// The question.
    pub question: &'a Question,
}

/// The coverage of a policy by these questionnaires.
#[must_use]
pub fn coverage<'a>(policy: &'a Policy, questionnaires: &[&'a Questionnaire]) -> Coverage<'a> {
    let clauses = policy.clauses.iter().map(|clause| {
        let own = policy.requirements.iter().filter(|requirement| requirement.clause == clause.id);
        ClauseCoverage { clause, requirements: own.map(|requirement| of(requirement, questionnaires)).collect() }
    });
    Coverage { policy, clauses: clauses.collect() }
}

fn of<'a>(requirement: &'a Requirement, questionnaires: &[&'a Questionnaire]) -> RequirementCoverage<'a> {
    let keys: BTreeSet<&Key> = requirement
        .conditions()
        .flat_map(|condition| condition.comparisons())
        .map(|comparison| &comparison.key)
        .collect();
    let questions = keys.iter().filter_map(|key| if let Key::Answer(key) = key { Some(key) } else { None });
    let asked = questions.flat_map(|key| {
        questionnaires.iter().filter_map(move |questionnaire| {
            let (_, question) = questionnaire.question(key)?;
            Some(QuestionPlace { questionnaire, number: questionnaire.number_of(key)?, question })
        })
    });
    let facts = keys.iter().filter_map(|key| if let Key::Fact(path) = key { fact_path(path) } else { None });
    RequirementCoverage { requirement, questions: asked.collect(), facts: facts.collect() }
}

impl Coverage<'_> {
    /// What is linked to nothing, in words: clauses with neither requirement nor reason, requirements without a basis, and requirements that read
    /// nothing. Empty in a checked catalogue.
    #[must_use]
    pub fn unlinked(&self) -> Vec<String> {
        let mut found = Vec::new();
        for ClauseCoverage { clause, requirements } in &self.clauses {
            if requirements.is_empty() && clause.no_requirement.is_none() {
                found.push(format!("clause {}", clause.id));
            }
            for RequirementCoverage { requirement, questions, facts } in requirements {
                if requirement.basis.is_empty() || (questions.is_empty() && facts.is_empty()) {
                    found.push(format!("requirement {}", requirement.id));
                }
            }
        }
        found
    }

    /// The keys of the questions that its requirements read.
    #[must_use]
    pub fn questions(&self) -> BTreeSet<&str> {
        let requirements = self.clauses.iter().flat_map(|clause| &clause.requirements);
        requirements.flat_map(|one| &one.questions).map(|place| place.question.key.as_str()).collect()
    }

    /// One line for each link, tab-separated: policy, clause, its title, requirement, level, weight, owed by, `answer` or `fact`, key, number or values,
    /// text. A clause without requirement has one line with its reason as text.
    #[must_use]
    pub fn lines(&self) -> Vec<[String; 11]> {
        let mut lines = Vec::new();
        for ClauseCoverage { clause, requirements } in &self.clauses {
            let of_clause = || [self.policy.id.clone(), clause.id.clone(), clause.title.ja.clone()];
            if let Some(reason) = &clause.no_requirement {
                let [policy, id, title] = of_clause();
                let nothing = String::new;
                let reason = reason.ja.clone();
                let blank = [nothing(), nothing(), nothing(), nothing(), nothing(), nothing(), nothing()];
                let [a, b, c, d, e, f, g] = blank;
                lines.push([policy, id, title, a, b, c, d, e, f, g, reason]);
            }
            for RequirementCoverage { requirement, questions, facts } in requirements {
                let answers = questions.iter().map(|place| {
                    let number = format!("{} {}", place.questionnaire.id, place.number);
                    ["answer".to_owned(), place.question.key.clone(), number, place.question.text.ja.clone()]
                });
                let facts = facts
                    .iter()
                    .map(|fact| ["fact".to_owned(), fact.path.to_owned(), String::new(), fact.ja.to_owned()]);
                for [source, key, number, text] in answers.chain(facts) {
                    let [policy, id, title] = of_clause();
                    let level = code(requirement.level);
                    let (weight, owed_by) = (requirement.weight.to_string(), code(requirement.owed_by));
                    lines.push([
                        policy,
                        id,
                        title,
                        requirement.id.clone(),
                        level,
                        weight,
                        owed_by,
                        source,
                        key,
                        number,
                        text,
                    ]);
                }
            }
        }
        lines
    }
}

/// The headings of [`Coverage::lines`].
pub const HEADINGS: [&str; 11] = [
    "policy",
    "clause",
    "clause_title",
    "requirement",
    "level",
    "weight",
    "owed_by",
    "source",
    "key",
    "number",
    "text",
];

/// A word of the files, such as `must`.
fn code(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
