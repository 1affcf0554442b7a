//! What a reorganization asks for and moves.

use super::{Writing, count, registers::Row, rows};
use crate::{permission::ManageOffices, registers::values::Value};
use kakunin_api::PortalError;
use sea_orm::{FromQueryResult, Value as Stored};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

impl Writing<'_, ManageOffices> {
    /// The rows of a table whose column names this record. Table and column are constants.
    pub async fn ids_where(&self, table: &str, column: &str, id: Uuid) -> Result<Vec<Uuid>, PortalError> {
        let sql = format!("SELECT id FROM {table} WHERE organization_id = $1 AND {column} = $2 ORDER BY id");
        let found: Vec<Id> = rows(&self.transaction, &sql, vec![self.organization().into(), id.into()]).await?;
        Ok(found.into_iter().map(|row| row.id).collect())
    }

    /// Whether a department has a post of the same kind already.
    pub async fn has_post_like(&self, department: Uuid, post: &Row) -> Result<bool, PortalError> {
        let kind = post.values.get("kind").map(Value::text).unwrap_or_default();
        let sql = "SELECT count(*) AS count FROM posts WHERE organization_id = $1 AND department_id = $2 AND kind = $3 \
                   AND archived_at IS NULL";
        let values: Vec<Stored> = vec![self.organization().into(), department.into(), kind.into()];
        Ok(count(&self.transaction, sql, values).await? > 0)
    }

    /// Moves what belongs to one department to another, and gives the ids; `condition` may name the day as `$3`. Table, column
    /// and condition are constants.
    pub async fn move_to_department(
        &self,
        (table, column): (&str, &str),
        condition: &str,
        (from, to): (Uuid, Uuid),
        day: &str,
    ) -> Result<Vec<Uuid>, PortalError> {
        let own = format!("organization_id = $1 AND {column} = $2 AND {condition}");
        let sql = format!("SELECT id FROM {table} WHERE {own} AND id <> $4 ORDER BY id");
        let values: Vec<Stored> = vec![self.organization().into(), from.into(), day.into(), to.into()];
        let found: Vec<Id> = rows(&self.transaction, &sql, values.clone()).await?;
        // People have no version: nobody edits them by a form that could be old.
        let version = if table == "memberships" { "" } else { ", version = version + 1" };
        self.run(&format!("UPDATE {table} SET {column} = $4{version} WHERE {own} AND id <> $4"), values).await?;
        if matches!(table, "cloud_services" | "social_accounts") {
            // The post of a service or an account goes with it.
            let attached = if table == "cloud_services" { "cloud_service_id" } else { "social_account_id" };
            let sql = format!(
                "UPDATE posts SET department_id = $3, version = version + 1 WHERE organization_id = $1 AND department_id = $2 \
                 AND {attached} IN (SELECT s.id FROM {table} s WHERE s.department_id = $3)"
            );
            self.run(&sql, vec![self.organization().into(), from.into(), to.into()]).await?;
        }
        Ok(found.into_iter().map(|row| row.id).collect())
    }
}
