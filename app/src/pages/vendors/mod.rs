//! 委託先.

pub mod detail;
pub mod list;
pub mod register;
