//! What waits in a session to be shown once is sealed: the table of sessions holds the session's id only hashed, and the
//! id itself is the key. So a copy of the database shows no link, password or recovery code.
//!
//! ChaCha20-Poly1305 (RFC 8439) under SHA-256 of the id, with a random nonce before the text.

use crate::{error::internal, rng::Rng};
use kakunin_api::PortalError;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use tower_sessions::session::Id;

fn key(id: &Id) -> Result<LessSafeKey, PortalError> {
    let mut hash = Sha256::new();
    hash.update(b"kakunin: shown once");
    hash.update(id.0.to_be_bytes());
    let key = UnboundKey::new(&CHACHA20_POLY1305, &hash.finalize()).map_err(|_| internal("no key"))?;
    Ok(LessSafeKey::new(key))
}

/// Seals a value for the session with this id, in hexadecimal.
///
/// # Errors
/// Internal where it cannot be sealed.
pub fn seal<T: Serialize>(id: &Id, value: &T, rng: &Rng) -> Result<String, PortalError> {
    let nonce = rng.bytes::<NONCE_LEN>();
    let mut text = serde_json::to_vec(value).map_err(internal)?;
    let sealing = Nonce::assume_unique_for_key(nonce);
    key(id)?.seal_in_place_append_tag(sealing, Aad::empty(), &mut text).map_err(|_| internal("cannot seal"))?;
    Ok(hex::encode(nonce) + &hex::encode(text))
}

/// Opens what was sealed for the same session; none where it was not.
#[must_use]
pub fn open<T: DeserializeOwned>(id: &Id, sealed: &str) -> Option<T> {
    let bytes = hex::decode(sealed).ok()?;
    let (nonce, text) = bytes.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut text = text.to_vec();
    let plain = key(id).ok()?.open_in_place(nonce, Aad::empty(), &mut text).ok()?;
    serde_json::from_slice(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_session_opens_it() {
        let rng = Rng::seeded(1);
        let sealed = seal(&Id(7), &"b8a2-first-password", &rng).unwrap();
        assert!(!sealed.contains("b8a2"));
        assert_eq!(open::<String>(&Id(7), &sealed).as_deref(), Some("b8a2-first-password"));
        assert_eq!(open::<String>(&Id(8), &sealed), None);
        let mut changed = sealed.clone();
        changed.replace_range(30..31, if &sealed[30..31] == "0" { "1" } else { "0" });
        assert_eq!(open::<String>(&Id(7), &changed), None);
        assert_eq!(open::<String>(&Id(7), "ab"), None);
        assert_ne!(seal(&Id(7), &"b8a2-first-password", &rng).unwrap(), sealed, "never twice the same");
    }
}
