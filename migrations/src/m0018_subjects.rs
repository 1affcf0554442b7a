//! What is assessed is an engagement, a cloud service or a social account: exactly one of three columns says which.
//! And what the municipality's side of these owes that no column held yet.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    // A column that may be empty takes the place of one that may not, in words both databases know.
    "ALTER TABLE assessments ADD COLUMN subject_engagement_id UUID REFERENCES engagements (id)",
    "UPDATE assessments SET subject_engagement_id = engagement_id",
    "DROP INDEX assessments_by_engagement",
    "ALTER TABLE assessments DROP COLUMN engagement_id",
    "ALTER TABLE assessments RENAME COLUMN subject_engagement_id TO engagement_id",
    "CREATE INDEX assessments_by_engagement ON assessments (organization_id, engagement_id)",
    "ALTER TABLE assessments ADD COLUMN cloud_service_id UUID REFERENCES cloud_services (id)",
    "CREATE INDEX assessments_by_cloud_service ON assessments (organization_id, cloud_service_id)",
    "ALTER TABLE assessments ADD COLUMN social_account_id UUID REFERENCES social_accounts (id)",
    "CREATE INDEX assessments_by_social_account ON assessments (organization_id, social_account_id)",
    "ALTER TABLE engagements ADD COLUMN specification_states_requirements BOOLEAN",
    "ALTER TABLE cloud_services ADD COLUMN data_country TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cloud_services ADD COLUMN selection_criteria_recorded BOOLEAN",
    "ALTER TABLE cloud_services ADD COLUMN own_judgement_recorded BOOLEAN",
    "ALTER TABLE cloud_services ADD COLUMN terms_risks_examined BOOLEAN",
    "ALTER TABLE social_accounts ADD COLUMN hijack_response BOOLEAN",
    "ALTER TABLE social_accounts ADD COLUMN important_on_own_site BOOLEAN",
];

const DOWN: &[&str] = &[
    "ALTER TABLE social_accounts DROP COLUMN important_on_own_site",
    "ALTER TABLE social_accounts DROP COLUMN hijack_response",
    "ALTER TABLE cloud_services DROP COLUMN terms_risks_examined",
    "ALTER TABLE cloud_services DROP COLUMN own_judgement_recorded",
    "ALTER TABLE cloud_services DROP COLUMN selection_criteria_recorded",
    "ALTER TABLE cloud_services DROP COLUMN data_country",
    "ALTER TABLE engagements DROP COLUMN specification_states_requirements",
    "DROP INDEX assessments_by_social_account",
    "ALTER TABLE assessments DROP COLUMN social_account_id",
    "DROP INDEX assessments_by_cloud_service",
    "ALTER TABLE assessments DROP COLUMN cloud_service_id",
];
