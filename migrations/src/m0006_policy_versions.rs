//! Versions of an organization's own policy: drafts, and those published with the day from which they hold.

crate::step!(UP, DOWN);

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
