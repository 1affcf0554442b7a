//! 人事異動の反映: a list of transfers becomes appointments, in one step.

pub mod detail;
pub mod list;
