//! Engagements, as assessments see them.

use super::{Store, entities::engagement, failed, records::Engagement};
use kakunin_api::{PortalError, ids::EngagementId};
use sea_orm::{EntityTrait, FromQueryResult};
use uuid::Uuid;

/// What a contractor is told about the engagement it is asked about.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SubjectNames {
    /// 件名.
    pub title: String,
    /// 所管課.
    pub department: String,
}

impl Store {
    /// The names of an engagement that an assessment is about; the caller holds the assessment.
    pub async fn subject_names(&self, engagement: EngagementId) -> Result<SubjectNames, PortalError> {
        let sql = "SELECT e.title, d.name AS department FROM engagements e \
                   JOIN departments d ON d.id = e.department_id WHERE e.id = $1";
        let rows: Vec<SubjectNames> = self.rows(sql, vec![engagement.0.into()]).await?;
        rows.into_iter().next().ok_or(PortalError::NotFound)
    }
}

impl Store {
    /// The engagement an assessment is about; the caller holds the assessment.
    pub async fn engagement_of(&self, id: EngagementId) -> Result<Engagement, PortalError> {
        let found = engagement::Entity::find_by_id(id.0).one(&self.reader).await.map_err(failed)?;
        found.ok_or(PortalError::NotFound)
    }
}

impl Store {
    /// Whether a subcontract hangs on this engagement.
    pub async fn is_subcontract_of(&self, subcontract: Uuid, engagement: Uuid) -> Result<bool, PortalError> {
        let sql = "SELECT count(*) AS count FROM subcontracts WHERE id = $1 AND engagement_id = $2";
        Ok(self.count(sql, vec![subcontract.into(), engagement.into()]).await? > 0)
    }
}
