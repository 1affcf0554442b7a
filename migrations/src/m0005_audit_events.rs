//! The log of what was done, append-only and hash-chained per organization.

crate::step!(UP, DOWN);

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
