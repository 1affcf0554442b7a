//! The truth tables, and the rules about what is dropped.

use jiff::civil::date;

use super::*;

const ALL: [Truth; 3] = [Truth::True, Truth::False, Truth::Unknown];

/// Answers named by their own state.
struct ByName;

impl Source for ByName {
    fn seen(&self, key: &Key) -> Seen<'_> {
        match key {
            Key::Answer(name) if name == "t" => Seen::Known(Datum::Text("yes")),
            Key::Answer(name) if name == "f" => Seen::Known(Datum::Text("no")),
            Key::Answer(name) if name == "dropped" => Seen::Dropped,
            Key::Answer(name) if name == "day" => Seen::Known(Datum::Date(date(2026, 11, 10))),
            _ => Seen::Unknown,
        }
    }

    fn has_evidence(&self, key: &Key) -> bool {
        *key == Key::Answer("t".to_owned())
    }

    fn today(&self) -> Option<Date> {
        Some(date(2026, 11, 20))
    }
}

fn weigh(json: &str) -> Option<Truth> {
    serde_json::from_str::<Condition>(json).unwrap().weigh(&ByName)
}

fn leaf(name: &str) -> Condition {
    Condition::Compare(Comparison {
        key: Key::Answer(name.to_owned()),
        operator: Operator::Is(Constant::Text("yes".to_owned())),
    })
}

#[test]
fn and_or_and_not_are_kleenes() {
    // Kleene: True is the top, False the bottom, Unknown between; `and` is the minimum, `or` the maximum.
    let rank = |truth| match truth {
        Truth::False => 0,
        Truth::Unknown => 1,
        Truth::True => 2,
    };
    for one in ALL {
        assert_eq!(rank(one.not()), 2 - rank(one));
        for other in ALL {
            assert_eq!(rank(one.and(other)), rank(one).min(rank(other)));
            assert_eq!(rank(one.or(other)), rank(one).max(rank(other)));
        }
    }
}

#[test]
fn all_with_a_false_is_false_whatever_else_is_unknown() {
    assert_eq!(Condition::All(vec![leaf("u"), leaf("f"), leaf("u")]).weigh(&ByName), Some(Truth::False));
    assert_eq!(Condition::Any(vec![leaf("u"), leaf("t")]).weigh(&ByName), Some(Truth::True));
}

#[test]
fn at_least_counts_what_may_still_come() {
    let of = |of, names: &[&str]| {
        Condition::AtLeast { of, conditions: names.iter().map(|name| leaf(name)).collect() }.weigh(&ByName)
    };
    assert_eq!(of(2, &["t", "t", "u"]), Some(Truth::True));
    assert_eq!(of(2, &["t", "f", "u"]), Some(Truth::Unknown));
    assert_eq!(of(2, &["f", "f", "u"]), Some(Truth::False));
}

#[test]
fn what_is_dropped_counts_neither_for_nor_against() {
    assert_eq!(Condition::All(vec![leaf("dropped"), leaf("t")]).weigh(&ByName), Some(Truth::True));
    assert_eq!(Condition::Any(vec![leaf("dropped"), leaf("f")]).weigh(&ByName), Some(Truth::False));
    assert_eq!(
        Condition::AtLeast { of: 2, conditions: vec![leaf("dropped"), leaf("t")] }.weigh(&ByName),
        Some(Truth::True)
    );
    assert_eq!(Condition::Not(Box::new(leaf("dropped"))).weigh(&ByName), None);
}

#[test]
fn present_and_evidence_are_unknown_until_something_is_there() {
    assert_eq!(weigh(r#"{"answer": "f", "present": true}"#), Some(Truth::True));
    assert_eq!(weigh(r#"{"answer": "f", "present": false}"#), Some(Truth::False));
    assert_eq!(weigh(r#"{"answer": "u", "present": true}"#), Some(Truth::Unknown));
    assert_eq!(weigh(r#"{"answer": "u", "present": false}"#), Some(Truth::Unknown));
    assert_eq!(weigh(r#"{"answer": "t", "has_evidence": true}"#), Some(Truth::True));
    assert_eq!(weigh(r#"{"answer": "f", "has_evidence": true}"#), Some(Truth::Unknown));
}

#[test]
fn dates_compare_strictly_and_days_count_either_way() {
    assert_eq!(weigh(r#"{"answer": "day", "before": "today"}"#), Some(Truth::True));
    assert_eq!(weigh(r#"{"answer": "day", "after": "2026-11-10"}"#), Some(Truth::False));
    assert_eq!(weigh(r#"{"answer": "day", "before": "2026-11-10"}"#), Some(Truth::False));
    assert_eq!(weigh(r#"{"answer": "day", "within_days": 10}"#), Some(Truth::True));
    assert_eq!(weigh(r#"{"answer": "day", "within_days": 9}"#), Some(Truth::False));
    assert_eq!(weigh(r#"{"answer": "day", "is": "2026-11-10"}"#), Some(Truth::True));
}

#[test]
fn an_operator_that_does_not_fit_is_never_a_pass() {
    assert_eq!(weigh(r#"{"answer": "t", "at_least": 1}"#), Some(Truth::Unknown));
    assert_eq!(weigh(r#"{"not": {"answer": "t", "at_least": 1}}"#), Some(Truth::Unknown));
}

#[test]
fn conditions_come_back_from_their_json() {
    let json = r#"{"any":[{"not":{"answer":"a","in":["x",2]}},{"at_least":{"of":1,"conditions":[{"fact":"b","before":"today"},{"answer":"c","has_evidence":true}]}},{"answer":"d","at_least":3}]}"#;
    let condition: Condition = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&condition).unwrap(), json);
    assert_eq!((condition.nodes(), condition.depth()), (7, 3));
}

#[test]
fn a_condition_says_exactly_one_thing() {
    for json in [
        r#"{}"#,
        r#"{"answer":"a"}"#,
        r#"{"is":"x"}"#,
        r#"{"answer":"a","is":"x","present":true}"#,
        r#"{"all":[]}"#,
        r#"{"answer":"a","fact":"b","is":"x"}"#,
        r#"{"answer":"a","is":"x","all":[]}"#,
        r#"{"answer":"a","has_evidence":false}"#,
    ] {
        assert!(serde_json::from_str::<Condition>(json).is_err(), "{json}");
    }
}
