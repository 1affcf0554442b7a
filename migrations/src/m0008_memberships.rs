//! What somebody may do becomes a dated membership of an organization, so that one person can belong to several.
//!
//! A sign-in may have no password (its provider vouches for it), a second factor, and recovery codes. Sessions begin anew.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    "DROP TABLE sessions",
    r#"CREATE TABLE memberships (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        user_id UUID NOT NULL,
        department_id UUID NOT NULL REFERENCES departments (id),
        role TEXT NOT NULL,
        starts_on TEXT NOT NULL,
        ends_on TEXT,
        ended_at BIGINT,
        approved_at BIGINT,
        granted_by TEXT NOT NULL,
        granted_at BIGINT NOT NULL,
        CONSTRAINT memberships_period CHECK (ends_on IS NULL OR ends_on >= starts_on)
    )"#,
    r#"CREATE INDEX memberships_by_user ON memberships (user_id, organization_id)"#,
    r#"CREATE INDEX memberships_by_organization ON memberships (organization_id, granted_at)"#,
    r#"INSERT INTO memberships (id, organization_id, user_id, department_id, role, starts_on, approved_at, granted_by, granted_at)
        SELECT id, organization_id, id, department_id, role, '2026-04-01', 0, 'system: migration', 0 FROM users"#,
    r#"-- postgres
        ALTER TABLE users DROP COLUMN organization_id, DROP COLUMN department_id, DROP COLUMN role,
        DROP COLUMN failed_sign_ins, DROP COLUMN last_failed_at,
        ALTER COLUMN password_hash DROP NOT NULL,
        ADD COLUMN email TEXT NOT NULL DEFAULT '',
        ADD COLUMN must_change_password BOOLEAN NOT NULL DEFAULT FALSE,
        ADD COLUMN totp_secret TEXT,
        ADD COLUMN totp_last_step BIGINT NOT NULL DEFAULT 0"#,
    // SQLite drops no column that a foreign key uses: the table is made anew under its name.
    r#"-- sqlite
        PRAGMA defer_foreign_keys = ON"#,
    r#"-- sqlite
        CREATE TABLE users_before AS SELECT * FROM users"#,
    r#"-- sqlite
        DROP TABLE users"#,
    r#"-- sqlite
        CREATE TABLE users (
        id UUID NOT NULL PRIMARY KEY,
        sign_in_name TEXT NOT NULL CONSTRAINT users_sign_in_name UNIQUE,
        name TEXT NOT NULL,
        email TEXT NOT NULL DEFAULT '',
        password_hash TEXT,
        must_change_password BOOLEAN NOT NULL DEFAULT FALSE,
        totp_secret TEXT,
        totp_last_step BIGINT NOT NULL DEFAULT 0,
        active BOOLEAN NOT NULL
    )"#,
    r#"-- sqlite
        INSERT INTO users (id, sign_in_name, name, password_hash, active)
        SELECT id, sign_in_name, name, password_hash, active FROM users_before"#,
    r#"-- sqlite
        DROP TABLE users_before"#,
    r#"CREATE TABLE sessions (
        id_hash TEXT NOT NULL PRIMARY KEY,
        user_id UUID REFERENCES users (id),
        data TEXT NOT NULL,
        expires_at BIGINT NOT NULL
    )"#,
    r#"CREATE INDEX sessions_by_user ON sessions (user_id)"#,
    r#"CREATE INDEX sessions_by_expiry ON sessions (expires_at)"#,
    r#"CREATE TABLE recovery_codes (
        code_hash TEXT NOT NULL,
        user_id UUID NOT NULL REFERENCES users (id),
        used_at BIGINT,
        PRIMARY KEY (user_id, code_hash)
    )"#,
    r#"CREATE TABLE identities (
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        user_id UUID NOT NULL REFERENCES users (id),
        linked_at BIGINT NOT NULL,
        PRIMARY KEY (issuer, subject)
    )"#,
    r#"CREATE INDEX identities_by_user ON identities (user_id)"#,
    // The line below the name in the header, such as a department's telephone number.
    r#"ALTER TABLE organizations ADD COLUMN branding TEXT NOT NULL DEFAULT ''"#,
    r#"ALTER TABLE appointments ADD COLUMN user_id UUID REFERENCES users (id)"#,
];

const DOWN: &[&str] = &[
    "ALTER TABLE appointments DROP COLUMN user_id",
    "ALTER TABLE organizations DROP COLUMN branding",
    "DROP TABLE identities",
    "DROP TABLE recovery_codes",
    "DROP TABLE memberships",
];
