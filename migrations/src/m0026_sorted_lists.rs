//! The orders in which a long list is asked for.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    "CREATE INDEX departments_by_name ON departments (organization_id, name, id)",
    "CREATE INDEX engagements_by_title ON engagements (organization_id, archived_at, title, id)",
    "CREATE INDEX engagements_by_end ON engagements (organization_id, archived_at, ends_on, id)",
    "CREATE INDEX engagements_by_class ON engagements (organization_id, archived_at, confidentiality, id)",
    // Posts of any day, those that are archived since among them.
    "CREATE INDEX posts_in_order ON posts (organization_id, position, id)",
];

const DOWN: &[&str] = &[
    "DROP INDEX posts_in_order",
    "DROP INDEX engagements_by_class",
    "DROP INDEX engagements_by_end",
    "DROP INDEX engagements_by_title",
    "DROP INDEX departments_by_name",
];
