//! What somebody has begun to type into a register's form and not handed in. Its writer's own: nobody else reads it.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    // `object` is the record's id, or names what a new record will be a part of.
    r#"CREATE TABLE drafts (
        organization_id UUID NOT NULL REFERENCES organizations (id),
        user_id UUID NOT NULL REFERENCES users (id),
        register TEXT NOT NULL,
        object TEXT NOT NULL,
        version BIGINT NOT NULL,
        form TEXT NOT NULL,
        saved_at BIGINT NOT NULL,
        PRIMARY KEY (organization_id, user_id, register, object)
    )"#,
];

const DOWN: &[&str] = &["DROP TABLE drafts"];
