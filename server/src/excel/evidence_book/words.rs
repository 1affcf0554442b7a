//! Codes as the words of the workbook, which is Japanese.

use kakunin_api::{
    answering::AnswerWords,
    state::{AssessmentState, Outcome},
};
use kakunin_questionnaires::{
    evaluate::{Rating, Verdict},
    policy::{Level, OwedBy},
};

pub(in crate::excel) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "適合",
        Verdict::PartlyMet => "一部適合",
        Verdict::NotMet => "不適合",
        Verdict::Unconfirmed => "未確認",
        Verdict::NotApplicable => "該当なし",
    }
}

pub(in crate::excel) fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::A => "適合（A）",
        Rating::B => "適合（B）",
        Rating::C => "条件付（C）",
        Rating::Unfit => "不適合",
        Rating::Unconfirmed => "未確認",
        Rating::NotApplicable => "該当なし",
    }
}

pub(in crate::excel) fn level(level: Level) -> &'static str {
    match level {
        Level::Must => "必須",
        Level::Should => "推奨",
    }
}

pub(in crate::excel) fn owed_by(owed_by: OwedBy) -> &'static str {
    match owed_by {
        OwedBy::Vendor => "委託先・提供者",
        OwedBy::Municipality => "自治体",
    }
}

pub(in crate::excel) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Fit => "適合",
        Outcome::FitWithConditions => "条件付適合",
        Outcome::Unfit => "不適合",
    }
}

pub(in crate::excel) fn state(state: AssessmentState) -> &'static str {
    match state {
        AssessmentState::Draft => "作成中",
        AssessmentState::Sent => "送付済み",
        AssessmentState::Answering => "回答中",
        AssessmentState::Submitted => "提出済み",
        AssessmentState::Returned => "差戻し中",
        AssessmentState::UnderReview => "審査中",
        AssessmentState::Decided => "決裁済み",
        AssessmentState::Expired => "期限切れ",
        AssessmentState::Renewed => "更新済み",
        AssessmentState::Withdrawn => "取下げ",
    }
}

pub(in crate::excel) fn truth(truth: &str) -> &'static str {
    match truth {
        "true" => "あてはまる",
        "false" => "あてはまらない",
        _ => "未確認",
    }
}

pub(in crate::excel) fn answer(answer: &AnswerWords) -> String {
    match answer {
        AnswerWords::Unanswered => "未回答".to_owned(),
        AnswerWords::Labels(labels) => labels.iter().map(|label| label.ja.as_str()).collect::<Vec<_>>().join("、"),
        AnswerWords::Plain(text) => text.clone(),
        AnswerWords::NotApplicable(reason) => format!("該当なし（理由：{reason}）"),
        AnswerWords::Undisclosed(reason) => format!("非開示（理由：{reason}）"),
    }
}

/// Hundredths of a percent as `87.50%`.
pub(in crate::excel) fn percent(hundredths: u16) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}
