//! Several people of a company answer together, and may keep an account.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    // `submitter` or `contributor`.
    r#"ALTER TABLE invitations ADD COLUMN role TEXT NOT NULL DEFAULT 'submitter'"#,
    // The account of whoever redeemed it, where they keep one.
    r#"ALTER TABLE invitations ADD COLUMN user_id UUID REFERENCES users (id)"#,
    // The submitter's invitation, where a colleague was invited.
    r#"ALTER TABLE invitations ADD COLUMN invited_by UUID REFERENCES invitations (id)"#,
    r#"CREATE INDEX invitations_by_user ON invitations (user_id)"#,
];

const DOWN: &[&str] = &[
    "DROP INDEX invitations_by_user",
    "ALTER TABLE invitations DROP COLUMN invited_by",
    "ALTER TABLE invitations DROP COLUMN user_id",
    "ALTER TABLE invitations DROP COLUMN role",
];
