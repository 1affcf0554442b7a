//! Versions of an organization's own questionnaires.

use super::{Store, Writing, entities::questionnaire_version, failed, records::QuestionnaireVersion};
use crate::permission::{ImportQuestionnaire, Permit, PublishQuestionnaire, ViewPolicies};
use kakunin_api::{PortalError, ids::OrganizationId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, FromQueryResult, IntoActiveModel};
use uuid::Uuid;

/// A version with the names of its questionnaire.
#[derive(Clone, Debug, FromQueryResult)]
pub struct NamedQuestionnaire {
    /// Id.
    pub id: Uuid,
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// Its version.
    pub version: String,
    /// Hash of the questionnaire.
    pub questionnaire_sha256: String,
    /// Milliseconds since 1970.
    pub imported_at: i64,
    /// Who imported it.
    pub imported_by: String,
    /// When it was published, once it was.
    pub published_at: Option<i64>,
}

/// A questionnaire that an organization has published last under its id.
#[derive(Clone, Debug, FromQueryResult)]
pub struct PublishedQuestionnaire {
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// Its hash.
    pub questionnaire_sha256: String,
}

impl Store {
    /// The newest versions of the organization's own questionnaires, at most fifty.
    pub async fn questionnaire_versions(
        &self,
        permit: &Permit<ViewPolicies>,
    ) -> Result<Vec<NamedQuestionnaire>, PortalError> {
        let sql = "SELECT v.id, d.name AS questionnaire, d.version, v.questionnaire_sha256, v.imported_at, \
                   v.imported_by, v.published_at FROM questionnaire_versions v \
                   JOIN documents d ON d.sha256 = v.questionnaire_sha256 \
                   WHERE v.organization_id = $1 ORDER BY v.imported_at DESC, v.id DESC LIMIT 50";
        self.rows(sql, vec![permit.organization().0.into()]).await
    }

    /// The last published version of each of the organization's own questionnaires, by id.
    pub async fn published_questionnaires(
        &self,
        organization: OrganizationId,
    ) -> Result<Vec<PublishedQuestionnaire>, PortalError> {
        let sql = "SELECT d.name AS questionnaire, v.questionnaire_sha256 FROM questionnaire_versions v \
                   JOIN documents d ON d.sha256 = v.questionnaire_sha256 \
                   WHERE v.organization_id = $1 AND v.published_at IS NOT NULL AND NOT EXISTS \
                   (SELECT 1 FROM questionnaire_versions l JOIN documents k ON k.sha256 = l.questionnaire_sha256 \
                   WHERE l.organization_id = v.organization_id AND k.name = d.name AND (l.published_at > v.published_at \
                   OR (l.published_at = v.published_at AND l.id > v.id))) ORDER BY d.name";
        self.rows(sql, vec![organization.0.into()]).await
    }
}

impl Writing<'_, ImportQuestionnaire> {
    /// Adds a draft.
    pub async fn add_questionnaire_version(&self, row: QuestionnaireVersion) -> Result<(), PortalError> {
        let row = QuestionnaireVersion { organization_id: self.organization(), ..row };
        questionnaire_version::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, PublishQuestionnaire> {
    /// Publishes the draft the permit is for.
    pub async fn publish_questionnaire_version(&self) -> Result<(), PortalError> {
        let change = questionnaire_version::ActiveModel {
            id: Set(self.permit.object()),
            published_at: Set(Some(self.at_ms())),
            published_by: Set(Some(self.by().to_owned())),
            ..Default::default()
        };
        change.update(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}
