//! Mail that waits to be sent, passwords that are being reset by it, and what keeps accounts apart: whose they are, and
//! whether their holder accepted a role that another organization gave.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    // The text is taken out once it has been sent: it may hold a link.
    r#"CREATE TABLE outbox (
        id UUID NOT NULL PRIMARY KEY,
        recipient TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        made_at BIGINT NOT NULL,
        next_try_at BIGINT,
        tries BIGINT NOT NULL,
        sent_at BIGINT
    )"#,
    r#"CREATE INDEX outbox_waiting ON outbox (next_try_at)"#,
    r#"CREATE TABLE password_resets (
        token_hash TEXT NOT NULL PRIMARY KEY,
        user_id UUID NOT NULL REFERENCES users (id),
        expires_at BIGINT NOT NULL,
        used_at BIGINT
    )"#,
    r#"CREATE INDEX password_resets_by_user ON password_resets (user_id)"#,
    r#"ALTER TABLE users ADD COLUMN of_contractor BOOLEAN NOT NULL DEFAULT FALSE"#,
    r#"ALTER TABLE memberships ADD COLUMN accepted_at BIGINT"#,
    r#"UPDATE memberships SET accepted_at = granted_at"#,
];

const DOWN: &[&str] = &[
    "ALTER TABLE memberships DROP COLUMN accepted_at",
    "ALTER TABLE users DROP COLUMN of_contractor",
    "DROP TABLE password_resets",
    "DROP TABLE outbox",
];
