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

    /// Random bytes, for secrets.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0_u8; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A password to begin with, changed at the first sign-in: 96 random bits in groups that can be read out.
    #[must_use]
    pub fn first_password(&self) -> String {
        let groups: Vec<String> = self.bytes::<16>().chunks(2).map(hex::encode).collect();
        groups.join("-")
    }

    /// A token of 256 random bits, in hexadecimal.
    #[must_use]
    pub fn token(&self) -> String {
        hex::encode(self.bytes::<32>())
    }
}
