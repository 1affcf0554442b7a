//! Randomness, as an input: ids and tokens come from here and nowhere else.

use crate::clock::Clock;
use rand::{Rng as _, RngCore, SeedableRng, rngs::StdRng};
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// A source of ids and tokens.
#[derive(Debug)]
pub struct Rng(Mutex<StdRng>);

impl Rng {
    /// Seeded by the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self(Mutex::new(StdRng::from_os_rng()))
    }

    /// Always the same sequence: for the demo town and for tests.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    /// A UUIDv7 (RFC 9562) of this instant.
    #[must_use]
    pub fn id(&self, clock: &Clock) -> Uuid {
        let random: [u8; 10] = self.0.lock().unwrap_or_else(PoisonError::into_inner).random();
        let millis = u64::try_from(clock.now_ms()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// A token of 256 random bits, in hexadecimal.
    #[must_use]
    pub fn token(&self) -> String {
        let mut bytes = [0_u8; 32];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        hex::encode(bytes)
    }
}
