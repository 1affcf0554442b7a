//! Passwords that are being reset by mail. A token is looked up by its hash before anybody is known.

use super::{Store, Writing, entities::password_reset, failed, records::PasswordReset};
use crate::permission::SignIn;
use kakunin_api::{PortalError, ids::UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

impl Store {
    /// Whose password a link resets, while it can be used.
    pub async fn reset_in_progress(&self, token_hash: &str, now_ms: i64) -> Result<Option<UserId>, PortalError> {
        let query = password_reset::Entity::find_by_id(token_hash.to_owned())
            .filter(password_reset::Column::UsedAt.is_null())
            .filter(password_reset::Column::ExpiresAt.gte(now_ms));
        Ok(query.one(&self.reader).await.map_err(failed)?.map(|row| UserId(row.user_id)))
    }
}

impl Writing<'_, SignIn> {
    /// Begins a reset; earlier links of the same person are worth nothing any more.
    pub async fn begin_reset(&self, user: UserId, token_hash: String, expires_at: i64) -> Result<(), PortalError> {
        self.end_resets(user).await?;
        let row = PasswordReset { token_hash, user_id: user.0, expires_at, used_at: None };
        password_reset::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Uses a link up. `false` where somebody else was faster.
    pub async fn use_reset(&self, token_hash: &str) -> Result<bool, PortalError> {
        let updated = password_reset::Entity::update_many()
            .set(password_reset::ActiveModel { used_at: Set(Some(self.at_ms())), ..Default::default() })
            .filter(password_reset::Column::TokenHash.eq(token_hash))
            .filter(password_reset::Column::UsedAt.is_null())
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(updated.rows_affected == 1)
    }

    async fn end_resets(&self, user: UserId) -> Result<(), PortalError> {
        let links = password_reset::Entity::delete_many().filter(password_reset::Column::UserId.eq(user.0));
        links.exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}
