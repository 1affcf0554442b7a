//! Who may do what to which objects: the one table, and the only maker of a [`Permit`].
//!
//! Knows no database: `store::tenant` loads an object within the actor's organization and asks here. Every write of
//! `store` demands the permit of its action, so forgetting to ask does not compile.

use kakunin_api::{
    PortalError,
    ids::{AssessmentId, DepartmentId, InvitationId, OrganizationId, UserId},
    people::Role,
};
use std::marker::PhantomData;
use uuid::Uuid;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member of staff.
    Staff(Staff),
    /// A contractor who came in by an invitation.
    Contractor(Contractor),
    /// The portal itself, for one organization.
    System(JobName, OrganizationId),
}

/// A member of staff, as loaded for this request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The person.
    pub user: UserId,
    /// 氏名.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Their organization.
    pub organization: OrganizationId,
    /// 自治体名.
    pub organization_name: String,
    /// Their department.
    pub department: DepartmentId,
    /// 課名.
    pub department_name: String,
}

/// A contractor, as loaded for this request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contractor {
    /// The invitation they came in by.
    pub invitation: InvitationId,
    /// What it lets them answer.
    pub assessment: AssessmentId,
    /// 宛名.
    pub name: String,
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

    /// The name that goes into the log.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Staff(staff) => &staff.name,
            Self::Contractor(contractor) => &contractor.name,
            Self::System(JobName::Setup, _) => "system: setup",
            Self::System(JobName::SignIn, _) => "system: sign-in",
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

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Nowhere.
    No,
    /// The one assessment the contractor was invited to.
    Own,
    /// The whole organization.
    All,
}

/// An action, as a type: it is what a [`Permit`] is for.
pub trait Action: Copy + Send + Sync + 'static {
    /// Its name in the table and in the log.
    const NAME: ActionName;
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident: [$administrator:ident $officer:ident $reviewer:ident $auditor:ident $contractor:ident $system:ident]),* $(,)?) => {
        /// Every action there is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ActionName { $($(#[$doc])* $name),* }

        impl ActionName {
            /// All actions, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// How far each standing reaches: administrator, procurement officer, reviewer, auditor, contractor, system.
            #[must_use]
            pub fn row(self) -> [Scope; 6] {
                match self {
                    $(Self::$name => [Scope::$administrator, Scope::$officer, Scope::$reviewer, Scope::$auditor, Scope::$contractor, Scope::$system]),*
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
    //                                  admin officer reviewer auditor contractor system
    /// See the registers, officers and assessments of the organization.
    ViewRegisters:                      [All   All     All      All     No         No],
    /// See policies with their criteria, and what they rest on.
    ViewPolicies:                       [All   All     All      All     No         No],
    /// Bring a draft of the organization's own policy in.
    ImportPolicy:                       [All   No      No       No      No         No],
    /// Publish a draft from a day on.
    PublishPolicy:                      [All   No      No       No      No         No],
    /// Bring a draft of a questionnaire in.
    ImportQuestionnaire:                [All   No      No       No      No         No],
    /// Publish a draft: from then on it is sent.
    PublishQuestionnaire:               [All   No      No       No      No         No],
    /// Register a vendor.
    RegisterVendor:                     [All   All     No       No      No         No],
    /// Register an engagement.
    RegisterEngagement:                 [All   All     No       No      No         No],
    /// Send a questionnaire about an engagement.
    SendAssessment:                     [All   All     No       No      No         No],
    /// Make a new link for an assessment.
    InviteAgain:                        [All   All     No       No      No         No],
    /// Withdraw an assessment.
    WithdrawAssessment:                 [All   All     No       No      No         No],
    /// See an assessment with its verdicts.
    ViewAssessment:                     [All   All     All      All     No         No],
    /// Begin the review.
    BeginReview:                        [No    No      All      No      No         No],
    /// Change one verdict with a reason.
    OverrideVerdict:                    [No    No      All      No      No         No],
    /// Return the questionnaire with a question.
    ReturnAssessment:                   [No    No      All      No      No         No],
    /// Decide.
    DecideAssessment:                   [No    No      All      No      No         No],
    /// Download the evidence workbook, and files attached to answers.
    ExportEvidence:                     [All   All     All      All     No         No],
    /// See the log.
    ViewAuditEvents:                    [All   No      No       All     No         No],
    /// Come in by an invitation.
    RedeemInvitation:                   [No    No      No       No      Own        No],
    /// See the questionnaire and answer it.
    AnswerAssessment:                   [No    No      No       No      Own        No],
    /// Submit it.
    SubmitAssessment:                   [No    No      No       No      Own        No],
    /// Sign in and out.
    SignIn:                             [All   All     All      All     No         All],
    /// Set up an organization: departments, posts, people.
    SetUpOrganization:                  [No    No      No       No      No         All],
}

/// How far `actor` may do `action`.
#[must_use]
pub fn scope(actor: &Actor, action: ActionName) -> Scope {
    let [administrator, officer, reviewer, auditor, contractor, system] = action.row();
    match actor {
        Actor::Staff(staff) => match staff.role {
            Role::Administrator => administrator,
            Role::ProcurementOfficer => officer,
            Role::Reviewer => reviewer,
            Role::Auditor => auditor,
        },
        Actor::Contractor(_) => contractor,
        Actor::System(..) => system,
    }
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

/// Whether `actor` may do `A` in the organization at large: lists and creations.
///
/// # Errors
/// [`PortalError::Forbidden`].
pub fn in_organization<A: Action>(_: A, actor: &Actor) -> Result<Permit<A>, PortalError> {
    match scope(actor, A::NAME) {
        Scope::All => Ok(Permit { object: actor.organization().0, actor: actor.clone(), action: PhantomData }),
        Scope::Own | Scope::No => Err(PortalError::Forbidden),
    }
}

/// Whether `actor` may do `A` to an object of their organization that belongs to `assessment`, if to any.
///
/// # Errors
/// [`PortalError::NotFound`] where they may not even see it, by `view`; else [`PortalError::Forbidden`].
pub(crate) fn on_object<A: Action>(
    _: A,
    actor: &Actor,
    object: Uuid,
    assessment: Option<AssessmentId>,
    view: &[ActionName],
) -> Result<Permit<A>, PortalError> {
    let reaches = |scope: Scope| match (scope, actor) {
        (Scope::All, _) => true,
        (Scope::Own, Actor::Contractor(contractor)) => assessment == Some(contractor.assessment),
        _ => false,
    };
    if reaches(scope(actor, A::NAME)) {
        return Ok(Permit { object, actor: actor.clone(), action: PhantomData });
    }
    if view.iter().any(|action| reaches(scope(actor, *action))) {
        Err(PortalError::Forbidden)
    } else {
        Err(PortalError::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_changes_nothing() {
        for action in ActionName::ALL {
            let [.., auditor, _, _] = action.row();
            let harmless = matches!(
                action,
                ActionName::ViewRegisters
                    | ActionName::ViewAssessment
                    | ActionName::ExportEvidence
                    | ActionName::ViewAuditEvents
                    | ActionName::ViewPolicies
                    | ActionName::SignIn
            );
            assert_eq!(auditor == Scope::All, harmless, "{action:?}");
        }
    }

    #[test]
    fn a_contractor_reaches_its_own_assessment_only() {
        for action in ActionName::ALL {
            let [.., contractor, _] = action.row();
            assert_ne!(contractor, Scope::All, "{action:?}");
        }
    }
}
