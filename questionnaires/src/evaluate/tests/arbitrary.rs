//! Generated policies and answers over one small questionnaire.

use super::*;

pub(super) const KEYS: [&str; 9] = ["a", "b", "c", "d", "gate", "behind", "people", "kinds", "day"];

const QUESTIONNAIRE: &str = r#"
questionnaire: sample
version: "1"
title: {ja: 見本, en: Sample}
introduction: {ja: 説明, en: Introduction}
sections:
  - id: only
    title: {ja: 一, en: One}
    introduction: {ja: 説明, en: Introduction}
    minutes: 1
    questions:
      - {key: a, text: {ja: 甲, en: A}, type: yes_no}
      - {key: b, text: {ja: 乙, en: B}, type: yes_no}
      - {key: c, text: {ja: 丙, en: C}, type: yes_no}
      - {key: d, text: {ja: 丁, en: D}, type: yes_no, may_be_not_applicable: false}
      - {key: gate, text: {ja: 門, en: Gate}, type: yes_no}
      - {key: behind, text: {ja: 奥, en: Behind}, type: yes_no, shown_when: {not: {answer: gate, is: "no"}}}
      - {key: people, text: {ja: 人, en: People}, type: number, minimum: 0, maximum: 9}
      - {key: kinds, text: {ja: 種, en: Kinds}, type: choices, choices: [{value: x, label: {ja: 一, en: X}}, {value: y, label: {ja: 二, en: Y}}]}
      - {key: day, text: {ja: 日, en: Day}, type: date}
"#;

pub(super) fn questionnaire() -> Questionnaire {
    load::questionnaire("sample.yaml", QUESTIONNAIRE).unwrap()
}

pub(super) fn facts() -> Facts {
    Facts::from_json("facts.json", r#"{"subject.kind": "engagement", "contract.items": ["education", "audit_right"], "contract.ends_on": "2027-03-31"}"#).unwrap()
}

pub(super) fn requirement(number: usize) -> Requirement {
    Requirement {
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
        met_when: condition(r#"{"answer": "a", "is": "yes"}"#),
        partly_when: None,
    }
}

fn condition(json: &str) -> Condition {
    serde_json::from_str(json).unwrap()
}

const COMPARISONS: [&str; 17] = [
    r#"{"answer": "a", "is": "yes"}"#,
    r#"{"answer": "b", "in": ["yes", "no"]}"#,
    r#"{"answer": "c", "is": "no"}"#,
    r#"{"answer": "d", "is": "yes"}"#,
    r#"{"answer": "gate", "is": "yes"}"#,
    r#"{"answer": "behind", "is": "yes"}"#,
    r#"{"answer": "people", "at_least": 3}"#,
    r#"{"answer": "people", "at_most": 6}"#,
    r#"{"answer": "kinds", "includes": "x"}"#,
    r#"{"answer": "kinds", "includes_all": ["x", "y"]}"#,
    r#"{"answer": "day", "before": "today"}"#,
    r#"{"answer": "day", "within_days": 30}"#,
    r#"{"answer": "a", "present": true}"#,
    r#"{"answer": "b", "present": false}"#,
    r#"{"answer": "c", "has_evidence": true}"#,
    r#"{"fact": "contract.items", "includes": "education"}"#,
    r#"{"fact": "subject.zone", "is": "lgwan"}"#,
];

fn grown(leaf: impl Strategy<Value = Condition> + 'static) -> impl Strategy<Value = Condition> {
    leaf.prop_recursive(4, 24, 4, |inner| {
        let several = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            several.clone().prop_map(Condition::All),
            several.clone().prop_map(Condition::Any),
            inner.prop_map(|condition| Condition::Not(Box::new(condition))),
            (several, 1..4_u16).prop_map(|(conditions, of)| Condition::AtLeast {
                of: of.min(u16::try_from(conditions.len()).unwrap()),
                conditions
            }),
        ]
    })
}

fn any_condition() -> impl Strategy<Value = Condition> {
    grown((0..COMPARISONS.len()).prop_map(|index| condition(COMPARISONS[index])))
}

pub(super) fn yes_no_condition() -> impl Strategy<Value = Condition> {
    grown((0..4_usize, any::<bool>()).prop_map(|(key, yes)| {
        condition(&format!(r#"{{"answer": "{}", "is": "{}"}}"#, KEYS[key], if yes { "yes" } else { "no" }))
    }))
}

pub(super) fn policy() -> impl Strategy<Value = Policy> {
    let one = (
        prop::option::of(any_condition()),
        any_condition(),
        prop::option::of(any_condition()),
        any::<bool>(),
        1..=100_u16,
    );
    prop::collection::vec(one, 0..6).prop_map(|requirements| Policy {
        id: "sample".to_owned(),
        version: "1".to_owned(),
        title: Text::new("見本", "Sample"),
        organization_code: Some("132292".to_owned()),
        organization_name: Text::new("市", "City"),
        adopted_on: date(2020, 4, 1),
        revised_on: date(2026, 1, 1),
        effective_on: date(2026, 1, 1),
        history: Vec::new(),
        scope: None,
        minimum_coverage: 8000,
        thresholds: Thresholds { a: 9000, b: 7500, c: 6000 },
        clauses: Vec::new(),
        requirements: requirements
            .into_iter()
            .enumerate()
            .map(|(number, (applies_when, met_when, partly_when, must, weight))| Requirement {
                applies_when,
                met_when,
                partly_when,
                weight,
                level: if must { Level::Must } else { Level::Should },
                ..requirement(number)
            })
            .collect(),
    })
}

/// A given answer or an accepted "not applicable", chosen by the seed.
pub(super) fn state(key: &str, seed: u64) -> Answer {
    if seed.is_multiple_of(7) {
        return Answer::NotApplicable { reason: "対象外".to_owned(), accepted: true };
    }
    let seed = i64::try_from(seed % 101).unwrap();
    let choice = |value: &str| Value::Choice(value.to_owned());
    Answer::Given(match key {
        "people" => Value::Number(seed % 10),
        "kinds" => Value::Choices(if seed % 3 == 0 {
            ["x", "y"].map(str::to_owned).into()
        } else {
            ["y"].map(str::to_owned).into()
        }),
        "day" => Value::Date(if seed % 2 == 0 { date(2026, 11, 1) } else { date(2027, 1, 1) }),
        _ if seed % 2 == 0 => choice("yes"),
        _ => choice("no"),
    })
}

fn any_answer(key: &'static str) -> impl Strategy<Value = Option<Answer>> {
    (0..6_u8, any::<u64>()).prop_map(move |(kind, seed)| match kind {
        0 | 1 => None,
        2 => Some(Answer::Undisclosed { reason: "非公開".to_owned() }),
        3 => Some(Answer::NotApplicable { reason: "対象外".to_owned(), accepted: false }),
        _ => Some(state(key, seed)),
    })
}

pub(super) fn answers() -> impl Strategy<Value = Answers> {
    let each: Vec<_> = KEYS.iter().map(|key| (any_answer(key), prop::bool::weighted(0.2))).collect();
    each.prop_map(|each| {
        let mut answers = Answers::default();
        for (key, (answer, evidence)) in KEYS.iter().zip(each) {
            answers.answers.extend(answer.map(|answer| ((*key).to_owned(), answer)));
            answers.evidence.extend(evidence.then(|| ((*key).to_owned(), vec!["証跡.pdf".to_owned()])));
        }
        answers
    })
}

pub(super) fn yes_no_answers() -> impl Strategy<Value = Answers> {
    prop::collection::vec(prop::option::weighted(0.3, any::<bool>()), 4).prop_map(|given| {
        let answers: BTreeMap<_, _> = KEYS
            .iter()
            .zip(given)
            .filter_map(|(key, given)| {
                Some(((*key).to_owned(), Answer::Given(Value::Choice(if given? { "yes" } else { "no" }.to_owned()))))
            })
            .collect();
        Answers { answers, ..Answers::default() }
    })
}
