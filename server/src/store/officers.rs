//! Posts and appointments.

use super::{
    Store, Writing, count,
    entities::{appointment, post},
    failed,
    records::{Appointment, Post},
};
use crate::permission::{Action, SetUpOrganization};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    ids::{OrganizationId, RecordId},
};
use sea_orm::{EntityTrait, FromQueryResult, IntoActiveModel};
use uuid::Uuid;

/// A post with whoever holds it on a day.
#[derive(Clone, Debug, FromQueryResult)]
pub struct HeldPost {
    /// The post.
    pub post_id: Uuid,
    /// The cloud service it is attached to.
    pub cloud_service_id: Option<Uuid>,
    /// The social account it is attached to.
    pub social_account_id: Option<Uuid>,
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
    /// 職務代理.
    pub acting: Option<bool>,
    /// Whether it may be vacant.
    pub may_be_vacant: Option<bool>,
}

impl Store {
    /// The posts of an organization with their holders on `day`, in order. Bounded by the organization chart.
    pub async fn posts_held_on(&self, organization: OrganizationId, day: Date) -> Result<Vec<HeldPost>, PortalError> {
        let sql = "SELECT p.id AS post_id, p.cloud_service_id, p.social_account_id, p.kind, p.title, p.department_id, d.name AS department_name, a.id AS appointment_id, \
                   a.person_name, a.starts_on, a.ends_on, a.document_number, a.acting, p.may_be_vacant \
                   FROM posts p LEFT JOIN departments d ON d.id = p.department_id \
                   LEFT JOIN appointments a ON a.organization_id = p.organization_id AND a.post_id = p.id \
                   AND a.archived_at IS NULL AND a.starts_on <= $2 AND (a.ends_on IS NULL OR a.ends_on >= $2) \
                   WHERE p.organization_id = $1 AND p.archived_at IS NULL ORDER BY p.position, a.starts_on";
        self.rows(sql, vec![organization.0.into(), day.to_string().into()]).await
    }
}

impl<A: Action> Writing<'_, A> {
    /// Whether a post that only one may hold is held by somebody else on a day of this period; an empty end is open.
    pub async fn is_held(&self, post: Uuid, (from, to): (&str, &str), but: RecordId) -> Result<bool, PortalError> {
        let to = if to.is_empty() { "9999-12-31" } else { to };
        let sql = "SELECT count(*) AS count FROM appointments a JOIN posts p ON p.id = a.post_id \
                   WHERE a.organization_id = $1 AND a.post_id = $2 AND a.id <> $3 AND a.archived_at IS NULL \
                   AND p.may_be_shared IS NOT TRUE AND a.starts_on <= $5 AND (a.ends_on IS NULL OR a.ends_on >= $4)";
        let values = vec![self.organization().into(), post.into(), but.0.into(), from.into(), to.into()];
        Ok(count(&self.transaction, sql, values).await? > 0)
    }

    /// Whether a department is another one or stands below it.
    pub async fn is_below(&self, department: Uuid, above: RecordId) -> Result<bool, PortalError> {
        // UNION, not UNION ALL: a circle, should one ever be stored, ends.
        let sql = "WITH RECURSIVE below(id) AS (SELECT id FROM departments WHERE id = $1 UNION \
                   SELECT d.id FROM departments d JOIN below b ON d.parent_id = b.id) \
                   SELECT count(*) AS count FROM below WHERE id = $2";
        Ok(count(&self.transaction, sql, vec![above.0.into(), department.into()]).await? > 0)
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
