//! The log of what was done, append-only and hash-chained per organization.

use sea_orm_migration::prelude::*;

/// This step.
#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, DOWN).await
    }

    /// Half a step is none, on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &[&str] = &[r#"CREATE TABLE audit_events (
        organization_id UUID NOT NULL REFERENCES organizations (id),
        sequence BIGINT NOT NULL,
        at BIGINT NOT NULL,
        actor_kind TEXT NOT NULL,
        actor_id UUID,
        actor_name TEXT NOT NULL,
        action TEXT NOT NULL,
        object_kind TEXT NOT NULL,
        object_id UUID NOT NULL,
        detail TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (organization_id, sequence)
    )"#];

const DOWN: &[&str] = &["DROP TABLE audit_events"];
