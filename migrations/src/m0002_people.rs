//! Users, their roles, and sessions.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    r#"CREATE TABLE users (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        department_id UUID NOT NULL REFERENCES departments (id),
        sign_in_name TEXT NOT NULL CONSTRAINT users_sign_in_name UNIQUE,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        active BOOLEAN NOT NULL,
        failed_sign_ins BIGINT NOT NULL,
        last_failed_at BIGINT
    )"#,
    r#"CREATE TABLE sessions (
        id_hash TEXT NOT NULL PRIMARY KEY,
        user_id UUID REFERENCES users (id),
        data TEXT NOT NULL,
        expires_at BIGINT NOT NULL
    )"#,
    r#"CREATE INDEX sessions_by_user ON sessions (user_id)"#,
    r#"CREATE INDEX sessions_by_expiry ON sessions (expires_at)"#,
];

const DOWN: &[&str] = &["DROP TABLE sessions", "DROP TABLE users"];
