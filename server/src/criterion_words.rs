//! Criteria, and what they found, in words people read: places, values and comparisons.
//!
//! Knows no verdict and nobody who reads.

use crate::registers::schema::{
    Register,
    engagements::{CONTRACT_ITEMS, ENGAGEMENTS},
    services::CLOUD_SERVICES,
};
use kakunin_questionnaires::{fact, questionnaire::Questionnaire, text::Text, trace::Observed};

/// Where a key comes from, in words.
pub(crate) fn place(key: &str, questionnaire: &Questionnaire) -> Text {
    if let Some(key) = key.strip_prefix("answer:") {
        let number = questionnaire.number_of(key).unwrap_or_default();
        return Text::new(format!("回答 {number}"), format!("Answer {number}"));
    }
    let path = key.strip_prefix("fact:").unwrap_or(key);
    fact::fact_path(path).map_or_else(|| Text::new(path, path), |row| Text::new(row.ja, row.en))
}

/// What was found, in words.
pub(crate) fn observed_words(observed: &Observed, word: impl Fn(&str) -> Text) -> Text {
    match observed {
        Observed::Nothing => Text::new("未回答・記録なし", "not answered or not on record"),
        Observed::Bool(true) => Text::new("あり", "yes"),
        Observed::Bool(false) => Text::new("なし", "no"),
        Observed::Number(number) => Text::new(number.to_string(), number.to_string()),
        Observed::Text(text) => match text.as_str() {
            "undisclosed" => Text::new("非開示", "not disclosed"),
            "not_applicable" => Text::new("該当なし", "not applicable"),
            "not_asked" => Text::new("設問の対象外", "not asked"),
            text => word(text),
        },
        Observed::Set(values) if values.is_empty() => Text::new("なし", "none"),
        Observed::Set(values) => {
            joined(in_order(values.iter().map(String::as_str).collect()).into_iter().map(&word).collect())
        }
    }
}

/// Contract items in the order ① to ⑬; anything else as it comes.
fn in_order(mut values: Vec<&str>) -> Vec<&str> {
    values.sort_by_key(|value| CONTRACT_ITEMS.iter().position(|item| item.code == *value));
    values
}

fn joined(texts: Vec<Text>) -> Text {
    let (ja, en): (Vec<_>, Vec<_>) = texts.into_iter().map(|text| (text.ja, text.en)).unzip();
    Text::new(ja.join("、"), en.join(", "))
}

/// The criterion's comparison in words.
pub(crate) fn expected_words(expected: &str, word: impl Fn(&str) -> Text) -> Text {
    let (operator, rest) = expected.split_once(' ').unwrap_or((expected, ""));
    let values =
        || joined(in_order(rest.trim_matches(['[', ']']).split(", ").collect()).into_iter().map(&word).collect());
    let said = |ja: &str, en: &str| {
        let value = values();
        Text::new(ja.replace('_', &value.ja), en.replace('_', &value.en))
    };
    match operator {
        "is" => said("「_」であること", "is “_”"),
        "in" => said("「_」のいずれか", "one of _"),
        "at_least" => said("_ 以上", "at least _"),
        "at_most" => said("_ 以下", "at most _"),
        "before" => said("_ より前", "before _"),
        "after" => said("_ より後", "after _"),
        "within_days" => said("今日から _ 日以内", "within _ days of today"),
        "includes" | "includes_all" => said("「_」を含むこと", "includes _"),
        "present" if rest != "false" => Text::new("記載があること", "is given"),
        "present" => Text::new("記載がないこと", "is not given"),
        "has_evidence" => Text::new("証跡の添付", "a file is attached"),
        _ => Text::new(expected, expected),
    }
}

/// The fields of registers whose codes are what these facts say.
const FACT_FIELDS: [(&str, &Register, &str); 8] = [
    ("subject.zone", &ENGAGEMENTS, "zone"),
    ("subject.confidentiality", &ENGAGEMENTS, "confidentiality"),
    ("subject.integrity", &ENGAGEMENTS, "integrity"),
    ("subject.availability", &ENGAGEMENTS, "availability"),
    ("contract.items", &ENGAGEMENTS, "contract_items"),
    ("cloud.kind", &CLOUD_SERVICES, "kind"),
    ("cloud.ismap.list", &CLOUD_SERVICES, "ismap"),
    ("cloud.data_location", &CLOUD_SERVICES, "data_country"),
];

/// A value of a fact in words.
pub(crate) fn fact_word(path: &str, value: &str) -> Text {
    let field = FACT_FIELDS.iter().find(|(of, ..)| *of == path).and_then(|(_, register, name)| register.field(name));
    let choice = field.and_then(|field| field.choices().iter().find(|choice| choice.code == value));
    match (choice, value) {
        (Some(choice), _) => Text::new(choice.words.ja, choice.words.en),
        (None, "engagement") => Text::new("業務委託", "engagement"),
        (None, "cloud_service") => Text::new("クラウドサービス", "cloud service"),
        (None, "social_account") => Text::new("ソーシャルメディア", "social account"),
        (None, "section") => Text::new("課室", "section"),
        (None, "other_external") => Text::new("その他の外部サービス", "other external service"),
        (None, "true") => Text::new("あり", "yes"),
        (None, "false") => Text::new("なし", "no"),
        (None, "today") => Text::new("本日", "today"),
        (None, value) => Text::new(value, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_not_said_to_be_missing() {
        let word = |value: &str| Text::new(value, value);
        assert_eq!(expected_words("present", word).ja, "記載があること");
        assert_eq!(expected_words("present true", word).ja, "記載があること");
        assert_eq!(expected_words("present false", word).ja, "記載がないこと");
    }

    #[test]
    fn contract_items_stand_in_their_order() {
        let said = expected_words("includes_all audit_right, education, policy_compliance", |value| {
            fact_word("contract.items", value)
        })
        .ja;
        let at = |mark| said.find(mark).unwrap();
        assert!(at('①') < at('⑤'), "{said}");
    }
}
