//! The table of sessions. They say who is at the screen before anything is permitted, so they need no permit.

use super::{Store, entities::session, failed, records::Session};
use kakunin_api::{PortalError, ids::UserId};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};

impl Store {
    /// The session with this hashed id, unless it has expired by `now_ms`.
    pub async fn session(&self, id_hash: &str, now_ms: i64) -> Result<Option<Session>, PortalError> {
        let query = session::Entity::find_by_id(id_hash.to_owned()).filter(session::Column::ExpiresAt.gt(now_ms));
        query.one(&self.reader).await.map_err(failed)
    }

    /// Stores a session, new or changed.
    pub async fn keep_session(&self, row: Session) -> Result<(), PortalError> {
        use session::Column::{Data, ExpiresAt, IdHash, UserId};
        session::Entity::insert(row.into_active_model())
            .on_conflict(OnConflict::column(IdHash).update_columns([UserId, Data, ExpiresAt]).to_owned())
            .exec_without_returning(&self.writer)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Ends a session.
    pub async fn end_session(&self, id_hash: &str) -> Result<(), PortalError> {
        session::Entity::delete_by_id(id_hash.to_owned()).exec(&self.writer).await.map_err(failed)?;
        Ok(())
    }

    /// Ends all sessions of a person.
    pub async fn end_sessions_of(&self, user: UserId) -> Result<(), PortalError> {
        let query = session::Entity::delete_many().filter(session::Column::UserId.eq(user.0));
        query.exec(&self.writer).await.map_err(failed)?;
        Ok(())
    }

    /// Forgets what has expired.
    pub async fn forget_expired_sessions(&self, now_ms: i64) -> Result<(), PortalError> {
        let query = session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now_ms));
        query.exec(&self.writer).await.map_err(failed)?;
        Ok(())
    }
}
