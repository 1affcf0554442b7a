//! The day of the approval, which a later decision does not change; and that an assessment is about one subject.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    "ALTER TABLE subcontracts ADD COLUMN approved_on TEXT",
    "UPDATE subcontracts SET approved_on = decided_on WHERE state = 'approved'",
    "ALTER TABLE cloud_services ADD COLUMN approved_on TEXT",
    "UPDATE cloud_services SET approved_on = decided_on WHERE state = 'approved'",
    r#"-- postgres
        ALTER TABLE assessments ADD CONSTRAINT assessments_one_subject
        CHECK (num_nonnulls(engagement_id, cloud_service_id, social_account_id) = 1)"#,
    r#"-- sqlite
        CREATE TRIGGER assessments_one_subject BEFORE INSERT ON assessments
        WHEN (NEW.engagement_id IS NOT NULL) + (NEW.cloud_service_id IS NOT NULL) + (NEW.social_account_id IS NOT NULL) <> 1
        BEGIN SELECT RAISE(ABORT, 'assessments_one_subject'); END"#,
];

const DOWN: &[&str] = &[
    "-- sqlite
        DROP TRIGGER assessments_one_subject",
    "-- postgres
        ALTER TABLE assessments DROP CONSTRAINT assessments_one_subject",
    "ALTER TABLE cloud_services DROP COLUMN approved_on",
    "ALTER TABLE subcontracts DROP COLUMN approved_on",
];
