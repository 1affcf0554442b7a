//! What a field holds, as one text in the reader's language: for exports, histories and titles.

use super::{
    scale::national,
    schema::{Field, Kind},
    values::Value,
};
use kakunin_questionnaires::text::Language;
use std::collections::BTreeMap;

/// What a field holds; `labels` are the names of the records that links name, and of an
/// organization's own classes.
#[must_use]
pub fn text(
    field: &'static Field,
    value: &Value,
    labels: &BTreeMap<&'static str, String>,
    language: Language,
) -> String {
    match (field.kind, value) {
        (Kind::Link(_), _) => labels.get(field.name).cloned().unwrap_or_default(),
        (Kind::Class(_), value) => match labels.get(field.name) {
            Some(own) => own.clone(),
            None => word(field, &value.text(), language),
        },
        (Kind::One(_) | Kind::YesNo, value) => word(field, &value.text(), language),
        (Kind::Many(_), Value::Many(codes)) => {
            codes.iter().map(|code| word(field, code, language)).collect::<Vec<_>>().join("\n")
        }
        (Kind::Each(_), Value::Each(texts)) => {
            let lines = texts.iter().map(|(code, text)| format!("{}: {text}", word(field, code, language)));
            lines.collect::<Vec<_>>().join("\n")
        }
        (_, value) => value.text(),
    }
}

/// What a choice is called; the code itself where it is none any more.
#[must_use]
pub fn word(field: &Field, code: &str, language: Language) -> String {
    let of = if matches!(field.kind, Kind::Class(_)) { national(code) } else { code };
    let found = field.choices().iter().find(|choice| choice.code == of);
    found.map_or_else(|| code.to_owned(), |choice| choice.words.say(language).to_owned())
}

/// How far an application has come.
#[must_use]
pub fn decision_state(code: &str, language: Language) -> &'static str {
    let (ja, en) = match code {
        "requested" => ("申請中", "Requested"),
        "approved" => ("承認", "Approved"),
        "refused" => ("不承認", "Refused"),
        _ => ("終了", "Ended"),
    };
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}
