//! Assessments with everything that hangs on them.

crate::step!(UP, DOWN);

const UP: &[&str] = &[
    r#"CREATE TABLE documents (
        sha256 TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        version TEXT NOT NULL,
        body TEXT NOT NULL
    )"#,
    r#"CREATE TABLE assessments (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        engagement_id UUID NOT NULL REFERENCES engagements (id),
        policy_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        questionnaire_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        state TEXT NOT NULL,
        version BIGINT NOT NULL,
        purpose TEXT NOT NULL,
        due_on TEXT NOT NULL,
        sent_at BIGINT NOT NULL,
        submitted_at BIGINT,
        submitted_by TEXT,
        receipt_number TEXT,
        reviewer_id UUID REFERENCES users (id),
        outcome TEXT,
        rating TEXT,
        coverage BIGINT,
        changed_by TEXT NOT NULL
    )"#,
    r#"CREATE INDEX assessments_by_engagement ON assessments (organization_id, engagement_id)"#,
    r#"CREATE INDEX assessments_in_order ON assessments (organization_id, state, due_on)"#,
    r#"CREATE TABLE invitations (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        assessment_id UUID NOT NULL REFERENCES assessments (id),
        token_hash TEXT NOT NULL CONSTRAINT invitations_token UNIQUE,
        contact_name TEXT NOT NULL,
        contact_email TEXT NOT NULL,
        made_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        redeemed_at BIGINT,
        revoked_at BIGINT
    )"#,
    r#"CREATE INDEX invitations_by_assessment ON invitations (organization_id, assessment_id)"#,
    r#"CREATE TABLE answers (
        assessment_id UUID NOT NULL REFERENCES assessments (id),
        question_key TEXT NOT NULL,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        entered TEXT NOT NULL,
        answered_at BIGINT NOT NULL,
        answered_by TEXT NOT NULL,
        PRIMARY KEY (assessment_id, question_key)
    )"#,
    r#"CREATE TABLE evidence_files (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        assessment_id UUID NOT NULL REFERENCES assessments (id),
        question_key TEXT NOT NULL,
        file_name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size_bytes BIGINT NOT NULL,
        sha256 TEXT NOT NULL,
        attached_at BIGINT NOT NULL,
        attached_by TEXT NOT NULL,
        CONSTRAINT evidence_files_one_a_question UNIQUE (assessment_id, question_key)
    )"#,
    r#"CREATE TABLE returns (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        assessment_id UUID NOT NULL REFERENCES assessments (id),
        question_key TEXT,
        message TEXT NOT NULL,
        returned_by TEXT NOT NULL,
        returned_at BIGINT NOT NULL
    )"#,
    r#"CREATE INDEX returns_by_assessment ON returns (assessment_id)"#,
    r#"CREATE TABLE overrides (
        assessment_id UUID NOT NULL REFERENCES assessments (id),
        requirement_id TEXT NOT NULL,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        verdict TEXT NOT NULL,
        reason TEXT NOT NULL,
        overridden_by TEXT NOT NULL,
        overridden_at BIGINT NOT NULL,
        PRIMARY KEY (assessment_id, requirement_id)
    )"#,
    r#"CREATE TABLE evaluations (
        id UUID NOT NULL PRIMARY KEY,
        organization_id UUID NOT NULL REFERENCES organizations (id),
        assessment_id UUID NOT NULL REFERENCES assessments (id),
        evaluated_at BIGINT NOT NULL,
        occasion TEXT NOT NULL,
        answers TEXT NOT NULL,
        facts TEXT NOT NULL,
        result TEXT NOT NULL
    )"#,
    r#"CREATE INDEX evaluations_by_assessment ON evaluations (assessment_id, evaluated_at)"#,
    r#"CREATE TABLE decisions (
        assessment_id UUID NOT NULL PRIMARY KEY REFERENCES assessments (id),
        organization_id UUID NOT NULL REFERENCES organizations (id),
        outcome TEXT NOT NULL,
        comment TEXT NOT NULL,
        appointment_id UUID NOT NULL REFERENCES appointments (id),
        post_title TEXT NOT NULL,
        officer_name TEXT NOT NULL,
        entered_by TEXT NOT NULL,
        decided_at BIGINT NOT NULL
    )"#,
];

const DOWN: &[&str] = &[
    "DROP TABLE decisions",
    "DROP TABLE evaluations",
    "DROP TABLE overrides",
    "DROP TABLE returns",
    "DROP TABLE evidence_files",
    "DROP TABLE answers",
    "DROP TABLE invitations",
    "DROP TABLE assessments",
    "DROP TABLE documents",
];
