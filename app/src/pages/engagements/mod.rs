//! 業務委託.

pub mod detail;
pub mod list;
pub mod register;
