//! Finds internal wording in texts that vendors or everybody may read.
//!
//! It does not know paraphrase: it finds sentences taken over word for word.

use crate::load::{Fault, Place, PolicySource, Problem, QuestionnaireSource};
use crate::policy::Visibility;
use crate::text::Text;

/// Shortest sentence that counts as a quotation, in characters. Shorter ones ("規程がある。") occur by themselves.
const SHORTEST_JA: usize = 12;
const SHORTEST_EN: usize = 30;

/// A text that others than the municipality may read.
struct Seen<'a> {
    text: &'a Text,
    place: &'a Place,
}

pub(super) fn leaks(policies: &[PolicySource], questionnaires: &[QuestionnaireSource]) -> Vec<Problem> {
    let internal: Vec<_> = policies
        .iter()
        .flat_map(|source| &source.policy.requirements)
        .filter(|requirement| requirement.visibility == Visibility::Internal)
        .map(|requirement| (requirement, sentences(&requirement.text)))
        .collect();
    let mut problems = Vec::new();
    for seen in policies.iter().flat_map(of_policy).chain(questionnaires.iter().flat_map(of_questionnaire)) {
        let (ja, en) = (plain(&seen.text.ja), plain(&seen.text.en));
        for (requirement, sentences) in &internal {
            if sentences.0.iter().any(|sentence| ja.contains(sentence))
                || sentences.1.iter().any(|sentence| en.contains(sentence))
            {
                problems.push(Fault::Leak { internal: requirement.id.clone() }.at(seen.place.clone()));
            }
        }
    }
    problems
}

fn of_policy(source: &PolicySource) -> Vec<Seen<'_>> {
    let requirements =
        source.requirements.iter().filter(|sourced| sourced.requirement.visibility != Visibility::Internal);
    let requirements = requirements.flat_map(|sourced| {
        [&sourced.requirement.title, &sourced.requirement.text].map(|text| Seen { text, place: &sourced.place })
    });
    let clauses = source
        .policy
        .clauses
        .iter()
        .zip(&source.clauses)
        .filter(|(clause, _)| clause.visibility != Visibility::Internal);
    let clauses = clauses.flat_map(|(clause, place)| [&clause.title, &clause.summary].map(|text| Seen { text, place }));
    requirements.chain(clauses).collect()
}

fn of_questionnaire(source: &QuestionnaireSource) -> Vec<Seen<'_>> {
    let mut seen = Vec::new();
    for question in source.questionnaire.questions() {
        let Some(place) = source.places.get(&question.key) else {
            continue;
        };
        let labels = question.kind.choices().iter().map(|choice| &choice.label);
        seen.extend(
            [&question.text].into_iter().chain(&question.guidance).chain(labels).map(|text| Seen { text, place }),
        );
    }
    seen
}

fn sentences(text: &Text) -> (Vec<String>, Vec<String>) {
    let long = |text: &str, ends: &[char], shortest: usize| -> Vec<String> {
        plain(text)
            .split(ends)
            .map(str::trim)
            .filter(|sentence| sentence.chars().count() >= shortest)
            .map(str::to_owned)
            .collect()
    };
    (long(&text.ja, &['。'], SHORTEST_JA), long(&text.en, &['.'], SHORTEST_EN))
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
