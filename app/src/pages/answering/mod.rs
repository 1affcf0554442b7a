//! What a contractor sees. Nothing in here reads a requirement.

pub mod invitation;
pub mod receipt;
pub mod section;
pub mod start;
pub mod submission;

mod frame;
mod question;
