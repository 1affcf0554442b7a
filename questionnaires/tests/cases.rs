//! Runs the cases of `tests/cases/*.yaml`: a note, a policy, a questionnaire, answers, facts, and what is wanted.
//!
//! A case gives its requirements, or a whole policy; its questions, or a whole questionnaire. Numbers and verdicts are
//! compared where the case names them; `problems` are parts of English messages, all of which have to occur.
#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kakunin_questionnaires::answer::Answers;
use kakunin_questionnaires::command::{self, File, Files, Format, Shelf};
use kakunin_questionnaires::evaluate::{Evaluation, Rating, Reason, Verdict};
use kakunin_questionnaires::fact::Facts;
use kakunin_questionnaires::load;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    note: String,
    today: Option<String>,
    policy: Option<String>,
    requirements: Option<String>,
    questionnaire: Option<String>,
    questions: Option<String>,
    #[serde(default)]
    answers: Option<String>,
    facts: Option<String>,
    want: Want,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Want {
    rating: Option<Rating>,
    /// `none` or hundredths of a percent.
    score: Option<String>,
    coverage: Option<u16>,
    #[serde(default)]
    verdicts: BTreeMap<String, Verdict>,
    #[serde(default)]
    open: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    reasons: BTreeMap<String, Vec<Reason>>,
    #[serde(default)]
    overridden: Vec<String>,
    #[serde(default)]
    problems: Vec<String>,
}

const POLICY: &str = r#"policy: sample
version: "1"
title: {ja: 見本, en: Sample}
organization: {code: "132292", name: {ja: 市, en: City}}
adopted_on: 2020-04-01
revised_on: 2026-01-01
effective_on: 2026-01-01
minimum_coverage: 8000
thresholds: {a: 9000, b: 7500, c: 6000}
clauses:
  - {id: "1", title: {ja: 条, en: Clause}, summary: {ja: 要約, en: Summary}, visibility: public}
requirements:
"#;

const QUESTIONNAIRE: &str = r#"questionnaire: sample
version: "1"
title: {ja: 見本, en: Sample}
introduction: {ja: 説明, en: Introduction}
sections:
  - id: only
    title: {ja: 一, en: One}
    introduction: {ja: 説明, en: Introduction}
    minutes: 1
    questions:
"#;

const REST: &str = r#"clause: "1", title: {ja: 題, en: Title}, text: {ja: 文, en: Text}, owed_by: vendor, visibility: internal, basis: [{doc: d, ref: r}]"#;

/// `REST` stands for the fields that no case is about.
fn below(head: &str, entries: &str) -> String {
    let entries = entries.replace("REST", REST).replace("TEXT", "text: {ja: 問, en: Question}");
    let indented: Vec<_> = entries.lines().map(|line| format!("      {line}")).collect();
    format!("{head}{}\n", indented.join("\n"))
}

fn evaluated(case: &Case) -> Result<Evaluation, Vec<load::Problem>> {
    let policy = case.policy.clone().unwrap_or_else(|| below(POLICY, case.requirements.as_deref().unwrap_or_default()));
    let questionnaire = case
        .questionnaire
        .clone()
        .unwrap_or_else(|| below(QUESTIONNAIRE, case.questions.as_deref().unwrap_or_default()));
    let file = |name, text| File { name, text };
    let files = Files {
        policy: file("policy", policy.as_str()),
        questionnaire: file("questionnaire", questionnaire.as_str()),
        answers: file("answers", case.answers.as_deref().unwrap_or("{}")),
        facts: file("facts", case.facts.as_deref().unwrap_or("{}")),
    };
    let today = case.today.as_deref().unwrap_or("2026-11-20").parse().unwrap();
    let json = command::evaluate(&files, &Shelf::default(), today, Format::Json)?;
    let evaluation: Evaluation = serde_json::from_str(&json).unwrap();
    assert_eq!(
        format!("{}\n", serde_json::to_string_pretty(&evaluation).unwrap()),
        json,
        "the JSON reads back the same"
    );
    command::evaluate(&files, &Shelf::default(), today, Format::Table).unwrap();
    let questionnaire = load::questionnaire("questionnaire", &questionnaire).unwrap();
    let answers = Answers::from_json("answers", files.answers.text, &questionnaire).unwrap();
    assert_eq!(answers.sha256(), evaluation.answers_sha256);
    assert_eq!(Facts::from_json("facts", files.facts.text).unwrap().sha256(), evaluation.facts_sha256);
    Ok(evaluation)
}

/// What is not as wanted.
fn differences(case: &Case) -> Vec<String> {
    let evaluation = match evaluated(case) {
        Ok(evaluation) if case.want.problems.is_empty() => evaluation,
        Ok(_) => return vec!["problems were wanted, and there are none".to_owned()],
        Err(problems) => {
            let found: Vec<_> = problems.iter().map(ToString::to_string).collect();
            let absent = case.want.problems.iter().filter(|wanted| !found.iter().any(|found| found.contains(*wanted)));
            let mut differences: Vec<_> =
                absent.map(|wanted| format!("wanted the problem {wanted:?} among {found:#?}")).collect();
            if case.want.problems.is_empty() {
                differences.push(format!("unwanted problems: {found:#?}"));
            }
            return differences;
        }
    };
    let want = &case.want;
    let mut differences = Vec::new();
    let mut note = |what: &str, wanted: String, found: String| {
        if wanted != found {
            differences.push(format!("{what}: wanted {wanted}, found {found}"));
        }
    };
    if let Some(rating) = want.rating {
        note("rating", format!("{rating:?}"), format!("{:?}", evaluation.rating));
    }
    if let Some(score) = &want.score {
        note("score", score.clone(), evaluation.score.map_or_else(|| "none".to_owned(), |score| score.to_string()));
    }
    if let Some(coverage) = want.coverage {
        note("coverage", coverage.to_string(), evaluation.coverage.to_string());
    }
    let of = |id: &str| {
        evaluation
            .requirements
            .iter()
            .find(|one| one.id == id)
            .unwrap_or_else(|| panic!("{}: no requirement {id}", case.note))
    };
    for (id, verdict) in &want.verdicts {
        note(id, format!("{verdict:?}"), format!("{:?}", of(id).verdict));
    }
    for (id, open) in &want.open {
        note(&format!("open of {id}"), format!("{open:?}"), format!("{:?}", of(id).open));
    }
    for (id, reasons) in &want.reasons {
        note(&format!("reasons of {id}"), format!("{reasons:#?}"), format!("{:#?}", of(id).reasons));
    }
    let overridden: Vec<_> =
        evaluation.requirements.iter().filter(|one| one.overridden).map(|one| one.id.clone()).collect();
    note("overridden", format!("{:?}", want.overridden), format!("{overridden:?}"));
    differences
}

#[test]
fn every_case_comes_out_as_wanted() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut paths: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let cases: Vec<Case> = serde_saphyr::from_str_with_options(
            &fs::read_to_string(&path).unwrap(),
            serde_saphyr::options! { strict_booleans: true },
        )
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in cases {
            count += 1;
            wrong.extend(
                differences(&case)
                    .into_iter()
                    .map(|difference| format!("{} · {}: {difference}", path.file_name().unwrap().display(), case.note)),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 25, "only {count} cases");
}
