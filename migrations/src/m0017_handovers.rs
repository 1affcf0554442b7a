//! Transfers of people on a day: the list, what was made of it, and how it is taken back.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    "ALTER TABLE posts ADD COLUMN usual_position TEXT NOT NULL DEFAULT ''",
    r#"CREATE TABLE handovers (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        source TEXT NOT NULL,
        document_number TEXT NOT NULL,
        first_day TEXT NOT NULL,
        transfers TEXT NOT NULL,
        choices TEXT NOT NULL,
        state TEXT NOT NULL,
        made TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        created_by TEXT NOT NULL,
        applied_at BIGINT
    )"#,
    "CREATE INDEX handovers_in_order ON handovers (organization_id, created_at)",
    // What was set up with an organization is found by a search too.
    "UPDATE departments SET search_key = lower(name) WHERE search_key = ''",
    "UPDATE posts SET search_key = lower(title) WHERE search_key = ''",
    "UPDATE appointments SET search_key = lower(person_name) WHERE search_key = ''",
    // Who holds a post on a day is asked of every post, for the vacancies.
    // What a search goes through, without the rows around it. PostgreSQL keeps no long texts in an index.
    r#"-- sqlite
        CREATE INDEX engagements_found ON engagements (organization_id, archived_at, search_key, vendor_id, id)"#,
    r#"-- sqlite
        CREATE INDEX vendors_found ON vendors (organization_id, search_key, id)"#,
    "CREATE INDEX appointments_held ON appointments (organization_id, post_id, archived_at, starts_on, ends_on)",
];

const DOWN: &[&str] = &[
    "DROP INDEX IF EXISTS vendors_found",
    "DROP INDEX IF EXISTS engagements_found",
    "DROP INDEX appointments_held",
    "DROP TABLE handovers",
    "ALTER TABLE posts DROP COLUMN usual_position",
];
