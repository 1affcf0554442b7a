//! What differs between two policies: two versions of one, or those of two municipalities.
//!
//! This module does not know which of the two is in force. Questionnaires are compared in `questionnaire`.

use serde::{Deserialize, Serialize};

use crate::policy::{Clause, Policy, Requirement};

pub mod questionnaire;

/// Something in one or both of two policies.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Side<'a, T> {
    /// Only in the first.
    First(&'a T),
    /// Only in the second.
    Second(&'a T),
    /// In both.
    Both(&'a T, &'a T),
}

/// A requirement that is not the same in both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RequirementDifference<'a> {
    /// Where it is.
    pub side: Side<'a, Requirement>,
    /// What differs, where it is in both.
    pub fields: Vec<Field>,
}

/// A part of a requirement.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Title or text.
    Wording,
    /// `must` or `should`.
    Level,
    /// 1–100.
    Weight,
    /// The vendor or the municipality.
    OwedBy,
    /// Who may read it.
    Visibility,
    /// When it applies.
    AppliesWhen,
    /// When it is met.
    MetWhen,
    /// When it is partly met.
    PartlyWhen,
}

/// A number of the policy as a whole that is not the same in both.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NumberDifference {
    /// Which.
    pub number: PolicyNumber,
    /// In hundredths of a percent.
    pub first: u16,
    /// In hundredths of a percent.
    pub second: u16,
}

/// The numbers of a policy as a whole.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyNumber {
    /// Coverage below which nothing is rated.
    MinimumCoverage,
    /// Lowest score for A.
    A,
    /// Lowest score for B.
    B,
    /// Lowest score for C.
    C,
}

/// Everything that differs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference<'a> {
    /// Numbers of the whole.
    pub numbers: Vec<NumberDifference>,
    /// Clauses by id: in one only, or with other words. Meaningful between versions; two municipalities count their clauses differently.
    pub clauses: Vec<Side<'a, Clause>>,
    /// Requirements by id, the first policy's order, then what only the second has.
    pub requirements: Vec<RequirementDifference<'a>>,
    /// Requirements that are the same in both.
    pub same: usize,
}

/// Compares two policies. The clause a requirement stands for is not compared: municipalities number theirs differently.
#[must_use]
pub fn difference<'a>(first: &'a Policy, second: &'a Policy) -> Difference<'a> {
    let numbers = [
        (PolicyNumber::MinimumCoverage, first.minimum_coverage, second.minimum_coverage),
        (PolicyNumber::A, first.thresholds.a, second.thresholds.a),
        (PolicyNumber::B, first.thresholds.b, second.thresholds.b),
        (PolicyNumber::C, first.thresholds.c, second.thresholds.c),
    ];
    let numbers = numbers
        .into_iter()
        .filter(|(_, first, second)| first != second)
        .map(|(number, first, second)| NumberDifference { number, first, second });
    let clauses = sides(&first.clauses, &second.clauses, |one, other| one.id == other.id)
        .into_iter()
        .filter(|side| !matches!(side, Side::Both(one, other) if one == other));
    let (mut requirements, mut same) = (Vec::new(), 0_usize);
    for side in sides(&first.requirements, &second.requirements, |one, other| one.id == other.id) {
        let fields = if let Side::Both(one, other) = side { fields(one, other) } else { Vec::new() };
        match side {
            Side::Both(..) if fields.is_empty() => same = same.saturating_add(1),
            side => requirements.push(RequirementDifference { side, fields }),
        }
    }
    Difference { numbers: numbers.collect(), clauses: clauses.collect(), requirements, same }
}

fn sides<'a, T>(first: &'a [T], second: &'a [T], is_same: fn(&T, &T) -> bool) -> Vec<Side<'a, T>> {
    let of_first = first.iter().map(|one| {
        second.iter().find(|other| is_same(one, other)).map_or(Side::First(one), |other| Side::Both(one, other))
    });
    let of_second = second.iter().filter(|other| !first.iter().any(|one| is_same(one, other))).map(Side::Second);
    of_first.chain(of_second).collect()
}

fn fields(one: &Requirement, other: &Requirement) -> Vec<Field> {
    let differs = [
        (Field::Wording, one.title != other.title || one.text != other.text),
        (Field::Level, one.level != other.level),
        (Field::Weight, one.weight != other.weight),
        (Field::OwedBy, one.owed_by != other.owed_by),
        (Field::Visibility, one.visibility != other.visibility),
        (Field::AppliesWhen, one.applies_when != other.applies_when),
        (Field::MetWhen, one.met_when != other.met_when),
        (Field::PartlyWhen, one.partly_when != other.partly_when),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

#[cfg(all(test, feature = "catalog"))]
mod tests {
    use super::*;
    use crate::catalog;
    use crate::policy::Level;

    #[test]
    fn a_policy_does_not_differ_from_itself() {
        let policy = catalog::policy("nishitokyo").unwrap();
        let difference = difference(policy, policy);
        assert_eq!((difference.numbers.len(), difference.clauses.len(), difference.requirements.len()), (0, 0, 0));
        assert_eq!(difference.same, policy.requirements.len());
    }

    #[test]
    fn what_changed_is_named() {
        let policy = catalog::policy("nishitokyo").unwrap();
        let mut next = policy.clone();
        next.thresholds.a = 9500;
        let gone = next.requirements.remove(0);
        next.requirements[0].weight = 99;
        next.requirements[1].level =
            if next.requirements[1].level == Level::Must { Level::Should } else { Level::Must };
        let difference = difference(policy, &next);
        assert_eq!(difference.numbers, [NumberDifference { number: PolicyNumber::A, first: 9000, second: 9500 }]);
        let found: Vec<_> = difference.requirements.iter().map(|one| one.fields.clone()).collect();
        assert_eq!(found, [vec![], vec![Field::Weight], vec![Field::Level]]);
        assert_eq!(difference.requirements[0].side, Side::First(&gone));
    }
}
