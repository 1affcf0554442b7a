//! Assessments with their overrides, returns, evaluations and decisions.

use super::{
    Store, Writing,
    entities::{assessment, decision, evaluation, r#override, r#return},
    failed,
    listing::{Listing, within},
    records::{Assessment, Decision, Evaluation, Override, Return},
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
    ids::{AssessmentId, DepartmentId, EngagementId, VendorId},
    listing::{PAGE_ROWS, Page, Query},
    state::{AssessmentState, Outcome},
};
use kakunin_questionnaires::evaluate::Rating;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder,
    QueryResult, sea_query::OnConflict,
};
use uuid::Uuid;

/// A vendor's contact: department, name, e-mail.
pub type Contact = (String, String, String);

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    engagement_title: String,
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
            engagement_title: self.engagement_title,
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

/// The column by which lists are narrowed to departments.
const DEPARTMENT: &str = "e.department_id";

const ASSESSMENTS: Listing<'_> = Listing {
    columns: "a.id, e.title AS engagement_title, v.name AS vendor_name, d.name AS department, a.state, a.due_on, \
              a.rating, a.coverage, a.outcome",
    tables: "assessments a JOIN engagements e ON e.id = a.engagement_id JOIN vendors v ON v.id = e.vendor_id \
             JOIN departments d ON d.id = e.department_id",
    counted: "assessments a JOIN engagements e ON e.id = a.engagement_id JOIN vendors v ON v.id = e.vendor_id",
    filter: "a.organization_id = $1",
    department: Some(DEPARTMENT),
    searched: &["e.search_key", "v.search_key"],
    order: "CASE a.state WHEN 'submitted' THEN 0 WHEN 'under_review' THEN 1 WHEN 'decided' THEN 3 \
            WHEN 'withdrawn' THEN 4 ELSE 2 END, a.due_on, a.id",
};

impl Store {
    /// One page of assessments, those that wait for somebody first, then by due date.
    pub async fn assessments(
        &self,
        permit: &Permit<ViewAssessment>,
        query: &Query,
        today: Date,
    ) -> Result<Page<AssessmentRow>, PortalError> {
        let page: Page<Row> = self.page(&ASSESSMENTS, permit, query).await?;
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
        let all = ASSESSMENTS.all();
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
        let sql = format!(
            "SELECT a.state, count(*) AS count FROM assessments a JOIN engagements e ON e.id = a.engagement_id \
             WHERE a.organization_id = $1{narrowed} GROUP BY a.state"
        );
        let counts: Vec<Count> = self.rows(&sql, values).await?;
        let known = |state| counts.iter().find(|count| AssessmentState::from_code(&count.state) == Some(state));
        let count = |state| known(state).map(|found| (state, u64::try_from(found.count).unwrap_or(0)));
        Ok(AssessmentState::ALL.into_iter().filter_map(count).collect())
    }

    /// The contact of an engagement's vendor, and its newest assessments, at most a page; the caller holds the engagement.
    pub async fn assessments_of_engagement(
        &self,
        permit: &Permit<ViewAssessment>,
        (engagement, vendor): (EngagementId, VendorId),
        today: Date,
    ) -> Result<(Contact, Vec<AssessmentRow>), PortalError> {
        /// The vendor's contact beside each assessment; there is one row where there is no assessment.
        struct Both {
            contact: Contact,
            assessment: Option<Row>,
        }
        impl FromQueryResult for Both {
            fn from_query_result(result: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
                let text = |name: &str| result.try_get::<String>(prefix, name);
                let contact = (text("contact_department")?, text("contact_name")?, text("contact_email")?);
                let is_there = result.try_get::<Option<Uuid>>(prefix, "id")?.is_some();
                let assessment = is_there.then(|| Row::from_query_result(result, prefix)).transpose()?;
                Ok(Self { contact, assessment })
            }
        }
        let mut values = vec![permit.organization().0.into(), engagement.0.into(), vendor.0.into()];
        let (all, narrowed) = (ASSESSMENTS.all(), within(permit, DEPARTMENT, &mut values));
        let newest = format!("{all} AND a.engagement_id = $2{narrowed} ORDER BY a.sent_at DESC LIMIT {PAGE_ROWS}");
        let sql = format!(
            "SELECT w.contact_department, w.contact_name, w.contact_email, n.* FROM vendors w \
             LEFT JOIN ({newest}) n ON 1 = 1 WHERE w.id = $3 AND w.organization_id = $1 ORDER BY n.id DESC"
        );
        let rows: Vec<Both> = self.rows(&sql, values).await?;
        let contact = rows.first().map(|row| row.contact.clone()).unwrap_or_default();
        let assessments = rows.into_iter().filter_map(|row| row.assessment);
        Ok((contact, assessments.map(|row| row.view(today)).collect::<Result<_, _>>()?))
    }

    /// What lists show of one assessment.
    pub async fn assessment_row(&self, assessment: &Assessment, today: Date) -> Result<AssessmentRow, PortalError> {
        let sql = format!("{} AND a.id = $2", ASSESSMENTS.all());
        let rows: Vec<Row> = self.rows(&sql, vec![assessment.organization_id.into(), assessment.id.into()]).await?;
        rows.into_iter().next().ok_or(PortalError::NotFound)?.view(today)
    }

    /// The department whose work an assessment is about.
    pub async fn department_of(&self, assessment: AssessmentId) -> Result<Option<DepartmentId>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            department_id: Uuid,
        }
        let sql =
            "SELECT e.department_id FROM assessments a JOIN engagements e ON e.id = a.engagement_id WHERE a.id = $1";
        let rows: Vec<Row> = self.rows(sql, vec![assessment.0.into()]).await?;
        Ok(rows.into_iter().next().map(|row| row.department_id.into()))
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
    /// Adds an assessment of the engagement the permit is for.
    pub async fn add_assessment(&self, row: Assessment) -> Result<(), PortalError> {
        let row = Assessment {
            organization_id: self.organization(),
            engagement_id: self.permit.object(),
            changed_by: self.by().to_owned(),
            ..row
        };
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
