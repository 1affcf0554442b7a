//! 対象: the thing that is assessed.

use crate::ids::RecordId;
use serde::{Deserialize, Serialize};

/// What kind of thing is assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// 業務委託.
    Engagement,
    /// 外部サービス（クラウドサービス）.
    CloudService,
    /// ソーシャルメディアサービス.
    SocialAccount,
}

impl SubjectKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Engagement, Self::CloudService, Self::SocialAccount];

    /// The name in facts, as policies compare it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Engagement => "engagement",
            Self::CloudService => "cloud_service",
            Self::SocialAccount => "social_account",
        }
    }

    /// The key of its register.
    #[must_use]
    pub fn register(self) -> &'static str {
        match self {
            Self::Engagement => "engagements",
            Self::CloudService => "cloud-services",
            Self::SocialAccount => "social-accounts",
        }
    }

    /// The kind that a register holds, if its records are assessed.
    #[must_use]
    pub fn of_register(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.register() == key)
    }
}

/// One thing that is assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// What kind of thing it is.
    pub kind: SubjectKind,
    /// Its record.
    pub id: RecordId,
}
