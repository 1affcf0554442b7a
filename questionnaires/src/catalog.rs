//! The catalogue that ships: policies, questionnaires and the library of requirements, compiled in.
//!
//! It holds criteria and weights, so the browser build never has it (feature `catalog`). It does not know which municipality uses what.

use std::sync::LazyLock;

use crate::command::Shelf;
use crate::load::{self, Library, PolicySource, Problem, QuestionnaireSource};
use crate::policy::Policy;
use crate::questionnaire::Questionnaire;

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

/// The catalogue, read. What cannot be read is left out and stands in `problems`; a test holds them empty.
struct Catalog {
    library: Library,
    policies: Vec<PolicySource>,
    questionnaires: Vec<QuestionnaireSource>,
    problems: Vec<Problem>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let mut problems = Vec::new();
    let library = load::library(REQUIREMENTS).unwrap_or_else(|found| {
        problems.extend(found);
        Library::default()
    });
    let policies = POLICIES
        .iter()
        .filter_map(|(file, text)| {
            load::policy_source(file, text, &library).map_err(|found| problems.extend(found)).ok()
        })
        .collect();
    let questionnaires = QUESTIONNAIRES
        .iter()
        .filter_map(|(file, text)| load::questionnaire_source(file, text).map_err(|found| problems.extend(found)).ok())
        .collect();
    Catalog { library, policies, questionnaires, problems }
});

/// The requirements that policies pick from.
#[must_use]
pub fn library() -> &'static Library {
    &CATALOG.library
}

/// All policies, by file name.
pub fn policies() -> impl Iterator<Item = &'static Policy> {
    CATALOG.policies.iter().map(|source| &source.policy)
}

/// All questionnaires, by file name.
pub fn questionnaires() -> impl Iterator<Item = &'static Questionnaire> {
    CATALOG.questionnaires.iter().map(|source| &source.questionnaire)
}

/// The policy with this id; of several versions the one that takes effect last.
#[must_use]
pub fn policy(id: &str) -> Option<&'static Policy> {
    policies().filter(|policy| policy.id == id).max_by_key(|policy| policy.effective_on)
}

/// The questionnaire with this id; of several the last file's.
#[must_use]
pub fn questionnaire(id: &str) -> Option<&'static Questionnaire> {
    questionnaires().filter(|questionnaire| questionnaire.id == id).last()
}

/// The catalogue as what is at hand for the commands.
#[must_use]
pub fn shelf() -> Shelf {
    Shelf { library: CATALOG.library.clone(), questionnaires: CATALOG.questionnaires.clone() }
}

/// Everything that is wrong with the catalogue; empty in a release.
#[must_use]
pub fn problems() -> Vec<Problem> {
    let mut problems = CATALOG.problems.clone();
    if problems.is_empty() {
        problems.extend(load::cross_check(&CATALOG.policies, &CATALOG.questionnaires));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_no_problem() {
        let problems: Vec<_> = problems().iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    #[test]
    fn five_towns_and_the_ordinance_are_there_with_every_clause_accounted_for() {
        for id in ["nishitokyo", "yuzawa", "kashiwa", "obihiro", "fuchu", "local_autonomy_ordinance_16_3"] {
            let policy = policy(id).unwrap();
            assert!(policy.requirements.len() > 100, "{id}");
            let reasoned = policy.clauses.iter().filter(|clause| clause.no_requirement.is_some()).count();
            assert!(reasoned < policy.clauses.len() / 2, "{id}");
        }
        let ids: Vec<_> = questionnaires().map(|questionnaire| questionnaire.id.as_str()).collect();
        assert_eq!(ids, ["cloud_service", "outsourcing", "self_check", "social_media"]);
    }

    #[test]
    fn an_answer_given_once_serves_every_questionnaire_that_asks_for_it() {
        let mut shared = 0;
        for one in questionnaires() {
            for other in questionnaires().filter(|other| other.id > one.id) {
                for question in one.questions() {
                    let Some((_, same)) = other.question(&question.key) else { continue };
                    let said =
                        |question: &crate::questionnaire::Question| (question.text.clone(), question.kind.clone());
                    assert_eq!(said(question), said(same), "{} in {} and {}", question.key, one.id, other.id);
                    shared += 1;
                }
            }
        }
        assert!(shared > 20);
    }

    #[test]
    fn what_one_town_alone_asks_is_asked_by_it_alone() {
        let has = |id: &str, requirement: &str| policy(id).unwrap().requirement(requirement).is_some();
        assert!(has("nishitokyo", "nishitokyo.policy.told") && has("fuchu", "outsourcing.duties.specification"));
        let rule = |id: &str| policy(id).unwrap().requirement("operation.cloud.rule_of_use").unwrap().met_when.nodes();
        assert!(rule("obihiro") > rule("yuzawa"), "帯広: a rule that is not there for a reason is no failure");
        let officer = |id: &str| policy(id).unwrap().requirement("organization.officer.sns").unwrap().met_when.nodes();
        assert!(officer("fuchu") > officer("nishitokyo"), "府中: one officer may answer for several accounts");
    }

    #[test]
    fn the_policy_of_nishitokyo_and_its_questionnaire_are_there() {
        let (policy, questionnaire) = (policy("nishitokyo").unwrap(), questionnaire("outsourcing").unwrap());
        assert!(policy.requirements.len() > 20 && questionnaire.questions().count() > 20);
        assert!(library().ids().count() > 20);
    }
}
