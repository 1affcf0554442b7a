//! A register brought in from a workbook.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub register: String,
    pub department_id: Option<Uuid>,
    pub file_name: String,
    pub file_sha256: String,
    pub sheets: String,
    pub state: String,
    pub mapping: String,
    pub outcome: String,
    pub uploaded_at: i64,
    pub uploaded_by: String,
    pub applied_at: Option<i64>,
}

/// Joins are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
