//! The compiled evaluator against the plain one: every verdict, number and trace, byte for byte.

use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use super::*;
use crate::answer::{Answer, Override, Value};
use crate::condition::Condition;
use crate::evaluate::evaluate;
use crate::fact::{FactKind, FactValue, SCHEMA};
use crate::load;
use crate::policy::{Level, OwedBy, Requirement, Thresholds, Visibility};
use crate::text::Text;

const TODAY: Date = date(2026, 11, 20);

/// Every kind of question, some behind others, some that may not be "not applicable".
const QUESTIONNAIRE: &str = r#"
questionnaire: sample
version: "1"
title: {ja: 見本, en: Sample}
introduction: {ja: 説明, en: Introduction}
sections:
  - id: one
    title: {ja: 一, en: One}
    introduction: {ja: 説明, en: Introduction}
    minutes: 1
    questions:
      - {key: a, text: {ja: 甲, en: A}, type: yes_no}
      - {key: b, text: {ja: 乙, en: B}, type: choice, choices: [{value: x, label: {ja: 一, en: X}}, {value: "1", label: {ja: 二, en: Y}}, {value: z, label: {ja: 三, en: Z}}]}
      - {key: c, text: {ja: 丙, en: C}, type: yes_no, may_be_not_applicable: false, shown_when: {any: [{answer: a, is: "yes"}, {answer: b, in: [x, z]}, {answer: a, has_evidence: true}]}}
  - id: two
    title: {ja: 二, en: Two}
    introduction: {ja: 説明, en: Introduction}
    minutes: 1
    questions:
      - {key: people, text: {ja: 人, en: People}, type: number, minimum: 0, maximum: 9, shown_when: {not: {answer: c, is: "no"}}}
      - {key: kinds, text: {ja: 種, en: Kinds}, type: choices, choices: [{value: x, label: {ja: 一, en: X}}, {value: y, label: {ja: 二, en: Y}}, {value: z, label: {ja: 三, en: Z}}]}
      - {key: day, text: {ja: 日, en: Day}, type: date, shown_when: {all: [{answer: people, at_least: 3}, {answer: kinds, includes: x}]}}
      - {key: words, text: {ja: 文, en: Words}, type: text, max_characters: 9}
"#;

const KEYS: [&str; 8] = ["a", "b", "c", "people", "kinds", "day", "words", "absent"];

/// Comparisons that fit and comparisons that do not: what cannot come out of the reader must still come out alike.
const COMPARISONS: [&str; 48] = [
    r#"{"answer": "a", "is": "yes"}"#,
    r#"{"answer": "a", "is": true}"#,
    r#"{"answer": "a", "present": true}"#,
    r#"{"answer": "a", "has_evidence": true}"#,
    r#"{"answer": "a", "at_least": 1}"#,
    r#"{"answer": "b", "is": 1}"#,
    r#"{"answer": "b", "in": ["x", "z"]}"#,
    r#"{"answer": "b", "in": ["x", true, "z"]}"#,
    r#"{"answer": "b", "in": [true, "x"]}"#,
    r#"{"answer": "b", "in": ["q", 1]}"#,
    r#"{"answer": "b", "includes": "x"}"#,
    r#"{"answer": "b", "present": false}"#,
    r#"{"answer": "c", "is": "no"}"#,
    r#"{"answer": "c", "has_evidence": true}"#,
    r#"{"answer": "c", "present": true}"#,
    r#"{"answer": "people", "at_least": 3}"#,
    r#"{"answer": "people", "at_most": 6}"#,
    r#"{"answer": "people", "is": 4}"#,
    r#"{"answer": "people", "in": [1, 5, 9]}"#,
    r#"{"answer": "people", "in": [1, "5"]}"#,
    r#"{"answer": "people", "before": "today"}"#,
    r#"{"answer": "kinds", "includes": "x"}"#,
    r#"{"answer": "kinds", "includes": "nowhere"}"#,
    r#"{"answer": "kinds", "includes_all": ["x", "y"]}"#,
    r#"{"answer": "kinds", "includes_all": []}"#,
    r#"{"answer": "kinds", "is": "x"}"#,
    r#"{"answer": "kinds", "has_evidence": true}"#,
    r#"{"answer": "day", "before": "today"}"#,
    r#"{"answer": "day", "after": "2026-11-01"}"#,
    r#"{"answer": "day", "within_days": 30}"#,
    r#"{"answer": "day", "is": "2026-11-20"}"#,
    r#"{"answer": "day", "in": ["2026-11-01", "2027-01-01"]}"#,
    r#"{"answer": "day", "is": "soon"}"#,
    r#"{"answer": "words", "is": "はい"}"#,
    r#"{"answer": "words", "in": ["はい", "いいえ"]}"#,
    r#"{"answer": "words", "present": true}"#,
    r#"{"answer": "absent", "is": "yes"}"#,
    r#"{"answer": "absent", "has_evidence": true}"#,
    r#"{"answer": "absent", "present": true}"#,
    r#"{"fact": "contract.items", "includes": "education"}"#,
    r#"{"fact": "contract.items", "includes_all": ["education", "audit_right"]}"#,
    r#"{"fact": "subject.zone", "is": "lgwan"}"#,
    r#"{"fact": "subject.confidentiality", "in": [2, "3a"]}"#,
    r#"{"fact": "contract.ends_on", "after": "today"}"#,
    r#"{"fact": "officer.ciso.present", "is": true}"#,
    r#"{"fact": "officer.ciso.present", "in": [false, true]}"#,
    r#"{"fact": "officer.ciso.present", "is": "true"}"#,
    r#"{"fact": "no.such.fact", "present": true}"#,
];

const FACTS: [&str; 6] = [
    "contract.items",
    "subject.zone",
    "subject.confidentiality",
    "contract.ends_on",
    "officer.ciso.present",
    "no.such.fact",
];

static SAMPLE: LazyLock<Arc<Questionnaire>> =
    LazyLock::new(|| Arc::new(load::questionnaire("sample.yaml", QUESTIONNAIRE).unwrap()));

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop::sample::select(COMPARISONS.to_vec())
        .prop_map(|json| serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}")));
    leaf.prop_recursive(4, 24, 4, |inner: BoxedStrategy<Condition>| {
        let several = prop::collection::vec(inner.clone(), 0..5);
        prop_oneof![
            several.clone().prop_map(Condition::All),
            several.clone().prop_map(Condition::Any),
            inner.prop_map(|condition| Condition::Not(Box::new(condition))),
            (several, 0..5_u16).prop_map(|(conditions, of)| Condition::AtLeast { of, conditions }),
        ]
    })
}

fn policy() -> impl Strategy<Value = Arc<Policy>> {
    let one = (prop::option::of(condition()), condition(), prop::option::of(condition()), any::<bool>(), 1..=100_u16);
    let numbers = (0..=10_000_u16, prop::array::uniform3(0..=10_000_u16));
    (prop::collection::vec(one, 0..5), numbers).prop_map(|(requirements, (minimum_coverage, mut thresholds))| {
        thresholds.sort_unstable();
        let [c, b, a] = thresholds;
        let requirement = |(number, (applies_when, met_when, partly_when, must, weight))| Requirement {
            id: format!("r{number}"),
            clause: "1".to_owned(),
            title: Text::new("題", "Title"),
            text: Text::new("文", "Text"),
            level: if must { Level::Must } else { Level::Should },
            weight,
            owed_by: OwedBy::Vendor,
            visibility: Visibility::Internal,
            basis: Vec::new(),
            applies_when,
            met_when,
            partly_when,
        };
        let requirements = (0..).zip(requirements).map(|(number, one): (i32, _)| requirement((number, one))).collect();
        Arc::new(Policy {
            id: "sample".to_owned(),
            version: "1".to_owned(),
            title: Text::new("見本", "Sample"),
            organization_code: None,
            organization_name: Text::new("市", "City"),
            adopted_on: date(2020, 4, 1),
            revised_on: date(2026, 1, 1),
            effective_on: date(2026, 1, 1),
            history: Vec::new(),
            scope: None,
            minimum_coverage,
            thresholds: Thresholds { a, b, c },
            clauses: Vec::new(),
            requirements,
        })
    })
}

fn words() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["yes", "no", "x", "y", "z", "1", "はい", "あまりに長い文です", "", "mars"])
        .prop_map(str::to_owned)
}

fn days() -> impl Strategy<Value = Date> {
    prop::sample::select(vec![
        date(2026, 11, 1),
        date(2026, 11, 20),
        date(2026, 12, 20),
        date(2026, 12, 21),
        date(2027, 1, 1),
        date(1969, 12, 31),
    ])
}

/// Values of every kind for every question: some fit it, some do not.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => words().prop_map(Value::Choice),
        3 => prop::collection::btree_set(words(), 0..4).prop_map(Value::Choices),
        1 => words().prop_map(Value::Text),
        3 => (-1..11_i64).prop_map(Value::Number),
        2 => days().prop_map(Value::Date),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    let reason = || "理由".to_owned();
    prop_oneof![
        8 => value().prop_map(Answer::Given),
        2 => any::<bool>().prop_map(move |accepted| Answer::NotApplicable { reason: reason(), accepted }),
        1 => Just(Answer::Undisclosed { reason: reason() }),
    ]
}

/// An answer that fits, more often than chance would give one.
fn fitting(key: &'static str) -> BoxedStrategy<Answer> {
    let given = |value: BoxedStrategy<Value>| value.prop_map(Answer::Given).boxed();
    match key {
        "a" | "c" => {
            given(prop::sample::select(vec!["yes", "no"]).prop_map(|one| Value::Choice(one.to_owned())).boxed())
        }
        "b" => given(prop::sample::select(vec!["x", "1", "z"]).prop_map(|one| Value::Choice(one.to_owned())).boxed()),
        "people" => given((0..10_i64).prop_map(Value::Number).boxed()),
        "kinds" => given(
            prop::sample::subsequence(vec!["x", "y", "z"], 1..=3)
                .prop_map(|some| Value::Choices(some.into_iter().map(str::to_owned).collect()))
                .boxed(),
        ),
        "day" => given(days().prop_map(Value::Date).boxed()),
        "words" => given(
            prop::sample::select(vec!["はい", "いいえ", "さあ"]).prop_map(|one| Value::Text(one.to_owned())).boxed(),
        ),
        _ => answer().boxed(),
    }
}

fn answers() -> impl Strategy<Value = Answers> {
    let each: Vec<_> = KEYS
        .iter()
        .map(|key| {
            let one = prop_oneof![3 => fitting(key).prop_map(Some), 2 => answer().prop_map(Some), 2 => Just(None)];
            (one, prop::option::weighted(0.3, 0..3_usize))
        })
        .collect();
    let verdict = prop::sample::select(vec![
        Verdict::Met,
        Verdict::PartlyMet,
        Verdict::NotMet,
        Verdict::Unconfirmed,
        Verdict::NotApplicable,
    ]);
    let change = (0..6_usize, verdict, prop::option::of(days())).prop_map(|(number, verdict, until)| Override {
        requirement: format!("r{number}"),
        verdict,
        reason: "理由".to_owned(),
        by: "課長".to_owned(),
        until,
    });
    (each, prop::collection::vec(change, 0..3)).prop_map(|(each, overrides)| {
        let mut answers = Answers { overrides, ..Answers::default() };
        for (key, (answer, files)) in KEYS.iter().zip(each) {
            answers.answers.extend(answer.map(|answer| ((*key).to_owned(), answer)));
            let files = files.map(|files| vec!["証跡.pdf".to_owned(); files]);
            answers.evidence.extend(files.map(|files| ((*key).to_owned(), files)));
        }
        answers
    })
}

fn facts() -> impl Strategy<Value = Facts> {
    let value = |path: &'static str| -> BoxedStrategy<FactValue> {
        let kind = SCHEMA.iter().find(|row| row.path == path).map(|row| row.kind);
        let of_kind = match kind {
            Some(FactKind::Choice(choices)) => {
                prop::sample::select(choices).prop_map(|one| FactValue::Choice(one.to_owned())).boxed()
            }
            Some(FactKind::Set(choices)) => prop::sample::subsequence(choices, 0..=choices.len())
                .prop_map(|some| FactValue::Set(some.into_iter().map(str::to_owned).collect()))
                .boxed(),
            Some(FactKind::Date) => days().prop_map(FactValue::Date).boxed(),
            _ => any::<bool>().prop_map(FactValue::Bool).boxed(),
        };
        prop_oneof![
            6 => of_kind,
            1 => words().prop_map(FactValue::Choice),
            1 => any::<bool>().prop_map(FactValue::Bool),
        ]
        .boxed()
    };
    let each: Vec<_> = FACTS.iter().map(|path| prop::option::weighted(0.7, value(path))).collect();
    each.prop_map(|each| {
        let known = FACTS.iter().zip(each).filter_map(|(path, value)| Some(((*path).to_owned(), value?)));
        Facts(known.collect())
    })
}

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
