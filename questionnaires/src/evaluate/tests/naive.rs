//! A second evaluator, written to be read and not to share code: a condition's truth is 0 (False), 1 (Unknown) or 2 (True), or -1 when dropped.

use super::*;
use crate::condition::When;

pub(super) fn verdict(requirement: &Requirement, answers: &Answers, facts: &Facts, today: Date) -> Verdict {
    let truth = |condition: &Condition| truth(condition, answers, facts, today);
    let applies = requirement.applies_when.as_ref().map_or(2, truth);
    let met = truth(&requirement.met_when);
    let partly = requirement.partly_when.as_ref().map_or(0, truth);
    if applies == -1 || applies == 0 {
        Verdict::NotApplicable
    } else if applies == 1 {
        Verdict::Unconfirmed
    } else if met == -1 {
        Verdict::NotApplicable
    } else if met == 2 {
        Verdict::Met
    } else if met == 1 {
        Verdict::Unconfirmed
    } else if partly == 2 {
        Verdict::PartlyMet
    } else if partly == 1 {
        Verdict::Unconfirmed
    } else {
        Verdict::NotMet
    }
}

fn truth(condition: &Condition, answers: &Answers, facts: &Facts, today: Date) -> i32 {
    let mut below: Vec<i32> = condition.children().iter().map(|child| truth(child, answers, facts, today)).collect();
    below.retain(|truth| *truth != -1);
    match condition {
        Condition::Compare(comparison) => compare(comparison, answers, facts, today),
        Condition::All(_) => below.into_iter().min().unwrap_or(-1),
        Condition::Any(_) => below.into_iter().max().unwrap_or(-1),
        Condition::Not(_) => below.first().map_or(-1, |truth| 2 - truth),
        Condition::AtLeast { of, .. } => {
            // The n-th largest truth decides whether n of them hold.
            below.sort_unstable_by(|one, other| other.cmp(one));
            let last = usize::from(*of).min(below.len());
            if last == 0 { -1 } else { below[last - 1] }
        }
    }
}

fn compare(comparison: &Comparison, answers: &Answers, facts: &Facts, today: Date) -> i32 {
    let Key::Answer(key) = &comparison.key else {
        let Key::Fact(path) = &comparison.key else { unreachable!() };
        return facts.0.get(path).map_or(1, |value| holds(&comparison.operator, &value.to_json(), today));
    };
    // `behind` is asked only when `gate` is given and is not "no".
    if key == "behind" && !matches!(answers.answers.get("gate"), Some(Answer::Given(value)) if value.to_json() != "no")
    {
        return 1;
    }
    if comparison.operator == Operator::HasEvidence && answers.evidence.contains_key(key) {
        return 2;
    }
    let accepted = matches!(answers.answers.get(key), Some(Answer::NotApplicable { accepted: true, .. }));
    if accepted && key != "d" {
        return -1;
    }
    if comparison.operator == Operator::HasEvidence {
        return 1;
    }
    match answers.answers.get(key) {
        Some(Answer::Given(value)) => holds(&comparison.operator, &value.to_json(), today),
        _ => 1,
    }
}

fn holds(operator: &Operator, value: &serde_json::Value, today: Date) -> i32 {
    let text = |constant: &crate::condition::Constant| serde_json::Value::from(constant.to_string());
    let day = || value.as_str().unwrap().parse::<Date>().unwrap();
    let contains = |wanted: &str| value.as_array().unwrap().iter().any(|one| one == wanted);
    let holds = match operator {
        Operator::Is(constant) => *value == text(constant),
        Operator::In(constants) => constants.iter().any(|constant| *value == text(constant)),
        Operator::AtLeast(bound) => value.as_i64().unwrap() >= *bound,
        Operator::AtMost(bound) => value.as_i64().unwrap() <= *bound,
        Operator::Before(When::Today) => day() < today,
        Operator::WithinDays(days) => day().duration_since(today).as_hours().abs() <= i64::from(*days) * 24,
        Operator::Includes(wanted) => contains(wanted),
        Operator::IncludesAll(wanted) => wanted.iter().all(|wanted| contains(wanted)),
        Operator::Present(wanted) => *wanted,
        Operator::Before(_) | Operator::After(_) | Operator::HasEvidence => unreachable!("not generated"),
    };
    if holds { 2 } else { 0 }
}
