//! Registers brought in from workbooks: what was uploaded, row by row, and what a list's columns held the last time.
//!
//! A list as it is kept today leaves things open that a form asks for: an engagement may be on record before somebody says
//! whether it handles personal information.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    r#"CREATE TABLE imports (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        register TEXT NOT NULL,
        department_id UUID REFERENCES departments (id),
        file_name TEXT NOT NULL,
        file_sha256 TEXT NOT NULL,
        sheets TEXT NOT NULL,
        state TEXT NOT NULL,
        mapping TEXT NOT NULL,
        outcome TEXT NOT NULL,
        uploaded_at BIGINT NOT NULL,
        uploaded_by TEXT NOT NULL,
        applied_at BIGINT
    )"#,
    "CREATE INDEX imports_in_order ON imports (organization_id, register, uploaded_at)",
    r#"CREATE TABLE import_rows (
        import_id UUID NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
        sheet BIGINT NOT NULL,
        number BIGINT NOT NULL,
        cells TEXT NOT NULL,
        PRIMARY KEY (import_id, sheet, number)
    )"#,
    r#"CREATE TABLE import_mappings (
        organization_id UUID NOT NULL REFERENCES organizations (id),
        register TEXT NOT NULL,
        headings TEXT NOT NULL,
        mapping TEXT NOT NULL,
        used_at BIGINT NOT NULL,
        PRIMARY KEY (organization_id, register, headings)
    )"#,
    "ALTER TABLE engagements ADD COLUMN notes TEXT NOT NULL DEFAULT ''",
    // What may be left open: a column with another name takes the place of each, as SQLite cannot change one.
    "ALTER TABLE engagements ADD COLUMN open_personal BOOLEAN",
    "ALTER TABLE engagements ADD COLUMN open_specific BOOLEAN",
    "ALTER TABLE engagements ADD COLUMN open_selection BOOLEAN",
    "ALTER TABLE engagements ADD COLUMN open_told BOOLEAN",
    "UPDATE engagements SET open_personal = personal_information, open_specific = specific_personal_information, \
     open_selection = selection_criteria_recorded, open_told = policy_told",
    "ALTER TABLE engagements DROP COLUMN personal_information",
    "ALTER TABLE engagements DROP COLUMN specific_personal_information",
    "ALTER TABLE engagements DROP COLUMN selection_criteria_recorded",
    "ALTER TABLE engagements DROP COLUMN policy_told",
    "ALTER TABLE engagements RENAME COLUMN open_personal TO personal_information",
    "ALTER TABLE engagements RENAME COLUMN open_specific TO specific_personal_information",
    "ALTER TABLE engagements RENAME COLUMN open_selection TO selection_criteria_recorded",
    "ALTER TABLE engagements RENAME COLUMN open_told TO policy_told",
];

const DOWN: &[&str] = &[
    "UPDATE engagements SET personal_information = COALESCE(personal_information, FALSE), \
     specific_personal_information = COALESCE(specific_personal_information, FALSE), \
     selection_criteria_recorded = COALESCE(selection_criteria_recorded, FALSE), policy_told = COALESCE(policy_told, FALSE)",
    "ALTER TABLE engagements DROP COLUMN notes",
    "DROP TABLE import_mappings",
    "DROP TABLE import_rows",
    "DROP TABLE imports",
];
