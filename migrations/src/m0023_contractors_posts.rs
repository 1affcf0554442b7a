//! Posts on the contractor's side of an engagement, dated like every other; and whether a post may be held together with another.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    "ALTER TABLE posts ADD COLUMN engagement_id UUID REFERENCES engagements (id)",
    "CREATE INDEX posts_by_engagement ON posts (organization_id, engagement_id)",
    "ALTER TABLE posts ADD COLUMN may_be_combined BOOLEAN",
    // What else somebody holds is asked of every appointment.
    "CREATE INDEX appointments_by_name ON appointments (organization_id, person_name)",
    "CREATE INDEX appointments_by_code ON appointments (organization_id, person_code)",
];

const DOWN: &[&str] = &[
    "DROP INDEX appointments_by_code",
    "DROP INDEX appointments_by_name",
    "ALTER TABLE posts DROP COLUMN may_be_combined",
    "DROP INDEX posts_by_engagement",
    "ALTER TABLE posts DROP COLUMN engagement_id",
];
