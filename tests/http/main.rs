//! Over HTTP, as a browser without JavaScript: the main job, and everything bad that is typed or tried.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod answering;
mod assessments;
mod engagements;
mod imports;
mod people;
mod policies;
mod questionnaires;
mod registers;
mod secrets;
mod serving;
mod vendors;
mod walk;
