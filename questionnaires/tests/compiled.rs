//! The compiled evaluator against the plain one: every verdict, number and trace, byte for byte; and what it says, kept for the browser's build to be
//! held against.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests"
)]

mod generated;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::Arc;

use generated::{SAMPLE, TODAY, answers, facts, policy};
use kakunin_questionnaires::answer::{Answer, Answers, Value};
use kakunin_questionnaires::compile::Compiled;
use kakunin_questionnaires::evaluate::evaluate;
use kakunin_questionnaires::fact::Facts;
use kakunin_questionnaires::load;
use kakunin_questionnaires::policy::{Level, OwedBy, Policy, Requirement, Visibility};
use kakunin_questionnaires::text::Text;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

/// 20 000, or as many as `EVALUATOR_CASES` says: `make test-long` asks for a million.
fn cases() -> u32 {
    std::env::var("EVALUATOR_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(20_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn the_compiled_evaluator_gives_what_the_plain_one_gives(policy in policy(), answers in answers(), facts in facts()) {
        let compiled = Compiled::new(Arc::clone(&policy), Arc::clone(&SAMPLE));
        let plain = evaluate(&policy, &SAMPLE, &answers, &facts, TODAY);
        let evaluation = compiled.evaluate(&answers, &facts, TODAY);
        prop_assert_eq!(&evaluation, &plain);
        prop_assert_eq!(evaluation.canonical_json(), plain.canonical_json());
        let mut items = Vec::new();
        let standing = compiled.standing(&compiled.lay_out(&answers, &facts, TODAY), &mut items);
        prop_assert_eq!((standing.rating, standing.score, standing.coverage), (plain.rating, plain.score, plain.coverage));
    }
}

#[test]
fn a_key_with_more_than_sixty_four_values_is_told_apart() {
    let choices: Vec<String> =
        (0..150).map(|number| format!("{{value: v{number}, label: {{ja: 値{number}, en: V{number}}}}}")).collect();
    let text = format!(
        "questionnaire: wide\nversion: \"1\"\ntitle: {{ja: 広, en: Wide}}\nintroduction: {{ja: 広, en: Wide}}\nsections:\n  - id: one\n    \
         title: {{ja: 一, en: One}}\n    introduction: {{ja: 一, en: One}}\n    minutes: 1\n    questions:\n      - {{key: many, text: {{ja: 多, en: Many}}, \
         type: choices, choices: [{}]}}\n      - {{key: one, text: {{ja: 一, en: One}}, type: choice, choices: [{}]}}\n",
        choices.join(", "),
        choices.join(", ")
    );
    let questionnaire = Arc::new(load::questionnaire("wide.yaml", &text).unwrap());
    let all = serde_json::json!((0..150).map(|number| format!("v{number}")).collect::<Vec<_>>());
    let some = serde_json::json!(["v0", "v70", "v149"]);
    let conditions = [
        serde_json::json!({"answer": "many", "includes_all": all}),
        serde_json::json!({"answer": "many", "includes_all": some}),
        serde_json::json!({"answer": "many", "includes": "v149"}),
        serde_json::json!({"answer": "one", "in": all}),
        serde_json::json!({"answer": "one", "in": some}),
        serde_json::json!({"answer": "one", "is": "v140"}),
        serde_json::json!({"not": {"answer": "one", "in": some}}),
    ];
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut policy = Policy::clone(&policy().new_tree(&mut runner).unwrap().current());
    policy.requirements.clear();
    for (number, condition) in conditions.into_iter().enumerate() {
        policy.requirements.push(Requirement {
            id: format!("r{number}"),
            clause: "1".to_owned(),
            title: Text::new("題", "Title"),
            text: Text::new("文", "Text"),
            level: Level::Must,
            weight: 1,
            owed_by: OwedBy::Vendor,
            visibility: Visibility::Internal,
            basis: Vec::new(),
            applies_when: None,
            met_when: serde_json::from_value(condition).unwrap(),
            partly_when: None,
        });
    }
    let policy = Arc::new(policy);
    let compiled = Compiled::new(Arc::clone(&policy), Arc::clone(&questionnaire));
    for number in [0, 63, 64, 70, 127, 128, 140, 149] {
        let mut answers = Answers::default();
        answers.answers.insert("one".to_owned(), Answer::Given(Value::Choice(format!("v{number}"))));
        let chosen = (0..=number).map(|number| format!("v{number}")).collect();
        answers.answers.insert("many".to_owned(), Answer::Given(Value::Choices(chosen)));
        let facts = Facts::default();
        assert_eq!(
            compiled.evaluate(&answers, &facts, TODAY),
            evaluate(&policy, &questionnaire, &answers, &facts, TODAY),
            "v{number}"
        );
    }
}

/// The next of what a strategy makes that comes back from its JSON, with that JSON. An empty group or a value of another kind than its question's cannot be
/// stored, so it never reaches a browser.
fn stored<T: PartialEq>(
    strategy: &impl Strategy<Value = T>,
    runner: &mut TestRunner,
    json: impl Fn(&T) -> String,
    read: impl Fn(&str) -> Option<T>,
) -> (T, String) {
    loop {
        let made = strategy.new_tree(runner).unwrap().current();
        let json = json(&made);
        if read(&json).is_some_and(|read| read == made) {
            return (made, json);
        }
    }
}

/// Cases for `wasm.rs`, one a line: policy, answers, facts, and the hash of the evaluation.
#[test]
fn what_the_evaluator_says_is_kept_for_the_browser() {
    const CASES: u32 = 20_000;
    let mut file = BufWriter::new(File::create(concat!(env!("CARGO_TARGET_TMPDIR"), "/evaluations.txt")).unwrap());
    writeln!(file, "{}", SAMPLE.canonical_json()).unwrap();
    let mut runner = TestRunner::deterministic();
    let (policies, all_answers, all_facts) = (policy(), answers(), facts());
    for _ in 0..CASES {
        let read = |json: &str| serde_json::from_str(json).ok().map(Arc::new);
        let (policy, policy_json) =
            stored(&policies, &mut runner, |policy: &Arc<Policy>| policy.canonical_json(), read);
        let read = |json: &str| Answers::from_canonical(json, &SAMPLE).ok();
        let (answers, answers_json) = stored(&all_answers, &mut runner, Answers::canonical_json, read);
        let read = |json: &str| Facts::from_canonical(json).ok();
        let (facts, facts_json) = stored(&all_facts, &mut runner, Facts::canonical_json, read);
        let evaluation = evaluate(&policy, &SAMPLE, &answers, &facts, TODAY);
        writeln!(file, "{}", [policy_json, answers_json, facts_json, evaluation.sha256()].join("\t")).unwrap();
    }
    file.flush().unwrap();
}
