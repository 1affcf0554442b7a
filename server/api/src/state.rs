//! The state of an assessment as it is shown and stored. The rules of transition are in the server.

use serde::{Deserialize, Serialize};

/// 調査の状態.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentState {
    /// 作成中: not yet sent.
    Draft,
    /// 送付済み: the contractor has the link but has not come in.
    Sent,
    /// 回答中.
    Answering,
    /// 提出済み: waits for a reviewer.
    Submitted,
    /// 差戻し: waits for the contractor again.
    Returned,
    /// 審査中.
    UnderReview,
    /// 決裁済み.
    Decided,
    /// 期限切れ.
    Expired,
    /// 更新済み: a later assessment took its place.
    Renewed,
    /// 取下げ.
    Withdrawn,
}

impl AssessmentState {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Sent,
        Self::Answering,
        Self::Submitted,
        Self::Returned,
        Self::UnderReview,
        Self::Decided,
        Self::Expired,
        Self::Renewed,
        Self::Withdrawn,
    ];

    /// The name in tables, URLs and errors.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sent => "sent",
            Self::Answering => "answering",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::UnderReview => "under_review",
            Self::Decided => "decided",
            Self::Expired => "expired",
            Self::Renewed => "renewed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the contractor may change answers.
    #[must_use]
    pub fn is_answerable(self) -> bool {
        matches!(self, Self::Sent | Self::Answering | Self::Returned)
    }
}

/// 決裁の結論.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 適合.
    Fit,
    /// 条件付適合.
    FitWithConditions,
    /// 不適合.
    Unfit,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Fit, Self::FitWithConditions, Self::Unfit];

    /// The name in tables and forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::FitWithConditions => "fit_with_conditions",
            Self::Unfit => "unfit",
        }
    }

    /// The outcome with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_outcome_is_found_by_its_code() {
        for state in AssessmentState::ALL {
            assert_eq!(AssessmentState::from_code(state.code()), Some(state));
        }
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
        }
    }
}
