//! Invitations. A token is looked up by its hash before anybody is known; everything else is under a permit.

use super::{Store, Writing, entities::invitation, failed, records::Invitation};
use crate::permission::{Action, Contractor, RedeemInvitation};
use kakunin_api::{
    PortalError,
    ids::{AssessmentId, InvitationId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

impl Store {
    /// The invitation with this hashed token.
    pub async fn invitation_by_token(&self, token_hash: &str) -> Result<Option<Invitation>, PortalError> {
        let query = invitation::Entity::find().filter(invitation::Column::TokenHash.eq(token_hash));
        query.one(&self.reader).await.map_err(failed)
    }

    /// The contractor behind an invitation that has not been revoked.
    pub async fn contractor(&self, id: InvitationId) -> Result<Option<Contractor>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            assessment_id: Uuid,
            organization_id: Uuid,
            contact_name: String,
            organization_name: String,
            company_name: String,
        }
        let sql = "SELECT i.assessment_id, i.organization_id, i.contact_name, o.name AS organization_name, \
                   c.name AS company_name FROM invitations i JOIN organizations o ON o.id = i.organization_id \
                   JOIN assessments a ON a.id = i.assessment_id JOIN engagements e ON e.id = a.engagement_id \
                   JOIN vendors v ON v.id = e.vendor_id JOIN companies c ON c.id = v.company_id \
                   WHERE i.id = $1 AND i.revoked_at IS NULL";
        let found: Vec<Row> = self.rows(sql, vec![id.0.into()]).await?;
        Ok(found.into_iter().next().map(|row| Contractor {
            invitation: id,
            assessment: row.assessment_id.into(),
            name: row.contact_name,
            organization: row.organization_id.into(),
            organization_name: row.organization_name,
            company_name: row.company_name,
        }))
    }

    /// The invitations to an assessment, newest first.
    pub async fn invitations(&self, assessment: AssessmentId) -> Result<Vec<Invitation>, PortalError> {
        let query = invitation::Entity::find().filter(invitation::Column::AssessmentId.eq(assessment.0));
        query.order_by_desc(invitation::Column::MadeAt).all(&self.reader).await.map_err(failed)
    }
}

impl<A: Action> Writing<'_, A> {
    /// Adds an invitation. Callers are the actions that send or send again.
    pub async fn add_invitation(&self, row: Invitation) -> Result<(), PortalError> {
        let row = Invitation { organization_id: self.organization(), ..row };
        invitation::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Revokes every invitation to the assessment the permit is for; sessions made by them end with it.
    pub async fn revoke_invitations(&self) -> Result<(), PortalError> {
        invitation::Entity::update_many()
            .set(invitation::ActiveModel { revoked_at: Set(Some(self.at_ms())), ..Default::default() })
            .filter(invitation::Column::AssessmentId.eq(self.permit.object()))
            .filter(invitation::Column::OrganizationId.eq(self.organization()))
            .filter(invitation::Column::RevokedAt.is_null())
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, RedeemInvitation> {
    /// Uses an invitation up. `false` where somebody else was faster.
    pub async fn redeem(&self, id: InvitationId) -> Result<bool, PortalError> {
        let updated = invitation::Entity::update_many()
            .set(invitation::ActiveModel { redeemed_at: Set(Some(self.at_ms())), ..Default::default() })
            .filter(invitation::Column::Id.eq(id.0))
            .filter(invitation::Column::RedeemedAt.is_null())
            .filter(invitation::Column::RevokedAt.is_null())
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(updated.rows_affected == 1)
    }
}
