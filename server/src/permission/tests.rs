//! What must hold of the table, and of every way a permit is made.

use super::*;
use crate::{
    actor::{PostHeld, SECTION_OFFICER},
    registers::scale::Scale,
};
use jiff::civil::date;
use kakunin_api::ids::{AppointmentId, InvitationId, UserId};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

const ORGANIZATION: u128 = 1;
const DEPARTMENT: u128 = 10;
const BELOW: u128 = 11;
const OTHER: u128 = 12;

fn staff(role: Role) -> Actor {
    Actor::Staff(Staff {
        user: UserId(id(2)),
        name: "田中".to_owned(),
        role,
        organization: OrganizationId(id(ORGANIZATION)),
        organization_name: "西東京市".to_owned(),
        branding: String::new(),
        scale: Scale::default(),
        department: DepartmentId(id(DEPARTMENT)),
        department_name: "市民課".to_owned(),
        departments: vec![DepartmentId(id(DEPARTMENT)), DepartmentId(id(BELOW))],
        posts: vec![PostHeld {
            appointment: AppointmentId(id(3)),
            kind: SECTION_OFFICER.to_owned(),
            title: "情報セキュリティ管理者".to_owned(),
            department: Some(DepartmentId(id(DEPARTMENT))),
            from: date(2026, 4, 1),
        }],
        organizations: 1,
    })
}

fn contractor(role: ContractorRole) -> Actor {
    Actor::Contractor(Contractor {
        invitation: InvitationId(id(4)),
        assessment: AssessmentId(id(20)),
        name: "山本".to_owned(),
        role,
        account: None,
        organization: OrganizationId(id(ORGANIZATION)),
        organization_name: "西東京市".to_owned(),
        company_name: "株式会社".to_owned(),
    })
}

fn of_department(number: u128) -> Belonging {
    Belonging { assessment: None, department: Some(DepartmentId(id(number))) }
}

fn of_assessment(number: u128) -> Belonging {
    Belonging { assessment: Some(AssessmentId(id(number))), department: Some(DepartmentId(id(DEPARTMENT))) }
}

#[test]
fn an_auditor_changes_nothing() {
    for action in ActionName::ALL {
        let harmless = matches!(
            action,
            ActionName::ViewRegisters
                | ActionName::ViewServices
                | ActionName::ViewPosts
                | ActionName::ViewEngagements
                | ActionName::ViewAssessment
                | ActionName::ExportEvidence
                | ActionName::ViewAuditEvents
                | ActionName::ViewPolicies
                | ActionName::ViewWhatIf
                | ActionName::ViewPeople
                | ActionName::SignIn
                | ActionName::BeRefused
        );
        assert_eq!(scope(&staff(Role::Auditor), *action) == Scope::All, harmless, "{action:?}");
    }
}

#[test]
fn a_contractor_reaches_its_own_assessment_only() {
    for action in ActionName::ALL {
        for role in [ContractorRole::Submitter, ContractorRole::Contributor] {
            assert!(matches!(scope(&contractor(role), *action), Scope::Own | Scope::No), "{action:?}");
        }
    }
}

#[test]
fn an_operator_sees_no_content() {
    for action in ActionName::ALL {
        let own = matches!(
            action,
            ActionName::ViewOrganizations
                | ActionName::CreateOrganization
                | ActionName::ViewPeople
                | ActionName::ManagePeople
                | ActionName::SignIn
                | ActionName::BeRefused
        );
        assert_eq!(scope(&staff(Role::Operator), *action) != Scope::No, own, "{action:?}");
    }
}

#[test]
fn only_the_submitter_submits_and_invites() {
    for action in [ActionName::SubmitAssessment, ActionName::InviteContributor] {
        assert_eq!(scope(&contractor(ContractorRole::Submitter), action), Scope::Own);
        assert_eq!(scope(&contractor(ContractorRole::Contributor), action), Scope::No);
    }
    assert_eq!(scope(&contractor(ContractorRole::Contributor), ActionName::AnswerAssessment), Scope::Own);
}

#[test]
fn every_standing_has_a_column_of_its_own() {
    let actors: Vec<Actor> = Role::ALL
        .into_iter()
        .map(staff)
        .chain(ContractorRole::ALL.into_iter().map(contractor))
        .chain([Actor::System(JobName::Setup, OrganizationId(id(ORGANIZATION)))])
        .collect();
    let standings: Vec<Standing> = actors.iter().map(Standing::of).collect();
    assert_eq!(standings, Standing::ALL);
    for action in ActionName::ALL {
        let scopes: Vec<Scope> = actors.iter().map(|actor| scope(actor, *action)).collect();
        assert_eq!(scopes, action.row(), "{action:?}");
    }
}

#[test]
fn an_officer_reaches_their_department_and_those_below_it() {
    let officer = staff(Role::ProcurementOfficer);
    let view = &[ActionName::ViewEngagements];
    for department in [DEPARTMENT, BELOW] {
        let permit = on_object(SendAssessment, &officer, id(30), of_department(department), view).unwrap();
        assert_eq!(permit.object(), id(30));
        assert!(in_department(RegisterEngagement, &officer, DepartmentId(id(department))).is_ok());
    }
    let refused = on_object(SendAssessment, &officer, id(30), of_department(OTHER), view);
    assert_eq!(refused.err(), Some(PortalError::NotFound), "they may not even know of it");
    let refused = on_object(SendAssessment, &officer, id(30), Belonging::default(), view);
    assert_eq!(refused.err(), Some(PortalError::NotFound), "what belongs to no department is not theirs");
    let refused = in_department(RegisterEngagement, &officer, DepartmentId(id(OTHER)));
    assert_eq!(refused.err(), Some(PortalError::Forbidden));
    let refused = on_object(OverrideVerdict, &officer, id(30), of_department(BELOW), view);
    assert_eq!(refused.err(), Some(PortalError::Forbidden), "they see it but do not do that");
}

#[test]
fn a_list_is_narrowed_to_what_the_permit_reaches() {
    let officer = staff(Role::ProcurementOfficer);
    let permit = listing(ViewEngagements, &officer).unwrap();
    assert_eq!(permit.departments(), Some(vec![DepartmentId(id(DEPARTMENT)), DepartmentId(id(BELOW))]));
    assert_eq!(listing(ViewEngagements, &staff(Role::Auditor)).unwrap().departments(), None);
    assert_eq!(listing(ViewEngagements, &staff(Role::Operator)).err(), Some(PortalError::Forbidden));
    assert_eq!(listing(AnswerAssessment, &contractor(ContractorRole::Submitter)).err(), Some(PortalError::Forbidden));
    let Actor::Staff(mut approver) = staff(Role::Approver) else { return };
    let decided = |approver: &Staff| listing(ApproveUse, &Actor::Staff(approver.clone())).unwrap().departments();
    assert_eq!(decided(&approver), Some(vec![DepartmentId(id(DEPARTMENT))]), "what their post decides about");
    approver.posts.first_mut().unwrap().kind = crate::actor::CISO.to_owned();
    assert_eq!(decided(&approver), None, "a post for all of them");
    approver.posts.clear();
    assert_eq!(decided(&approver), Some(Vec::new()), "the role alone decides nothing");
    // Narrower than the organization is not the organization.
    assert_eq!(in_organization(ViewEngagements, &officer).err(), Some(PortalError::Forbidden));
    assert_eq!(in_organization(ViewEngagements, &staff(Role::Auditor)).unwrap().object(), id(ORGANIZATION));
    let own: Permit<AnswerAssessment> = permit_of_contractor();
    assert_eq!(own.departments(), Some(Vec::new()), "a contractor lists nothing");
}

fn permit_of_contractor() -> Permit<AnswerAssessment> {
    let actor = contractor(ContractorRole::Submitter);
    on_object(AnswerAssessment, &actor, id(20), of_assessment(20), &[ActionName::AnswerAssessment]).unwrap()
}

#[test]
fn an_approver_decides_what_their_post_decides() {
    let approver = staff(Role::Approver);
    let view = &[ActionName::ViewAssessment];
    assert!(on_object(DecideAssessment, &approver, id(30), of_department(DEPARTMENT), view).is_ok());
    for elsewhere in [of_department(BELOW), of_department(OTHER), Belonging::default()] {
        let refused = on_object(DecideAssessment, &approver, id(30), elsewhere, view);
        assert_eq!(refused.err(), Some(PortalError::Forbidden), "{elsewhere:?}");
    }
    let Actor::Staff(mut chief) = approver else { return };
    for post in &mut chief.posts {
        post.kind = crate::actor::CHIEF_OFFICER.to_owned();
    }
    assert!(on_object(DecideAssessment, &Actor::Staff(chief.clone()), id(30), of_department(OTHER), view).is_ok());
    chief.posts.clear();
    let refused = on_object(DecideAssessment, &Actor::Staff(chief), id(30), of_department(DEPARTMENT), view);
    assert_eq!(refused.err(), Some(PortalError::Forbidden), "the role alone decides nothing");
}

#[test]
fn a_contractor_is_bound_to_one_assessment() {
    let submitter = contractor(ContractorRole::Submitter);
    let view = &[ActionName::ViewAssessment, ActionName::AnswerAssessment];
    assert!(on_object(AnswerAssessment, &submitter, id(20), of_assessment(20), view).is_ok());
    let refused = on_object(AnswerAssessment, &submitter, id(21), of_assessment(21), view);
    assert_eq!(refused.err(), Some(PortalError::NotFound));
    let refused = on_object(AnswerAssessment, &submitter, id(21), Belonging::default(), view);
    assert_eq!(refused.err(), Some(PortalError::NotFound));
    let refused = on_object(DecideAssessment, &submitter, id(20), of_assessment(20), view);
    assert_eq!(refused.err(), Some(PortalError::Forbidden));
    // Staff never reach what is a contractor's own, whatever the assessment.
    let refused = on_object(AnswerAssessment, &staff(Role::Administrator), id(20), of_assessment(20), view);
    assert_eq!(refused.err(), Some(PortalError::Forbidden));
}

#[test]
fn a_department_is_asked_for_only_where_it_decides() {
    let view = [ActionName::ViewEngagements];
    assert!(asks_for_department(&staff(Role::ProcurementOfficer), &view));
    assert!(asks_for_department(&staff(Role::Approver), &[ActionName::ViewAssessment, ActionName::DecideAssessment]));
    assert!(!asks_for_department(&staff(Role::Auditor), &view));
    assert!(!asks_for_department(&contractor(ContractorRole::Submitter), &[ActionName::AnswerAssessment]));
}

#[test]
fn a_permit_says_who_may_do_it_where() {
    let auditor = staff(Role::Auditor);
    let permit = in_organization(ViewRegisters, &auditor).unwrap();
    assert_eq!(permit.actor(), &auditor);
    assert_eq!(permit.organization(), OrganizationId(id(ORGANIZATION)));
    assert_eq!(permit.object(), id(ORGANIZATION));
}

#[test]
fn whoever_is_refused_is_noted_but_the_portal_never_refuses_itself() {
    assert_eq!(to_be_refused(&staff(Role::Auditor)).map(|permit| permit.object()), Some(id(ORGANIZATION)));
    assert!(to_be_refused(&contractor(ContractorRole::Contributor)).is_some());
    assert!(to_be_refused(&Actor::System(JobName::Setup, OrganizationId(id(ORGANIZATION)))).is_none());
}

#[test]
fn a_page_offers_what_the_service_would_permit() {
    let officer = staff(Role::ProcurementOfficer);
    assert!(may_in_department(&officer, ActionName::SendAssessment, DepartmentId(id(BELOW))));
    assert!(!may_in_department(&officer, ActionName::SendAssessment, DepartmentId(id(OTHER))));
    assert!(!may_in_department(&officer, ActionName::BeginReview, DepartmentId(id(BELOW))));
    assert!(may_in_department(&staff(Role::Approver), ActionName::DecideAssessment, DepartmentId(id(DEPARTMENT))));
    assert!(!may_in_department(&staff(Role::Approver), ActionName::DecideAssessment, DepartmentId(id(OTHER))));
}
