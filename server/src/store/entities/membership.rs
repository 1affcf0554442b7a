//! What one person may do in one organization, from a day on.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub user_id: Uuid,
    pub department_id: Uuid,
    pub role: String,
    pub starts_on: String,
    pub ends_on: Option<String>,
    pub ended_at: Option<i64>,
    pub approved_at: Option<i64>,
    pub granted_by: String,
    pub granted_at: i64,
    pub accepted_at: Option<i64>,
}

/// Joins are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
