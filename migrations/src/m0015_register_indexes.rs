//! What lists, histories and the home page ask for, without reading every row: measured with a city's worth of records.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    "CREATE INDEX engagements_in_use ON engagements (organization_id, archived_at, starts_on, id)",
    "CREATE INDEX engagements_by_department ON engagements (organization_id, department_id, archived_at, starts_on, id)",
    "CREATE INDEX vendors_in_use ON vendors (organization_id, archived_at, sort_key, id)",
    "CREATE INDEX cloud_services_in_use ON cloud_services (organization_id, archived_at, sort_key, id)",
    "CREATE INDEX social_accounts_in_use ON social_accounts (organization_id, archived_at, sort_key, id)",
    "CREATE INDEX posts_in_use ON posts (organization_id, archived_at, position, id)",
    "CREATE INDEX appointments_by_end ON appointments (organization_id, ends_on)",
    "DROP INDEX audit_events_by_object",
    "CREATE INDEX audit_events_by_object ON audit_events (organization_id, object_id, sequence)",
];

const DOWN: &[&str] = &[
    "DROP INDEX audit_events_by_object",
    "CREATE INDEX audit_events_by_object ON audit_events (organization_id, object_id, at)",
    "DROP INDEX appointments_by_end",
    "DROP INDEX posts_in_use",
    "DROP INDEX social_accounts_in_use",
    "DROP INDEX cloud_services_in_use",
    "DROP INDEX vendors_in_use",
    "DROP INDEX engagements_by_department",
    "DROP INDEX engagements_in_use",
];
