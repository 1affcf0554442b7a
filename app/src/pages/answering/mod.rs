//! What a contractor sees. Nothing in here reads a requirement.

pub mod colleagues;
pub mod invitation;
pub mod my_assessments;
pub mod receipt;
pub mod section;
pub mod start;
pub mod submission;

mod frame;
mod question;
