//! Mail that waits to be sent. It is written in the transaction of whatever it tells of, and sent afterwards.

use super::{Store, Writing, entities::outbox_mail, failed, records::OutboxMail};
use crate::permission::Action;
use kakunin_api::PortalError;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

impl<A: Action> Writing<'_, A> {
    /// Adds a mail.
    pub async fn add_mail(
        &self,
        id: Uuid,
        recipient: String,
        subject: String,
        body: String,
    ) -> Result<(), PortalError> {
        let made_at = self.at_ms();
        let row =
            OutboxMail { id, recipient, subject, body, made_at, next_try_at: Some(made_at), tries: 0, sent_at: None };
        outbox_mail::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Store {
    /// Takes the mail that has waited longest, if one is due: nobody else takes it before `again_at`.
    pub async fn claim_mail(&self, now_ms: i64, again_at: i64) -> Result<Option<OutboxMail>, PortalError> {
        use outbox_mail::Column::{Id, NextTryAt, Tries};
        let due = outbox_mail::Entity::find().filter(NextTryAt.lte(now_ms)).order_by_asc(NextTryAt);
        let Some(mail) = due.one(&self.reader).await.map_err(failed)? else { return Ok(None) };
        let claimed = outbox_mail::Entity::update_many()
            .set(outbox_mail::ActiveModel {
                next_try_at: Set(Some(again_at)),
                tries: Set(mail.tries + 1),
                ..Default::default()
            })
            .filter(Id.eq(mail.id))
            .filter(Tries.eq(mail.tries))
            .exec(&self.writer)
            .await
            .map_err(failed)?;
        Ok((claimed.rows_affected == 1).then_some(OutboxMail { tries: mail.tries + 1, ..mail }))
    }

    /// A mail was not taken: it waits until `next_try_at`.
    pub async fn put_mail_off(&self, id: Uuid, next_try_at: i64) -> Result<(), PortalError> {
        outbox_mail::Entity::update_many()
            .set(outbox_mail::ActiveModel { next_try_at: Set(Some(next_try_at)), ..Default::default() })
            .filter(outbox_mail::Column::Id.eq(id))
            .exec(&self.writer)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// A mail has been sent, or given up: its text goes.
    pub async fn end_mail(&self, id: Uuid, sent_at: Option<i64>) -> Result<(), PortalError> {
        outbox_mail::Entity::update_many()
            .set(outbox_mail::ActiveModel {
                body: Set(String::new()),
                next_try_at: Set(None),
                sent_at: Set(sent_at),
                ..Default::default()
            })
            .filter(outbox_mail::Column::Id.eq(id))
            .exec(&self.writer)
            .await
            .map_err(failed)?;
        Ok(())
    }
}
