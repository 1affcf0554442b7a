//! Black-box tests of the running binary: a portal of its own for every test, and people who use it.
//!
//! Knows HTTP and the binary, nothing inside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this crate is tests"
)]

pub mod mailbox;
pub mod page;
pub mod person;
pub mod portal;
pub mod provider;
pub mod registering;

pub use mailbox::Mailbox;
pub use page::Page;
pub use person::Person;
pub use portal::TestPortal;
pub use provider::Provider;
