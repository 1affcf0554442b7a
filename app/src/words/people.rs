//! Words about people: roles, what was done, why somebody is not let in.

use crate::i18n::{Locale, td_string};
use kakunin_api::people::Role;
use kakunin_server::people::oidc::NotIn;

macro_rules! say {
    ($locale:expr, $key:ident) => {
        td_string!($locale, $key).to_string()
    };
}

/// A role.
#[must_use]
pub fn role(locale: Locale, role: Role) -> String {
    match role {
        Role::Administrator => say!(locale, role_administrator),
        Role::SecurityOffice => say!(locale, role_security_office),
        Role::Reviewer => say!(locale, role_reviewer),
        Role::Approver => say!(locale, role_approver),
        Role::ProcurementOfficer => say!(locale, role_procurement_officer),
        Role::Auditor => say!(locale, role_auditor),
        Role::Operator => say!(locale, role_operator),
    }
}

/// Why somebody who comes from a provider is not let in, and what to do.
#[must_use]
pub fn not_in(locale: Locale, not_in: NotIn) -> String {
    match not_in {
        NotIn::Down => say!(locale, provider_down),
        NotIn::Strange => say!(locale, provider_strange),
        NotIn::Refused => say!(locale, provider_refused),
        NotIn::Waiting => say!(locale, provider_waiting),
        NotIn::NoRole => say!(locale, provider_no_role),
    }
}

/// What was done, by the name of the action in the log and in the table of permissions.
#[must_use]
pub fn action(locale: Locale, name: &str) -> String {
    match name {
        "ViewRegisters" => say!(locale, action_view_registers),
        "ViewEngagements" => say!(locale, action_view_engagements),
        "ViewAssessment" => say!(locale, action_view_assessment),
        "ViewPolicies" => say!(locale, action_view_policies),
        "ViewWhatIf" => say!(locale, action_view_what_if),
        "ViewServices" => say!(locale, action_view_services),
        "MergeVendors" => say!(locale, action_merge_vendors),
        "RegisterService" => say!(locale, action_register_service),
        "ApproveUse" => say!(locale, action_approve_use),
        "ImportRecords" => say!(locale, action_import_records),
        "ViewPosts" => say!(locale, action_view_posts),
        "ManagePosts" => say!(locale, action_manage_posts),
        "ManageOffices" => say!(locale, action_manage_offices),
        "RegisterVendor" => say!(locale, action_register_vendor),
        "RegisterEngagement" => say!(locale, action_register_engagement),
        "SendAssessment" => say!(locale, action_send_assessment),
        "InviteAgain" => say!(locale, action_invite_again),
        "WithdrawAssessment" => say!(locale, action_withdraw_assessment),
        "BeginReview" => say!(locale, action_begin_review),
        "OverrideVerdict" => say!(locale, action_override_verdict),
        "ReturnAssessment" => say!(locale, action_return_assessment),
        "DecideAssessment" => say!(locale, action_decide_assessment),
        "ExportEvidence" => say!(locale, action_export_evidence),
        "ViewAuditEvents" => say!(locale, action_view_audit_events),
        "ViewPeople" => say!(locale, action_view_people),
        "ManagePeople" => say!(locale, action_manage_people),
        "EditOrganization" => say!(locale, action_edit_organization),
        "EditScale" => say!(locale, action_edit_scale),
        "ViewOrganizations" => say!(locale, action_view_organizations),
        "CreateOrganization" => say!(locale, action_create_organization),
        "RedeemInvitation" => say!(locale, action_redeem_invitation),
        "AnswerAssessment" => say!(locale, action_answer_assessment),
        "InviteContributor" => say!(locale, action_invite_contributor),
        "SubmitAssessment" => say!(locale, action_submit_assessment),
        "KeepAccount" => say!(locale, action_keep_account),
        "ImportPolicy" => say!(locale, action_import_policy),
        "PublishPolicy" => say!(locale, action_publish_policy),
        "ImportQuestionnaire" => say!(locale, action_import_questionnaire),
        "PublishQuestionnaire" => say!(locale, action_publish_questionnaire),
        "SignIn" => say!(locale, action_sign_in),
        "BeRefused" => say!(locale, action_be_refused),
        "SetUpOrganization" => say!(locale, action_set_up_organization),
        other => other.to_owned(),
    }
}

/// Who gave a role: a person, a provider, or the portal itself.
#[must_use]
pub fn granted_by(locale: Locale, name: &str) -> String {
    match name.split_once(": ") {
        Some(("system", _)) => say!(locale, role_system),
        Some(("provider", key)) => format!("{} {key}", say!(locale, person_provider)),
        _ => name.to_owned(),
    }
}

/// A browser in a few words, from what it says of itself; what is not recognised is shown as it is.
#[must_use]
pub fn browser_name(agent: &str) -> String {
    let browsers = [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let systems = [
        ("Windows", "Windows"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let found =
        |names: &[(&str, &'static str)]| names.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| *name);
    match (found(&browsers), found(&systems)) {
        (Some(browser), Some(system)) => format!("{browser}（{system}）"),
        _ => agent.to_owned(),
    }
}
