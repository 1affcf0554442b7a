//! Who may do what to which objects: the one table, and the only maker of a [`Permit`].
//!
//! Knows no database: `store::tenant` loads an object within the actor's organization and asks here. Every write of
//! `store` demands the permit of its action, so forgetting to ask does not compile.

pub use crate::actor::{Actor, Contractor, JobName, Staff};

use kakunin_api::{
    PortalError,
    ids::{AssessmentId, DepartmentId, OrganizationId},
    people::{ContractorRole, Role},
};
use std::marker::PhantomData;
use uuid::Uuid;

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Nowhere.
    No,
    /// The one assessment the contractor was invited to.
    Own,
    /// What belongs to the actor's department or one below it.
    Department,
    /// The same, and what belongs to no department.
    OwnOrNone,
    /// What the actor decides by a post they hold today.
    Post,
    /// The whole organization.
    All,
}

/// An action, as a type: it is what a [`Permit`] is for.
pub trait Action: Copy + Send + Sync + 'static {
    /// Its name in the table and in the log.
    const NAME: ActionName;
}

/// The columns of the table, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Staff in a role.
    Staff(Role),
    /// A contractor.
    Contractor(ContractorRole),
    /// The portal itself.
    System,
}

impl Standing {
    /// Every standing, in the order of the table.
    pub const ALL: [Self; 10] = [
        Self::Staff(Role::Administrator),
        Self::Staff(Role::SecurityOffice),
        Self::Staff(Role::Reviewer),
        Self::Staff(Role::Approver),
        Self::Staff(Role::ProcurementOfficer),
        Self::Staff(Role::Auditor),
        Self::Staff(Role::Operator),
        Self::Contractor(ContractorRole::Submitter),
        Self::Contractor(ContractorRole::Contributor),
        Self::System,
    ];

    /// The standing of an actor.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Staff(staff) => Self::Staff(staff.role),
            Actor::Contractor(contractor) => Self::Contractor(contractor.role),
            Actor::System(..) => Self::System,
        }
    }
}

macro_rules! actions {
    (@reach All) => { Scope::All };
    (@reach Dept) => { Scope::Department };
    (@reach Near) => { Scope::OwnOrNone };
    (@reach Post) => { Scope::Post };
    (@reach Own) => { Scope::Own };
    (@reach no) => { Scope::No };
    ($($(#[$doc:meta])* $name:ident: [$($reach:ident)*]),* $(,)?) => {
        /// Every action there is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ActionName { $($(#[$doc])* $name),* }

        impl ActionName {
            /// All actions, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// How far each of [`Standing::ALL`] reaches.
            #[must_use]
            pub fn row(self) -> [Scope; 10] {
                match self {
                    $(Self::$name => [$(actions!(@reach $reach)),*]),*
                }
            }
        }

        $($(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Action for $name {
            const NAME: ActionName = ActionName::$name;
        })*
    };
}

actions! {
    //                      admin security reviewer approver officer auditor operator submitter contributor system
    /// See vendors and departments.
    ViewRegisters:         [All   All      All      All      All     All     no       no        no          no],
    /// See engagements.
    ViewEngagements:       [All   All      All      All      Dept    All     no       no        no          no],
    /// See posts and who holds them; those on a contractor's side as the engagement.
    ViewPosts:             [All   All      All      All      Near    All     no       no        no          no],
    /// See assessments with their verdicts.
    ViewAssessment:        [All   All      All      All      Dept    All     no       no        no          no],
    /// See policies with their criteria, and what they rest on.
    ViewPolicies:          [All   All      All      All      All     All     no       no        no          no],
    /// See which assessments another policy would change.
    ViewWhatIf:            [All   All      All      All      no      All     no       no        no          no],
    /// Bring a draft of the organization's own policy in.
    ImportPolicy:          [All   All      no       no       no      no      no       no        no          no],
    /// Publish a draft from a day on.
    PublishPolicy:         [All   All      no       no       no      no      no       no        no          no],
    /// Bring a draft of a questionnaire in.
    ImportQuestionnaire:   [All   All      no       no       no      no      no       no        no          no],
    /// Publish a draft: from then on it is sent.
    PublishQuestionnaire:  [All   All      no       no       no      no      no       no        no          no],
    /// See cloud services and social accounts.
    ViewServices:          [All   All      All      All      Dept    All     no       no        no          no],
    /// Register and change vendors.
    RegisterVendor:        [All   All      no       no       All     no      no       no        no          no],
    /// Merge two vendors: the work of every department moves with them.
    MergeVendors:          [All   All      no       no       no      no      no       no        no          no],
    /// Register and change cloud services and social accounts; apply for the use of one.
    RegisterService:       [All   All      no       no       Dept    no      no       no        no          no],
    /// Approve or refuse a cloud service or a subcontract; whoever holds no post enters the decision of the officer who does.
    ApproveUse:            [no    All      no       Post     no      no      no       no        no          no],
    /// Bring a register in from a workbook; each row by the permission for its register.
    ImportRecords:         [All   All      no       no       Dept    no      no       no        no          no],
    /// Departments, their reorganization, and transfers of those who work there.
    ManageOffices:         [All   All      no       no       no      no      no       no        no          All],
    /// Posts and who holds them; those on a contractor's side of an engagement belong to its department.
    ManagePosts:           [All   All      no       no       Dept    no      no       no        no          All],
    /// Register and change engagements, and record requests to subcontract.
    RegisterEngagement:    [All   All      no       no       Dept    no      no       no        no          no],
    /// Send a questionnaire about an engagement, a cloud service or a social account.
    SendAssessment:        [All   All      no       no       Dept    no      no       no        no          no],
    /// Make a new link for an assessment.
    InviteAgain:           [All   All      no       no       Dept    no      no       no        no          no],
    /// Withdraw an assessment.
    WithdrawAssessment:    [All   All      no       no       Dept    no      no       no        no          no],
    /// Begin the review.
    BeginReview:           [no    All      All      no       no      no      no       no        no          no],
    /// Change one verdict with a reason.
    OverrideVerdict:       [no    All      All      no       no      no      no       no        no          no],
    /// Return the questionnaire with a question.
    ReturnAssessment:      [no    All      All      no       no      no      no       no        no          no],
    /// Decide; whoever holds no post enters the decision of the officer who does.
    DecideAssessment:      [no    All      All      Post     no      no      no       no        no          no],
    /// Download the evidence workbook, and files attached to answers.
    ExportEvidence:        [All   All      All      All      Dept    All     no       no        no          no],
    /// See the log.
    ViewAuditEvents:       [All   All      no       no       no      All     no       no        no          no],
    /// See who belongs to the organization, in which role.
    ViewPeople:            [All   All      no       no       no      All     All      no        no          no],
    /// Add people, give and end roles, reset what they sign in with.
    ManagePeople:          [All   no       no       no       no      no      All      no        no          no],
    /// Change the line under the organization's name.
    EditOrganization:      [All   no       no       no       no      no      no       no        no          no],
    /// Name the organization's own classes of information.
    EditScale:             [All   All      no       no       no      no      no       no        no          no],
    /// See which organizations the installation serves.
    ViewOrganizations:     [no    no       no       no       no      no      All      no        no          no],
    /// Create an organization with its first administrator.
    CreateOrganization:    [no    no       no       no       no      no      All      no        no          no],
    /// Come in by an invitation.
    RedeemInvitation:      [no    no       no       no       no      no      no       Own       Own         no],
    /// See the questionnaire and answer it.
    AnswerAssessment:      [no    no       no       no       no      no      no       Own       Own         no],
    /// Invite colleagues to answer together, and end it.
    InviteContributor:     [no    no       no       no       no      no      no       Own       no          no],
    /// Submit it.
    SubmitAssessment:      [no    no       no       no       no      no      no       Own       no          no],
    /// Keep an account to come in with later.
    KeepAccount:           [no    no       no       no       no      no      no       Own       Own         no],
    /// Sign in and out, and change what one signs in with.
    SignIn:                [All   All      All      All      All     All     All      no        no          All],
    /// Be refused something: what is noted in the log.
    BeRefused:             [All   All      All      All      All     All     All      Own       Own         no],
    /// Set up an organization: departments, posts, people.
    SetUpOrganization:     [no    no       no       no       no      no      no       no        no          All],
}

/// How far `actor` may do `action`.
#[must_use]
pub fn scope(actor: &Actor, action: ActionName) -> Scope {
    let standing = Standing::of(actor);
    let columns = Standing::ALL.iter().zip(action.row());
    columns.filter(|(column, _)| **column == standing).map(|(_, scope)| scope).next().unwrap_or(Scope::No)
}

/// Proof that an actor may do `A` to one object. Only this module makes one.
#[derive(Clone, Debug)]
pub struct Permit<A: Action> {
    actor: Actor,
    object: Uuid,
    action: PhantomData<A>,
}

impl<A: Action> Permit<A> {
    /// The organization within which it holds.
    #[must_use]
    pub fn organization(&self) -> OrganizationId {
        self.actor.organization()
    }

    /// Who may.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The object it is for; the organization's own id for lists and creations.
    #[must_use]
    pub fn object(&self) -> Uuid {
        self.object
    }
}

impl<A: Action> Permit<A> {
    /// The departments to which a list is narrowed; none where it reaches the whole organization.
    #[must_use]
    pub fn departments(&self) -> Option<Vec<DepartmentId>> {
        match (&self.actor, scope(&self.actor, A::NAME)) {
            (_, Scope::All) => None,
            (Actor::Staff(staff), Scope::Department | Scope::OwnOrNone) => Some(staff.departments.clone()),
            (Actor::Staff(staff), Scope::Post) => staff.deciding_departments(),
            _ => Some(Vec::new()),
        }
    }
}

fn permit<A: Action>(actor: &Actor, object: Uuid) -> Permit<A> {
    Permit { object, actor: actor.clone(), action: PhantomData }
}

/// Whether `actor` may do `A` in the organization at large: creations, and lists of what belongs to no department.
///
/// # Errors
/// [`PortalError::Forbidden`].
pub fn in_organization<A: Action>(_: A, actor: &Actor) -> Result<Permit<A>, PortalError> {
    match scope(actor, A::NAME) {
        Scope::All => Ok(permit(actor, actor.organization().0)),
        Scope::Own | Scope::Department | Scope::OwnOrNone | Scope::Post | Scope::No => Err(PortalError::Forbidden),
    }
}

/// Whether `actor` may list by `A`; the list is narrowed to [`Permit::departments`].
///
/// # Errors
/// [`PortalError::Forbidden`].
pub fn listing<A: Action>(_: A, actor: &Actor) -> Result<Permit<A>, PortalError> {
    match scope(actor, A::NAME) {
        Scope::All | Scope::Department | Scope::OwnOrNone | Scope::Post => Ok(permit(actor, actor.organization().0)),
        Scope::Own | Scope::No => Err(PortalError::Forbidden),
    }
}

/// Whether `actor` may do `A` for a department of their organization: creations of what belongs to one.
///
/// # Errors
/// [`PortalError::Forbidden`].
pub fn in_department<A: Action>(_: A, actor: &Actor, department: DepartmentId) -> Result<Permit<A>, PortalError> {
    let belonging = Belonging { assessment: None, department: Some(department) };
    if reaches(scope(actor, A::NAME), actor, belonging) {
        Ok(permit(actor, department.0))
    } else {
        Err(PortalError::Forbidden)
    }
}

/// Whether a page offers `actor` to do `action` to work of a department. The service asks again.
#[must_use]
pub fn may_in_department(actor: &Actor, action: ActionName, department: DepartmentId) -> bool {
    reaches(scope(actor, action), actor, Belonging { assessment: None, department: Some(department) })
}

/// Whether a page offers `actor` to do `action` to a record that belongs to this department, or to none. The service asks
/// again.
#[must_use]
pub fn may(actor: &Actor, action: ActionName, department: Option<DepartmentId>) -> bool {
    reaches(scope(actor, action), actor, Belonging { assessment: None, department })
}

/// What an object belongs to, as far as permissions ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Belonging {
    /// The assessment it is or hangs on.
    pub assessment: Option<AssessmentId>,
    /// The department whose work it is about.
    pub department: Option<DepartmentId>,
}

/// Whether what an object belongs to decides, so that it has to be known.
pub(crate) fn asks_for_department(actor: &Actor, actions: &[ActionName]) -> bool {
    actions.iter().any(|action| matches!(scope(actor, *action), Scope::Department | Scope::OwnOrNone | Scope::Post))
}

fn reaches(scope: Scope, actor: &Actor, belonging: Belonging) -> bool {
    match (scope, actor) {
        (Scope::All, _) => true,
        (Scope::Own, Actor::Contractor(contractor)) => belonging.assessment == Some(contractor.assessment),
        (Scope::Department, Actor::Staff(staff)) => {
            belonging.department.is_some_and(|department| staff.departments.contains(&department))
        }
        (Scope::OwnOrNone, Actor::Staff(staff)) => {
            belonging.department.is_none_or(|department| staff.departments.contains(&department))
        }
        (Scope::Post, Actor::Staff(staff)) => {
            belonging.department.is_some_and(|department| staff.deciding_post(department).is_some())
        }
        _ => false,
    }
}

/// Whether `actor` may do `A` to an object of their organization with this belonging.
///
/// # Errors
/// [`PortalError::NotFound`] where they may not even see it, by `view`; else [`PortalError::Forbidden`].
pub(crate) fn on_object<A: Action>(
    _: A,
    actor: &Actor,
    object: Uuid,
    belonging: Belonging,
    view: &[ActionName],
) -> Result<Permit<A>, PortalError> {
    if reaches(scope(actor, A::NAME), actor, belonging) {
        return Ok(permit(actor, object));
    }
    if view.iter().any(|action| reaches(scope(actor, *action), actor, belonging)) {
        Err(PortalError::Forbidden)
    } else {
        Err(PortalError::NotFound)
    }
}

/// The permit by which the portal notes that somebody was refused something.
pub(crate) fn to_be_refused(actor: &Actor) -> Option<Permit<BeRefused>> {
    (scope(actor, ActionName::BeRefused) != Scope::No).then(|| permit(actor, actor.organization().0))
}

#[cfg(test)]
mod tests;
