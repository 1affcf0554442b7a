//! The evaluator as it is built for the browser says, byte for byte, what it says on the server: the cases that `compiled.rs` has kept, through wasm.
//! `make test` runs it in Node's V8, which is Chromium's.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests"
)]

use std::sync::Arc;

use jiff::civil::date;
use kakunin_questionnaires::answer::Answers;
use kakunin_questionnaires::compile::Compiled;
use kakunin_questionnaires::evaluate::evaluate;
use kakunin_questionnaires::fact::Facts;
use kakunin_questionnaires::policy::Policy;
use kakunin_questionnaires::questionnaire::Questionnaire;
use wasm_bindgen_test::wasm_bindgen_test;

const KEPT: &str = include_str!(concat!(env!("CARGO_TARGET_TMPDIR"), "/../../tmp/evaluations.txt"));

#[wasm_bindgen_test]
fn wasm_says_what_the_server_says() {
    let today = date(2026, 11, 20);
    let mut lines = KEPT.lines();
    let questionnaire: Questionnaire = serde_json::from_str(lines.next().unwrap()).unwrap();
    let questionnaire = Arc::new(questionnaire);
    let mut cases = 0;
    for line in lines {
        let [policy, answers, facts, sha256] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let policy: Arc<Policy> = Arc::new(serde_json::from_str(policy).unwrap());
        let answers = Answers::from_canonical(answers, &questionnaire).unwrap();
        let facts = Facts::from_canonical(facts).unwrap();
        let plain = evaluate(&policy, &questionnaire, &answers, &facts, today);
        let compiled = Compiled::new(Arc::clone(&policy), Arc::clone(&questionnaire)).evaluate(&answers, &facts, today);
        assert_eq!(plain.sha256(), sha256, "case {cases}, plain");
        assert_eq!(compiled.sha256(), sha256, "case {cases}, compiled");
        cases += 1;
    }
    assert_eq!(cases, 20_000);
}
