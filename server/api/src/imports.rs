//! The form by which somebody says what the columns of a list hold.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What somebody said about an uploaded list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapImport {
    /// The import's id.
    #[serde(default)]
    pub import: String,
    /// The sheet, counted from 0.
    #[serde(default)]
    pub sheet: String,
    /// The row in which the headings stand, or the last of them.
    #[serde(default)]
    pub heading_row: String,
    /// What each column holds, by its name such as `C`; empty for nothing.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// The columns in which an empty cell says what the one above it says.
    #[serde(default)]
    pub fill: BTreeMap<String, String>,
    /// What an empty cell, or a field without a column, is taken to mean in new records: code by field.
    #[serde(default)]
    pub assumed: BTreeMap<String, String>,
    /// `yes` where departments that are not in the register are added to it.
    #[serde(default)]
    pub add_departments: String,
    /// `sheet` or `row` where another one is only looked at.
    #[serde(default)]
    pub step: String,
}
