//! Guessing is slow: whoever fails again and again at one name from one address waits, longer each time, at most a minute.
//!
//! Counted by name and address, whether or not there is such an account, so that neither does waiting tell which names
//! exist, nor can somebody elsewhere lock a person out. An attempt is counted before it is checked: many at once are many.

use kakunin_api::PortalError;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Failures after which one has to wait.
const FREE_FAILURES: u32 = 5;
/// Pairs of name and address that are remembered before the old ones are dropped.
const REMEMBERED: usize = 50_000;
/// What is older is forgotten then, milliseconds.
const FORGOTTEN_AFTER_MS: i64 = 60 * 60 * 1000;

/// What is remembered of one name at one address.
#[derive(Clone, Copy, Debug, Default)]
struct Attempts {
    failures: u32,
    last_at: i64,
    has_succeeded: bool,
}

/// The attempts of one portal.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<[u8; 32], Attempts>>);

impl Throttle {
    /// Counts an attempt.
    ///
    /// # Errors
    /// TooMany where the last ones are not long enough ago.
    pub fn attempt(&self, name: &str, address: &str, now_ms: i64) -> Result<(), PortalError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.retain(|_, one| now_ms - one.last_at < FORGOTTEN_AFTER_MS);
        }
        let one = all.entry(key(name, address)).or_default();
        let until = one.last_at + waits_ms(one.failures);
        if until > now_ms {
            let retry_after_seconds = u64::try_from((until - now_ms).div_euclid(1000) + 1).unwrap_or(1);
            return Err(PortalError::TooMany { retry_after_seconds });
        }
        (one.failures, one.last_at) = (one.failures.saturating_add(1), now_ms);
        Ok(())
    }

    /// The attempt was right: none failed.
    pub fn succeeded(&self, name: &str, address: &str, now_ms: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key(name, address), Attempts { failures: 0, last_at: now_ms, has_succeeded: true });
    }

    /// The attempt was neither right nor wrong so far: the second factor decides.
    pub fn undecided(&self, name: &str, address: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = all.get_mut(&key(name, address)) {
            one.failures = one.failures.saturating_sub(1);
        }
    }

    /// Whether somebody has signed in with this name from this address before.
    pub fn is_known(&self, name: &str, address: &str) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&key(name, address)).is_some_and(|one| one.has_succeeded)
    }
}

fn key(name: &str, address: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update([0]);
    hash.update(address.as_bytes());
    hash.finalize().into()
}

/// How long one waits after so many failures in a row, in milliseconds.
#[must_use]
pub fn waits_ms(failures: u32) -> i64 {
    if failures < FREE_FAILURES { 0 } else { 1000 * (1 << (failures - FREE_FAILURES).min(6)).min(60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_longer_than_a_minute() {
        assert_eq!(waits_ms(4), 0);
        assert_eq!(waits_ms(5), 1000);
        assert_eq!(waits_ms(1_000_000), 60_000);
    }

    #[test]
    fn many_at_once_are_many() {
        let throttle = Throttle::default();
        let let_through = (0..100).filter(|_| throttle.attempt("tanaka", "192.0.2.1", 1000).is_ok()).count();
        assert_eq!(let_through, 5);
        assert!(throttle.attempt("tanaka", "192.0.2.1", 2000).is_ok(), "a second later one more");
        assert!(throttle.attempt("tanaka", "192.0.2.1", 2001).is_err());
    }

    #[test]
    fn somebody_elsewhere_does_not_lock_a_person_out() {
        let throttle = Throttle::default();
        for _ in 0..50 {
            let _ = throttle.attempt("tanaka", "203.0.113.9", 1000);
        }
        assert!(throttle.attempt("tanaka", "192.0.2.1", 1000).is_ok());
        assert!(throttle.attempt("sato", "203.0.113.9", 1000).is_ok());
        assert!(!throttle.is_known("tanaka", "192.0.2.1"));
        throttle.succeeded("tanaka", "192.0.2.1", 1000);
        assert!(throttle.is_known("tanaka", "192.0.2.1") && !throttle.is_known("tanaka", "203.0.113.9"));
    }

    #[test]
    fn a_right_password_alone_makes_no_failure_undone() {
        let throttle = Throttle::default();
        for _ in 0..4 {
            throttle.attempt("sato", "192.0.2.1", 1000).unwrap();
        }
        throttle.attempt("sato", "192.0.2.1", 1000).unwrap();
        throttle.undecided("sato", "192.0.2.1");
        assert!(throttle.attempt("sato", "192.0.2.1", 1000).is_ok());
        assert!(throttle.attempt("sato", "192.0.2.1", 1000).is_err());
    }
}
