//! Versions of an organization's own policy, and what a new one would be tried on.

use super::{
    Store, Writing,
    entities::policy_version,
    failed,
    records::PolicyVersion,
    subjects::{SUBJECTS, TITLE, VENDOR, subject_of},
};
use crate::permission::{ImportPolicy, Permit, PublishPolicy, ViewPolicies, ViewWhatIf};
use jiff::civil::Date;
use kakunin_api::{PortalError, ids::OrganizationId, subject::Subject};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, FromQueryResult, IntoActiveModel};
use uuid::Uuid;

/// A version with the names of its policy.
#[derive(Clone, Debug, FromQueryResult)]
pub struct NamedVersion {
    /// Id.
    pub id: Uuid,
    /// Id of the policy.
    pub policy: String,
    /// Version as the municipality names it.
    pub version: String,
    /// Hash of the policy.
    pub policy_sha256: String,
    /// Milliseconds since 1970.
    pub imported_at: i64,
    /// Who imported it.
    pub imported_by: String,
    /// From when it holds, once published.
    pub effective_on: Option<String>,
}

/// What the last evaluation of an assessment was made from.
#[derive(Clone, Debug, FromQueryResult)]
pub struct EvaluatedInputs {
    /// The assessment.
    pub assessment_id: Uuid,
    /// The questionnaire it was asked with.
    pub questionnaire_sha256: String,
    /// The subject, where it is an engagement.
    pub engagement_id: Option<Uuid>,
    /// The subject, where it is a cloud service.
    pub cloud_service_id: Option<Uuid>,
    /// The subject, where it is a social account.
    pub social_account_id: Option<Uuid>,
    /// 委託先・提供者; of an account the service it is on, as its code.
    pub vendor_name: String,
    /// What the subject is called.
    pub subject_title: String,
    /// Canonical JSON.
    pub answers: String,
    /// Canonical JSON.
    pub facts: String,
}

impl EvaluatedInputs {
    /// What was assessed.
    ///
    /// # Errors
    /// Internal where the row says nothing, or several things.
    pub fn subject(&self) -> Result<Subject, PortalError> {
        subject_of((self.engagement_id, self.cloud_service_id, self.social_account_id))
    }
}

impl Store {
    /// The newest versions of the organization's own policy, at most fifty.
    pub async fn policy_versions(&self, permit: &Permit<ViewPolicies>) -> Result<Vec<NamedVersion>, PortalError> {
        let sql = "SELECT v.id, d.name AS policy, d.version, v.policy_sha256, v.imported_at, v.imported_by, \
                   v.effective_on FROM policy_versions v JOIN documents d ON d.sha256 = v.policy_sha256 \
                   WHERE v.organization_id = $1 ORDER BY v.imported_at DESC, v.id DESC LIMIT 50";
        self.rows(sql, vec![permit.organization().0.into()]).await
    }

    /// The hash of the policy that the organization has published for this day, if it has published any.
    pub async fn policy_in_force(
        &self,
        organization: OrganizationId,
        day: Date,
    ) -> Result<Option<String>, PortalError> {
        #[derive(FromQueryResult)]
        struct Hash {
            policy_sha256: String,
        }
        let sql = "SELECT policy_sha256 FROM policy_versions WHERE organization_id = $1 AND effective_on <= $2 \
                   ORDER BY effective_on DESC, published_at DESC LIMIT 1";
        let found: Vec<Hash> = self.rows(sql, vec![organization.0.into(), day.to_string().into()]).await?;
        Ok(found.into_iter().next().map(|row| row.policy_sha256))
    }

    /// How many assessments have been evaluated (withdrawn ones left out), how many evaluations there are, and when the last one was made.
    pub async fn evaluations_there_are(&self, permit: &Permit<ViewWhatIf>) -> Result<(u32, u64, i64), PortalError> {
        #[derive(FromQueryResult)]
        struct There {
            assessments: i64,
            evaluations: i64,
            last: Option<i64>,
        }
        let sql = "SELECT COUNT(DISTINCT a.id) AS assessments, COUNT(*) AS evaluations, MAX(e.evaluated_at) AS last \
                   FROM assessments a JOIN evaluations e ON e.assessment_id = a.id \
                   WHERE a.organization_id = $1 AND a.state <> 'withdrawn'";
        let found: Vec<There> = self.rows(sql, vec![permit.organization().0.into()]).await?;
        let there = found.into_iter().next().unwrap_or(There { assessments: 0, evaluations: 0, last: None });
        let assessments = u32::try_from(there.assessments).unwrap_or(u32::MAX);
        Ok((assessments, u64::try_from(there.evaluations).unwrap_or(0), there.last.unwrap_or(0)))
    }

    /// What the last evaluations were made from, assessment by assessment after `after`, at most `limit`; withdrawn ones are left out.
    pub async fn evaluated_inputs(
        &self,
        permit: &Permit<ViewWhatIf>,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<EvaluatedInputs>, PortalError> {
        let sql = format!(
            "SELECT n.assessment_id, a.questionnaire_sha256, {VENDOR} AS vendor_name, a.engagement_id, a.cloud_service_id, \
             a.social_account_id, {TITLE} AS subject_title, n.answers, n.facts FROM assessments a \
             JOIN evaluations n ON n.assessment_id = a.id {SUBJECTS} \
             WHERE a.organization_id = $1 AND a.state <> 'withdrawn' AND a.id > $2 \
             AND NOT EXISTS (SELECT 1 FROM evaluations l WHERE l.assessment_id = a.id AND l.id > n.id) \
             ORDER BY a.id LIMIT $3"
        );
        self.rows(&sql, vec![permit.organization().0.into(), after.into(), limit.into()]).await
    }
}

impl Writing<'_, ImportPolicy> {
    /// Adds a draft.
    pub async fn add_policy_version(&self, row: PolicyVersion) -> Result<(), PortalError> {
        let row = PolicyVersion { organization_id: self.organization(), ..row };
        policy_version::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, PublishPolicy> {
    /// Publishes the draft the permit is for.
    pub async fn publish_policy_version(&self, effective_on: Date) -> Result<(), PortalError> {
        let change = policy_version::ActiveModel {
            id: Set(self.permit.object()),
            effective_on: Set(Some(effective_on.to_string())),
            published_at: Set(Some(self.at_ms())),
            published_by: Set(Some(self.by().to_owned())),
            ..Default::default()
        };
        change.update(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}
