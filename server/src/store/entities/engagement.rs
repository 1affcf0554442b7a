//! One piece of outsourced work.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "engagements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub vendor_id: Uuid,
    pub department_id: Uuid,
    pub title: String,
    pub search_key: String,
    pub starts_on: String,
    pub ends_on: String,
    pub confidentiality: String,
    pub integrity: String,
    pub availability: String,
    pub zone: String,
    pub personal_information: Option<bool>,
    pub specific_personal_information: Option<bool>,
    pub selection_criteria_recorded: Option<bool>,
    pub policy_told: Option<bool>,
    pub contract_items: String,
}

/// Joins are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
