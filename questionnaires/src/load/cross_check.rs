//! What has to hold between policies, questionnaires and the fact schema before anything runs.
//!
//! It does not know answers. A policy may read several questionnaires, and several policies one questionnaire.

use std::collections::BTreeSet;

use crate::condition::{Comparison, Condition, Constant, Key, Operator};
use crate::domain::Shape;
use crate::fact::fact_path;
use crate::load::condition::Criterion;
use crate::load::requirement::Sourced;
use crate::load::{Fault, Place, PolicySource, Problem, QuestionnaireSource, leak, possible};

/// Everything that is wrong between these policies and these questionnaires, by file and line: unknown question or fact · operator that does not fit ·
/// choice that does not exist · requirement that can never apply or be met, or always is · question that nothing reads · id used twice · internal
/// text quoted where others may read it. With no policy at all, questions are not held against any.
#[must_use]
pub fn cross_check(policies: &[PolicySource], questionnaires: &[QuestionnaireSource]) -> Vec<Problem> {
    let mut problems = cross_check_partly(policies, questionnaires);
    if !policies.is_empty() {
        problems.extend(unread(policies, questionnaires));
    }
    sorted(problems)
}

/// The part of [`cross_check`] that holds of policies too of which a part could not be read: what is not there may read any question.
pub(crate) fn cross_check_partly(policies: &[PolicySource], questionnaires: &[QuestionnaireSource]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = policies.iter().flat_map(|policy| criteria(policy, questionnaires)).collect();
    problems.extend(leak::leaks(policies, questionnaires));
    sorted(problems)
}

/// The part of [`cross_check`] that stands against evaluating this policy: its criteria.
pub(crate) fn criteria(policy: &PolicySource, questionnaires: &[QuestionnaireSource]) -> Vec<Problem> {
    let problems = policy.requirements.iter().flat_map(|sourced| {
        let misfits: Vec<_> = sourced.criteria.all().flat_map(|criterion| misfits(criterion, questionnaires)).collect();
        // What cannot even be read has no truth to search for.
        if misfits.is_empty() { possibility(sourced, questionnaires) } else { misfits }
    });
    sorted(problems.collect())
}

fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort();
    problems.dedup();
    problems
}

fn possibility(sourced: &Sourced, questionnaires: &[QuestionnaireSource]) -> Vec<Problem> {
    let Some(found) = possible::outcomes(&sourced.requirement, questionnaires) else {
        return Vec::new();
    };
    let criteria = &sourced.criteria;
    let met = criteria.met.place.clone();
    let fault = match () {
        () if !found.applies => {
            Fault::NeverApplies.at(criteria.applies.as_ref().map_or(met, |criterion| criterion.place.clone()))
        }
        () if !found.met => Fault::NeverMet.at(met),
        () if !found.not_met => Fault::AlwaysMet.at(met),
        () => match &criteria.partly {
            Some(partly) if !found.partly => Fault::NeverPartlyMet.at(partly.place.clone()),
            _ => return Vec::new(),
        },
    };
    vec![fault]
}

/// The comparisons of a criterion that cannot be read: unknown key, operator or value that does not fit.
pub(super) fn misfits(criterion: &Criterion, questionnaires: &[QuestionnaireSource]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (comparison, place) in criterion.condition.comparisons().into_iter().zip(&criterion.places) {
        problems.extend(faults(comparison, questionnaires).iter().map(|fault| fault.at(place.clone())));
    }
    problems
}

fn faults(comparison: &Comparison, questionnaires: &[QuestionnaireSource]) -> Vec<Fault> {
    match &comparison.key {
        Key::Fact(path) => match fact_path(path) {
            Some(_) if comparison.operator == Operator::HasEvidence => vec![Fault::EvidenceOfFact],
            Some(row) => misfit(path, &Shape::from(row.kind), &comparison.operator).into_iter().collect(),
            None => vec![Fault::UnknownFact { path: path.clone() }],
        },
        Key::Answer(key) => {
            let questions: Vec<_> =
                questionnaires.iter().filter_map(|source| source.questionnaire.question(key)).collect();
            if questions.is_empty() {
                return vec![Fault::UnknownQuestion { key: key.clone() }];
            }
            questions
                .into_iter()
                .filter_map(|(_, question)| misfit(key, &Shape::from(&question.kind), &comparison.operator))
                .collect()
        }
    }
}

fn misfit(key: &str, shape: &Shape<'_>, operator: &Operator) -> Option<Fault> {
    let unknown = |values: &[&str], value: &str| {
        let choices = || values.iter().map(|value| (*value).to_owned()).collect();
        (!values.contains(&value)).then(|| Fault::UnknownChoice {
            key: key.to_owned(),
            value: value.to_owned(),
            choices: choices(),
        })
    };
    let out_of_reach = |outside: bool| outside.then(|| Fault::OutOfReach { key: key.to_owned() });
    match (shape, operator) {
        (_, Operator::Present(_) | Operator::HasEvidence)
        | (Shape::Bool, Operator::Is(Constant::Bool(_)))
        | (Shape::Text, Operator::Is(Constant::Text(_) | Constant::Number(_)))
        | (Shape::Date, Operator::Before(_) | Operator::After(_) | Operator::WithinDays(_)) => None,
        (Shape::Date, Operator::Is(Constant::Text(text))) if super::reader::date(text).is_some() => None,
        (Shape::Text, Operator::In(constants))
            if !constants.iter().any(|constant| matches!(constant, Constant::Bool(_))) =>
        {
            None
        }
        (Shape::One(values), Operator::Is(constant)) if !matches!(constant, Constant::Bool(_)) => {
            unknown(values, &constant.to_string())
        }
        (Shape::One(values), Operator::In(constants))
            if !constants.iter().any(|constant| matches!(constant, Constant::Bool(_))) =>
        {
            constants.iter().find_map(|constant| unknown(values, &constant.to_string()))
        }
        (Shape::Many { values, .. }, Operator::Includes(value)) => unknown(values, value),
        (Shape::Many { values, .. }, Operator::IncludesAll(wanted)) => {
            wanted.iter().find_map(|value| unknown(values, value))
        }
        (Shape::Number { minimum, maximum }, Operator::Is(Constant::Number(n))) => {
            out_of_reach(minimum.is_some_and(|least| *n < least) || maximum.is_some_and(|most| *n > most))
        }
        (Shape::Number { maximum, .. }, Operator::AtLeast(n)) => out_of_reach(maximum.is_some_and(|most| *n > most)),
        (Shape::Number { minimum, .. }, Operator::AtMost(n)) => out_of_reach(minimum.is_some_and(|least| *n < least)),
        _ => Some(Fault::OperatorMisfit { operator: operator.name(), key: key.to_owned(), kind: kind(shape) }),
    }
}

const fn kind(shape: &Shape<'_>) -> &'static str {
    match shape {
        Shape::Bool => "bool",
        Shape::One(_) => "choice",
        Shape::Many { .. } => "choices",
        Shape::Text => "text",
        Shape::Number { .. } => "number",
        Shape::Date => "date",
    }
}

/// Questions that no requirement reads, and that do not decide either whether a question that is read is asked.
fn unread(policies: &[PolicySource], questionnaires: &[QuestionnaireSource]) -> Vec<Problem> {
    let mut read: BTreeSet<&str> = BTreeSet::new();
    for policy in policies {
        read.extend(
            policy.policy.requirements.iter().flat_map(|requirement| requirement.conditions()).flat_map(answers),
        );
    }
    for source in questionnaires {
        let questions: Vec<_> = source.questionnaire.questions().collect();
        // Gates stand before what they open, so one pass backwards finds them all.
        for question in questions.iter().rev().filter(|question| question.shown_when.is_some()) {
            if read.contains(question.key.as_str()) {
                read.extend(question.shown_when.iter().flat_map(answers));
            }
        }
    }
    let unread =
        questionnaires.iter().flat_map(|source| source.places.iter()).filter(|(key, _)| !read.contains(key.as_str()));
    unread.map(|(key, place): (&String, &Place)| Fault::UnreadQuestion { key: key.clone() }.at(place.clone())).collect()
}

fn answers(condition: &Condition) -> impl Iterator<Item = &str> {
    condition.comparisons().into_iter().filter_map(|comparison| match &comparison.key {
        Key::Answer(key) => Some(key.as_str()),
        Key::Fact(_) => None,
    })
}
