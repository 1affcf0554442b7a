//! Facts about the subject of an assessment, from the municipality's registers: typed paths with a closed schema.
//!
//! This module does not know where a fact is registered, nor who may change it. A fact that is missing is unknown, never false.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::hash;
use crate::load::{self, Problem};

mod schema;

pub use schema::SCHEMA;

/// What kind of value a fact has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FactKind {
    /// True or false.
    Bool,
    /// One of these values.
    Choice(&'static [&'static str]),
    /// Free text.
    Text,
    /// A whole number.
    Number,
    /// A calendar date.
    Date,
    /// Any of these values, together.
    Set(&'static [&'static str]),
}

/// One row of the schema.
#[derive(Clone, Copy, Debug)]
pub struct FactPath {
    /// The path, such as `subject.zone`.
    pub path: &'static str,
    /// What kind of value it has.
    pub kind: FactKind,
    /// What it says, in Japanese.
    pub ja: &'static str,
    /// What it says, in English.
    pub en: &'static str,
}

/// The value of a fact.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactValue {
    /// True or false.
    Bool(bool),
    /// One of the values of the schema.
    Choice(String),
    /// Free text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A calendar date.
    Date(Date),
    /// Some of the values of the schema, or none.
    Set(BTreeSet<String>),
}

/// The known facts about a subject: path → value.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Facts(pub BTreeMap<String, FactValue>);

/// The schema's row for a path.
#[must_use]
pub fn fact_path(path: &str) -> Option<&'static FactPath> {
    SCHEMA.iter().find(|row| row.path == path)
}

impl Facts {
    /// Reads a flat JSON map of fact paths to values, the form of [`Self::canonical_json`].
    ///
    /// # Errors
    /// Every problem of the file: syntax, unknown path, wrong type, value outside the schema.
    pub fn from_json(file: &str, json: &str) -> Result<Self, Vec<Problem>> {
        load::facts::read(file, json)
    }

    /// Reads back what [`Self::canonical_json`] wrote, without places for problems: many times as fast as [`Self::from_json`]. A path that the
    /// schema no longer has is left out.
    ///
    /// # Errors
    /// What cannot be read, for the log; stored facts always can.
    pub fn from_canonical(json: &str) -> Result<Self, serde_json::Error> {
        let stored: BTreeMap<String, serde_json::Value> = serde_json::from_str(json)?;
        let mut facts = BTreeMap::new();
        for (path, value) in stored {
            let Some(row) = fact_path(&path) else { continue };
            let value = match row.kind {
                FactKind::Bool => FactValue::Bool(serde_json::from_value(value)?),
                FactKind::Choice(_) => FactValue::Choice(serde_json::from_value(value)?),
                FactKind::Text => FactValue::Text(serde_json::from_value(value)?),
                FactKind::Number => FactValue::Number(serde_json::from_value(value)?),
                FactKind::Date => FactValue::Date(serde_json::from_value(value)?),
                FactKind::Set(_) => FactValue::Set(serde_json::from_value(value)?),
            };
            facts.insert(path, value);
        }
        Ok(Self(facts))
    }

    /// The flat JSON map: no blanks, keys sorted.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        let map: serde_json::Map<String, serde_json::Value> =
            self.0.iter().map(|(path, value)| (path.clone(), value.to_json())).collect();
        hash::canonical_json(&map)
    }

    /// SHA-256 of [`Self::canonical_json`], 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        hash::sha256(&self.canonical_json())
    }
}

impl FactValue {
    /// The plain JSON value: a text, a number, a boolean or a sorted array.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Bool(value) => (*value).into(),
            Self::Choice(value) | Self::Text(value) => value.as_str().into(),
            Self::Number(value) => (*value).into(),
            Self::Date(value) => value.to_string().into(),
            Self::Set(values) => values.iter().cloned().collect(),
        }
    }

    /// Whether the value is one that the schema allows for the kind.
    #[must_use]
    pub fn fits(&self, kind: FactKind) -> bool {
        match (self, kind) {
            (Self::Bool(_), FactKind::Bool)
            | (Self::Text(_), FactKind::Text)
            | (Self::Number(_), FactKind::Number)
            | (Self::Date(_), FactKind::Date) => true,
            (Self::Choice(value), FactKind::Choice(choices)) => choices.contains(&value.as_str()),
            (Self::Set(values), FactKind::Set(choices)) => values.iter().all(|value| choices.contains(&value.as_str())),
            _ => false,
        }
    }
}

/// The schema as a Markdown page; `FACTS.md` is this text.
#[must_use]
pub fn documentation() -> String {
    let mut page = String::from(
        "# Facts\n\nWhat a policy may ask about a subject beside the answers. Written from the table `fact::SCHEMA`; a test holds the two together.\nA fact that is not known is left out of the map: it is unknown, never false.\n\n| path | values | 意味 | meaning |\n|---|---|---|---|\n",
    );
    for row in SCHEMA {
        let values = match row.kind {
            FactKind::Bool => "true, false".to_owned(),
            FactKind::Choice(choices) => format!("one of `{}`", choices.join("`, `")),
            FactKind::Text => "text".to_owned(),
            FactKind::Number => "whole number".to_owned(),
            FactKind::Date => "date (YYYY-MM-DD)".to_owned(),
            FactKind::Set(choices) => format!("any of `{}`", choices.join("`, `")),
        };
        let _ = writeln!(page, "| `{}` | {values} | {} | {} |", row.path, row.ja, row.en);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_about_facts_says_what_the_table_says() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/FACTS.md");
        if std::env::var_os("UPDATE_FACTS").is_some() {
            std::fs::write(path, documentation()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), documentation(), "run this test once with UPDATE_FACTS=1");
    }

    #[test]
    fn every_path_stands_in_the_table_once() {
        let paths: BTreeSet<_> = SCHEMA.iter().map(|row| row.path).collect();
        assert_eq!(paths.len(), SCHEMA.len());
    }

    #[test]
    fn facts_come_back_from_their_json() {
        let json = r#"{"cloud.ismap.valid_until":"2027-03-31","contract.items":["audit_right","education"],"subject.handles_personal_information":true,"subject.zone":"lgwan"}"#;
        assert_eq!(Facts::from_json("facts.json", json).unwrap().canonical_json(), json);
    }

    #[test]
    fn a_fact_outside_the_schema_is_named_with_its_line() {
        let problems =
            Facts::from_json("facts.json", "{\n\"subject.zone\": \"moon\",\n\"subject.colour\": \"red\"}").unwrap_err();
        assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [Some(2), Some(3)]);
    }
}
