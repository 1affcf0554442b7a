//! Sessions in the database, for tower-sessions: the cookie's id is stored hashed, so a stolen table opens no session.

use crate::{clock::Clock, portal::Portal, store::records};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tower_sessions::{
    SessionStore,
    cookie::time::OffsetDateTime,
    session::{Id, Record},
    session_store::{Error, Result},
};
use uuid::Uuid;

/// The key under which a session holds the person's id.
pub const USER: &str = "user";
/// The key under which it holds the organization they are at work for.
pub const ORGANIZATION: &str = "organization";
/// The key under which a session holds the invitation it came in by.
pub const INVITATION: &str = "invitation";
/// When it was begun, milliseconds since 1970.
pub const STARTED_AT: &str = "started_at";
/// When it was last used, milliseconds since 1970.
pub const SEEN_AT: &str = "seen_at";
/// The browser, as it names itself.
pub const AGENT: &str = "agent";
/// The address it came from.
pub const ADDRESS: &str = "address";

/// What a session's owner is shown of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Details {
    /// [`STARTED_AT`].
    pub started_at: i64,
    /// [`SEEN_AT`].
    pub seen_at: i64,
    /// [`AGENT`].
    pub agent: String,
    /// [`ADDRESS`].
    pub address: String,
}

/// What a stored session says of itself.
#[must_use]
pub fn details(data: &str) -> Details {
    serde_json::from_str(data).unwrap_or_default()
}

/// A [`SessionStore`] over the table of sessions.
#[derive(Clone, Debug)]
pub struct DatabaseSessions(pub Arc<Portal>);

impl DatabaseSessions {
    /// From the machine's clock, by which tower-sessions reckons, to the portal's, by which the table does: milliseconds.
    fn shift(&self) -> i64 {
        self.0.clock.now_ms() - Clock::System.now_ms()
    }

    fn row(&self, record: &Record) -> Result<records::Session> {
        let user = record.data.get(USER).and_then(|id| id.as_str()).and_then(|id| id.parse::<Uuid>().ok());
        Ok(records::Session {
            id_hash: hashed(&record.id),
            user_id: user,
            data: serde_json::to_string(&record.data).map_err(|cause| Error::Encode(cause.to_string()))?,
            expires_at: milliseconds(record.expiry_date).saturating_add(self.shift()),
        })
    }
}

/// How a session's id is stored.
#[must_use]
pub fn hashed(id: &Id) -> String {
    hex::encode(Sha256::digest(id.0.to_be_bytes()))
}

fn backend(cause: impl std::fmt::Display) -> Error {
    Error::Backend(cause.to_string())
}

fn milliseconds(instant: OffsetDateTime) -> i64 {
    i64::try_from(instant.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

#[async_trait::async_trait]
impl SessionStore for DatabaseSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits do not meet twice.
        self.0.store.add_session(self.row(record)?).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.0.store.change_session(self.row(record)?).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = self.0.store.session(&hashed(id), self.0.clock.now_ms()).await.map_err(backend)?;
        found
            .map(|row| {
                let expires_at = row.expires_at.saturating_sub(self.shift());
                let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(i128::from(expires_at) * 1_000_000);
                Ok(Record {
                    id: *id,
                    data: serde_json::from_str(&row.data).map_err(|cause| Error::Decode(cause.to_string()))?,
                    expiry_date: expiry_date.map_err(|cause| Error::Decode(cause.to_string()))?,
                })
            })
            .transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.0.store.end_session(&hashed(id)).await.map_err(backend)
    }
}
