//! What a reorganization asks for and moves.

use super::{Store, Writing, rows};
use crate::{
    error::internal,
    permission::{Action, ManageOffices, Permit, ViewRegisters},
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    ids::{OrganizationId, RecordId},
};
use sea_orm::{FromQueryResult, Value as Stored};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

impl Store {
    /// The departments of every organization whose last day was before `today` and whose work others continue. The portal's own job
    /// asks, and acts in each organization under a permit.
    pub async fn departments_to_continue(&self, today: Date) -> Result<Vec<(OrganizationId, RecordId)>, PortalError> {
        #[derive(FromQueryResult)]
        struct Ended {
            organization_id: Uuid,
            id: Uuid,
        }
        let sql = "SELECT organization_id, id FROM departments \
                   WHERE continued_by <> '' AND archived_at IS NULL AND ends_on < $1 ORDER BY organization_id, ends_on, id";
        let found: Vec<Ended> = self.rows(sql, vec![today.to_string().into()]).await?;
        Ok(found.into_iter().map(|row| (row.organization_id.into(), RecordId(row.id))).collect())
    }

    /// What those are called that will continue the work of the department of the permit.
    pub async fn successors_of(&self, permit: &Permit<ViewRegisters>) -> Result<Vec<String>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            name: String,
            continued_by: String,
        }
        let sql = "SELECT d.id, d.name, o.continued_by FROM departments o JOIN departments d ON d.organization_id = o.organization_id \
                   WHERE o.organization_id = $1 AND o.id = $2 AND o.continued_by <> '' ORDER BY d.position, d.id";
        let found: Vec<Row> = self.rows(sql, vec![permit.organization().0.into(), permit.object().into()]).await?;
        let ids: Vec<Uuid> = match found.first() {
            Some(row) => serde_json::from_str(&row.continued_by).map_err(internal)?,
            None => return Ok(Vec::new()),
        };
        let named = ids.iter().filter_map(|id| found.iter().find(|row| row.id == *id));
        Ok(named.map(|row| row.name.clone()).collect())
    }
}

impl<A: Action> Writing<'_, A> {
    /// Those that continue the work of a department, as JSON; none where it goes on nowhere, or has moved.
    pub async fn continued_by(&self, department: Uuid) -> Result<Option<String>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            continued_by: String,
        }
        let sql = "SELECT continued_by FROM departments WHERE organization_id = $1 AND id = $2";
        let found: Vec<Row> = rows(&self.transaction, sql, vec![self.organization().into(), department.into()]).await?;
        Ok(found.into_iter().next().map(|row| row.continued_by).filter(|said| !said.is_empty()))
    }
}

impl Writing<'_, ManageOffices> {
    /// What the reorganization has made that is settled for a department and still to come; none where none is.
    pub async fn settled(&self, department: Uuid) -> Result<Option<String>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            settled: String,
        }
        let sql = "SELECT settled FROM departments WHERE organization_id = $1 AND id = $2";
        let found: Vec<Row> = rows(&self.transaction, sql, vec![self.organization().into(), department.into()]).await?;
        Ok(found.into_iter().next().map(|row| row.settled).filter(|said| !said.is_empty()))
    }

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
