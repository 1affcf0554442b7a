//! Whatever the bytes are, reading them ends in a value or in problems that say something, and a value is written and read back unchanged.
#![no_main]

use kakunin_questionnaires::answer::Answers;
use kakunin_questionnaires::fact::Facts;
use kakunin_questionnaires::load::{self, Problem, table};
use kakunin_questionnaires::{catalog, policy::Policy, questionnaire::Questionnaire};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(problems) = load::kind("file", text) {
        say(&problems);
    }
    match load::questionnaire_source("file", text) {
        Ok(source) => {
            let json = source.questionnaire.canonical_json();
            let again: Questionnaire = serde_json::from_str(&json).expect("frozen JSON is read");
            assert_eq!(again.canonical_json(), json);
            let _ = load::clashing_keys(&source, &catalog::questionnaires().collect::<Vec<_>>());
            let _ = table::questionnaire_table(&table::table(&source.questionnaire));
        }
        Err(problems) => say(&problems),
    }
    match load::policy_source("file", text, catalog::library()) {
        Ok(source) => {
            let json = source.policy.canonical_json();
            let again: Policy = serde_json::from_str(&json).expect("frozen JSON is read");
            assert_eq!(again.canonical_json(), json);
            say_any(&load::cross_check(&[source], &catalog::shelf().questionnaires));
        }
        Err(problems) => say(&problems),
    }
    if let Err(problems) = load::library(&[("file", text)]) {
        say(&problems);
    }
    if let Err(problems) = Facts::from_json("file", text) {
        say(&problems);
    }
    if let Some(questionnaire) = catalog::questionnaire("outsourcing")
        && let Err(problems) = Answers::from_json("file", text, questionnaire)
    {
        say(&problems);
    }
});

/// A refusal says why, and what to do.
fn say(problems: &[Problem]) {
    assert!(!problems.is_empty());
    say_any(problems);
}

fn say_any(problems: &[Problem]) {
    for problem in problems {
        assert!(!problem.message.ja.is_empty() && !problem.remedy.en.is_empty(), "{problem}");
    }
}
