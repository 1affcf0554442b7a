//! What a register's forms and lists say: values by the name of their field, and which rows are wanted.
//!
//! Which fields there are, is in the schema of the server; this module only carries what was typed.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was typed into one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Typed {
    /// A text, a day, a choice.
    One(String),
    /// Several choices.
    Many(Vec<String>),
    /// A text for each choice, by its code.
    Each(BTreeMap<String, String>),
}

impl Default for Typed {
    fn default() -> Self {
        Self::One(String::new())
    }
}

impl From<&str> for Typed {
    fn from(text: &str) -> Self {
        Self::One(text.to_owned())
    }
}

impl Typed {
    /// The text; empty where it is not one.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::One(text) => text,
            Self::Many(_) | Self::Each(_) => "",
        }
    }

    /// The choices; a single text is one.
    #[must_use]
    pub fn choices(&self) -> Vec<&str> {
        match self {
            Self::One(text) if text.is_empty() => Vec::new(),
            Self::One(text) => vec![text],
            Self::Many(choices) => choices.iter().map(String::as_str).filter(|code| !code.is_empty()).collect(),
            Self::Each(_) => Vec::new(),
        }
    }
}

/// A record's form: what was typed, by the name of the field.
pub type RecordForm = BTreeMap<String, Typed>;

/// A form that is sent: which register, which record, and the version that was on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveRecord {
    /// The register's key, such as `vendors`.
    pub register: String,
    /// The record's id; empty for a new one.
    #[serde(default)]
    pub id: String,
    /// The version that was on the screen; 0 for a new one.
    #[serde(default)]
    pub version: i64,
    /// The version from which the typing began, where a draft goes on beside a later one; 0 where it is the one on the screen.
    #[serde(default)]
    pub base: i64,
    /// What was typed.
    #[serde(default)]
    pub form: RecordForm,
}

impl SaveRecord {
    /// The version of the record from which what was typed departs.
    #[must_use]
    pub fn begun_from(&self) -> i64 {
        if self.base == 0 { self.version } else { self.base }
    }
}

/// What a register is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListQuery {
    /// Words to look for; widths and kana do not matter.
    pub search: String,
    /// Page, counted from 1; 0 means 1.
    pub page: u64,
    /// The field by which rows are sorted, with `-` before it for the other direction; empty for the usual order.
    pub sort: String,
    /// The columns shown, in order; empty for the usual ones.
    pub columns: Vec<String>,
    /// Field and code that rows must have.
    pub filters: BTreeMap<String, String>,
    /// Whether archived records are wanted instead of those in use.
    pub archived: bool,
}
