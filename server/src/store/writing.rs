//! One transaction with its audit event: what was permitted is written together with the record of it, or not at all.

use super::{Store, entities::audit_event, failed, rows};
use crate::{
    error::internal,
    permission::{Action, Permit},
};
use kakunin_api::PortalError;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult, IntoActiveModel,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// So many events are written by one statement.
const AT_ONCE: usize = 200;

/// An open transaction under a permit. Dropped without [`Writing::commit`], nothing of it stays.
pub struct Writing<'p, A: Action> {
    pub(super) transaction: DatabaseTransaction,
    pub(super) permit: &'p Permit<A>,
    at_ms: i64,
}

/// What the log says of a write: which object, and details that hold no secret and no contractor's words.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEvent {
    object_kind: &'static str,
    object: Uuid,
    detail: Json,
}

impl AuditEvent {
    /// Something happened to `object`.
    pub fn about(object_kind: &'static str, object: Uuid, detail: Json) -> Self {
        Self { object_kind, object, detail }
    }
}

impl Store {
    /// Opens a transaction for what `permit` allows, at the instant `at_ms` (milliseconds since 1970).
    pub async fn write<'p, A: Action>(&self, permit: &'p Permit<A>, at_ms: i64) -> Result<Writing<'p, A>, PortalError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.writer.begin_with_options(options).await.map_err(failed)?;
        let writing = Writing { transaction, permit, at_ms };
        // Before anything else, by everybody: two writers never wait for each other.
        writing.one_at_a_time().await?;
        Ok(writing)
    }
}

impl<A: Action> Writing<'_, A> {
    /// The instant of this write, milliseconds since 1970.
    #[must_use]
    pub fn at_ms(&self) -> i64 {
        self.at_ms
    }

    /// The organization within which is written.
    #[must_use]
    pub fn organization(&self) -> Uuid {
        self.permit.organization().0
    }

    /// The name of who writes.
    #[must_use]
    pub fn by(&self) -> &str {
        self.permit.actor().name()
    }

    /// Writes events of one of many writes that last together, or not at all: [`Writing::commit`] follows with its own, whose
    /// hash covers these.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn note(&self, events: &[AuditEvent]) -> Result<(), PortalError> {
        self.record(events).await.map(|_| ())
    }

    /// Writes the event and makes everything of this transaction last.
    ///
    /// # Errors
    /// Where the database refuses; then nothing was written.
    pub async fn commit(self, event: AuditEvent) -> Result<(), PortalError> {
        let record = self.record(&[event]).await?.ok_or_else(|| internal("no event"))?;
        self.transaction.commit().await.map_err(failed)?;
        // Whoever collects the server's log has the chain too, in a place that nobody of the portal can change.
        tracing::info!(
            target: "audit",
            organization = %record.organization_id,
            sequence = record.sequence,
            at = record.at,
            actor = %record.actor_id.map_or_else(|| record.actor_kind.clone(), |id| format!("{} {id}", record.actor_kind)),
            action = record.action,
            object = %format!("{} {}", record.object_kind, record.object_id),
            hash = record.hash,
        );
        Ok(())
    }

    /// Takes everything of this transaction back.
    ///
    /// # Errors
    /// Where the database does not answer; nothing of it stays then either.
    pub async fn take_back(self) -> Result<(), PortalError> {
        self.transaction.rollback().await.map_err(failed)
    }

    /// Waits until nobody else writes for this organization. SQLite has one writer; on PostgreSQL two wait for each other here.
    async fn one_at_a_time(&self) -> Result<(), PortalError> {
        if self.transaction.get_database_backend() == DbBackend::Postgres {
            let lock = "SELECT id FROM organizations WHERE id = $1 FOR NO KEY UPDATE";
            let lock = Statement::from_sql_and_values(DbBackend::Postgres, lock, [self.organization().into()]);
            self.transaction.query_one_raw(lock).await.map_err(failed)?;
        }
        Ok(())
    }

    /// Appends events to the organization's chain; gives the last one.
    async fn record(&self, events: &[AuditEvent]) -> Result<Option<audit_event::Model>, PortalError> {
        #[derive(FromQueryResult)]
        struct Last {
            sequence: i64,
            hash: String,
        }
        let organization = self.organization();
        let sql = "SELECT sequence, hash FROM audit_events WHERE organization_id = $1 ORDER BY sequence DESC LIMIT 1";
        let last: Vec<Last> = rows(&self.transaction, sql, vec![organization.into()]).await?;
        let (mut sequence, mut previous_hash) =
            last.into_iter().next().map_or((1, "0".repeat(64)), |last| (last.sequence + 1, last.hash));
        let (actor_kind, actor_id) = self.permit.actor().kind_and_id();
        let mut records = Vec::with_capacity(events.len());
        for event in events {
            let mut record = audit_event::Model {
                organization_id: organization,
                sequence,
                at: self.at_ms,
                actor_kind: actor_kind.to_owned(),
                actor_id,
                actor_name: self.by().to_owned(),
                action: format!("{:?}", A::NAME),
                object_kind: event.object_kind.to_owned(),
                object_id: event.object,
                detail: event.detail.to_string(),
                previous_hash,
                hash: String::new(),
            };
            record.hash = chain_hash(&record);
            (sequence, previous_hash) = (sequence + 1, record.hash.clone());
            records.push(record);
        }
        for some in records.chunks(AT_ONCE) {
            let rows = some.iter().cloned().map(IntoActiveModel::into_active_model);
            audit_event::Entity::insert_many(rows).exec_without_returning(&self.transaction).await.map_err(failed)?;
        }
        Ok(records.pop())
    }
}

/// SHA-256, in hexadecimal, over every field of an event and the hash of the one before.
#[must_use]
pub fn chain_hash(event: &audit_event::Model) -> String {
    let fields = serde_json::json!([
        event.previous_hash,
        event.organization_id,
        event.sequence,
        event.at,
        event.actor_kind,
        event.actor_id,
        event.actor_name,
        event.action,
        event.object_kind,
        event.object_id,
        event.detail,
    ]);
    hex::encode(Sha256::digest(fields.to_string()))
}
