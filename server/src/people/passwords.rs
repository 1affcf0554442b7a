//! Passwords: argon2id (RFC 9106) with 19 MiB and two passes, a bounded number at a time.
//!
//! A flood of sign-ins waits in a queue instead of exhausting the memory; one that waits too long is sent away.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use kakunin_api::PortalError;
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

use crate::error::internal;

/// At most so many hashes at a time: 2 × 19 MiB.
const AT_A_TIME: usize = 2;
/// How every hash begins that is made today: whoever changes the parameters changes this.
const PREFIX: &str = "$argon2id$v=19$m=19456,t=2,p=1$";
/// Nobody waits longer than this.
const PATIENCE: Duration = Duration::from_secs(5);

/// Makes and checks password hashes.
#[derive(Clone, Debug)]
pub struct Passwords {
    queue: Arc<Semaphore>,
    /// A hash nobody has the password to: an unknown name takes as long as a known one.
    decoy: Arc<str>,
}

impl Passwords {
    /// With an empty queue.
    #[must_use]
    pub fn new() -> Self {
        let decoy = argon2().and_then(|argon2| hash_now(&argon2, "decoy")).unwrap_or_default();
        Self { queue: Arc::new(Semaphore::new(AT_A_TIME)), decoy: decoy.into() }
    }

    /// The hash of a password, in PHC form.
    ///
    /// # Errors
    /// TooMany where the queue is long.
    pub async fn hash(&self, password: &str) -> Result<String, PortalError> {
        let password = password.to_owned();
        self.queued(move || hash_now(&argon2()?, &password)).await
    }

    /// Whether `password` is the one behind `hash`; without a hash it takes as long and is wrong.
    ///
    /// # Errors
    /// TooMany where the queue is long.
    pub async fn is_right(&self, password: &str, hash: Option<&str>) -> Result<bool, PortalError> {
        let known = hash.is_some();
        let (password, hash) = (password.to_owned(), hash.unwrap_or(&self.decoy).to_owned());
        let fits = self
            .queued(move || {
                let hash = PasswordHash::new(&hash).map_err(internal)?;
                Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?;
        Ok(fits && known)
    }

    /// Whether `hash` was made with other parameters than new ones are.
    #[must_use]
    pub fn is_outdated(hash: &str) -> bool {
        !hash.starts_with(PREFIX)
    }

    async fn queued<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PortalError> + Send + 'static,
    ) -> Result<T, PortalError> {
        let place = tokio::time::timeout(PATIENCE, self.queue.acquire()).await;
        let _place = place.map_err(|_| PortalError::TooMany { retry_after_seconds: 10 })?.map_err(internal)?;
        tokio::task::spawn_blocking(work).await.map_err(internal)?
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

fn argon2() -> Result<Argon2<'static>, PortalError> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(argon2: &Argon2<'_>, password: &str) -> Result<String, PortalError> {
    Ok(argon2.hash_password(password.as_bytes()).map_err(internal)?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits_and_no_hash_never_does() {
        let passwords = Passwords::new();
        let hash = passwords.hash("ひみつ123").await.unwrap();
        assert!(!Passwords::is_outdated(&hash));
        assert!(Passwords::is_outdated("$argon2id$v=19$m=9216,t=4,p=1$c2FsdHNhbHQ$aGFzaA"));
        assert!(passwords.is_right("ひみつ123", Some(&hash)).await.unwrap());
        assert!(!passwords.is_right("ひみつ124", Some(&hash)).await.unwrap());
        assert!(!passwords.is_right("decoy", None).await.unwrap());
    }
}
