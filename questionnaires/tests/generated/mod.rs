//! Generated policies, answers and facts over one small questionnaire, for whatever holds of all of them.

use std::sync::{Arc, LazyLock};

use jiff::civil::{Date, date};
use kakunin_questionnaires::answer::{Answer, Answers, Override, Value};
use kakunin_questionnaires::condition::Condition;
use kakunin_questionnaires::evaluate::Verdict;
use kakunin_questionnaires::fact::{FactKind, FactValue, Facts, SCHEMA};
use kakunin_questionnaires::load;
use kakunin_questionnaires::policy::{Level, OwedBy, Policy, Requirement, Thresholds, Visibility};
use kakunin_questionnaires::questionnaire::Questionnaire;
use kakunin_questionnaires::text::Text;
use proptest::prelude::*;

pub const TODAY: Date = date(2026, 11, 20);

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

pub static SAMPLE: LazyLock<Arc<Questionnaire>> =
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

pub fn policy() -> impl Strategy<Value = Arc<Policy>> {
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

pub fn answers() -> impl Strategy<Value = Answers> {
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

pub fn facts() -> impl Strategy<Value = Facts> {
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
