//! Signed checkpoints: Ed25519 (RFC 8032) over an organization's id, a sequence number, the hash there, and the time.
//!
//! They stand in the database, in `checkpoints.jsonl` beside it, and in every evidence workbook, so that whoever changes
//! the log would have to change all of these, and could not sign them.

use crate::{error::internal, rng::Rng, store::records::AuditCheckpoint};
use anyhow::{Context as _, ensure};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use kakunin_api::{PortalError, ids::OrganizationId};
use std::path::Path;
use tokio::io::AsyncWriteExt as _;

/// The file beside the database that holds the key, unless another is named.
pub const KEY_FILE: &str = "audit-signing.key";
/// The file beside the database that holds every checkpoint once more, one JSON object a line.
pub const CHECKPOINTS_FILE: &str = "checkpoints.jsonl";

/// Signs checkpoints.
#[derive(Debug)]
pub struct CheckpointSigner(SigningKey);

impl CheckpointSigner {
    /// Reads the key, or makes one where there is none yet: 32 random bytes in hexadecimal, readable by the portal alone.
    ///
    /// # Errors
    /// Where the file cannot be read or written, or holds no key.
    pub fn open(path: &Path, rng: &Rng) -> anyhow::Result<Self> {
        use std::{fs::OpenOptions, io::Write as _, os::unix::fs::OpenOptionsExt as _};
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                file.write_all(hex::encode(rng.bytes::<32>()).as_bytes())?;
                file.sync_all()?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).with_context(|| format!("cannot write {}", path.display())),
        }
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut bytes = [0_u8; 32];
        hex::decode_to_slice(text.trim(), &mut bytes)
            .with_context(|| format!("{} holds no key of 32 bytes in hexadecimal", path.display()))?;
        ensure!(bytes.windows(2).any(|pair| pair.first() != pair.last()), "{} holds a default key", path.display());
        Ok(Self(SigningKey::from_bytes(&bytes)))
    }

    /// A key made of a seed, for tests.
    #[cfg(test)]
    pub(super) fn of_seed(seed: u8) -> Self {
        Self(SigningKey::from_bytes(&[seed; 32]))
    }

    /// The public key, in hexadecimal.
    #[must_use]
    pub fn public_key(&self) -> String {
        hex::encode(self.0.verifying_key().to_bytes())
    }

    /// Signs the end of a log.
    #[must_use]
    pub fn sign(&self, organization: OrganizationId, sequence: i64, hash: String, signed_at: i64) -> AuditCheckpoint {
        let signature = self.0.sign(&message(organization, sequence, &hash, signed_at));
        AuditCheckpoint {
            organization_id: organization.0,
            sequence,
            hash,
            signed_at,
            public_key: self.public_key(),
            signature: hex::encode(signature.to_bytes()),
        }
    }
}

/// What is signed.
fn message(organization: OrganizationId, sequence: i64, hash: &str, signed_at: i64) -> Vec<u8> {
    format!("kakunin-checkpoint-v1\n{organization}\n{sequence}\n{hash}\n{signed_at}\n").into_bytes()
}

/// Whether a checkpoint was signed by the holder of `public_key` (hexadecimal) and says what was signed.
#[must_use]
pub fn holds(checkpoint: &AuditCheckpoint, public_key: &str) -> bool {
    let (mut key, mut signature) = ([0_u8; 32], [0_u8; 64]);
    let decoded = hex::decode_to_slice(public_key, &mut key).is_ok()
        && hex::decode_to_slice(&checkpoint.signature, &mut signature).is_ok();
    let organization = OrganizationId(checkpoint.organization_id);
    let message = message(organization, checkpoint.sequence, &checkpoint.hash, checkpoint.signed_at);
    decoded
        && checkpoint.public_key == public_key
        && VerifyingKey::from_bytes(&key)
            .is_ok_and(|key| key.verify_strict(&message, &Signature::from_bytes(&signature)).is_ok())
}

/// A checkpoint as one line of JSON.
#[must_use]
pub fn line(checkpoint: &AuditCheckpoint) -> String {
    let line = serde_json::json!({
        "organization": checkpoint.organization_id,
        "sequence": checkpoint.sequence,
        "hash": checkpoint.hash,
        "signed_at": checkpoint.signed_at,
        "public_key": checkpoint.public_key,
        "signature": checkpoint.signature,
    });
    line.to_string()
}

/// Writes a checkpoint to the file beside the database.
pub(super) async fn append(data: &Path, checkpoint: &AuditCheckpoint) -> Result<(), PortalError> {
    let path = data.join(CHECKPOINTS_FILE);
    let mut file = tokio::fs::OpenOptions::new().create(true).append(true).open(path).await.map_err(internal)?;
    file.write_all(format!("{}\n", line(checkpoint)).as_bytes()).await.map_err(internal)?;
    file.sync_all().await.map_err(internal)
}

/// A line of the file.
#[derive(serde::Deserialize)]
struct Line {
    organization: uuid::Uuid,
    sequence: i64,
    hash: String,
    signed_at: i64,
    public_key: String,
    signature: String,
}

/// Every checkpoint of the file beside the database; none where there is no file.
///
/// # Errors
/// Where the file cannot be read, or a line of it not be understood.
pub fn read_file(path: &Path) -> anyhow::Result<Vec<AuditCheckpoint>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let read = |(number, line): (usize, &str)| {
        let parsed: Line = serde_json::from_str(line)
            .with_context(|| format!("{}, line {}: not understood", path.display(), number + 1))?;
        let Line { organization, sequence, hash, signed_at, public_key, signature } = parsed;
        Ok(AuditCheckpoint { organization_id: organization, sequence, hash, signed_at, public_key, signature })
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(read).collect()
}
