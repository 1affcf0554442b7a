//! Posts and appointments.

use super::{
    Store, Writing,
    entities::{appointment, post},
    failed,
    records::{Appointment, Post},
};
use crate::permission::SetUpOrganization;
use jiff::civil::Date;
use kakunin_api::{PortalError, ids::OrganizationId};
use sea_orm::{EntityTrait, FromQueryResult, IntoActiveModel};
use uuid::Uuid;

/// A post with whoever holds it on a day.
#[derive(Clone, Debug, FromQueryResult)]
pub struct HeldPost {
    /// Kind, such as `ciso` or `section_officer`.
    pub kind: String,
    /// 職名.
    pub title: String,
    /// Department it is attached to.
    pub department_id: Option<Uuid>,
    /// Its name.
    pub department_name: Option<String>,
    /// The appointment; none where vacant.
    pub appointment_id: Option<Uuid>,
    /// 氏名.
    pub person_name: Option<String>,
    /// First day.
    pub starts_on: Option<String>,
    /// Last day, where set.
    pub ends_on: Option<String>,
    /// 発令番号.
    pub document_number: Option<String>,
}

impl Store {
    /// The posts of an organization with their holders on `day`, in order. Bounded by the organization chart.
    pub async fn posts_held_on(&self, organization: OrganizationId, day: Date) -> Result<Vec<HeldPost>, PortalError> {
        let sql = "SELECT p.kind, p.title, p.department_id, d.name AS department_name, a.id AS appointment_id, \
                   a.person_name, a.starts_on, a.ends_on, a.document_number \
                   FROM posts p LEFT JOIN departments d ON d.id = p.department_id \
                   LEFT JOIN appointments a ON a.organization_id = p.organization_id AND a.post_id = p.id \
                   AND a.starts_on <= $2 AND (a.ends_on IS NULL OR a.ends_on >= $2) \
                   WHERE p.organization_id = $1 ORDER BY p.position, a.starts_on";
        self.rows(sql, vec![organization.0.into(), day.to_string().into()]).await
    }
}

impl Writing<'_, SetUpOrganization> {
    /// Adds a post.
    pub async fn add_post(&self, row: Post) -> Result<(), PortalError> {
        let row = Post { organization_id: self.organization(), ..row };
        post::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Appoints somebody to a post.
    pub async fn add_appointment(&self, row: Appointment) -> Result<(), PortalError> {
        let row = Appointment { organization_id: self.organization(), ..row };
        appointment::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}
