//! Sign-in in its steps, one's own account, and who belongs to the organization.

pub mod account;
pub mod detail;
pub mod first_password;
pub mod forgotten_password;
pub mod list;
pub mod new;
pub mod permissions;
pub mod second_factor;
pub mod sign_in;
