//! The commands, from files' contents to what is printed.

use jiff::civil::date;

use super::*;

const LIBRARY: &str = include_str!("../../tests/command/requirements.yaml");
const POLICY: &str = include_str!("../../tests/command/policy.yaml");
const QUESTIONNAIRE: &str = include_str!("../../tests/command/questionnaire.yaml");
const ANSWERS: &str = include_str!("../../tests/command/answers.json");
const FACTS: &str = include_str!("../../tests/command/facts.json");

const TODAY: Date = date(2026, 11, 20);

fn file<'a>(name: &'a str, text: &'a str) -> File<'a> {
    File { name, text }
}

fn files() -> Files<'static> {
    Files {
        policy: file("policy.yaml", POLICY),
        questionnaire: file("questionnaire.yaml", QUESTIONNAIRE),
        answers: file("answers.json", ANSWERS),
        facts: file("facts.json", FACTS),
    }
}

fn shelf() -> Shelf {
    Shelf { library: load::library(&[("requirements.yaml", LIBRARY)]).unwrap(), questionnaires: Vec::new() }
}

/// Compares with a file below `tests/command`; `UPDATE_SNAPSHOTS=1` writes it.
fn snapshot(name: &str, text: &str) {
    let path = format!("{}/tests/command/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{name}");
}

#[test]
fn an_evaluation_is_printed_as_json() {
    snapshot("evaluation.json", &evaluate(&files(), &shelf(), TODAY, Format::Json).unwrap());
}

#[test]
fn an_evaluation_is_printed_as_a_table() {
    snapshot("evaluation.txt", &evaluate(&files(), &shelf(), TODAY, Format::Table).unwrap());
}

#[test]
fn the_problems_of_all_files_come_out_together() {
    let files = Files {
        answers: file("answers.json", "{\"answers\": {\"cake\": {\"value\": 1}}}"),
        facts: file("facts.json", "{\"subject.colour\": \"red\"}"),
        policy: file("policy.yaml", "policy: x"),
        ..files()
    };
    let problems = evaluate(&files, &shelf(), TODAY, Format::Json).unwrap_err();
    let named: std::collections::BTreeSet<_> = problems.iter().map(|problem| problem.file.as_str()).collect();
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["answers.json", "facts.json", "policy.yaml"]);
}

#[test]
fn an_override_of_nothing_is_a_problem() {
    let answers = r#"{"overrides": [{"requirement": "nothing", "verdict": "met", "reason": "r", "by": "b"}]}"#;
    let problems =
        evaluate(&Files { answers: file("answers.json", answers), ..files() }, &shelf(), TODAY, Format::Json)
            .unwrap_err();
    assert!(problems[0].message.en.contains("`nothing`"));
}

#[test]
fn a_policy_that_reads_an_unknown_question_is_not_evaluated() {
    let policy = POLICY.replace("answer: training.yearly", "answer: training.monthly");
    let problems = evaluate(&Files { policy: file("policy.yaml", &policy), ..files() }, &shelf(), TODAY, Format::Json)
        .unwrap_err();
    assert!(problems[0].message.en.contains("There is no question `training.monthly`"), "{problems:?}");
}

#[test]
fn check_finds_nothing_wrong_with_good_files() {
    let files =
        [file("policy.yaml", POLICY), file("questionnaire.yaml", QUESTIONNAIRE), file("requirements.yaml", LIBRARY)];
    assert_eq!(check(&files, &Shelf::default()), []);
    // A file takes the place of its double on the shelf.
    assert_eq!(check(&files, &shelf()), []);
}

#[test]
fn check_tells_a_file_of_no_kind() {
    assert!(check(&[file("x.yaml", "colour: red")], &Shelf::default())[0].message.en.contains("neither a policy"));
    assert_eq!(check(&[], &Shelf::default()), []);
}
