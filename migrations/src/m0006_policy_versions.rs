//! Versions of an organization's own policy: drafts, and those published with the day from which they hold.

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

const UP: &[&str] = &[
    r#"CREATE TABLE policy_versions (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        policy_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        imported_at BIGINT NOT NULL,
        imported_by TEXT NOT NULL,
        effective_on TEXT,
        published_at BIGINT,
        published_by TEXT,
        CONSTRAINT policy_versions_once UNIQUE (organization_id, policy_sha256)
    )"#,
    r#"CREATE INDEX policy_versions_in_force ON policy_versions (organization_id, effective_on)"#,
];

const DOWN: &[&str] = &["DROP TABLE policy_versions"];
