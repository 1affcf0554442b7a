//! A post is the town's, or on the contractor's side of an engagement; contractors without a reading are sorted by their names.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    // The department of an engagement's post is the engagement's.
    "UPDATE posts SET department_id = NULL, cloud_service_id = NULL, social_account_id = NULL WHERE engagement_id IS NOT NULL",
    "UPDATE posts SET kind = 'contractor_officer' WHERE engagement_id IS NOT NULL \
     AND kind NOT IN ('contractor_officer', 'contractor_work_leader')",
    "UPDATE posts SET kind = 'other' WHERE engagement_id IS NULL AND kind IN ('contractor_officer', 'contractor_work_leader')",
    "UPDATE vendors SET sort_key = search_key WHERE sort_key = ''",
    // Who holds another post is found by what appointments are found by.
    "DROP INDEX appointments_by_name",
    "DROP INDEX appointments_by_code",
];

const DOWN: &[&str] = &[
    "CREATE INDEX appointments_by_code ON appointments (organization_id, person_code)",
    "CREATE INDEX appointments_by_name ON appointments (organization_id, person_name)",
];
