//! Guessing is slow: whoever fails again and again at one name from one address waits, longer each time, at most a minute.
//!
//! Counted by name and address, and by name alone with more patience, whether or not there is such an account: waiting does
//! not tell which names exist. Whoever has signed in from their address before is not held up by what others try from
//! elsewhere. An attempt is counted before it is checked: many at once are many. An IPv6 network counts as one address.

use crate::http::peer;
use kakunin_api::PortalError;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Failures from one address after which one has to wait.
const FREE_FAILURES: u32 = 5;
/// Failures from everywhere after which a name waits.
const FREE_FAILURES_OF_NAME: u32 = 50;
/// In place of an address, for all of them.
const EVERYWHERE: &str = "*";
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
        let (here, of_name) = (key(name, address), key(name, EVERYWHERE));
        let seen = |key| all.get(&key).copied().unwrap_or_default();
        let is_known = seen(here).has_succeeded;
        let held_up = |one: Attempts, free: u32| one.last_at + waits_ms(one.failures, free) - now_ms;
        let mut wait = held_up(seen(here), FREE_FAILURES);
        if !is_known {
            wait = wait.max(held_up(seen(of_name), FREE_FAILURES_OF_NAME));
        }
        if wait > 0 {
            tracing::warn!(target: "security", address, "an attempt was held back");
            let retry_after_seconds = u64::try_from(wait.div_euclid(1000) + 1).unwrap_or(1);
            return Err(PortalError::TooMany { retry_after_seconds });
        }
        for key in [here, of_name] {
            let one = all.entry(key).or_default();
            (one.failures, one.last_at) = (one.failures.saturating_add(1), now_ms);
        }
        Ok(())
    }

    /// The attempt was right: none failed.
    pub fn succeeded(&self, name: &str, address: &str, now_ms: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key(name, address), Attempts { failures: 0, last_at: now_ms, has_succeeded: true });
        all.remove(&key(name, EVERYWHERE));
    }

    /// The attempt was neither right nor wrong so far: the second factor decides.
    pub fn undecided(&self, name: &str, address: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in [key(name, address), key(name, EVERYWHERE)] {
            if let Some(one) = all.get_mut(&key) {
                one.failures = one.failures.saturating_sub(1);
            }
        }
    }
}

fn key(name: &str, address: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update([0]);
    let group = address.parse().map_or_else(|_| address.to_owned(), |address| peer::group(address).to_string());
    hash.update(group.as_bytes());
    hash.finalize().into()
}

/// How long one waits after so many failures in a row, in milliseconds.
fn waits_ms(failures: u32, free: u32) -> i64 {
    if failures < free { 0 } else { 1000 * (1 << (failures - free).min(6)).min(60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_longer_than_a_minute() {
        assert_eq!(waits_ms(4, 5), 0);
        assert_eq!(waits_ms(5, 5), 1000);
        assert_eq!(waits_ms(1_000_000, 5), 60_000);
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
        throttle.succeeded("tanaka", "192.0.2.1", 1000);
        // Guessed at from everywhere, the name waits; whoever has signed in from their address before does not.
        for host in 0..100 {
            let _ = throttle.attempt("tanaka", &format!("198.51.100.{host}"), 1000);
        }
        assert!(throttle.attempt("tanaka", "198.51.100.200", 1000).is_err());
        assert!(throttle.attempt("tanaka", "192.0.2.1", 1000).is_ok());
        assert!(throttle.attempt("nobody", "198.51.100.200", 1000).is_ok());
    }

    #[test]
    fn a_network_of_version_six_is_one_address() {
        let throttle = Throttle::default();
        let tries = (0..80).map(|host| throttle.attempt("sato", &format!("2001:db8:1:2::{host:x}"), 1000));
        assert_eq!(tries.filter(Result::is_ok).count(), 5);
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
