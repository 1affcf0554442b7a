//! Invitations. A token is looked up by its hash before anybody is known; everything else is under a permit.

use super::{
    Store, Writing,
    entities::{invitation, user},
    failed,
    records::{Invitation, User},
    subjects::{SUBJECTS, TITLE},
};
use crate::{
    error::internal,
    permission::{Action, Contractor, InviteContributor, KeepAccount, RedeemInvitation},
};
use kakunin_api::{
    PortalError,
    ids::{AssessmentId, InvitationId, UserId},
    people::{ContractorRole, MyAssessmentRow},
    state::AssessmentState,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

/// Who answers. The register of social accounts knows no company: whoever was invited is named.
const ANSWERING: &str = "COALESCE(v.name, NULLIF(c.provider, ''), i.contact_name)";

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
            role: String,
            user_id: Option<Uuid>,
            organization_name: String,
            company_name: String,
        }
        let sql = format!(
            "SELECT i.assessment_id, i.organization_id, i.contact_name, i.role, i.user_id, \
             o.name AS organization_name, {ANSWERING} AS company_name \
             FROM invitations i JOIN organizations o ON o.id = i.organization_id \
             JOIN assessments a ON a.id = i.assessment_id {SUBJECTS} WHERE i.id = $1 AND i.revoked_at IS NULL"
        );
        let found: Vec<Row> = self.rows(&sql, vec![id.0.into()]).await?;
        Ok(found.into_iter().next().and_then(|row| {
            Some(Contractor {
                invitation: id,
                assessment: row.assessment_id.into(),
                name: row.contact_name,
                role: ContractorRole::from_code(&row.role)?,
                account: row.user_id.map(UserId),
                organization: row.organization_id.into(),
                organization_name: row.organization_name,
                company_name: row.company_name,
            })
        }))
    }

    /// The invitations to an assessment, newest first.
    pub async fn invitations(&self, assessment: AssessmentId) -> Result<Vec<Invitation>, PortalError> {
        let query = invitation::Entity::find().filter(invitation::Column::AssessmentId.eq(assessment.0));
        query.order_by_desc(invitation::Column::MadeAt).all(&self.reader).await.map_err(failed)
    }

    /// What the holder of an account can answer, the most urgent first, at most a hundred.
    pub async fn assessments_of_account(&self, user: UserId) -> Result<Vec<MyAssessmentRow>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            organization: String,
            company: String,
            title: String,
            due_on: String,
            state: String,
            role: String,
        }
        let sql = format!(
            "SELECT i.id, o.name AS organization, {ANSWERING} AS company, {TITLE} AS title, a.due_on, a.state, i.role \
             FROM invitations i JOIN organizations o ON o.id = i.organization_id \
             JOIN assessments a ON a.id = i.assessment_id {SUBJECTS} \
             WHERE i.user_id = $1 AND i.revoked_at IS NULL AND i.redeemed_at IS NOT NULL \
             ORDER BY CASE WHEN a.state IN ('sent', 'answering', 'returned') THEN 0 ELSE 1 END, a.due_on, i.id LIMIT 100"
        );
        let rows: Vec<Row> = self.rows(&sql, vec![user.0.into()]).await?;
        let view = |row: Row| {
            Ok(MyAssessmentRow {
                invitation: row.id.into(),
                organization: row.organization,
                company: row.company,
                title: row.title,
                due_on: row.due_on.parse().map_err(internal)?,
                state: AssessmentState::from_code(&row.state).ok_or_else(|| internal("state"))?,
                role: ContractorRole::from_code(&row.role).ok_or_else(|| internal("role"))?,
            })
        };
        rows.into_iter().map(view).collect()
    }
}

impl<A: Action> Writing<'_, A> {
    /// Adds an invitation. Callers are the actions that send, send again, or bring a colleague in.
    pub async fn add_invitation(&self, row: Invitation) -> Result<(), PortalError> {
        let row = Invitation { organization_id: self.organization(), ..row };
        invitation::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Revokes the invitations in these roles to the assessment the permit is for; sessions made by them end with it.
    pub async fn revoke_invitations(&self, roles: &[ContractorRole]) -> Result<(), PortalError> {
        invitation::Entity::update_many()
            .set(invitation::ActiveModel { revoked_at: Set(Some(self.at_ms())), ..Default::default() })
            .filter(invitation::Column::AssessmentId.eq(self.permit.object()))
            .filter(invitation::Column::OrganizationId.eq(self.organization()))
            .filter(invitation::Column::Role.is_in(roles.iter().map(|role| role.code())))
            .filter(invitation::Column::RevokedAt.is_null())
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, InviteContributor> {
    /// Revokes one colleague's invitation to the assessment the permit is for. `false` where there is none.
    pub async fn revoke_contributor(&self, id: InvitationId) -> Result<bool, PortalError> {
        let updated = invitation::Entity::update_many()
            .set(invitation::ActiveModel { revoked_at: Set(Some(self.at_ms())), ..Default::default() })
            .filter(invitation::Column::Id.eq(id.0))
            .filter(invitation::Column::AssessmentId.eq(self.permit.object()))
            .filter(invitation::Column::Role.eq(ContractorRole::Contributor.code()))
            .filter(invitation::Column::RevokedAt.is_null())
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(updated.rows_affected == 1)
    }
}

impl Writing<'_, RedeemInvitation> {
    /// Uses an invitation up, for the holder of an account where one is signed in. `false` where somebody else was faster.
    pub async fn redeem(&self, id: InvitationId, account: Option<UserId>) -> Result<bool, PortalError> {
        let updated = invitation::Entity::update_many()
            .set(invitation::ActiveModel {
                redeemed_at: Set(Some(self.at_ms())),
                user_id: Set(account.map(|user| user.0)),
                ..Default::default()
            })
            .filter(invitation::Column::Id.eq(id.0))
            .filter(invitation::Column::RedeemedAt.is_null())
            .filter(invitation::Column::RevokedAt.is_null())
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(updated.rows_affected == 1)
    }
}

impl Writing<'_, KeepAccount> {
    /// Gives an account an invitation to the assessment the permit is for, redeemed under the account's address. `false`
    /// where it is somebody's already, or was sent elsewhere.
    pub async fn join_invitation(&self, id: InvitationId, account: UserId, email: &str) -> Result<bool, PortalError> {
        let updated = invitation::Entity::update_many()
            .set(invitation::ActiveModel { user_id: Set(Some(account.0)), ..Default::default() })
            .filter(invitation::Column::Id.eq(id.0))
            .filter(invitation::Column::AssessmentId.eq(self.permit.object()))
            .filter(invitation::Column::ContactEmail.eq(email))
            .filter(invitation::Column::UserId.is_null())
            .filter(invitation::Column::RedeemedAt.is_not_null())
            .filter(invitation::Column::RevokedAt.is_null())
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(updated.rows_affected == 1)
    }

    /// Adds the account of whoever came in by an invitation to the assessment the permit is for.
    pub async fn keep_account(&self, id: InvitationId, row: User) -> Result<(), PortalError> {
        let user_id = row.id;
        user::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        invitation::Entity::update_many()
            .set(invitation::ActiveModel { user_id: Set(Some(user_id)), ..Default::default() })
            .filter(invitation::Column::Id.eq(id.0))
            .filter(invitation::Column::AssessmentId.eq(self.permit.object()))
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(())
    }
}
