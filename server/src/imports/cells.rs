//! What a cell of somebody's own list says for a field: choices by the words people use, days in any spelling.

use crate::registers::{
    scale::Scale,
    schema::{Choice, Field, Kind, YES_NO},
};
use jiff::{ToSpan, civil::Date};
use kakunin_api::{normalized, registers::Typed};
use std::collections::BTreeMap;

/// Day 0 of Excel's count of days, as far as days after February 1900 go.
const EXCEL_EPOCH: Date = jiff::civil::date(1899, 12, 30);
/// Numbers that may be days: 1954-10-03 to 2119-01-10.
const SERIAL_DAYS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

/// What was written, as the form of the field would have it.
#[must_use]
pub fn typed(field: &Field, text: &str, scale: &Scale) -> Typed {
    match field.kind {
        Kind::One(_) | Kind::YesNo => Typed::One(code(field, text)),
        Kind::Class(_) => Typed::One(scale.code_of(field, text).unwrap_or_else(|| code(field, text))),
        Kind::Many(_) => {
            let parts = text.split(['\n', '、', ',', '，', ';', '；']).map(str::trim).filter(|part| !part.is_empty());
            Typed::Many(parts.map(|part| code(field, part)).collect())
        }
        Kind::Each(_) => {
            let lines = text.lines().filter_map(|line| line.split_once([':', '：']));
            let each: BTreeMap<String, String> =
                lines.map(|(choice, said)| (code(field, choice), said.trim().to_owned())).collect();
            Typed::Each(each)
        }
        Kind::Day => Typed::One(counted_day(text)),
        _ => Typed::One(text.to_owned()),
    }
}

/// As they are compared: one width, small letters, no blanks.
fn key(text: &str) -> String {
    normalized::tidy(text).to_lowercase().chars().filter(|c| !c.is_whitespace()).collect()
}

/// The code of the choice that a text means; the text itself where it means none.
fn code(field: &Field, text: &str) -> String {
    let said = key(text);
    let short = |words: &str| key(words).split('(').next().unwrap_or_default().to_owned();
    let exactly =
        |choice: &&Choice| choice.code == said || key(choice.words.ja) == said || key(choice.words.en) == said;
    let also = |choice: &&Choice| choice.also.iter().any(|word| key(word) == said);
    let roughly = |choice: &&Choice| short(choice.words.ja) == said || short(choice.words.ja) == short(text);
    // The number in a circle before the words of a list.
    let numbered = |choice: &&Choice| text.chars().count() == 1 && choice.words.ja.starts_with(text);
    let choices = field.choices();
    let found = choices.iter().find(exactly).or_else(|| choices.iter().find(also));
    let found = found.or_else(|| choices.iter().find(roughly)).or_else(|| choices.iter().find(numbered));
    found.map_or_else(|| text.to_owned(), |choice| choice.code.to_owned())
}

/// A day that Excel counted, as people write it; anything else as it is.
#[must_use]
pub fn counted_day(text: &str) -> String {
    let plain = normalized::tidy(text);
    let whole = plain.split('.').next().unwrap_or_default();
    let only_digits = plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    let serial = whole.parse::<i64>().ok().filter(|number| only_digits && SERIAL_DAYS.contains(number));
    serial
        .filter(|_| plain.matches('.').count() < 2)
        .and_then(|days| EXCEL_EPOCH.checked_add(days.days()).ok())
        .map_or_else(|| text.to_owned(), |day| day.to_string())
}

/// Whether a cell is one of the marks by which lists say yes or no.
#[must_use]
pub fn is_mark(text: &str) -> bool {
    YES_NO.iter().flat_map(|choice| choice.also).any(|mark| key(mark) == key(text))
}

/// Whether a cell names nobody: empty, or a remark in brackets such as （別表）.
#[must_use]
pub fn names_nobody(text: &str) -> bool {
    let plain = normalized::tidy(text);
    let bracketed = plain.starts_with('(') && plain.ends_with(')');
    plain.is_empty()
        || bracketed
        || matches!(plain.as_str(), "-" | "未定" | "空席" | "なし" | "欠員" | "不在" | "―" | "ー")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::schema::{REGISTERS, engagements::ENGAGEMENTS, services::SOCIAL_ACCOUNTS};

    fn read(field: &Field, text: &str) -> Typed {
        typed(field, text, &Scale::default())
    }

    #[test]
    fn choices_are_known_by_the_words_people_use() {
        let field = |name: &str| ENGAGEMENTS.field(name).expect("a field");
        for (name, text, meant) in [
            ("confidentiality", "３Ｂ", "3b"),
            ("confidentiality", "自治体機密性3A", "3a"),
            ("confidentiality", "２", "2"),
            ("confidentiality", "4", "4"),
            ("personal_information", "○", "yes"),
            ("personal_information", "有", "yes"),
            ("personal_information", "×", "no"),
            ("personal_information", " 無 ", "no"),
        ] {
            assert_eq!(read(field(name), text), meant.into(), "{text}");
        }
        let platform = SOCIAL_ACCOUNTS.field("platform").expect("a field");
        for text in ["Ｘ（旧Twitter）", "X", "ｘ", "Twitter"] {
            assert_eq!(read(platform, text), "x".into(), "{text}");
        }
        let items = field("contract_items");
        assert_eq!(
            read(items, "①\n⑦ 守秘義務"),
            Typed::Many(vec!["policy_compliance".into(), "confidentiality_duty".into()])
        );
    }

    #[test]
    fn a_day_may_be_counted() {
        let day = ENGAGEMENTS.field("starts_on").expect("a field");
        assert_eq!(read(day, "46113"), "2026-04-01".into());
        assert_eq!(read(day, "46113.5"), "2026-04-01".into());
        assert_eq!(read(day, "R8.4.1"), "R8.4.1".into());
        assert_eq!(read(day, "20260401"), "20260401".into());
    }

    #[test]
    fn no_word_means_two_choices() {
        for field in REGISTERS.iter().flat_map(|register| register.fields()) {
            for choice in field.choices() {
                for word in [choice.code, choice.words.ja, choice.words.en].iter().chain(choice.also) {
                    assert_eq!(code(field, word), choice.code, "{}: {word}", field.name);
                }
            }
        }
    }

    #[test]
    fn a_remark_is_no_name() {
        assert!(["", "（別表）", "未定", " － "].into_iter().all(names_nobody));
        assert!(!names_nobody("山田 太郎"));
    }
}
