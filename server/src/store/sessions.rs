//! The table of sessions. They say who is at the screen before anything is permitted, so they need no permit.

use super::{Store, Writing, entities::session, failed, records::Session};
use crate::permission::Action;
use kakunin_api::{PortalError, ids::UserId};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

/// Sessions shown of one person.
const SHOWN: u64 = 50;

impl Store {
    /// The session with this hashed id, unless it has expired by `now_ms`.
    pub async fn session(&self, id_hash: &str, now_ms: i64) -> Result<Option<Session>, PortalError> {
        let query = session::Entity::find_by_id(id_hash.to_owned()).filter(session::Column::ExpiresAt.gt(now_ms));
        query.one(&self.reader).await.map_err(failed)
    }

    /// Stores a new session.
    pub async fn add_session(&self, row: Session) -> Result<(), PortalError> {
        let insert = session::Entity::insert(row.into_active_model());
        insert.exec_without_returning(&self.writer).await.map_err(failed)?;
        Ok(())
    }

    /// Stores what changed in a session. One that was ended meanwhile stays ended.
    pub async fn change_session(&self, row: Session) -> Result<(), PortalError> {
        let id_hash = row.id_hash.clone();
        let update = session::Entity::update_many().set(row.into_active_model().reset_all());
        update.filter(session::Column::IdHash.eq(id_hash)).exec(&self.writer).await.map_err(failed)?;
        Ok(())
    }

    /// The newest sessions of a person.
    pub async fn sessions_of(&self, user: UserId, now_ms: i64) -> Result<Vec<Session>, PortalError> {
        session::Entity::find()
            .filter(session::Column::UserId.eq(user.0))
            .filter(session::Column::ExpiresAt.gt(now_ms))
            .order_by_desc(session::Column::ExpiresAt)
            .limit(SHOWN)
            .all(&self.reader)
            .await
            .map_err(failed)
    }

    /// Ends a session.
    pub async fn end_session(&self, id_hash: &str) -> Result<(), PortalError> {
        session::Entity::delete_by_id(id_hash.to_owned()).exec(&self.writer).await.map_err(failed)?;
        Ok(())
    }

    /// Forgets what has expired.
    pub async fn forget_expired_sessions(&self, now_ms: i64) -> Result<(), PortalError> {
        let query = session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now_ms));
        query.exec(&self.writer).await.map_err(failed)?;
        Ok(())
    }
}

impl<A: Action> Writing<'_, A> {
    /// Ends a person's sessions, all but the one with the hashed id `kept`.
    pub async fn end_sessions_of(&self, user: UserId, kept: Option<&str>) -> Result<(), PortalError> {
        let mut query = session::Entity::delete_many().filter(session::Column::UserId.eq(user.0));
        if let Some(kept) = kept {
            query = query.filter(session::Column::IdHash.ne(kept));
        }
        query.exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Ends one session of a person. `false` where they have no such session.
    pub async fn end_session_of(&self, user: UserId, id_hash: &str) -> Result<bool, PortalError> {
        let query = session::Entity::delete_by_id(id_hash.to_owned()).filter(session::Column::UserId.eq(user.0));
        Ok(query.exec(&self.transaction).await.map_err(failed)?.rows_affected == 1)
    }
}
