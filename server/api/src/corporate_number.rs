//! 法人番号: thirteen digits, the first of which checks the other twelve (法人番号の指定等に関する省令 第2条).

use crate::{FieldProblem, normalized};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A 法人番号 whose check digit fits. Sole proprietors have none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CorporateNumber(String);

impl CorporateNumber {
    /// The thirteen digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CorporateNumber {
    type Err = FieldProblem;

    /// Accepts full-width digits, spaces and hyphens as people type them.
    fn from_str(text: &str) -> Result<Self, FieldProblem> {
        let digits: String =
            normalized::tidy(text).chars().filter(|c| !matches!(c, ' ' | '-' | '‐' | '−' | 'ー')).collect();
        let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
        let [first, base @ ..] = values.as_slice() else { return Err(FieldProblem::CorporateNumberLength) };
        if base.len() != 12 || digits.chars().count() != 13 {
            return Err(FieldProblem::CorporateNumberLength);
        }
        if check_digit(base) != *first {
            return Err(FieldProblem::CorporateNumberCheckDigit);
        }
        Ok(Self(digits))
    }
}

/// `9 − (Σ Pn·Qn mod 9)`: n counts the twelve base digits from the right, Qn is 1 for odd n and 2 for even n.
fn check_digit(base: &[u32]) -> u32 {
    let sum: u32 = base.iter().rev().zip([1, 2].into_iter().cycle()).map(|(digit, factor)| digit * factor).sum();
    9 - sum % 9
}

impl fmt::Display for CorporateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CorporateNumber {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|problem: FieldProblem| format!("{problem:?}"))
    }
}

impl From<CorporateNumber> for String {
    fn from(number: CorporateNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_in_the_national_register_are_accepted() {
        for number in ["7000012050002", "1180301018771", "７００００１２０５０００２", " 7-0000-1205-0002 "]
        {
            assert!(number.parse::<CorporateNumber>().is_ok(), "{number}");
        }
    }

    #[test]
    fn twelve_digits_are_no_number() {
        assert_eq!("700001205000".parse::<CorporateNumber>(), Err(FieldProblem::CorporateNumberLength));
        assert_eq!("".parse::<CorporateNumber>(), Err(FieldProblem::CorporateNumberLength));
        assert_eq!("x000012050002".parse::<CorporateNumber>(), Err(FieldProblem::CorporateNumberLength));
    }

    proptest! {
        #[test]
        fn exactly_one_first_digit_fits_any_base(base in "[0-9]{12}") {
            let fitting = (0..=9).filter(|first| format!("{first}{base}").parse::<CorporateNumber>().is_ok()).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
