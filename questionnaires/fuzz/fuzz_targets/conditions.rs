//! Whatever condition the bytes are, both evaluators come to the same bytes, and what it is written as is read back as itself.
#![no_main]

use std::sync::{Arc, LazyLock};

use jiff::civil::{Date, date};
use kakunin_questionnaires::answer::Answers;
use kakunin_questionnaires::compile::Compiled;
use kakunin_questionnaires::condition::Condition;
use kakunin_questionnaires::evaluate::evaluate;
use kakunin_questionnaires::fact::Facts;
use kakunin_questionnaires::policy::Policy;
use kakunin_questionnaires::questionnaire::Questionnaire;
use kakunin_questionnaires::{catalog, load};
use libfuzzer_sys::fuzz_target;

const TODAY: Date = date(2026, 11, 20);

static QUESTIONNAIRE: LazyLock<Arc<Questionnaire>> =
    LazyLock::new(|| Arc::new(catalog::questionnaire("outsourcing").expect("it ships").clone()));

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let mut policy = catalog::policy("nishitokyo").expect("it ships").clone();
    policy.requirements.truncate(1);
    policy
});

static GIVEN: LazyLock<Vec<(Answers, Facts)>> = LazyLock::new(|| {
    let answers = |json| Answers::from_json("answers", json, &QUESTIONNAIRE).expect("an example");
    let facts = Facts::from_json("facts", include_str!("../../examples/facts-engagement.json")).expect("an example");
    vec![
        (answers(include_str!("../../examples/answers-good.json")), facts.clone()),
        (answers(r#"{"answers": {}}"#), facts),
        (answers(r#"{"answers": {}}"#), Facts::default()),
    ]
});

fuzz_target!(|text: &str| {
    let Ok(condition) = serde_json::from_str::<Condition>(text) else { return };
    let written = serde_json::to_string(&condition).expect("a condition is written");
    let again: Condition = serde_json::from_str(&written).expect("what is written is read");
    assert_eq!(again, condition);
    let _ = load::table::written(&condition);
    let mut policy = POLICY.clone();
    for requirement in &mut policy.requirements {
        requirement.applies_when = None;
        requirement.met_when = condition.clone();
        requirement.partly_when = Some(Condition::Not(Box::new(condition.clone())));
    }
    let compiled = Compiled::new(Arc::new(policy.clone()), Arc::clone(&QUESTIONNAIRE));
    for (answers, facts) in GIVEN.iter() {
        let plain = evaluate(&policy, &QUESTIONNAIRE, answers, facts, TODAY);
        assert_eq!(compiled.evaluate(answers, facts, TODAY).canonical_json(), plain.canonical_json());
    }
});
