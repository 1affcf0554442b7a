//! Who is at the screen.

use crate::ids::AssessmentId;
use serde::{Deserialize, Serialize};

/// The roles staff hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// システム管理者.
    Administrator,
    /// 契約・調達担当.
    ProcurementOfficer,
    /// 審査担当.
    Reviewer,
    /// 監査人.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Administrator, Self::ProcurementOfficer, Self::Reviewer, Self::Auditor];

    /// The name in tables.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::ProcurementOfficer => "procurement_officer",
            Self::Reviewer => "reviewer",
            Self::Auditor => "auditor",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// What the header of a page says of the person at the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedIn {
    /// A member of staff.
    Staff {
        /// 自治体名.
        organization: String,
        /// 課名.
        department: String,
        /// 氏名.
        name: String,
        /// Role.
        role: Role,
    },
    /// A contractor who came in by an invitation.
    Contractor {
        /// The municipality that asks.
        organization: String,
        /// The company that answers.
        company: String,
        /// 宛名.
        name: String,
        /// What they were invited to answer.
        assessment: AssessmentId,
    },
}

/// Sign-in of a local account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Sign-in name.
    #[serde(default)]
    pub sign_in_name: String,
    /// Password; never stored, logged or sent back.
    #[serde(default)]
    pub password: String,
}

/// What waits for the person who opened the home page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Assessments that wait for this person, the most urgent first, at most ten.
    pub waiting: Vec<crate::assessments::AssessmentRow>,
    /// How many assessments are in each state.
    pub by_state: Vec<(crate::state::AssessmentState, u64)>,
    /// Posts nobody holds today.
    pub vacant_posts: Vec<String>,
}
