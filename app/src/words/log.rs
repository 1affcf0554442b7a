//! Words of the log: what an event is about, and what it says beside.

use crate::{
    i18n::{Locale, td_string},
    request::language,
};
use kakunin_api::state::{AssessmentState, Outcome};
use kakunin_server::registers::schema::REGISTERS;
use serde_json::Value;

macro_rules! say {
    ($locale:expr, $key:ident) => {
        td_string!($locale, $key).to_string()
    };
}

/// How much of a hash or an id is shown, in characters: enough to tell two apart.
const SHORT: usize = 12;

/// What an event is about.
#[must_use]
pub fn object(locale: Locale, kind: &str) -> String {
    match kind {
        "user" | "membership" => say!(locale, log_person),
        "assessment" => say!(locale, log_assessment),
        "evidence_file" => say!(locale, log_evidence_file),
        "organization" => say!(locale, log_organization),
        "policy_version" => say!(locale, nav_policies),
        "questionnaire_version" | "workbook_upload" => say!(locale, questionnaire),
        "workbook" => say!(locale, log_workbook),
        "import" => say!(locale, log_import),
        "handover" => say!(locale, log_handover),
        "request" => say!(locale, log_request),
        other => match REGISTERS.iter().find(|register| register.object == other) {
            Some(register) => register.words.say(language(locale)).to_owned(),
            None => other.to_owned(),
        },
    }
}

/// What an event says beside, part by part. What nobody has a word for is shown as it is written.
#[must_use]
pub fn detail(locale: Locale, kind: &str, detail: &str) -> Vec<String> {
    let Ok(Value::Object(parts)) = serde_json::from_str(detail) else { return vec![detail.to_owned()] };
    parts.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| part(locale, kind, name, value)).collect()
}

fn part(locale: Locale, kind: &str, name: &str, value: &Value) -> String {
    let label = match (kind, name) {
        // Where a sign-in came from; of anything else, what it was before.
        ("user", "from") => say!(locale, column_network_address),
        _ => label(locale, name).unwrap_or_else(|| name.to_owned()),
    };
    match value {
        Value::Bool(true) if name == "accepted" => say!(locale, log_accepted),
        Value::Bool(false) if name == "accepted" => say!(locale, log_not_accepted),
        Value::Bool(true) => label,
        Value::String(text) => {
            let code = code(locale, text).filter(|_| matches!(name, "from" | "to" | "outcome" | "by"));
            format!("{label}: {}", code.unwrap_or_else(|| shown(text)))
        }
        Value::Bool(false) if name == "archived" => say!(locale, was_restored),
        other => format!("{label}: {}", shown(&other.to_string())),
    }
}

/// What a code is called: of a state, a decision, a way to sign in.
fn code(locale: Locale, text: &str) -> Option<String> {
    let state = AssessmentState::from_code(text).map(|state| super::state(locale, state));
    let outcome = Outcome::from_code(text).map(|outcome| super::outcome(locale, outcome));
    let decided = matches!(text, "requested" | "approved" | "refused" | "ended");
    let decided = decided.then(|| super::decision_state(locale, text));
    let way = match text {
        "password" => Some(say!(locale, field_password)),
        "second_factor" => Some(say!(locale, second_factor)),
        "recovery_code" => Some(say!(locale, recovery_codes)),
        _ => None,
    };
    state.or(outcome).or(decided).or(way)
}

/// A hash or an id, shortened; anything else as it is.
fn shown(text: &str) -> String {
    let long = text.chars().count() >= 32 && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    if long { text.chars().take(SHORT).chain(['…']).collect() } else { text.to_owned() }
}

fn label(locale: Locale, name: &str) -> Option<String> {
    Some(match name {
        "from" => say!(locale, log_from),
        "to" => say!(locale, log_to),
        "by" => say!(locale, log_by),
        "because" => say!(locale, log_because),
        "path" => say!(locale, log_path),
        "changed" => say!(locale, log_changed),
        "ended" | "revoked" => say!(locale, log_ended),
        "reset" => say!(locale, log_reset),
        "signed_out" => say!(locale, sign_out),
        "role" => say!(locale, log_role),
        "question" => say!(locale, log_question),
        "attached" => say!(locale, log_attached),
        "detached" => say!(locale, log_detached),
        "sha256" => say!(locale, log_content),
        "appointment" => say!(locale, column_post),
        "questions" => say!(locale, log_question),
        "registered" => say!(locale, log_registered),
        "archived" => say!(locale, archived),
        "filed" => say!(locale, log_filed),
        "reorganized" => say!(locale, log_reorganized),
        "into" => say!(locale, log_to),
        "on" => say!(locale, log_on),
        "moved" => say!(locale, log_moved),
        "handover" => say!(locale, log_handover),
        "applied" => say!(locale, log_applied),
        "taken_back" => say!(locale, log_taken_back),
        "chosen" => say!(locale, log_chosen),
        "begun" => say!(locale, log_begun),
        "transfers" => say!(locale, log_transfers),
        "import" => say!(locale, log_import),
        "brought_in" => say!(locale, log_brought_in),
        "tried" => say!(locale, log_tried),
        "uploaded" => say!(locale, log_uploaded),
        "columns_told_apart" => say!(locale, log_columns),
        "file_sha256" => say!(locale, log_content),
        "file" => say!(locale, column_file),
        "merged_into" => say!(locale, log_merged_into),
        "officer" => say!(locale, column_officer),
        "search" => say!(locale, search_words),
        "filters" => say!(locale, log_filters),
        "downloaded" | "exported" => say!(locale, log_exported),
        "due_on" => say!(locale, field_due_on),
        "invitation" => say!(locale, log_invitation),
        "questionnaire" => say!(locale, questionnaire),
        "policy" => say!(locale, nav_policies),
        "engagement" => say!(locale, engagement),
        "cloud_service" => say!(locale, subject_service),
        "social_account" => say!(locale, subject_account),
        "user" => say!(locale, log_person),
        "confidentiality" => say!(locale, log_confidentiality),
        "requirement" => say!(locale, log_requirement),
        "verdict" => say!(locale, log_verdict),
        "outcome" => say!(locale, log_outcome),
        "scale" => say!(locale, log_scale),
        "approved" => say!(locale, log_approved),
        "approved_on" => say!(locale, log_approved_on),
        "approved_by" => say!(locale, log_approved_by),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_shortened_and_what_has_no_word_is_shown_as_it_is() {
        let said = detail(Locale::ja, "user", r#"{"accepted":false,"by":"password","strange":3}"#);
        assert_eq!(said, ["拒否", "方法: パスワード", "strange: 3"]);
        assert_eq!(detail(Locale::ja, "assessment", r#"{"from":"sent"}"#), ["変更前: 送付済み"]);
        assert_eq!(shown(&"a1".repeat(32)), "a1a1a1a1a1a1…");
        assert_eq!(detail(Locale::ja, "user", "broken"), ["broken"]);
    }
}
