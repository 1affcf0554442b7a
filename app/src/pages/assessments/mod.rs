//! 調査, the staff's side.

pub mod explanation;
pub mod invitation;
pub mod list;
pub mod review;
mod review_forms;
mod verdicts;
