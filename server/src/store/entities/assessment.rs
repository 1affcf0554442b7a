//! One assessment.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assessments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub engagement_id: Option<Uuid>,
    pub cloud_service_id: Option<Uuid>,
    pub social_account_id: Option<Uuid>,
    pub policy_sha256: String,
    pub questionnaire_sha256: String,
    pub state: String,
    pub version: i64,
    pub purpose: String,
    pub due_on: String,
    pub sent_at: i64,
    pub submitted_at: Option<i64>,
    pub submitted_by: Option<String>,
    pub receipt_number: Option<String>,
    pub reviewer_id: Option<Uuid>,
    pub outcome: Option<String>,
    pub rating: Option<String>,
    pub coverage: Option<i64>,
    pub changed_by: String,
}

/// Joins are written out in the queries.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
