//! The verdict table, and what holds of every policy and every answer.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::answer::{Override, Value};
use crate::condition::Condition;
use crate::fact::FactValue;
use crate::load;
use crate::policy::{Thresholds, Visibility};
use crate::text::Text;

mod arbitrary;
mod naive;

use arbitrary::{answers, policy, questionnaire, state};

const TODAY: Date = date(2026, 11, 20);
const TRUTHS: [Option<Truth>; 4] = [Some(Truth::True), Some(Truth::False), Some(Truth::Unknown), None];

fn verdicts(evaluation: &Evaluation) -> Vec<Verdict> {
    evaluation.requirements.iter().map(|one| one.verdict).collect()
}

#[test]
fn the_verdict_table_is_that_of_the_design() {
    use Truth::{False, True, Unknown};
    for applies in [True, False, Unknown] {
        for met in [True, False, Unknown] {
            for partly in TRUTHS {
                let wanted = match (applies, met, partly) {
                    (False, _, _) => Verdict::NotApplicable,
                    (Unknown, _, _) => Verdict::Unconfirmed,
                    (True, True, _) => Verdict::Met,
                    (True, False, Some(True)) => Verdict::PartlyMet,
                    (True, Unknown, _) => Verdict::Unconfirmed,
                    (True, False, Some(Unknown)) => Verdict::Unconfirmed,
                    (True, False, Some(False) | None) => Verdict::NotMet,
                };
                assert_eq!(
                    Weighing { applies: Some(applies), met: Some(met), partly }.verdict(),
                    wanted,
                    "{applies:?} {met:?} {partly:?}"
                );
            }
        }
    }
}

#[test]
fn nothing_left_to_weigh_is_not_applicable() {
    for other in TRUTHS {
        assert_eq!(Weighing { applies: None, met: other, partly: other }.verdict(), Verdict::NotApplicable);
        assert_eq!(Weighing { applies: Some(Truth::True), met: None, partly: other }.verdict(), Verdict::NotApplicable);
    }
}

#[test]
fn a_fact_of_the_wrong_kind_is_unknown() {
    let facts = Facts([("subject.zone".to_owned(), FactValue::Bool(true))].into());
    let questionnaire = questionnaire();
    let answers = Answers::default();
    let look = Look::new(&questionnaire, &answers, &facts, TODAY);
    assert_eq!(look.seen(&Key::Fact("subject.zone".to_owned())), Seen::Unknown);
}

#[test]
fn of_several_overrides_that_hold_the_last_counts() {
    let entry = |verdict, until| Override {
        requirement: "r0".to_owned(),
        verdict,
        reason: "理由".to_owned(),
        by: "課長".to_owned(),
        until,
    };
    let answers = Answers {
        overrides: vec![
            entry(Verdict::NotMet, None),
            entry(Verdict::Met, Some(TODAY)),
            entry(Verdict::NotApplicable, Some(date(2026, 11, 19))),
        ],
        ..Answers::default()
    };
    assert_eq!(answers.override_of("r0", TODAY).map(|entry| entry.verdict), Some(Verdict::Met));
    assert_eq!(answers.override_of("r0", date(2026, 11, 21)).map(|entry| entry.verdict), Some(Verdict::NotMet));
}

/// The number of keys that brute force needs to settle the verdict: all subsets, all answers.
fn fewest(requirement: &Requirement, answers: &Answers, keys: &[&str]) -> Option<usize> {
    let questionnaire = questionnaire();
    let facts = Facts::default();
    let settled = |answers: &Answers| {
        Weighing::of(requirement, &Look::new(&questionnaire, answers, &facts, TODAY)).verdict() != Verdict::Unconfirmed
    };
    (0..1_u32 << keys.len())
        .filter(|subset| {
            let chosen: Vec<_> =
                keys.iter().enumerate().filter(|(index, _)| subset & (1 << index) != 0).map(|(_, key)| *key).collect();
            (0..2_u32.pow(u32::try_from(chosen.len()).unwrap())).any(|bits| {
                let mut answers = answers.clone();
                for (index, key) in chosen.iter().enumerate() {
                    let value = if bits & (1 << index) != 0 { "yes" } else { "no" };
                    answers.answers.insert((*key).to_owned(), Answer::Given(Value::Choice(value.to_owned())));
                }
                settled(&answers)
            })
        })
        .map(u32::count_ones)
        .min()
        .map(|count| usize::try_from(count).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_verdict_is_the_naive_one(policy in policy(), answers in answers()) {
        let (questionnaire, facts) = (questionnaire(), arbitrary::facts());
        let evaluation = evaluate(&policy, &questionnaire, &answers, &facts, TODAY);
        let naive: Vec<_> = policy.requirements.iter().map(|requirement| naive::verdict(requirement, &answers, &facts, TODAY)).collect();
        prop_assert_eq!(verdicts(&evaluation), naive);
    }

    #[test]
    fn answering_more_never_unsettles_a_verdict_nor_lowers_coverage(policy in policy(), before in answers(), key in 0..arbitrary::KEYS.len(), seed in any::<u64>()) {
        let key = arbitrary::KEYS[key];
        let mut before = before;
        if matches!(before.answers.get(key), Some(Answer::Given(_) | Answer::NotApplicable { accepted: true, .. })) {
            before.answers.remove(key);
        }
        let mut after = before.clone();
        after.answers.insert(key.to_owned(), state(key, seed));
        let (questionnaire, facts) = (questionnaire(), arbitrary::facts());
        let one = evaluate(&policy, &questionnaire, &before, &facts, TODAY);
        let other = evaluate(&policy, &questionnaire, &after, &facts, TODAY);
        prop_assert!(other.coverage >= one.coverage);
        for (one, other) in verdicts(&one).into_iter().zip(verdicts(&other)) {
            prop_assert!(one == Verdict::Unconfirmed || one == other, "{one:?} became {other:?}");
        }
    }

    // Not to an answer accepted as not applicable: there the file brings a dropped comparison back.
    #[test]
    fn attaching_a_file_never_unsettles_a_verdict(policy in policy(), before in answers(), key in 0..arbitrary::KEYS.len()) {
        let mut before = before;
        if matches!(before.answers.get(arbitrary::KEYS[key]), Some(Answer::NotApplicable { .. })) {
            before.answers.remove(arbitrary::KEYS[key]);
        }
        let mut after = before.clone();
        after.evidence.insert(arbitrary::KEYS[key].to_owned(), vec!["規程.pdf".to_owned()]);
        let (questionnaire, facts) = (questionnaire(), arbitrary::facts());
        let one = evaluate(&policy, &questionnaire, &before, &facts, TODAY);
        let other = evaluate(&policy, &questionnaire, &after, &facts, TODAY);
        prop_assert!(other.coverage >= one.coverage);
        for (one, other) in verdicts(&one).into_iter().zip(verdicts(&other)) {
            prop_assert!(one == Verdict::Unconfirmed || one == other);
        }
    }

    #[test]
    fn refusing_to_say_counts_as_saying_nothing(policy in policy(), answers in answers()) {
        let mut silent = answers.clone();
        silent.answers.retain(|_, answer| !matches!(answer, Answer::Undisclosed { .. } | Answer::NotApplicable { accepted: false, .. }));
        let (questionnaire, facts) = (questionnaire(), arbitrary::facts());
        prop_assert_eq!(verdicts(&evaluate(&policy, &questionnaire, &answers, &facts, TODAY)), verdicts(&evaluate(&policy, &questionnaire, &silent, &facts, TODAY)));
    }

    #[test]
    fn every_unconfirmed_verdict_says_what_is_open_and_no_other_does(policy in policy(), answers in answers()) {
        let evaluation = evaluate(&policy, &questionnaire(), &answers, &arbitrary::facts(), TODAY);
        for one in evaluation.requirements {
            prop_assert_eq!(one.verdict == Verdict::Unconfirmed, !one.open.is_empty());
            prop_assert!(!one.reasons.is_empty() || one.verdict == Verdict::NotApplicable || one.verdict == Verdict::Met);
        }
    }

    #[test]
    fn what_is_open_is_as_small_as_brute_force_finds_it(condition in arbitrary::yes_no_condition(), answers in arbitrary::yes_no_answers()) {
        let mut requirement = arbitrary::requirement(0);
        requirement.met_when = condition;
        let questionnaire = questionnaire();
        let facts = Facts::default();
        let look = Look::new(&questionnaire, &answers, &facts, TODAY);
        if Weighing::of(&requirement, &look).verdict() == Verdict::Unconfirmed {
            let open = trace::open(&requirement, &look);
            let unknown: Vec<_> = ["a", "b", "c", "d"].into_iter().filter(|key| !answers.answers.contains_key(*key)).collect();
            if let Some(fewest) = fewest(&requirement, &answers, &unknown) {
                prop_assert_eq!(open.len(), fewest);
            }
        }
    }

    #[test]
    fn everything_reads_back_from_its_json(policy in policy(), answers in answers()) {
        let (questionnaire, facts) = (questionnaire(), arbitrary::facts());
        let evaluation = evaluate(&policy, &questionnaire, &answers, &facts, TODAY);
        prop_assert_eq!(&serde_json::from_str::<Evaluation>(&evaluation.canonical_json()).unwrap(), &evaluation);
        prop_assert_eq!(&serde_json::from_str::<Policy>(&policy.canonical_json()).unwrap(), &policy);
        let back = Answers::from_json("answers.json", &answers.canonical_json(), &questionnaire).unwrap();
        prop_assert_eq!(back.sha256(), answers.sha256());
        prop_assert_eq!(&back, &answers);
        prop_assert_eq!(&Answers::from_canonical(&answers.canonical_json(), &questionnaire).unwrap(), &answers);
        prop_assert_eq!(&Facts::from_canonical(&facts.canonical_json()).unwrap(), &facts);
        prop_assert_eq!(Facts::from_json("facts.json", &facts.canonical_json()).unwrap(), facts);
    }
}
