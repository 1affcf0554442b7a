//! The form by which somebody says who follows whom.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A list of transfers that was copied from a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasteTransfers {
    /// Cells parted by tabs, rows by line ends.
    #[serde(default)]
    pub pasted: String,
    /// The day on which its transfers take effect, where a row names none; as typed.
    #[serde(default)]
    pub day: String,
    /// 発令番号.
    #[serde(default)]
    pub document_number: String,
    /// Names by code, a line each.
    #[serde(default)]
    pub names: String,
}

/// Who follows in the posts that a list of transfers touches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseSuccessors {
    /// The handover's id.
    #[serde(default)]
    pub handover: String,
    /// By post: `stays`, `nobody`, `other`, or the number of a row of the list.
    #[serde(default)]
    pub successor: BTreeMap<String, String>,
    /// By post: the successor's name, where the list does not say it or it is somebody else.
    #[serde(default)]
    pub name: BTreeMap<String, String>,
    /// `apply` where the successors are appointed, too.
    #[serde(default)]
    pub step: String,
}
