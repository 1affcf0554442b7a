//! The second factor: codes of an authenticator (TOTP, RFC 6238: SHA-1, six digits, thirty seconds) and recovery codes.

use super::{People, Proved};
use crate::{
    error::internal,
    permission,
    portal::Portal,
    store::{AuditEvent, records::User},
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::UserId,
    people::{RemoveSecondFactor, SecondFactor},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

/// Recovery codes somebody is given.
const RECOVERY_CODES: usize = 10;
/// Random bytes of a recovery code: 128 bits cannot be guessed, so a plain hash is enough.
const RECOVERY_BYTES: usize = 16;
/// Seconds a code is valid.
const STEP_SECONDS: u64 = 30;
/// In place of an address, for passwords asked for within a session.
const IN_SESSION: &str = "session";
/// Digits of a code.
const DIGITS: usize = 6;

/// A second factor that has not been proved yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret, in base32, to type.
    pub secret: String,
    /// The same as an `otpauth:` address.
    pub address: String,
    /// The same as a picture, SVG.
    pub picture: String,
}

impl People<'_> {
    /// A new secret for whoever wants a second factor. Nothing is stored before a code proves that it arrived.
    ///
    /// # Errors
    /// SignedOut, or where the picture cannot be made.
    pub async fn enrolment(&self, user: UserId, secret: Option<String>) -> Result<Enrolment, PortalError> {
        let user = self.holder(user).await?;
        let secret = match secret {
            Some(secret) => secret,
            None => Secret::from(self.0.rng.bytes::<20>()).to_base32(),
        };
        let totp = totp(&secret, &user.name)?;
        let address = totp.to_url().map_err(internal)?;
        let code = qrcode::QrCode::new(address.as_bytes()).map_err(internal)?;
        let picture = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(200, 200).build();
        Ok(Enrolment { secret, address, picture })
    }

    /// Keeps a second factor that a code has proved. Gives the recovery codes, which are shown once; every other session ends.
    ///
    /// # Errors
    /// Invalid where the code does not fit.
    pub async fn keep_second_factor(
        &self,
        user: UserId,
        secret: &str,
        form: &SecondFactor,
        kept_session: Option<&str>,
    ) -> Result<Vec<String>, PortalError> {
        let (id, user) = (user, self.holder(user).await?);
        if user.password_hash.is_some() {
            // A browser that was left open changes nothing that its owner signs in with.
            self.prove_password(&user, &form.current_password).await?;
        }
        let step = fitting_step(self.0, secret, &form.code)?.ok_or_else(wrong)?;
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| grouped(&self.0.rng.bytes::<RECOVERY_BYTES>())).collect();
        let hashes = codes.iter().map(|code| code_hash(code)).collect();
        let permit = permission::in_organization(permission::SignIn, &self.checking(id).await?)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        writing.keep_second_factor(id, secret.to_owned(), step, hashes).await?;
        writing.end_sessions_of(id, kept_session).await?;
        writing.commit(AuditEvent::about("user", id.0, json!({ "changed": "second_factor" }))).await?;
        Ok(codes)
    }

    /// Takes one's own second factor away; every other session ends.
    ///
    /// # Errors
    /// Invalid where the password is wrong, or Forbidden where an organization demands one: it can be replaced.
    pub async fn remove_second_factor(
        &self,
        user: UserId,
        form: &RemoveSecondFactor,
        kept_session: Option<&str>,
    ) -> Result<(), PortalError> {
        let (id, user) = (user, self.holder(user).await?);
        if self.0.store.second_factor_demanded(id, self.0.clock.today()).await? {
            return Err(PortalError::Forbidden);
        }
        self.prove_password(&user, &form.current_password).await?;
        let permit = permission::in_organization(permission::SignIn, &self.checking(id).await?)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        writing.forget_second_factor(id).await?;
        writing.end_sessions_of(id, kept_session).await?;
        writing.commit(AuditEvent::about("user", id.0, json!({ "removed": "second_factor" }))).await
    }

    /// The second step of a sign-in: a code of the authenticator, or a recovery code.
    ///
    /// # Errors
    /// Invalid, TooMany, or SignedOut where there is nothing to prove.
    pub async fn prove_second_factor(
        &self,
        user: UserId,
        form: &SecondFactor,
        address: &str,
    ) -> Result<Proved, PortalError> {
        let portal = self.0;
        let found = portal.store.user(user).await?.filter(|user| user.active).ok_or(PortalError::SignedOut)?;
        let secret = found.totp_secret.as_deref().ok_or(PortalError::SignedOut)?;
        portal.throttle.attempt(&found.sign_in_name, address, portal.clock.now_ms())?;
        let step = fitting_step(portal, secret, &form.code)?;
        let permit = permission::in_organization(permission::SignIn, &self.checking(user).await?)?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let by = if step.is_some() { "second_factor" } else { "recovery_code" };
        let right = match step {
            Some(step) => writing.use_step(user, step).await?,
            None => writing.use_recovery_code(user, &code_hash(&form.code)).await?,
        };
        writing
            .commit(AuditEvent::about("user", user.0, json!({ "accepted": right, "by": by, "from": address })))
            .await?;
        if right {
            portal.throttle.succeeded(&found.sign_in_name, address, portal.clock.now_ms());
        }
        if right { Ok(Proved { user, next: self.after_factors(&found).await? }) } else { Err(wrong()) }
    }

    /// Whether it is really them at the screen, before what they sign in with is changed.
    pub(super) async fn prove_password(&self, user: &User, password: &str) -> Result<(), PortalError> {
        // Whoever guesses here sits in a session of the person's: counted apart from sign-ins, which go on.
        let (portal, now) = (self.0, self.0.clock.now_ms());
        portal.throttle.attempt(&user.sign_in_name, IN_SESSION, now)?;
        if portal.passwords.is_right(password, user.password_hash.as_deref()).await? {
            portal.throttle.succeeded(&user.sign_in_name, IN_SESSION, now);
            return Ok(());
        }
        self.note(UserId(user.id), json!({ "accepted": false, "by": "password" })).await?;
        Err(PortalError::invalid("current_password", FieldProblem::WrongPassword))
    }
}

fn wrong() -> PortalError {
    PortalError::invalid("code", FieldProblem::WrongCode)
}

fn totp(secret: &str, account: &str) -> Result<Totp, PortalError> {
    let secret = Secret::try_from_base32(secret).map_err(internal)?;
    let account = account.replace(':', " ");
    // One step and no other: a code is worth something for thirty seconds (ASVS 5.0, 6.5.5).
    let builder = Builder::new().with_secret(secret).with_skew(0).with_step_duration(STEP_SECONDS);
    builder.with_issuer(Some("Kakunin")).with_account_name(account).build().map_err(internal)
}

/// The time step a code belongs to, if to the present one.
fn fitting_step(portal: &Portal, secret: &str, code: &str) -> Result<Option<i64>, PortalError> {
    let typed: String = kakunin_api::normalized::tidy(code).chars().filter(char::is_ascii_digit).collect();
    let now = u64::try_from(portal.clock.now_ms().div_euclid(1000)).unwrap_or(0);
    if typed.len() != DIGITS {
        return Ok(None);
    }
    Ok(totp(secret, "-")?.check(&typed, now).and_then(|step| i64::try_from(step).ok()))
}

/// SHA-256 of a code without what people put between its groups.
fn code_hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    hex::encode(Sha256::digest(plain))
}

/// `1a2b-3c4d-…`
fn grouped(bytes: &[u8]) -> String {
    let groups: Vec<String> = bytes.chunks(2).map(hex::encode).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        let code = grouped(&[0x1a, 0x2b, 0x3c, 0x4d]);
        assert_eq!(code, "1a2b-3c4d");
        assert_eq!(code_hash(&code), code_hash(" 1A2B 3C4D "));
        assert_ne!(code_hash(&code), code_hash("1a2b-3c4e"));
    }
}
