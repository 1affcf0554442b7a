//! What is wrong with a field, in words.

use crate::i18n::{Locale, td_string};
use kakunin_api::FieldProblem;

macro_rules! say {
    ($locale:expr, $key:ident) => {
        td_string!($locale, $key).to_string()
    };
}

/// What is wrong with a field, and what to do.
#[must_use]
pub fn problem(locale: Locale, problem: FieldProblem) -> String {
    match problem {
        FieldProblem::PolicyUnreadable => say!(locale, problem_policy_unreadable),
        FieldProblem::QuestionnaireUnreadable => say!(locale, problem_questionnaire_unreadable),
        FieldProblem::ThresholdsNotFalling => say!(locale, problem_thresholds_not_falling),
        FieldProblem::NotAnId => say!(locale, problem_not_an_id),
        FieldProblem::NoQuestionColumn => say!(locale, problem_no_question_column),
        FieldProblem::WorkbookLocked => say!(locale, problem_workbook_locked),
        FieldProblem::WorkbookOther => say!(locale, problem_workbook_other),
        FieldProblem::WorkbookTooLarge => say!(locale, problem_workbook_too_large),
        FieldProblem::WorkbookBroken => say!(locale, problem_workbook_broken),
        FieldProblem::WorkbookEmpty => say!(locale, problem_workbook_empty),
        FieldProblem::WorkbookStrange => say!(locale, problem_workbook_strange),
        FieldProblem::RecordArchived => say!(locale, problem_record_archived),
        FieldProblem::ColumnMissing => say!(locale, problem_column_missing),
        FieldProblem::UnknownRecord => say!(locale, problem_unknown_record),
        FieldProblem::SeveralRecords => say!(locale, problem_several_records),
        FieldProblem::TwiceInFile => say!(locale, problem_twice_in_file),
        FieldProblem::OtherDepartment => say!(locale, problem_other_department),
        FieldProblem::NoTitleColumn => say!(locale, problem_no_title_column),
        FieldProblem::ColumnTwice => say!(locale, problem_column_twice),
        FieldProblem::TransferHeadings => say!(locale, problem_transfer_headings),
        FieldProblem::DayMissing => say!(locale, problem_day_missing),
        FieldProblem::Unresolved => say!(locale, problem_unresolved),
        FieldProblem::Missing => say!(locale, problem_missing),
        FieldProblem::TooLong => say!(locale, problem_too_long),
        FieldProblem::CorporateNumberLength => say!(locale, problem_corporate_number_length),
        FieldProblem::CorporateNumberCheckDigit => say!(locale, problem_corporate_number_check_digit),
        FieldProblem::AlreadyRegistered => say!(locale, problem_already_registered),
        FieldProblem::AlreadyImported => say!(locale, problem_already_imported),
        FieldProblem::NotKana => say!(locale, problem_not_kana),
        FieldProblem::NotEmail => say!(locale, problem_not_email),
        FieldProblem::NotDate => say!(locale, problem_not_date),
        FieldProblem::EndBeforeStart => say!(locale, problem_end_before_start),
        FieldProblem::InFuture => say!(locale, problem_in_future),
        FieldProblem::InPast => say!(locale, problem_in_past),
        FieldProblem::NotAChoice => say!(locale, problem_not_a_choice),
        FieldProblem::NotInRange => say!(locale, problem_not_in_range),
        FieldProblem::WrongPassword => say!(locale, problem_wrong_password),
        FieldProblem::PasswordsDiffer => say!(locale, problem_passwords_differ),
        FieldProblem::PasswordTooShort => say!(locale, problem_password_too_short),
        FieldProblem::PasswordGuessable => say!(locale, problem_password_guessable),
        FieldProblem::WrongCode => say!(locale, problem_wrong_code),
        FieldProblem::NotOrganizationCode => say!(locale, problem_not_organization_code),
        FieldProblem::NameTaken => say!(locale, problem_name_taken),
        FieldProblem::AlreadyMember => say!(locale, problem_already_member),
        FieldProblem::OwnRole => say!(locale, problem_own_role),
        FieldProblem::WrongCredentials => say!(locale, problem_wrong_credentials),
        FieldProblem::FileTooLarge => say!(locale, problem_file_too_large),
        FieldProblem::NotUrl => say!(locale, problem_not_url),
        FieldProblem::SimilarRegistered => say!(locale, problem_similar_registered),
        FieldProblem::HeldWithAnother => say!(locale, problem_held_with_another),
        FieldProblem::PostHeldAlready => say!(locale, problem_post_held_already),
        FieldProblem::HeldBySeveral => say!(locale, problem_held_by_several),
        FieldProblem::EngagementMissing => say!(locale, problem_engagement_missing),
        FieldProblem::EngagementsDepartment => say!(locale, problem_engagements_department),
        FieldProblem::ReorganizationSettled => say!(locale, problem_reorganization_settled),
        FieldProblem::ParentArchived => say!(locale, problem_parent_archived),
        FieldProblem::StillNamed => say!(locale, problem_still_named),
        FieldProblem::Circular => say!(locale, problem_circular),
        FieldProblem::FileMislabelled => say!(locale, problem_file_mislabelled),
        FieldProblem::FileMalware => say!(locale, problem_file_malware),
        FieldProblem::ReasonMissing => say!(locale, problem_reason_missing),
        FieldProblem::Incomplete => say!(locale, problem_incomplete),
        FieldProblem::PostVacant => say!(locale, problem_post_vacant),
    }
}
