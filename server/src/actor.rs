//! Who acts, as loaded for one request. Knows no table of permissions and no database.

use crate::registers::scale::{NATIONAL_SCALE, Scale};
use jiff::civil::Date;
use kakunin_api::{
    ids::{AppointmentId, AssessmentId, DepartmentId, InvitationId, OrganizationId, UserId},
    people::{ContractorRole, Role},
};
use uuid::Uuid;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member of staff, in the organization they are at work for now.
    Staff(Staff),
    /// A contractor who came in by an invitation.
    Contractor(Contractor),
    /// The portal itself, for one organization.
    System(JobName, OrganizationId),
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The person.
    pub user: UserId,
    /// 氏名.
    pub name: String,
    /// Their role in this organization today.
    pub role: Role,
    /// The organization they are at work for now.
    pub organization: OrganizationId,
    /// 自治体名.
    pub organization_name: String,
    /// The line below it in the header; may be empty.
    pub branding: String,
    /// Their department.
    pub department: DepartmentId,
    /// 課名.
    pub department_name: String,
    /// Their department and everything below it; loaded where the role reaches no further.
    pub departments: Vec<DepartmentId>,
    /// The posts they hold today by which somebody decides; loaded where the role decides by its post.
    pub posts: Vec<PostHeld>,
    /// How many organizations they can switch between.
    pub organizations: u32,
    /// The organization's classes of information.
    pub scale: Scale,
}

/// A post somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostHeld {
    /// The appointment.
    pub appointment: AppointmentId,
    /// Kind, such as `section_officer`.
    pub kind: String,
    /// 職名.
    pub title: String,
    /// The department it is attached to, if to one.
    pub department: Option<DepartmentId>,
    /// First day.
    pub from: Date,
}

impl Staff {
    /// The post by which they decide about a department's work: the department's own, else one for all departments.
    #[must_use]
    pub fn deciding_post(&self, department: DepartmentId) -> Option<&PostHeld> {
        let own = self.posts.iter().find(|post| post.kind == SECTION_OFFICER && post.department == Some(department));
        own.or_else(|| self.posts.iter().find(|post| matches!(post.kind.as_str(), CHIEF_OFFICER | CISO)))
    }
}

impl Staff {
    /// The departments about whose work they decide by their posts; none where that is all of them.
    #[must_use]
    pub fn deciding_departments(&self) -> Option<Vec<DepartmentId>> {
        let for_all = |post: &PostHeld| matches!(post.kind.as_str(), CHIEF_OFFICER | CISO);
        if self.posts.iter().any(for_all) {
            return None;
        }
        let own = self.posts.iter().filter(|post| post.kind == SECTION_OFFICER);
        Some(own.filter_map(|post| post.department).collect())
    }
}

/// 情報セキュリティ管理者, one per section: decides for the section's contracts.
pub const SECTION_OFFICER: &str = "section_officer";
/// 統括情報セキュリティ責任者.
pub const CHIEF_OFFICER: &str = "chief_officer";
/// CISO.
pub const CISO: &str = "ciso";
/// クラウドサービス管理者, one per service.
pub const SERVICE_OFFICER: &str = "service_officer";
/// ソーシャルメディア責任者, one per account or for several.
pub const ACCOUNT_OFFICER: &str = "account_officer";

/// A contractor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contractor {
    /// The invitation they came in by.
    pub invitation: InvitationId,
    /// What it lets them answer.
    pub assessment: AssessmentId,
    /// 宛名.
    pub name: String,
    /// Whether they may submit.
    pub role: ContractorRole,
    /// Their account, where they keep one.
    pub account: Option<UserId>,
    /// The organization that asks.
    pub organization: OrganizationId,
    /// 自治体名.
    pub organization_name: String,
    /// The company that answers.
    pub company_name: String,
}

/// The jobs the portal does by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobName {
    /// Setting up an organization.
    Setup,
    /// Checking a sign-in before anybody is known.
    SignIn,
    /// Moving the work of a department whose last day has passed.
    Reorganization,
}

impl Actor {
    /// The organization within which this actor acts.
    #[must_use]
    pub fn organization(&self) -> OrganizationId {
        match self {
            Self::Staff(staff) => staff.organization,
            Self::Contractor(contractor) => contractor.organization,
            Self::System(_, organization) => *organization,
        }
    }

    /// The organization's classes of information, for its own staff; the national ones for everybody else.
    #[must_use]
    pub fn scale(&self) -> &Scale {
        match self {
            Self::Staff(staff) => &staff.scale,
            Self::Contractor(_) | Self::System(..) => &NATIONAL_SCALE,
        }
    }

    /// The name that goes into the log.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Staff(staff) => &staff.name,
            Self::Contractor(contractor) => &contractor.name,
            Self::System(JobName::Setup, _) => "system: setup",
            Self::System(JobName::SignIn, _) => "system: sign-in",
            Self::System(JobName::Reorganization, _) => "system: reorganization",
        }
    }

    /// `staff`, `contractor` or `system`, and the id behind it.
    #[must_use]
    pub fn kind_and_id(&self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::Staff(staff) => ("staff", Some(staff.user.0)),
            Self::Contractor(contractor) => ("contractor", Some(contractor.invitation.0)),
            Self::System(..) => ("system", None),
        }
    }
}
