//! Files attached to answers: their rows. The bytes are in `storage`.

use super::{Store, Writing, entities::evidence_file, failed, records::EvidenceFile};
use crate::permission::{AnswerAssessment, SubmitAssessment};
use kakunin_api::{PortalError, ids::AssessmentId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

async fn files(connection: &impl ConnectionTrait, assessment: uuid::Uuid) -> Result<Vec<EvidenceFile>, PortalError> {
    let query = evidence_file::Entity::find().filter(evidence_file::Column::AssessmentId.eq(assessment));
    query.order_by_asc(evidence_file::Column::QuestionKey).all(connection).await.map_err(failed)
}

impl Store {
    /// The files of an assessment, at most one a question.
    pub async fn evidence_files(&self, assessment: AssessmentId) -> Result<Vec<EvidenceFile>, PortalError> {
        files(&self.reader, assessment.0).await
    }
}

impl Store {
    /// Whether any answer, or any record, has these bytes.
    pub async fn is_attached(&self, sha256: &str) -> Result<bool, PortalError> {
        let sql = "SELECT (SELECT count(*) FROM evidence_files WHERE sha256 = $1) + \
                   (SELECT count(*) FROM record_files WHERE sha256 = $1) AS count";
        Ok(self.count(sql, vec![sha256.into()]).await? > 0)
    }
}

impl Writing<'_, SubmitAssessment> {
    /// The files, as they are inside this transaction.
    pub async fn evidence_files(&self) -> Result<Vec<EvidenceFile>, PortalError> {
        files(&self.transaction, self.permit.object()).await
    }
}

impl Writing<'_, AnswerAssessment> {
    /// Attaches a file in place of an earlier one of the same question.
    pub async fn attach(&self, row: EvidenceFile) -> Result<(), PortalError> {
        self.detach(&row.question_key).await?;
        let row = EvidenceFile { organization_id: self.organization(), assessment_id: self.permit.object(), ..row };
        evidence_file::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Takes a question's file off. Its bytes are removed later, if nothing else has them.
    pub async fn detach(&self, key: &str) -> Result<(), PortalError> {
        evidence_file::Entity::delete_many()
            .filter(evidence_file::Column::AssessmentId.eq(self.permit.object()))
            .filter(evidence_file::Column::QuestionKey.eq(key))
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(())
    }
}
