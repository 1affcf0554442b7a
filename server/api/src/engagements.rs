//! 業務委託: how it stands to the ordinance, and the departments whose work it may be.

use crate::ids::DepartmentId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whether work comes under the ordinance on security policies (地方自治法施行規則16条の3) or under its transition (経過措置).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdinanceStanding {
    /// From when the ordinance holds.
    pub from: Date,
    /// The work began before: its numbers 5 and 7 leave it under the rule before.
    pub in_transition: bool,
}

/// A department to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentChoice {
    /// Id.
    pub id: DepartmentId,
    /// 名称.
    pub name: String,
}
