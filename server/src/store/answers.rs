//! Answers as entered.

use super::{Store, Writing, entities::answer, failed, records::Answer};
use crate::permission::{AnswerAssessment, SubmitAssessment};
use kakunin_api::{PortalError, answering::EnteredAnswer, ids::AssessmentId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use std::collections::BTreeMap;

async fn entered(
    connection: &impl ConnectionTrait,
    assessment: uuid::Uuid,
) -> Result<BTreeMap<String, EnteredAnswer>, PortalError> {
    let query = answer::Entity::find().filter(answer::Column::AssessmentId.eq(assessment));
    let rows = query.all(connection).await.map_err(failed)?;
    rows.into_iter()
        .map(|row| Ok((row.question_key, serde_json::from_str(&row.entered).map_err(crate::error::internal)?)))
        .collect()
}

impl Store {
    /// Everything entered so far, by question key. Bounded by the questionnaire.
    pub async fn entered_answers(
        &self,
        assessment: AssessmentId,
    ) -> Result<BTreeMap<String, EnteredAnswer>, PortalError> {
        entered(&self.reader, assessment.0).await
    }
}

impl Writing<'_, SubmitAssessment> {
    /// Everything entered, as it is inside this transaction.
    pub async fn entered_answers(&self) -> Result<BTreeMap<String, EnteredAnswer>, PortalError> {
        entered(&self.transaction, self.permit.object()).await
    }
}

impl Writing<'_, AnswerAssessment> {
    /// Stores an answer in place of an earlier one; an empty one takes the earlier one back.
    pub async fn keep_answer(&self, key: &str, entered: &EnteredAnswer) -> Result<(), PortalError> {
        use answer::Column::{AnsweredAt, AnsweredBy, AssessmentId, Entered, QuestionKey};
        let assessment = self.permit.object();
        if entered.is_empty() {
            let query = answer::Entity::delete_by_id((assessment, key.to_owned()));
            query.exec(&self.transaction).await.map_err(failed)?;
            return Ok(());
        }
        let row = Answer {
            assessment_id: assessment,
            question_key: key.to_owned(),
            organization_id: self.organization(),
            entered: serde_json::to_string(entered).map_err(crate::error::internal)?,
            answered_at: self.at_ms(),
            answered_by: self.by().to_owned(),
        };
        answer::Entity::insert(row.into_active_model())
            .on_conflict(
                OnConflict::columns([AssessmentId, QuestionKey])
                    .update_columns([Entered, AnsweredAt, AnsweredBy])
                    .to_owned(),
            )
            .exec_without_returning(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(())
    }
}
