//! Organizations, departments, posts and appointments.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    r#"CREATE TABLE organizations (
        id UUID NOT NULL PRIMARY KEY,
        code TEXT NOT NULL CONSTRAINT organizations_code UNIQUE,
        name TEXT NOT NULL,
        policy_key TEXT NOT NULL
    )"#,
    r#"CREATE TABLE departments (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        parent_id UUID REFERENCES departments (id),
        name TEXT NOT NULL,
        position BIGINT NOT NULL
    )"#,
    r#"CREATE INDEX departments_by_organization ON departments (organization_id, position)"#,
    r#"CREATE TABLE posts (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        department_id UUID REFERENCES departments (id),
        position BIGINT NOT NULL
    )"#,
    r#"CREATE INDEX posts_by_organization ON posts (organization_id, kind)"#,
    r#"CREATE TABLE appointments (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        post_id UUID NOT NULL REFERENCES posts (id),
        person_name TEXT NOT NULL,
        starts_on TEXT NOT NULL,
        ends_on TEXT,
        document_number TEXT NOT NULL,
        CONSTRAINT appointments_period CHECK (ends_on IS NULL OR ends_on >= starts_on)
    )"#,
    r#"CREATE INDEX appointments_by_post ON appointments (organization_id, post_id, starts_on)"#,
];

const DOWN: &[&str] =
    &["DROP TABLE appointments", "DROP TABLE posts", "DROP TABLE departments", "DROP TABLE organizations"];
