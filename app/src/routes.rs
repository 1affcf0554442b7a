//! Every path of the portal, once.

use kakunin_api::{
    ids::{
        AssessmentId, HandoverId, ImportId, MembershipId, PolicyVersionId, QuestionnaireVersionId, RecordId,
        WorkbookUploadId,
    },
    subject::Subject,
};

/// ホーム.
pub const HOME: &str = "/";
/// 情報の分類.
pub const SCALE: &str = "/organization/classes";
/// Sign-in.
pub const SIGN_IN: &str = "/sign-in";
/// Sign-in, of whoever was signed in until now.
pub const SESSION_ENDED: &str = "/sign-in?ended=1";
/// Sign-in, after a contractor left.
pub const LEFT: &str = "/sign-in?left=1";
/// The second step of a sign-in.
pub const SECOND_FACTOR: &str = "/sign-in/second-factor";
/// A password in place of the first one.
pub const FIRST_PASSWORD: &str = "/sign-in/first-password";
/// Asking for a link to choose a new password.
pub const FORGOTTEN_PASSWORD: &str = "/sign-in/forgotten";
/// One's own account.
pub const ACCOUNT: &str = "/account";
/// Setting a second factor up.
pub const ENROL_SECOND_FACTOR: &str = "/account/second-factor";
/// Recovery codes, shown once.
pub const RECOVERY_CODES: &str = "/account/recovery-codes";
/// 利用者.
pub const PEOPLE: &str = "/people";
/// Somebody new.
pub const NEW_PERSON: &str = "/people/new";
/// Who may do what.
pub const PERMISSIONS: &str = "/permissions";
/// How the organization is shown.
pub const ORGANIZATION: &str = "/organization";
/// The organizations of the installation.
pub const ORGANIZATIONS: &str = "/organizations";
/// What the holder of a contractor's account can answer.
pub const MY_ASSESSMENTS: &str = "/my-assessments";
/// What a contractor without an account loses by leaving.
pub const LEAVE: &str = "/my-assessments/leave";
/// Keeping an account.
pub const KEEP_ACCOUNT: &str = "/my-assessments/account";
/// 委託先.
pub const VENDORS: &str = "/vendors";
/// クラウドサービス.
pub const CLOUD_SERVICES: &str = "/cloud-services";
/// ソーシャルメディア.
pub const SOCIAL_ACCOUNTS: &str = "/social-accounts";
/// 部局・課室.
pub const DEPARTMENTS: &str = "/departments";
/// A new vendor.
pub const NEW_VENDOR: &str = "/vendors/new";
/// 業務委託.
pub const ENGAGEMENTS: &str = "/engagements";
/// A new engagement.
pub const NEW_ENGAGEMENT: &str = "/engagements/new";
/// 調査.
pub const ASSESSMENTS: &str = "/assessments";
/// 責任者.
pub const OFFICERS: &str = "/officers";
/// 人事異動の反映.
pub const HANDOVERS: &str = "/handovers";
/// Where the form with a list of transfers goes.
pub const UPLOAD_HANDOVER: &str = "/handovers/upload";
/// ポリシー.
pub const POLICIES: &str = "/policies";
/// Two policies beside each other.
pub const COMPARE_POLICIES: &str = "/policies/compare";
/// Versions of the organization's own policy.
pub const POLICY_VERSIONS: &str = "/policies/versions";
/// Other weights and thresholds, tried.
pub const TRY_NUMBERS: &str = "/policies/trial";
/// 調査票.
pub const QUESTIONNAIRES: &str = "/questionnaires";
/// Bringing a questionnaire in.
pub const IMPORT_QUESTIONNAIRE: &str = "/questionnaires/import";
/// Where the form with the workbook goes.
pub const UPLOAD_QUESTIONNAIRE: &str = "/questionnaires/upload";
/// 操作記録.
pub const AUDIT_EVENTS: &str = "/audit-events";
/// Said to whoever may see something but not do this.
pub const FORBIDDEN: &str = "/forbidden";
/// Said where there is nothing.
pub const NOT_FOUND: &str = "/not-found";

/// One person of the organization.
#[must_use]
pub fn person(id: MembershipId) -> String {
    format!("/people/{id}")
}

/// The people of a company who answer together.
#[must_use]
pub fn colleagues(id: AssessmentId) -> String {
    format!("/answer/{id}/colleagues")
}

/// The link that is mailed to whoever forgot a password.
#[must_use]
pub fn reset_link(token: &str) -> String {
    format!("/sign-in/reset/{token}")
}

/// The way out to a sign-in provider.
#[must_use]
pub fn sign_in_with(provider: &str) -> String {
    format!("/sign-in/with/{provider}")
}

/// The list of a register.
#[must_use]
pub fn register(key: &str) -> String {
    format!("/{key}")
}

/// A new record of a register.
#[must_use]
pub fn new_record(key: &str) -> String {
    format!("/{key}/new")
}

/// One record of a register.
#[must_use]
pub fn record(key: &str, id: RecordId) -> String {
    format!("/{key}/{id}")
}

/// Changing a record.
#[must_use]
pub fn edit_record(key: &str, id: RecordId) -> String {
    format!("/{key}/{id}/edit")
}

/// Bringing a list into a register.
#[must_use]
pub fn import_into(key: &str) -> String {
    format!("/registers/{key}/import")
}

/// Where the form with the list goes.
#[must_use]
pub fn upload_into(key: &str) -> String {
    format!("/registers/{key}/upload")
}

/// The workbook by which a register is brought in.
#[must_use]
pub fn template_of(key: &str) -> String {
    format!("/registers/{key}/template.xlsx")
}

/// One list of transfers.
#[must_use]
pub fn handover(id: HandoverId) -> String {
    format!("/handovers/{id}")
}

/// One import.
#[must_use]
pub fn import(id: ImportId) -> String {
    format!("/imports/{id}")
}

/// Where a form with a file for a record goes.
#[must_use]
pub fn file_with(key: &str, id: RecordId) -> String {
    format!("/registers/{key}/{id}/files")
}

/// A file filed with a record.
#[must_use]
pub fn filed(key: &str, id: RecordId, file: impl std::fmt::Display) -> String {
    format!("/registers/{key}/{id}/files/{file}")
}

/// Where the municipality looks, and mends it, when a fact says so of a subject; nowhere where no register holds it.
#[must_use]
pub fn fact(subject: Subject, path: &str) -> Option<String> {
    let page = record(subject.kind.register(), subject.id);
    let of_record = ["subject.", "contract.", "cloud.", "social.", "documents.", "supply_chain."];
    match path {
        "subject.kind" | "documents.safeguards_standard.present" => None,
        "officer.cloud.present" | "officer.sns.present" => Some(format!("{page}?tab=officers")),
        "municipality.selection_criteria_recorded"
        | "municipality.policy_told_to_vendor"
        | "municipality.classification_recorded" => Some(page),
        _ if path.starts_with("officer.") => Some(OFFICERS.to_owned()),
        _ if path.starts_with("subcontracts.") => Some(format!("{page}?tab=subcontracts")),
        _ if of_record.iter().any(|begin| path.starts_with(begin)) => Some(page),
        _ => None,
    }
}

/// What was asked about a subject.
#[must_use]
pub fn assessments_of(subject: Subject) -> String {
    format!("{}?tab=assessments", record(subject.kind.register(), subject.id))
}

/// One assessment, for staff.
#[must_use]
pub fn assessment(id: AssessmentId) -> String {
    format!("/assessments/{id}")
}

/// Why a requirement has its verdict.
#[must_use]
pub fn explanation(id: AssessmentId, requirement: &str) -> String {
    format!("/assessments/{id}/requirements/{requirement}")
}

/// The link that has just been made, shown once.
#[must_use]
pub fn fresh_invitation(id: AssessmentId) -> String {
    format!("/assessments/{id}/invitation")
}

/// The evidence workbook.
#[must_use]
pub fn evidence_workbook(id: AssessmentId) -> String {
    format!("/assessments/{id}/evidence.xlsx")
}

/// One policy.
#[must_use]
pub fn policy(id: &str) -> String {
    format!("/policies/{id}")
}

/// One version of the organization's own policy.
#[must_use]
pub fn policy_version(id: PolicyVersionId) -> String {
    format!("/policies/versions/{id}")
}

/// What a version would change.
#[must_use]
pub fn what_if_workbook(id: PolicyVersionId) -> String {
    format!("/policies/versions/{id}/what-if.xlsx")
}

/// Which clause of a policy rests on which requirements and questions.
#[must_use]
pub fn coverage_workbook(id: &str) -> String {
    format!("/policies/{id}/coverage.xlsx")
}

/// One questionnaire as it is sent today.
#[must_use]
pub fn questionnaire(id: &str) -> String {
    format!("/questionnaires/{id}")
}

/// A questionnaire as a workbook; the empty template for the id `template`.
#[must_use]
pub fn questionnaire_workbook(id: &str) -> String {
    format!("/questionnaires/{id}/questionnaire.xlsx")
}

/// One version of an own questionnaire.
#[must_use]
pub fn questionnaire_version(id: QuestionnaireVersionId) -> String {
    format!("/questionnaires/versions/{id}")
}

/// A workbook that is not a questionnaire yet.
#[must_use]
pub fn workbook_upload(id: WorkbookUploadId) -> String {
    format!("/questionnaires/uploads/{id}")
}

/// An invitation link.
#[must_use]
pub fn invitation(token: &str) -> String {
    format!("/invitations/{token}")
}

/// The contractor's start page.
#[must_use]
pub fn answer(id: AssessmentId) -> String {
    format!("/answer/{id}")
}

/// One section of the questionnaire.
#[must_use]
pub fn section(id: AssessmentId, number: u16) -> String {
    format!("/answer/{id}/sections/{number}")
}

/// The page before submission.
#[must_use]
pub fn submission(id: AssessmentId) -> String {
    format!("/answer/{id}/review")
}

/// 受付票.
#[must_use]
pub fn receipt(id: AssessmentId) -> String {
    format!("/answer/{id}/receipt")
}
