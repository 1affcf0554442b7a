//! Who is at the screen.

use crate::{
    ids::{DepartmentId, InvitationId, MembershipId},
    state::AssessmentState,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The roles staff hold in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// システム管理者: people, roles, sign-in, policies; sees everything but decides nothing.
    Administrator,
    /// 統括情報セキュリティ責任者の事務局: rules and reviews for the whole organization.
    SecurityOffice,
    /// 審査担当.
    Reviewer,
    /// 決裁者: decides by the post they hold.
    Approver,
    /// 契約・調達担当: their own department's work, and that of those below it.
    ProcurementOfficer,
    /// 監査人: reads everything, changes nothing.
    Auditor,
    /// 設置者の運用担当: creates organizations and sees none of their content.
    Operator,
}

impl Role {
    /// Every role, in the order of the table of permissions.
    pub const ALL: [Self; 7] = [
        Self::Administrator,
        Self::SecurityOffice,
        Self::Reviewer,
        Self::Approver,
        Self::ProcurementOfficer,
        Self::Auditor,
        Self::Operator,
    ];

    /// The roles an organization gives its own people.
    pub fn of_organizations() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|role| *role != Self::Operator)
    }

    /// The name in tables.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::SecurityOffice => "security_office",
            Self::Reviewer => "reviewer",
            Self::Approver => "approver",
            Self::ProcurementOfficer => "procurement_officer",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// What somebody of a company may do with a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContractorRole {
    /// Answers, invites colleagues, and submits.
    Submitter,
    /// Answers.
    Contributor,
}

impl ContractorRole {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Submitter, Self::Contributor];

    /// The name in tables.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Submitter => "submitter",
            Self::Contributor => "contributor",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
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
    /// Whether no post has been set up yet, which this person could do.
    pub nothing_set_up: bool,
    /// Records that somebody should look at, the first of each kind.
    pub attention: Vec<crate::attention::Attention>,
}

/// Ends sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndSession {
    /// The session, by its hashed id; empty for all but this one.
    #[serde(default)]
    pub id_hash: String,
    /// The password, where there is one.
    #[serde(default)]
    pub current_password: String,
}

/// The second step of a sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// Six digits of the authenticator, or a recovery code; never stored, logged or sent back.
    #[serde(default)]
    pub code: String,
    /// The present password, where a second factor is set up; likewise.
    #[serde(default)]
    pub current_password: String,
}

/// A new password, and the present one where somebody changes it of their own accord.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoosePassword {
    /// The present one; never stored, logged or sent back.
    #[serde(default)]
    pub current_password: String,
    /// The new one; likewise.
    #[serde(default)]
    pub new_password: String,
    /// The new one again; likewise.
    #[serde(default)]
    pub new_password_again: String,
}

/// Asking for a link to choose a new password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgottenPassword {
    /// Sign-in name.
    #[serde(default)]
    pub sign_in_name: String,
}

/// Taking a second factor away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveSecondFactor {
    /// The present password; never stored, logged or sent back.
    #[serde(default)]
    pub current_password: String,
}

/// Bringing a person into the organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddPerson {
    /// What they sign in with; an account of this name that is there already is given the role.
    #[serde(default)]
    pub sign_in_name: String,
    /// 氏名.
    #[serde(default)]
    pub person_name: String,
    /// Where mail reaches them; may be empty.
    #[serde(default)]
    pub email: String,
    /// Department, as an id.
    #[serde(default)]
    pub department: String,
    /// Role, as a code.
    #[serde(default)]
    pub role: String,
    /// First day; today where empty.
    #[serde(default)]
    pub starts_on: String,
    /// Last day; open where empty.
    #[serde(default)]
    pub ends_on: String,
}

/// Another role or department for somebody, in place of the one they have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRole {
    /// The membership that ends.
    #[serde(default)]
    pub membership: String,
    /// Department, as an id.
    #[serde(default)]
    pub department: String,
    /// Role, as a code.
    #[serde(default)]
    pub role: String,
}

/// A person of an organization, as lists show one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The membership.
    pub id: MembershipId,
    /// Sign-in name.
    pub sign_in_name: String,
    /// 氏名.
    pub name: String,
    /// 課名.
    pub department: String,
    /// Role.
    pub role: Role,
    /// First day.
    pub starts_on: Date,
    /// Last day, where set.
    pub ends_on: Option<Date>,
    /// Whether it was ended.
    pub ended: bool,
    /// Whether somebody approved it.
    pub approved: bool,
    /// Whether the person accepted it; those of one's own organization need not be asked.
    pub accepted: bool,
    /// Who gave it.
    pub granted_by: String,
    /// Whether they can sign in with a password.
    pub has_password: bool,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
    /// Whether the account is active.
    pub active: bool,
}

/// A person with everything an administrator decides about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// The row.
    pub row: PersonRow,
    /// The department, to choose another.
    pub department: DepartmentId,
    /// Every role they have had here, newest first.
    pub roles: Vec<PersonRow>,
    /// Whether whoever looks may change it.
    pub may_manage: bool,
    /// Whether their password may be reset from here: they belong to this organization alone.
    pub may_reset: bool,
}

/// Somebody's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// Sign-in name.
    pub sign_in_name: String,
    /// 氏名.
    pub name: String,
    /// Whether they can sign in with a password.
    pub has_password: bool,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
    /// Recovery codes that have not been used.
    pub recovery_codes_left: u64,
    /// Where they are signed in, the newest first.
    pub sessions: Vec<SessionRow>,
    /// Roles that other organizations offer: id, organization, role.
    pub offers: Vec<(MembershipId, String, Role)>,
}

/// One place where somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// By which it is ended: the hash of its id.
    pub id_hash: String,
    /// Since when, milliseconds since 1970.
    pub started_at: i64,
    /// Last used, milliseconds since 1970.
    pub seen_at: i64,
    /// The browser, as it names itself.
    pub agent: String,
    /// The address it came from.
    pub address: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// A colleague whom the submitter invites to answer together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteContributor {
    /// The assessment, as an id.
    #[serde(default)]
    pub assessment: String,
    /// Name.
    #[serde(default)]
    pub contact_name: String,
    /// Address.
    #[serde(default)]
    pub contact_email: String,
}

/// Somebody of a company who answers together with others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColleagueRow {
    /// Their invitation.
    pub id: InvitationId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// What they may do.
    pub role: ContractorRole,
    /// Whether they have come in.
    pub redeemed: bool,
    /// Whether it was ended.
    pub revoked: bool,
    /// Whether it is the one who looks.
    pub is_this: bool,
}

/// A questionnaire somebody of a company can answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyAssessmentRow {
    /// The invitation by which they answer.
    pub invitation: InvitationId,
    /// Who asks.
    pub organization: String,
    /// The company that answers.
    pub company: String,
    /// 件名.
    pub title: String,
    /// Until when.
    pub due_on: Date,
    /// State.
    pub state: AssessmentState,
    /// What they may do.
    pub role: ContractorRole,
}

/// An organization that the installation serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationRow {
    /// 団体コード.
    pub code: String,
    /// 名称.
    pub name: String,
    /// Its policy in the catalogue.
    pub policy: String,
}

/// How an organization is shown and guarded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditOrganization {
    /// The line under its name, such as the section in charge with its telephone number; may be empty.
    #[serde(default)]
    pub branding: String,
    /// Whether whoever signs in with a password needs a second factor too.
    #[serde(default)]
    pub demands_second_factor: bool,
}

/// A new organization with its first administrator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateOrganization {
    /// 団体コード, six digits.
    #[serde(default)]
    pub code: String,
    /// 名称.
    #[serde(default)]
    pub organization_name: String,
    /// Its policy in the catalogue.
    #[serde(default)]
    pub policy: String,
    /// The department its first administrator belongs to.
    #[serde(default)]
    pub first_department: String,
    /// The first administrator's sign-in name.
    #[serde(default)]
    pub sign_in_name: String,
    /// The first administrator's name.
    #[serde(default)]
    pub person_name: String,
}
