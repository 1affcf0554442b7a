//! Who is at the screen: sign-in, passwords, sessions.

pub mod passwords;
pub mod session_store;
pub mod sign_in;

use crate::portal::Portal;

/// The service of people.
#[derive(Clone, Copy, Debug)]
pub struct People<'p>(pub(crate) &'p Portal);
