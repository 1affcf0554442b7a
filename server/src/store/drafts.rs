//! Drafts of forms: their writer's own. They are no records, so the log says nothing of them.

use super::{Store, Writing, failed};
use crate::permission::{Action, Permit};
use kakunin_api::PortalError;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value as Stored};
use uuid::Uuid;

/// What a draft is of: the register's key, and the record's id or what a new one will be a part of.
pub type DraftOf<'k> = (&'k str, &'k str);

/// A form that has not been handed in.
#[derive(Clone, Debug, FromQueryResult)]
pub struct DraftRow {
    /// The version of the record that was on the screen; 0 for a new one.
    pub version: i64,
    /// What was typed, as JSON.
    pub form: String,
    /// When, milliseconds since 1970.
    pub saved_at: i64,
}

/// Whose drafts a permit is for: of a person, in an organization.
fn whose<A: Action>(permit: &Permit<A>) -> [Stored; 2] {
    let user = permit.actor().kind_and_id().1.unwrap_or(Uuid::nil());
    [permit.organization().0.into(), user.into()]
}

impl Store {
    /// The draft that whoever holds the permit has of a form, unless it is older than `since`.
    pub async fn draft<A: Action>(
        &self,
        permit: &Permit<A>,
        (register, object): DraftOf<'_>,
        since: i64,
    ) -> Result<Option<DraftRow>, PortalError> {
        let sql = "SELECT version, form, saved_at FROM drafts \
                   WHERE organization_id = $1 AND user_id = $2 AND register = $3 AND object = $4 AND saved_at >= $5";
        let values = whose(permit).into_iter().chain([register.into(), object.into(), since.into()]).collect();
        let rows: Vec<DraftRow> = self.rows(sql, values).await?;
        Ok(rows.into_iter().next())
    }

    /// Keeps a draft in place of an earlier one. Forgets those of the organization that are older than `forget_before`, and this
    /// person's oldest beyond `at_most`.
    pub async fn keep_draft<A: Action>(
        &self,
        permit: &Permit<A>,
        (register, object): DraftOf<'_>,
        draft: DraftRow,
        (forget_before, at_most): (i64, i64),
    ) -> Result<(), PortalError> {
        let old = "DELETE FROM drafts WHERE organization_id = $1 AND saved_at < $2";
        execute(&self.writer, old, vec![permit.organization().0.into(), forget_before.into()]).await?;
        let beyond = "DELETE FROM drafts WHERE organization_id = $1 AND user_id = $2 AND saved_at < \
                      (SELECT d.saved_at FROM drafts d WHERE d.organization_id = $1 AND d.user_id = $2 \
                      ORDER BY d.saved_at DESC LIMIT 1 OFFSET $3)";
        execute(&self.writer, beyond, whose(permit).into_iter().chain([(at_most - 1).into()]).collect()).await?;
        let sql = "INSERT INTO drafts (organization_id, user_id, register, object, version, form, saved_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organization_id, user_id, register, object) \
                   DO UPDATE SET version = excluded.version, form = excluded.form, saved_at = excluded.saved_at";
        let rest = [register.into(), object.into(), draft.version.into(), draft.form.into(), draft.saved_at.into()];
        execute(&self.writer, sql, whose(permit).into_iter().chain(rest).collect()).await
    }

    /// Throws a draft away.
    pub async fn discard_draft<A: Action>(&self, permit: &Permit<A>, of: DraftOf<'_>) -> Result<(), PortalError> {
        discard(&self.writer, permit, of).await
    }
}

impl<A: Action> Writing<'_, A> {
    /// Throws the draft away of what is being written.
    pub async fn hand_draft_in(&self, of: DraftOf<'_>) -> Result<(), PortalError> {
        discard(&self.transaction, self.permit, of).await
    }
}

async fn discard<A: Action>(
    connection: &impl ConnectionTrait,
    permit: &Permit<A>,
    (register, object): DraftOf<'_>,
) -> Result<(), PortalError> {
    let sql = "DELETE FROM drafts WHERE organization_id = $1 AND user_id = $2 AND register = $3 AND object = $4";
    execute(connection, sql, whose(permit).into_iter().chain([register.into(), object.into()]).collect()).await
}

async fn execute(connection: &impl ConnectionTrait, sql: &str, values: Vec<Stored>) -> Result<(), PortalError> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    connection.execute_raw(statement).await.map_err(failed)?;
    Ok(())
}
