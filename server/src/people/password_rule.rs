//! Which passwords are good enough: long, and hard to guess for somebody who knows the person.
//!
//! No character classes and no expiry (NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS 5.0, 6.2). Guessing is estimated by zxcvbn.

use kakunin_api::FieldProblem;

/// Shortest password, in characters.
const SHORTEST: usize = 12;
/// Longest, in characters: enough for a sentence, and no burden to hash.
const LONGEST: usize = 128;

/// Shortest word somebody is known by that counts, in characters.
const KNOWN_WORD: usize = 3;
/// What a password has to hold beside such words, in letters and digits.
const LEFT: usize = 8;

/// Whether a password is good enough for somebody known by these words.
///
/// # Errors
/// What is wrong with it.
pub fn check(password: &str, known: &[&str]) -> Result<(), FieldProblem> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(FieldProblem::PasswordTooShort);
    }
    if length > LONGEST {
        return Err(FieldProblem::TooLong);
    }
    let known: Vec<&str> = known.iter().flat_map(|word| word.split(['@', '.', ' '])).chain(["kakunin"]).collect();
    // What is left without the words somebody is known by has to stand on its own.
    let mut left = password.to_lowercase();
    for word in known.iter().filter(|word| word.chars().count() >= KNOWN_WORD) {
        left = left.replace(&word.to_lowercase(), "");
    }
    if left.chars().filter(|c| c.is_alphanumeric()).count() < LEFT {
        return Err(FieldProblem::PasswordGuessable);
    }
    if zxcvbn::zxcvbn(password, &known).score() < zxcvbn::Score::Three {
        return Err(FieldProblem::PasswordGuessable);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_password_that_nobody_guesses_is_enough() {
        for good in ["いろはにほへとちりぬるを", "correct horse battery staple", "k7Vq-pzR2-mw4L"] {
            assert_eq!(check(good, &["tanaka", "田中 恵"]), Ok(()), "{good}");
        }
    }

    #[test]
    fn short_common_and_personal_ones_are_refused() {
        assert_eq!(check("k7Vq-pzR2", &[]), Err(FieldProblem::PasswordTooShort));
        assert_eq!(check(&"長".repeat(129), &[]), Err(FieldProblem::TooLong));
        for bad in ["password1234", "aaaaaaaaaaaa", "123456789012", "qwertyuiop12", "kakunin-kakunin"] {
            assert_eq!(check(bad, &[]), Err(FieldProblem::PasswordGuessable), "{bad}");
        }
        assert_eq!(check("Tanaka.tanaka.1", &["tanaka"]), Err(FieldProblem::PasswordGuessable));
        assert_eq!(check("midoridata-2026", &["yamamoto@midoridata.example.jp"]), Err(FieldProblem::PasswordGuessable));
    }
}
