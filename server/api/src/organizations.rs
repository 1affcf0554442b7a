//! 団体: what its own people settle for it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The names of the organization's classes of information.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleForm {
    /// By what is classified and the national class they stand for (`confidentiality_3a`): names, a line each.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// SHA-256 of the scale that was on the screen.
    #[serde(default)]
    pub before: String,
}
