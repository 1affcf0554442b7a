//! A broken catalogue: every problem of every file comes out at once, with its place and what to do. What stands in `broken/` is wrong in every way
//! that is checked when files are loaded.
#![cfg(test)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

use kakunin_questionnaires::command::{self, File, Shelf};
use kakunin_questionnaires::load::Library;

const REQUIREMENTS: File<'_> = File { name: "requirements.yaml", text: include_str!("broken/requirements.yaml") };
const QUESTIONNAIRE: File<'_> = File { name: "questionnaire.yaml", text: include_str!("broken/questionnaire.yaml") };
const POLICY: File<'_> = File { name: "policy.yaml", text: include_str!("broken/policy.yaml") };

fn shelf() -> Shelf {
    Shelf { library: Library::default(), questionnaires: Vec::new() }
}

#[test]
fn every_problem_comes_out_at_once_with_its_line_and_remedy() {
    let problems = command::check(&[REQUIREMENTS, QUESTIONNAIRE, POLICY], &shelf());
    let said: Vec<_> = problems.iter().map(ToString::to_string).collect();
    let wanted = [
        "policy.yaml:11: ",
        "policy.yaml:12: No requirement stands for clause `2`. Add",
        "policy.yaml:16: The library has no requirement `nowhere`. Correct",
        "policy.yaml:17: ",
        "policy.yaml:18: ",
        "policy.yaml:19: ",
        "policy.yaml:20: ",
        "policy.yaml:21: ",
        "policy.yaml:22: ",
        "policy.yaml:23: ",
        "policy.yaml:24: ",
        "requirements.yaml:3: ",
    ];
    for wanted in wanted {
        assert!(said.iter().any(|said| said.starts_with(wanted)), "{wanted}\n{}", said.join("\n"));
    }
    assert!(problems.iter().all(|problem| !problem.remedy.ja.is_empty() && !problem.remedy.en.is_empty()));
    assert!(
        !said.iter().any(|said| said.contains("`heavy`")),
        "picking what has problems of its own is none: {said:#?}"
    );
}

#[test]
fn a_question_that_nothing_reads_comes_out_once_the_rest_is_well() {
    let policy = POLICY.text.lines().filter(|line| !line.contains("{id: \"2\"")).collect::<Vec<_>>();
    let kept = policy.iter().position(|line| line.contains("{use: used, clause: \"1\"}")).unwrap();
    let policy = policy.get(..=kept).unwrap().join("\n");
    let requirements = REQUIREMENTS.text.replace("weight: 1000", "weight: 100");
    let files = [
        File { name: "requirements.yaml", text: &requirements },
        QUESTIONNAIRE,
        File { name: "policy.yaml", text: &policy },
    ];
    let said: Vec<_> = command::check(&files, &shelf()).iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(
        said.iter().all(|said| said.starts_with("questionnaire.yaml:12: ") && said.contains("`people`")),
        "{said:#?}"
    );
}
