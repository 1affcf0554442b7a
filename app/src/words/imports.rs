//! Words about lists that are brought in.

use crate::i18n::{Locale, td_string};
use kakunin_server::imports::outcome::RemarkKind;

/// How far an import has come.
#[must_use]
pub fn import_state(locale: Locale, code: &str) -> String {
    match code {
        "applied" => td_string!(locale, import_state_applied).to_string(),
        "checked" => td_string!(locale, import_state_checked).to_string(),
        _ => td_string!(locale, import_state_uploaded).to_string(),
    }
}

/// What should be looked at in a row.
#[must_use]
pub fn import_remark(locale: Locale, kind: RemarkKind) -> String {
    match kind {
        RemarkKind::NoOfficer => td_string!(locale, import_remark_no_officer).to_string(),
        RemarkKind::Dormant => td_string!(locale, import_remark_dormant).to_string(),
        RemarkKind::OtherName => td_string!(locale, import_remark_other_name).to_string(),
        RemarkKind::HeldWithAnother => td_string!(locale, import_remark_held_with_another).to_string(),
        RemarkKind::NotAppointed => td_string!(locale, import_remark_not_appointed).to_string(),
        RemarkKind::NotApproved => td_string!(locale, import_remark_not_approved).to_string(),
        RemarkKind::ApprovalUnread => td_string!(locale, import_remark_approval_unread).to_string(),
        RemarkKind::ApprovalNotTaken => td_string!(locale, import_remark_approval_not_taken).to_string(),
        RemarkKind::Again => td_string!(locale, import_remark_again).to_string(),
    }
}
