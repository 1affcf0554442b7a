//! Signed checkpoints of the log, and a log that the database itself keeps from being changed.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    r#"CREATE TABLE audit_checkpoints (
        organization_id UUID NOT NULL REFERENCES organizations (id),
        sequence BIGINT NOT NULL,
        hash TEXT NOT NULL,
        signed_at BIGINT NOT NULL,
        public_key TEXT NOT NULL,
        signature TEXT NOT NULL,
        PRIMARY KEY (organization_id, sequence)
    )"#,
    r#"CREATE INDEX audit_events_by_object ON audit_events (organization_id, object_id, at)"#,
    r#"-- sqlite
        CREATE TRIGGER audit_events_never_change BEFORE UPDATE ON audit_events
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"#,
    r#"-- sqlite
        CREATE TRIGGER audit_events_never_go BEFORE DELETE ON audit_events
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"#,
    r#"-- postgres
        CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"#,
    r#"-- postgres
        CREATE TRIGGER audit_events_never_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"#,
];

const DOWN: &[&str] = &[
    r#"-- sqlite
        DROP TRIGGER audit_events_never_go"#,
    r#"-- sqlite
        DROP TRIGGER audit_events_never_change"#,
    r#"-- postgres
        DROP TRIGGER audit_events_never_change ON audit_events"#,
    r#"-- postgres
        DROP FUNCTION refuse_change_of_log"#,
    "DROP INDEX audit_events_by_object",
    "DROP TABLE audit_checkpoints",
];
