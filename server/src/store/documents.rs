//! Policy and questionnaire versions, frozen under the hash of their text.

use super::{Store, Writing, entities::document, failed, records::Document};
use crate::permission::{Action, ImportPolicy, ImportQuestionnaire, SendAssessment};
use kakunin_api::PortalError;
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};

impl Store {
    /// The document with this hash.
    pub async fn document(&self, sha256: &str) -> Result<Document, PortalError> {
        let found = document::Entity::find_by_id(sha256.to_owned()).one(&self.reader).await.map_err(failed)?;
        found.ok_or(PortalError::NotFound)
    }
}

/// The actions that freeze documents.
pub trait Freezes: Action {}
impl Freezes for SendAssessment {}
impl Freezes for ImportPolicy {}
impl Freezes for ImportQuestionnaire {}

impl<A: Freezes> Writing<'_, A> {
    /// Freezes a document, unless it is there already.
    pub async fn freeze_document(&self, row: Document) -> Result<(), PortalError> {
        document::Entity::insert(row.into_active_model())
            .on_conflict(OnConflict::column(document::Column::Sha256).do_nothing().to_owned())
            .exec_without_returning(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(())
    }
}
