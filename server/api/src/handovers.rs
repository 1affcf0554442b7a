//! The form by which somebody says who follows whom.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
