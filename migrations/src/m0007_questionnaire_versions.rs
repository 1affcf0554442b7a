//! Versions of an organization's own questionnaires, and workbooks that were uploaded to become one.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    r#"CREATE TABLE questionnaire_versions (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        questionnaire_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        imported_at BIGINT NOT NULL,
        imported_by TEXT NOT NULL,
        published_at BIGINT,
        published_by TEXT,
        CONSTRAINT questionnaire_versions_once UNIQUE (organization_id, questionnaire_sha256)
    )"#,
    r#"CREATE INDEX questionnaire_versions_published ON questionnaire_versions (organization_id, published_at)"#,
    // `sheets` is JSON: the sheets with the text of their cells.
    r#"CREATE TABLE workbook_uploads (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        file_name TEXT NOT NULL,
        sheets TEXT NOT NULL,
        uploaded_at BIGINT NOT NULL,
        uploaded_by TEXT NOT NULL
    )"#,
    r#"CREATE INDEX workbook_uploads_by_age ON workbook_uploads (organization_id, uploaded_at)"#,
];

const DOWN: &[&str] = &["DROP TABLE workbook_uploads", "DROP TABLE questionnaire_versions"];
