//! One decision, with the officer frozen on it.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decisions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub assessment_id: Uuid,
    pub organization_id: Uuid,
    pub outcome: String,
    pub comment: String,
    pub appointment_id: Uuid,
    pub post_title: String,
    pub officer_name: String,
    pub entered_by: String,
    pub decided_at: i64,
}

/// Joins are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
