//! Companies, vendors and engagements.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    r#"CREATE TABLE companies (
        id UUID NOT NULL PRIMARY KEY,
        corporate_number TEXT CONSTRAINT companies_corporate_number UNIQUE,
        name TEXT NOT NULL,
        kana TEXT NOT NULL,
        address TEXT NOT NULL
    )"#,
    r#"CREATE TABLE vendors (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        company_id UUID NOT NULL REFERENCES companies (id),
        sort_key TEXT NOT NULL,
        search_key TEXT NOT NULL,
        contact_department TEXT NOT NULL,
        contact_name TEXT NOT NULL,
        contact_email TEXT NOT NULL,
        notes TEXT NOT NULL,
        CONSTRAINT vendors_company UNIQUE (organization_id, company_id)
    )"#,
    r#"CREATE INDEX vendors_in_order ON vendors (organization_id, sort_key, id)"#,
    r#"CREATE TABLE engagements (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        vendor_id UUID NOT NULL REFERENCES vendors (id),
        department_id UUID NOT NULL REFERENCES departments (id),
        title TEXT NOT NULL,
        search_key TEXT NOT NULL,
        starts_on TEXT NOT NULL,
        ends_on TEXT NOT NULL,
        confidentiality TEXT NOT NULL,
        integrity TEXT NOT NULL,
        availability TEXT NOT NULL,
        zone TEXT NOT NULL,
        personal_information BOOLEAN NOT NULL,
        specific_personal_information BOOLEAN NOT NULL,
        selection_criteria_recorded BOOLEAN NOT NULL,
        policy_told BOOLEAN NOT NULL,
        contract_items TEXT NOT NULL,
        CONSTRAINT engagements_period CHECK (ends_on >= starts_on)
    )"#,
    r#"CREATE INDEX engagements_by_vendor ON engagements (organization_id, vendor_id)"#,
    r#"CREATE INDEX engagements_in_order ON engagements (organization_id, starts_on, id)"#,
];

const DOWN: &[&str] = &["DROP TABLE engagements", "DROP TABLE vendors", "DROP TABLE companies"];
