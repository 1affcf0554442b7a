//! Coverage, score and rating from verdicts: exact integers in hundredths of a percent.
//!
//! This module does not know conditions, answers or reasons.
//!
//! Thresholds are held against the rounded numbers, because those are what people see: a displayed 90.00 % reaches a threshold of 90.00 %.

use serde::{Deserialize, Serialize};

use crate::evaluate::Verdict;
use crate::policy::{Level, Policy, Thresholds};

/// The rating of a subject.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// A.
    A,
    /// B.
    B,
    /// C.
    C,
    /// 不適合: a `must` is not met, or the score is below C.
    Unfit,
    /// 未確認: a `must` is unconfirmed, or too little is known.
    Unconfirmed,
    /// 該当なし: no requirement applies.
    NotApplicable,
}

/// What counts of one requirement.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Whether not meeting it makes the subject unfit.
    pub level: Level,
    /// Share in coverage and score (1–100).
    pub weight: u16,
    /// Its verdict.
    pub verdict: Verdict,
}

/// The numbers of an evaluation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Standing {
    /// The rating.
    pub rating: Rating,
    /// Value of the determined requirements ÷ their weight, in hundredths of a percent (0–10 000); none if nothing is determined.
    pub score: Option<u16>,
    /// Weight of the determined ÷ weight of the applicable requirements, in hundredths of a percent (0–10 000).
    pub coverage: u16,
}

/// The numbers of a policy for these verdicts.
#[must_use]
pub fn standing(policy: &Policy, items: &[Item]) -> Standing {
    rate(policy.minimum_coverage, policy.thresholds, items)
}

/// The numbers for these verdicts, a minimum coverage and thresholds (all in hundredths of a percent).
#[must_use]
pub fn rate(minimum_coverage: u16, thresholds: Thresholds, items: &[Item]) -> Standing {
    let (mut met, mut partly, mut not_met, mut unconfirmed) = (0_u64, 0_u64, 0_u64, 0_u64);
    for item in items {
        let sum = match item.verdict {
            Verdict::Met => &mut met,
            Verdict::PartlyMet => &mut partly,
            Verdict::NotMet => &mut not_met,
            Verdict::Unconfirmed => &mut unconfirmed,
            Verdict::NotApplicable => continue,
        };
        *sum = sum.saturating_add(u64::from(item.weight));
    }
    let determined = met.saturating_add(partly).saturating_add(not_met);
    let applicable = determined.saturating_add(unconfirmed);
    // A half is counted in halves, so that everything stays whole.
    let score = hundredths(met.saturating_mul(2).saturating_add(partly), determined.saturating_mul(2));
    let Some(coverage) = hundredths(determined, applicable) else {
        return Standing { rating: Rating::NotApplicable, score: None, coverage: 10_000 };
    };
    let a_must_is = |verdict: Verdict| items.iter().any(|item| item.level == Level::Must && item.verdict == verdict);
    let rating = match score {
        _ if a_must_is(Verdict::NotMet) => Rating::Unfit,
        _ if a_must_is(Verdict::Unconfirmed) || coverage < minimum_coverage => Rating::Unconfirmed,
        None => Rating::Unconfirmed,
        Some(score) if score >= thresholds.a => Rating::A,
        Some(score) if score >= thresholds.b => Rating::B,
        Some(score) if score >= thresholds.c => Rating::C,
        Some(_) => Rating::Unfit,
    };
    Standing { rating, score, coverage }
}

/// part ÷ whole in hundredths of a percent, round half up; none of nothing.
fn hundredths(part: u64, whole: u64) -> Option<u16> {
    let doubled = part.saturating_mul(20_000).saturating_add(whole).checked_div(whole.saturating_mul(2))?;
    u16::try_from(doubled).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const THRESHOLDS: Thresholds = Thresholds { a: 9000, b: 7500, c: 6000 };
    const VERDICTS: [Verdict; 5] =
        [Verdict::Met, Verdict::PartlyMet, Verdict::NotMet, Verdict::Unconfirmed, Verdict::NotApplicable];

    fn should(weight: u16, verdict: Verdict) -> Item {
        Item { level: Level::Should, weight, verdict }
    }

    fn must(weight: u16, verdict: Verdict) -> Item {
        Item { level: Level::Must, weight, verdict }
    }

    fn items() -> impl Strategy<Value = Vec<Item>> {
        let item = (any::<bool>(), 1..=100_u16, 0..5_usize);
        prop::collection::vec(
            item.prop_map(|(must, weight, verdict)| Item {
                level: if must { Level::Must } else { Level::Should },
                weight,
                verdict: VERDICTS[verdict],
            }),
            0..40,
        )
    }

    /// Round half up of a rational number, by searching for the integer k with k - 1/2 ≤ x < k + 1/2.
    fn rounded(numerator: u128, denominator: u128) -> u16 {
        (0..=10_000_u16)
            .find(|k| {
                let twice = 2 * 10_000 * numerator;
                let k = 2 * u128::from(*k) * denominator;
                k <= twice + denominator && twice < k + denominator
            })
            .unwrap()
    }

    #[test]
    fn halves_round_up() {
        assert_eq!(hundredths(1, 8), Some(1250));
        assert_eq!(hundredths(1, 3), Some(3333));
        assert_eq!(hundredths(2, 3), Some(6667));
        assert_eq!(hundredths(1, 20_000), Some(1));
        assert_eq!(hundredths(0, 0), None);
    }

    #[test]
    fn one_failed_must_is_unfit_whatever_the_score() {
        let standing = rate(8000, THRESHOLDS, &[must(1, Verdict::NotMet), should(100, Verdict::Met)]);
        assert_eq!((standing.rating, standing.score), (Rating::Unfit, Some(9901)));
    }

    #[test]
    fn an_unconfirmed_must_is_never_rated() {
        assert_eq!(
            rate(0, THRESHOLDS, &[must(1, Verdict::Unconfirmed), should(100, Verdict::Met)]).rating,
            Rating::Unconfirmed
        );
    }

    #[test]
    fn too_little_coverage_is_never_rated() {
        let standing = rate(8000, THRESHOLDS, &[should(79, Verdict::Met), should(21, Verdict::Unconfirmed)]);
        assert_eq!((standing.rating, standing.coverage), (Rating::Unconfirmed, 7900));
        assert_eq!(
            rate(8000, THRESHOLDS, &[should(80, Verdict::Met), should(20, Verdict::Unconfirmed)]).rating,
            Rating::A
        );
    }

    #[test]
    fn nothing_applicable_is_covered_whole_and_not_rated() {
        let nothing = Standing { rating: Rating::NotApplicable, score: None, coverage: 10_000 };
        assert_eq!(rate(8000, THRESHOLDS, &[]), nothing);
        assert_eq!(rate(8000, THRESHOLDS, &[must(5, Verdict::NotApplicable)]), nothing);
    }

    #[test]
    fn nothing_determined_has_no_score() {
        assert_eq!(
            rate(0, THRESHOLDS, &[should(5, Verdict::Unconfirmed)]),
            Standing { rating: Rating::Unconfirmed, score: None, coverage: 0 }
        );
    }

    proptest! {
        #[test]
        fn numbers_equal_the_rational_ones(items in items()) {
            let standing = rate(8000, THRESHOLDS, &items);
            let (mut value, mut determined, mut applicable) = (0_u128, 0_u128, 0_u128);
            for item in &items {
                let weight = u128::from(item.weight);
                match item.verdict {
                    Verdict::Met => (value, determined, applicable) = (value + 2 * weight, determined + weight, applicable + weight),
                    Verdict::PartlyMet => (value, determined, applicable) = (value + weight, determined + weight, applicable + weight),
                    Verdict::NotMet => (determined, applicable) = (determined + weight, applicable + weight),
                    Verdict::Unconfirmed => applicable += weight,
                    Verdict::NotApplicable => {}
                }
            }
            prop_assert_eq!(standing.coverage, if applicable == 0 { 10_000 } else { rounded(determined, applicable) });
            prop_assert_eq!(standing.score, (determined > 0).then(|| rounded(value, 2 * determined)));
            prop_assert!(standing.coverage <= 10_000 && standing.score.is_none_or(|score| score <= 10_000));
        }

        #[test]
        fn determining_one_more_never_lowers_coverage(items in items(), index in any::<prop::sample::Index>(), verdict in 0..5_usize) {
            let mut items = items;
            items.push(should(7, Verdict::Met));
            let index = index.index(items.len());
            items[index].verdict = Verdict::Unconfirmed;
            let before = rate(0, THRESHOLDS, &items).coverage;
            items[index].verdict = VERDICTS[verdict];
            prop_assert!(rate(0, THRESHOLDS, &items).coverage >= before);
        }
    }
}
