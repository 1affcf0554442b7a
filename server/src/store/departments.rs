//! What a reorganization asks for and moves.

use super::{Writing, rows};
use crate::permission::ManageOffices;
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

    /// The departments that exist on a day, with their names.
    pub async fn departments_on(&self, day: &str) -> Result<Vec<(Uuid, String)>, PortalError> {
        #[derive(FromQueryResult)]
        struct Named {
            id: Uuid,
            name: String,
        }
        let sql = "SELECT id, name FROM departments WHERE organization_id = $1 AND archived_at IS NULL \
                   AND (starts_on IS NULL OR starts_on <= $2) AND (ends_on IS NULL OR ends_on >= $2) ORDER BY position, id";
        let found: Vec<Named> = rows(&self.transaction, sql, vec![self.organization().into(), day.into()]).await?;
        Ok(found.into_iter().map(|row| (row.id, row.name)).collect())
    }

    /// Moves the posts of services or accounts that have moved, and gives their ids; other tables have none.
    pub async fn move_attached_posts(&self, table: &str, (from, to): (Uuid, Uuid)) -> Result<Vec<Uuid>, PortalError> {
        let attached = match table {
            "cloud_services" => "cloud_service_id",
            "social_accounts" => "social_account_id",
            _ => return Ok(Vec::new()),
        };
        let own = format!(
            "organization_id = $1 AND department_id = $2 \
             AND {attached} IN (SELECT s.id FROM {table} s WHERE s.department_id = $3)"
        );
        let values: Vec<Stored> = vec![self.organization().into(), from.into(), to.into()];
        let sql = format!("SELECT id FROM posts WHERE {own} ORDER BY id");
        let found: Vec<Id> = rows(&self.transaction, &sql, values.clone()).await?;
        self.run(&format!("UPDATE posts SET department_id = $3, version = version + 1 WHERE {own}"), values).await?;
        Ok(found.into_iter().map(|row| row.id).collect())
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
        Ok(found.into_iter().map(|row| row.id).collect())
    }
}
