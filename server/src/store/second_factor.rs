//! TOTP secrets (RFC 6238) and recovery codes.

use super::{
    Store, Writing,
    entities::{recovery_code, user},
    failed,
    records::RecoveryCode,
};
use crate::permission::{Action, SignIn};
use kakunin_api::{PortalError, ids::UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

impl Store {
    /// How many recovery codes somebody has not used yet.
    pub async fn recovery_codes_left(&self, user: UserId) -> Result<u64, PortalError> {
        recovery_code::Entity::find()
            .filter(recovery_code::Column::UserId.eq(user.0))
            .filter(recovery_code::Column::UsedAt.is_null())
            .count(&self.reader)
            .await
            .map_err(failed)
    }
}

impl Writing<'_, SignIn> {
    /// Keeps a secret that has been proved, and its recovery codes in place of earlier ones.
    pub async fn keep_second_factor(
        &self,
        user: UserId,
        secret: String,
        step: i64,
        code_hashes: Vec<String>,
    ) -> Result<(), PortalError> {
        self.forget_second_factor(user).await?;
        self.change(user::ActiveModel {
            id: Set(user.0),
            totp_secret: Set(Some(secret)),
            totp_last_step: Set(step),
            ..Default::default()
        })
        .await?;
        let rows = code_hashes
            .into_iter()
            .map(|code_hash| RecoveryCode { user_id: user.0, code_hash, used_at: None }.into_active_model());
        recovery_code::Entity::insert_many(rows).exec_without_returning(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Uses a time step up. `false` where it, or a later one, has been used already: a code works once.
    pub async fn use_step(&self, user: UserId, step: i64) -> Result<bool, PortalError> {
        let updated = user::Entity::update_many()
            .set(user::ActiveModel { totp_last_step: Set(step), ..Default::default() })
            .filter(user::Column::Id.eq(user.0))
            .filter(user::Column::TotpLastStep.lt(step))
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(updated.rows_affected == 1)
    }

    /// Uses a recovery code up. `false` where there is no such code, or it has been used.
    pub async fn use_recovery_code(&self, user: UserId, code_hash: &str) -> Result<bool, PortalError> {
        let updated = recovery_code::Entity::update_many()
            .set(recovery_code::ActiveModel { used_at: Set(Some(self.at_ms())), ..Default::default() })
            .filter(recovery_code::Column::UserId.eq(user.0))
            .filter(recovery_code::Column::CodeHash.eq(code_hash))
            .filter(recovery_code::Column::UsedAt.is_null())
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(updated.rows_affected == 1)
    }
}

impl<A: Action> Writing<'_, A> {
    /// Takes the second factor away; callers are the person, and whoever resets their sign-in.
    pub async fn forget_second_factor(&self, user: UserId) -> Result<(), PortalError> {
        let codes = recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user.0));
        codes.exec(&self.transaction).await.map_err(failed)?;
        self.change(user::ActiveModel { id: Set(user.0), totp_secret: Set(None), ..Default::default() }).await
    }
}
