//! What runs in the browser. Everything here also works without: an island improves a form that posts anyway.

pub mod copy_link;
pub mod keep_draft;
pub mod look_again;
#[cfg(feature = "hydrate")]
mod pause;
pub mod search_as_you_type;
pub mod self_saving;
