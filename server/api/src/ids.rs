//! Ids as types. All are UUIDv7, made by the server; this module only carries and parses them.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// 自治体・団体: the tenant.
    OrganizationId,
    /// 部局・課室.
    DepartmentId,
    /// A person who signs in as staff.
    UserId,
    /// 所属: what somebody may do in an organization, from a day on.
    MembershipId,
    /// 事業者, shared by all organizations.
    CompanyId,
    /// 委託先: one organization's own record about a company.
    VendorId,
    /// A record of any register: which one, the path or the form says.
    RecordId,
    /// A version of an organization's own policy.
    PolicyVersionId,
    /// A version of an organization's own questionnaire.
    QuestionnaireVersionId,
    /// A workbook that was uploaded and is not a questionnaire yet.
    WorkbookUploadId,
    /// A register brought in from a workbook.
    ImportId,
    /// 人事異動の反映: a list of transfers and what was made of it.
    HandoverId,
    /// 調査（評価）.
    AssessmentId,
    /// The link by which a contractor comes in.
    InvitationId,
    /// 証跡: one file attached to an answer.
    EvidenceId,
    /// 職.
    PostId,
    /// 任命.
    AppointmentId,
    /// A clarification asked when a questionnaire is returned.
    ReturnId,
}
