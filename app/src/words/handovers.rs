//! Words about transfers.

use crate::i18n::{Locale, td_string};
use kakunin_server::handovers::plan::Doubt;

/// How far a list has come.
#[must_use]
pub fn handover_state(locale: Locale, code: &str) -> String {
    match code {
        "applied" => td_string!(locale, handover_state_applied).to_string(),
        "taken_back" => td_string!(locale, handover_state_taken_back).to_string(),
        _ => td_string!(locale, handover_state_draft).to_string(),
    }
}

/// What should be looked at; `later` is whoever is appointed already.
#[must_use]
pub fn handover_doubt(locale: Locale, doubt: Doubt, later: &str) -> String {
    match doubt {
        Doubt::Several => td_string!(locale, handover_doubt_several).to_string(),
        Doubt::NameUnknown => td_string!(locale, handover_doubt_name).to_string(),
        Doubt::NobodyLeaves => td_string!(locale, handover_doubt_nobody_leaves).to_string(),
        Doubt::NobodyComes => td_string!(locale, handover_doubt_nobody_comes).to_string(),
        Doubt::OtherHolder => td_string!(locale, handover_doubt_other_holder).to_string(),
        Doubt::HolderUnsure => td_string!(locale, handover_doubt_unsure).to_string(),
        Doubt::Gap => td_string!(locale, handover_doubt_gap).to_string(),
        Doubt::NameNeeded => td_string!(locale, handover_doubt_name_needed).to_string(),
        Doubt::AppointedAlready => td_string!(locale, handover_doubt_already, name = later).to_string(),
    }
}
