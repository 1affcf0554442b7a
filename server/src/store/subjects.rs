//! What is assessed, as assessments see it: an engagement, a cloud service or a social account.

use super::{
    Store, failed,
    records::Assessment,
    registers::{Row, columns, read, title_of},
};
use crate::{
    error::internal,
    registers::{
        scale::Scale,
        schema::{Register, register},
        values::Value,
    },
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    ids::{OrganizationId, RecordId},
    subject::{Subject, SubjectKind},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

/// The tables that hold the subjects of assessments `a`: each row has a partner in one of them.
pub(super) const SUBJECTS: &str = "LEFT JOIN engagements e ON e.id = a.engagement_id LEFT JOIN vendors v ON v.id = e.vendor_id \
                                   LEFT JOIN cloud_services c ON c.id = a.cloud_service_id \
                                   LEFT JOIN social_accounts s ON s.id = a.social_account_id";
/// What a subject is called.
pub(super) const TITLE: &str = "COALESCE(e.title, c.name, s.handle)";
/// Who works or provides; of an account the service it is on, as its code. Where a list that was brought in said neither, what the
/// subject is called.
pub(super) const VENDOR: &str =
    "COALESCE(v.name, NULLIF(c.provider, ''), NULLIF(s.platform, ''), e.title, c.name, s.handle)";
/// The department whose work it is.
pub(super) const DEPARTMENT: &str = "COALESCE(e.department_id, c.department_id, s.department_id)";
/// In what a search looks.
pub(super) const SEARCHED: &[&str] = &["e.search_key", "v.search_key", "c.search_key", "s.search_key"];

/// The column of assessments that holds subjects of this kind.
#[must_use]
pub(super) fn column(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Engagement => "engagement_id",
        SubjectKind::CloudService => "cloud_service_id",
        SubjectKind::SocialAccount => "social_account_id",
    }
}

/// The subject whose column holds something.
pub(super) fn subject_of(
    (engagement, service, account): (Option<Uuid>, Option<Uuid>, Option<Uuid>),
) -> Result<Subject, PortalError> {
    let (kind, id) = match (engagement, service, account) {
        (Some(id), None, None) => (SubjectKind::Engagement, id),
        (None, Some(id), None) => (SubjectKind::CloudService, id),
        (None, None, Some(id)) => (SubjectKind::SocialAccount, id),
        _ => return Err(internal("an assessment of no subject, or of several")),
    };
    Ok(Subject { kind, id: RecordId(id) })
}

impl Assessment {
    /// What it is about.
    ///
    /// # Errors
    /// Internal where its row says nothing, or several things.
    pub fn subject(&self) -> Result<Subject, PortalError> {
        subject_of((self.engagement_id, self.cloud_service_id, self.social_account_id))
    }

    /// The same, about this subject.
    #[must_use]
    pub fn about(self, subject: Subject) -> Self {
        let only = |kind: SubjectKind| (subject.kind == kind).then_some(subject.id.0);
        Self {
            engagement_id: only(SubjectKind::Engagement),
            cloud_service_id: only(SubjectKind::CloudService),
            social_account_id: only(SubjectKind::SocialAccount),
            ..self
        }
    }
}

/// A subject with what its register says of it.
#[derive(Clone, Debug)]
pub struct SubjectRecord {
    /// Which.
    pub subject: Subject,
    /// Whose.
    pub organization: OrganizationId,
    /// Its register.
    pub register: &'static Register,
    /// What the register says.
    pub row: Row,
}

impl SubjectRecord {
    /// The same with what the organization calls its classes.
    #[must_use]
    pub fn labelled(self, scale: &Scale) -> Self {
        Self { row: scale.labelled(self.register, self.row), ..self }
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> String {
        title_of(self.register, &self.row).unwrap_or_default()
    }

    /// A field as it is stored: a text, a code, an ISO day; empty where nothing is there.
    #[must_use]
    pub fn text(&self, field: &str) -> String {
        self.row.values.get(field).map(Value::text).unwrap_or_default()
    }

    /// A field that is answered by yes or no, where somebody has.
    #[must_use]
    pub fn yes_no(&self, field: &str) -> Option<bool> {
        match self.row.values.get(field) {
            Some(Value::YesNo(said)) => *said,
            _ => None,
        }
    }

    /// Another record that a field names.
    #[must_use]
    pub fn link(&self, field: &str) -> Option<Uuid> {
        match self.row.values.get(field) {
            Some(Value::Link(id)) => *id,
            _ => None,
        }
    }

    /// The department whose work it is; of an imported record that says none, no department's.
    #[must_use]
    pub fn department(&self) -> Uuid {
        self.link("department").unwrap_or_default()
    }

    /// Whether looking at its assessment is noted: it handles what is of confidentiality 3.
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        self.text("confidentiality").starts_with('3')
    }
}

/// The levels below an engagement that have been, go on, or are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subcontracting {
    /// All of them but those that are asked for and are to begin later.
    pub levels: u32,
    /// Those that began without an approval beforehand.
    pub unapproved: u32,
    /// Those of which nobody has said when they begin.
    pub open: u32,
}

impl Store {
    /// The subject of an assessment; the caller holds the assessment.
    pub async fn subject_of(&self, assessment: &Assessment) -> Result<SubjectRecord, PortalError> {
        let subject = assessment.subject()?;
        let register = register(subject.kind.register()).ok_or_else(|| internal("register"))?;
        let fields: Vec<_> = register.fields().collect();
        let sql = format!(
            "SELECT {} FROM {} r WHERE r.organization_id = $1 AND r.id = $2",
            columns(register, &fields),
            register.table
        );
        let values = vec![assessment.organization_id.into(), subject.id.0.into()];
        let statement = Statement::from_sql_and_values(self.reader.get_database_backend(), sql, values);
        let found = self.reader.query_one_raw(statement).await.map_err(failed)?.ok_or(PortalError::NotFound)?;
        let row = read(register, &fields, &found).map_err(failed)?;
        Ok(SubjectRecord { subject, organization: assessment.organization_id.into(), register, row })
    }

    /// How far the levels of subcontracting of an engagement stand; the caller holds the engagement.
    pub async fn subcontracting(&self, engagement: RecordId, today: Date) -> Result<Subcontracting, PortalError> {
        #[derive(FromQueryResult)]
        struct Level {
            state: String,
            approved_on: Option<String>,
            starts_on: Option<String>,
            is_archived: i64,
        }
        // What was refused is not done. What was archived counts where it had begun: it is not undone by leaving the list.
        let sql = "SELECT state, approved_on, starts_on, CAST(CASE WHEN archived_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS is_archived \
                   FROM subcontracts WHERE engagement_id = $1 AND state <> 'refused' LIMIT 1000";
        let levels: Vec<Level> = self.rows(sql, vec![engagement.0.into()]).await?;
        // Days are ISO, so they compare as texts.
        let today = today.to_string();
        let mut standing = Subcontracting::default();
        for level in levels {
            let starts = level.starts_on.filter(|day| !day.is_empty());
            if level.is_archived == 1 && starts.as_ref().is_none_or(|starts| *starts > today) {
                continue;
            }
            match (level.state.as_str(), starts, level.approved_on) {
                // What is to begin may still be approved beforehand.
                ("requested", Some(starts), _) if starts > today => continue,
                ("requested", Some(_), _) => standing.unapproved += 1,
                (_, Some(starts), Some(approved)) if approved > starts => standing.unapproved += 1,
                (_, Some(_), _) => {}
                // Beforehand of what, nobody has said.
                (_, None, _) => standing.open += 1,
            }
            standing.levels += 1;
        }
        Ok(standing)
    }

    /// Whether a subcontract hangs on this engagement.
    pub async fn is_subcontract_of(&self, subcontract: Uuid, engagement: Uuid) -> Result<bool, PortalError> {
        let sql = "SELECT count(*) AS count FROM subcontracts WHERE id = $1 AND engagement_id = $2";
        Ok(self.count(sql, vec![subcontract.into(), engagement.into()]).await? > 0)
    }
}
