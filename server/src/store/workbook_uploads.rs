//! Workbooks that were uploaded and are not a questionnaire yet.

use super::{Writing, entities::workbook_upload, failed, records::WorkbookUpload};
use crate::permission::ImportQuestionnaire;
use kakunin_api::PortalError;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// How long an upload that became nothing is kept, in milliseconds: a week.
const KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

impl Writing<'_, ImportQuestionnaire> {
    /// Keeps an upload, and forgets the organization's old ones.
    pub async fn keep_workbook(&self, row: WorkbookUpload) -> Result<(), PortalError> {
        let row = WorkbookUpload { organization_id: self.organization(), ..row };
        workbook_upload::Entity::delete_many()
            .filter(workbook_upload::Column::OrganizationId.eq(self.organization()))
            .filter(workbook_upload::Column::UploadedAt.lt(self.at_ms() - KEPT_MS))
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        workbook_upload::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Forgets an upload that has become a questionnaire.
    pub async fn forget_workbook(&self, id: Uuid) -> Result<(), PortalError> {
        workbook_upload::Entity::delete_many()
            .filter(workbook_upload::Column::OrganizationId.eq(self.organization()))
            .filter(workbook_upload::Column::Id.eq(id))
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(())
    }
}
