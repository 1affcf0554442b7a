//! Assessments with their overrides, returns, evaluations and decisions.

use super::{
    Store, Writing,
    entities::{assessment, decision, evaluation, r#override, r#return},
    failed,
    listing::{Listing, within},
    records::{Assessment, Decision, Evaluation, Override, Return},
    subjects::{DEPARTMENT, SEARCHED, SUBJECTS, TITLE, VENDOR, column, subject_of},
};
use crate::{
    error::internal,
    permission::{
        Action, BeginReview, DecideAssessment, OverrideVerdict, Permit, ReturnAssessment, SendAssessment,
        ViewAssessment,
    },
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    assessments::AssessmentRow,
    ids::{AssessmentId, DepartmentId, RecordId, VendorId},
    listing::{PAGE_ROWS, Page, Query},
    state::{AssessmentState, Outcome},
    subject::{Subject, SubjectKind},
};
use kakunin_questionnaires::evaluate::Rating;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use std::sync::LazyLock;
use uuid::Uuid;

/// Whom to ask: name, e-mail.
pub type Contact = (String, String);

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    engagement_id: Option<Uuid>,
    cloud_service_id: Option<Uuid>,
    social_account_id: Option<Uuid>,
    subject_title: String,
    vendor_name: String,
    department: String,
    state: String,
    due_on: String,
    rating: Option<String>,
    coverage: Option<i64>,
    outcome: Option<String>,
}

impl Row {
    fn view(self, today: Date) -> Result<AssessmentRow, PortalError> {
        let state = AssessmentState::from_code(&self.state).ok_or_else(|| internal("state"))?;
        let due_on: Date = self.due_on.parse().map_err(internal)?;
        Ok(AssessmentRow {
            id: self.id.into(),
            subject: subject_of((self.engagement_id, self.cloud_service_id, self.social_account_id))?,
            subject_title: self.subject_title,
            vendor_name: self.vendor_name,
            department: self.department,
            state,
            due_on,
            overdue: state.is_answerable() && due_on < today,
            rating: self.rating.as_deref().and_then(rating_from_code),
            coverage: self.coverage.and_then(|coverage| u16::try_from(coverage).ok()),
            outcome: self.outcome.as_deref().and_then(Outcome::from_code),
        })
    }
}

/// A rating as the tables hold it.
#[must_use]
pub fn rating_code(rating: Rating) -> String {
    serde_json::to_value(rating).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn rating_from_code(code: &str) -> Option<Rating> {
    serde_json::from_value(code.into()).ok()
}

/// What lists say of assessments `a`, by the tables of [`SUBJECTS`].
static SELECTED: LazyLock<(String, String, String)> = LazyLock::new(|| {
    let columns = format!(
        "a.id, a.engagement_id, a.cloud_service_id, a.social_account_id, {TITLE} AS subject_title, {VENDOR} AS vendor_name, \
         d.name AS department, a.state, a.due_on, a.rating, a.coverage, a.outcome"
    );
    let counted = format!("assessments a {SUBJECTS}");
    let tables = format!("{counted} JOIN departments d ON d.id = {DEPARTMENT}");
    (columns, counted, tables)
});

fn assessments() -> Listing<'static> {
    let (columns, counted, tables) = &*SELECTED;
    Listing {
        columns,
        tables,
        counted,
        filter: "a.organization_id = $1",
        department: Some(DEPARTMENT),
        searched: SEARCHED,
        order: "CASE a.state WHEN 'submitted' THEN 0 WHEN 'under_review' THEN 1 WHEN 'decided' THEN 3 \
                WHEN 'withdrawn' THEN 4 ELSE 2 END, a.due_on, a.id",
    }
}

impl Store {
    /// One page of assessments, those that wait for somebody first, then by due date.
    pub async fn assessments(
        &self,
        permit: &Permit<ViewAssessment>,
        query: &Query,
        today: Date,
    ) -> Result<Page<AssessmentRow>, PortalError> {
        let page: Page<Row> = self.page(&assessments(), permit, query).await?;
        let rows = page.rows.into_iter().map(|row| row.view(today)).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: page.total, page: page.page })
    }

    /// The ten most urgent assessments in one of these states.
    pub async fn assessments_waiting(
        &self,
        permit: &Permit<ViewAssessment>,
        states: &[AssessmentState],
        today: Date,
    ) -> Result<Vec<AssessmentRow>, PortalError> {
        let codes = states.iter().map(|state| format!("'{}'", state.code())).collect::<Vec<_>>().join(", ");
        let mut values = vec![permit.organization().0.into()];
        let narrowed = within(permit, DEPARTMENT, &mut values);
        let all = assessments().all();
        let sql = format!("{all}{narrowed} AND a.state IN ({codes}) ORDER BY a.due_on, a.id LIMIT 10");
        let rows: Vec<Row> = self.rows(&sql, values).await?;
        rows.into_iter().map(|row| row.view(today)).collect()
    }

    /// How many assessments are in each state.
    pub async fn assessments_by_state(
        &self,
        permit: &Permit<ViewAssessment>,
    ) -> Result<Vec<(AssessmentState, u64)>, PortalError> {
        #[derive(FromQueryResult)]
        struct Count {
            state: String,
            count: i64,
        }
        let mut values = vec![permit.organization().0.into()];
        let narrowed = within(permit, DEPARTMENT, &mut values);
        let subjects = if narrowed.is_empty() { "" } else { SUBJECTS };
        let sql = format!(
            "SELECT a.state, count(*) AS count FROM assessments a {subjects} \
             WHERE a.organization_id = $1{narrowed} GROUP BY a.state"
        );
        let counts: Vec<Count> = self.rows(&sql, values).await?;
        let known = |state| counts.iter().find(|count| AssessmentState::from_code(&count.state) == Some(state));
        let count = |state| known(state).map(|found| (state, u64::try_from(found.count).unwrap_or(0)));
        Ok(AssessmentState::ALL.into_iter().filter_map(count).collect())
    }

    /// The newest assessments of a subject, at most a page; the caller holds the subject.
    pub async fn assessments_of(
        &self,
        permit: &Permit<ViewAssessment>,
        subject: Subject,
        today: Date,
    ) -> Result<Vec<AssessmentRow>, PortalError> {
        let (all, column) = (assessments().all(), column(subject.kind));
        let sql = format!("{all} AND a.{column} = $2 ORDER BY a.sent_at DESC, a.id DESC LIMIT {PAGE_ROWS}");
        let rows: Vec<Row> = self.rows(&sql, vec![permit.organization().0.into(), subject.id.0.into()]).await?;
        rows.into_iter().map(|row| row.view(today)).collect()
    }

    /// Whom to ask at a vendor; the caller holds an object of that vendor.
    pub async fn contact_of_vendor(&self, vendor: VendorId) -> Result<Option<Contact>, PortalError> {
        let sql = "SELECT contact_name AS name, contact_email AS email FROM vendors WHERE id = $1";
        self.contact(sql, vendor.0).await
    }

    /// Who was asked about a subject last; the caller holds the subject.
    pub async fn last_contact(&self, subject: Subject) -> Result<Option<Contact>, PortalError> {
        let column = column(subject.kind);
        let sql = format!(
            "SELECT i.contact_name AS name, i.contact_email AS email FROM invitations i \
             JOIN assessments a ON a.id = i.assessment_id WHERE a.{column} = $1 AND i.role = 'submitter' \
             ORDER BY i.made_at DESC, i.id DESC LIMIT 1"
        );
        self.contact(&sql, subject.id.0).await
    }

    async fn contact(&self, sql: &str, of: Uuid) -> Result<Option<Contact>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            name: String,
            email: String,
        }
        let rows: Vec<Row> = self.rows(sql, vec![of.into()]).await?;
        Ok(rows.into_iter().next().map(|row| (row.name, row.email)))
    }

    /// What lists show of one assessment.
    pub async fn assessment_row(&self, assessment: &Assessment, today: Date) -> Result<AssessmentRow, PortalError> {
        let sql = format!("{} AND a.id = $2", assessments().all());
        let rows: Vec<Row> = self.rows(&sql, vec![assessment.organization_id.into(), assessment.id.into()]).await?;
        rows.into_iter().next().ok_or(PortalError::NotFound)?.view(today)
    }

    /// The department whose work an assessment is about.
    pub async fn department_of(&self, assessment: AssessmentId) -> Result<Option<DepartmentId>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            department_id: Option<Uuid>,
        }
        let sql = format!("SELECT {DEPARTMENT} AS department_id FROM assessments a {SUBJECTS} WHERE a.id = $1");
        let rows: Vec<Row> = self.rows(&sql, vec![assessment.0.into()]).await?;
        Ok(rows.into_iter().next().and_then(|row| row.department_id).map(Into::into))
    }

    /// The reviewers' changes of verdicts, by requirement.
    pub async fn overrides(&self, assessment: AssessmentId) -> Result<Vec<Override>, PortalError> {
        let query = r#override::Entity::find().filter(r#override::Column::AssessmentId.eq(assessment.0));
        query.order_by_asc(r#override::Column::RequirementId).all(&self.reader).await.map_err(failed)
    }

    /// The clarifications asked for, newest first.
    pub async fn returns(&self, assessment: AssessmentId) -> Result<Vec<Return>, PortalError> {
        let query = r#return::Entity::find().filter(r#return::Column::AssessmentId.eq(assessment.0));
        query.order_by_desc(r#return::Column::ReturnedAt).all(&self.reader).await.map_err(failed)
    }

    /// The decision, once made.
    pub async fn decision(&self, assessment: AssessmentId) -> Result<Option<Decision>, PortalError> {
        decision::Entity::find_by_id(assessment.0).one(&self.reader).await.map_err(failed)
    }

    /// All stored evaluations, oldest first. For replaying; one is stored at each submission, change and decision.
    pub async fn evaluations(&self, assessment: AssessmentId) -> Result<Vec<Evaluation>, PortalError> {
        let query = evaluation::Entity::find().filter(evaluation::Column::AssessmentId.eq(assessment.0));
        let oldest = query.order_by_asc(evaluation::Column::EvaluatedAt).order_by_asc(evaluation::Column::Id);
        oldest.all(&self.reader).await.map_err(failed)
    }

    /// The last stored evaluation.
    pub async fn last_evaluation(&self, assessment: AssessmentId) -> Result<Option<Evaluation>, PortalError> {
        let query = evaluation::Entity::find().filter(evaluation::Column::AssessmentId.eq(assessment.0));
        let newest = query.order_by_desc(evaluation::Column::EvaluatedAt).order_by_desc(evaluation::Column::Id);
        newest.one(&self.reader).await.map_err(failed)
    }
}

impl<A: Action> Writing<'_, A> {
    /// Stores the next stage of the assessment the permit is for, if nobody changed it since `before` was read.
    ///
    /// # Errors
    /// [`PortalError::Conflict`] with the present state and who brought it about.
    pub async fn advance(&self, before: &Assessment, mut after: Assessment) -> Result<(), PortalError> {
        after.version = before.version + 1;
        after.changed_by = self.by().to_owned();
        let change = after.into_active_model().reset_all();
        let update = assessment::Entity::update_many()
            .set(change)
            .filter(assessment::Column::Id.eq(self.permit.object()))
            .filter(assessment::Column::OrganizationId.eq(self.organization()))
            .filter(assessment::Column::Version.eq(before.version));
        let updated = update.exec(&self.transaction).await.map_err(failed)?;
        if updated.rows_affected == 1 {
            return Ok(());
        }
        let now = self.assessment_now().await?;
        Err(PortalError::Conflict { current: now.state, by: Some(now.changed_by) })
    }

    /// The assessment the permit is for, as it is inside this transaction.
    pub async fn assessment_now(&self) -> Result<Assessment, PortalError> {
        let query = assessment::Entity::find_by_id(self.permit.object())
            .filter(assessment::Column::OrganizationId.eq(self.organization()));
        query.one(&self.transaction).await.map_err(failed)?.ok_or(PortalError::NotFound)
    }

    /// Stores an evaluation with its inputs.
    pub async fn keep_evaluation(&self, row: Evaluation) -> Result<(), PortalError> {
        let row = Evaluation { organization_id: self.organization(), assessment_id: self.permit.object(), ..row };
        evaluation::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, SendAssessment> {
    /// Adds an assessment of the subject the permit is for, which is of this kind.
    pub async fn add_assessment(&self, kind: SubjectKind, row: Assessment) -> Result<(), PortalError> {
        let subject = Subject { kind, id: RecordId(self.permit.object()) };
        let row =
            Assessment { organization_id: self.organization(), changed_by: self.by().to_owned(), ..row.about(subject) };
        assessment::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, OverrideVerdict> {
    /// Stores a changed verdict in place of an earlier change of the same requirement.
    pub async fn keep_override(&self, row: Override) -> Result<(), PortalError> {
        use r#override::Column::{AssessmentId, OverriddenAt, OverriddenBy, Reason, RequirementId, Verdict};
        let row = Override { organization_id: self.organization(), assessment_id: self.permit.object(), ..row };
        r#override::Entity::insert(row.into_active_model())
            .on_conflict(
                OnConflict::columns([AssessmentId, RequirementId])
                    .update_columns([Verdict, Reason, OverriddenBy, OverriddenAt])
                    .to_owned(),
            )
            .exec_without_returning(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, ReturnAssessment> {
    /// Adds a clarification asked for.
    pub async fn add_return(&self, row: Return) -> Result<(), PortalError> {
        let row = Return { organization_id: self.organization(), assessment_id: self.permit.object(), ..row };
        r#return::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, DecideAssessment> {
    /// Adds the decision.
    pub async fn add_decision(&self, row: Decision) -> Result<(), PortalError> {
        let row = Decision { organization_id: self.organization(), assessment_id: self.permit.object(), ..row };
        decision::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Permit<BeginReview> {
    /// The reviewer's own id.
    #[must_use]
    pub fn reviewer(&self) -> Option<Uuid> {
        self.actor().kind_and_id().1
    }
}
