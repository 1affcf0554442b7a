//! A list of transfers and what was made of it.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handovers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub source: String,
    pub document_number: String,
    pub first_day: String,
    pub transfers: String,
    pub choices: String,
    pub state: String,
    pub made: String,
    pub created_at: i64,
    pub created_by: String,
    pub applied_at: Option<i64>,
}

/// Joins are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
