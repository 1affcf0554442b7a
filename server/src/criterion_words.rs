//! Criteria, and what they found, in words people read: places, values and comparisons.
//!
//! Knows no verdict and nobody who reads.

use kakunin_api::engagements::{ContractItem, Zone};
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
    values.sort_by_key(|value| ContractItem::ALL.iter().position(|item| item.code() == *value));
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

/// Values of facts in words.
pub(crate) fn fact_word(value: &str) -> Text {
    let zone = Zone::from_code(value).map(|zone| match zone {
        Zone::Mynumber => Text::new("マイナンバー利用事務系", "My Number zone"),
        Zone::Lgwan => Text::new("LGWAN接続系", "LGWAN zone"),
        Zone::Internet => Text::new("インターネット接続系", "Internet zone"),
    });
    let kind = match value {
        "engagement" => Some(Text::new("業務委託", "engagement")),
        "cloud_service" => Some(Text::new("クラウドサービス", "cloud service")),
        "social_account" => Some(Text::new("ソーシャルメディア", "social account")),
        "true" => Some(Text::new("あり", "yes")),
        "false" => Some(Text::new("なし", "no")),
        "today" => Some(Text::new("本日", "today")),
        _ => None,
    };
    let item = ContractItem::from_code(value).map(contract_item_words);
    zone.or(kind).or(item).unwrap_or_else(|| Text::new(value, value))
}

/// ①–⑬ in words.
#[must_use]
pub fn contract_item_words(item: ContractItem) -> Text {
    let (ja, en) = match item {
        ContractItem::PolicyCompliance => ("① ポリシー・手順の遵守", "① compliance with policy and procedures"),
        ContractItem::PeopleAndPlaces => ("② 責任者・作業者・場所の特定", "② people in charge, workers and places"),
        ContractItem::ServiceLevel => ("③ サービスレベル", "③ service levels"),
        ContractItem::InformationAndAccess => ("④ 扱う情報と接続方法", "④ information and ways of access"),
        ContractItem::Education => ("⑤ 従業員の教育", "⑤ training of employees"),
        ContractItem::PurposeLimit => ("⑥ 目的外利用・第三者提供の禁止", "⑥ no other use, no third parties"),
        ContractItem::ConfidentialityDuty => ("⑦ 守秘義務", "⑦ duty of confidentiality"),
        ContractItem::SubcontractingLimit => ("⑧ 再委託の制限", "⑧ limits on subcontracting"),
        ContractItem::ReturnAndDisposal => ("⑨ 返還・廃棄", "⑨ return and disposal"),
        ContractItem::Reporting => ("⑩ 定期報告・緊急時の報告", "⑩ regular and emergency reports"),
        ContractItem::AuditRight => ("⑪ 監査・検査", "⑪ audit and inspection"),
        ContractItem::IncidentPublication => ("⑫ 事故の公表", "⑫ publication of incidents"),
        ContractItem::BreachConsequences => ("⑬ 違反したときの定め", "⑬ consequences of a breach"),
    };
    Text::new(ja, en)
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
        let said = expected_words("includes_all audit_right, education, policy_compliance", fact_word).ja;
        let at = |mark| said.find(mark).unwrap();
        assert!(at('①') < at('⑤'), "{said}");
    }
}
