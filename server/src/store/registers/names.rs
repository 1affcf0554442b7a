//! What records are called: to choose from, to check a choice, and to say it again.

use super::rows;
use crate::{
    permission::{Action, Permit},
    registers::schema::Target,
    store::{Store, failed, listing::within},
};
use jiff::civil::Date;
use kakunin_api::{PortalError, ids::RecordId};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value as Stored};
use uuid::Uuid;

impl Store {
    /// Records that somebody may choose from for a link, by name: those in use, at most a thousand.
    pub async fn choices<A: Action>(
        &self,
        permit: &Permit<A>,
        target: Target,
        today: Date,
    ) -> Result<Vec<(RecordId, String)>, PortalError> {
        let today = today.to_string();
        if target == Target::Account {
            return self.accounts(permit, None).await;
        }
        let (table, name) = target.table();
        let mut values: Vec<Stored> = vec![permit.organization().0.into()];
        let own = if target == Target::Department { within(permit, "t.id", &mut values) } else { String::new() };
        // One that is not there yet, or will not be, says so.
        let term = if target == Target::Department { ", t.starts_on, t.ends_on" } else { "" };
        let order = if matches!(target, Target::Department | Target::Post) { "t.position, t.id" } else { "2, 1" };
        let sql = format!(
            "SELECT t.id, t.{name} AS name{term} FROM {table} t WHERE t.organization_id = $1 AND t.archived_at IS NULL{own} \
             ORDER BY {order} LIMIT 1000"
        );
        let statement = Statement::from_sql_and_values(self.reader.get_database_backend(), &sql, values);
        let found = self.reader.query_all_raw(statement).await.map_err(failed)?;
        let named = |row: &QueryResult| {
            let (id, mut name): (Uuid, String) = (row.try_get("", "id")?, row.try_get("", "name")?);
            if !term.is_empty() {
                let (from, to): (Option<String>, Option<String>) =
                    (row.try_get("", "starts_on")?, row.try_get("", "ends_on")?);
                let from = from.filter(|from| *from > today);
                if from.is_some() || to.is_some() {
                    name = format!("{name}（{}～{}）", from.unwrap_or_default(), to.unwrap_or_default());
                }
            }
            Ok((RecordId(id), name))
        };
        found.iter().map(named).collect::<Result<_, _>>().map_err(failed)
    }

    /// Accounts of people who belong to the organization: all, at most a thousand, or this one.
    async fn accounts<A: Action>(
        &self,
        permit: &Permit<A>,
        one: Option<Uuid>,
    ) -> Result<Vec<(RecordId, String)>, PortalError> {
        let sql = "SELECT DISTINCT u.id, u.name, u.sign_in_name FROM users u JOIN memberships m ON m.user_id = u.id \
                   WHERE m.organization_id = $1 AND m.ended_at IS NULL AND ($3 = 1 OR u.id = $2) \
                   ORDER BY u.sign_in_name LIMIT 1000";
        let all = i64::from(one.is_none());
        let values = vec![permit.organization().0.into(), one.unwrap_or(Uuid::nil()).into(), all.into()];
        let found = rows(&self.reader, sql, values).await?;
        let named = |row: &QueryResult| {
            let (name, sign_in): (String, String) = (row.try_get("", "name")?, row.try_get("", "sign_in_name")?);
            Ok((RecordId(row.try_get("", "id")?), format!("{name} ({sign_in})")))
        };
        found.iter().map(named).collect::<Result<_, _>>().map_err(failed)
    }

    /// Whether a record is one of the organization's, and not archived.
    pub async fn is_in_use<A: Action>(
        &self,
        permit: &Permit<A>,
        target: Target,
        id: Uuid,
    ) -> Result<bool, PortalError> {
        if target == Target::Account {
            return Ok(!self.accounts(permit, Some(id)).await?.is_empty());
        }
        let (table, _) = target.table();
        let sql = format!(
            "SELECT count(*) AS count FROM {table} t WHERE t.organization_id = $1 AND t.id = $2 AND t.archived_at IS NULL"
        );
        Ok(self.count(&sql, vec![permit.organization().0.into(), id.into()]).await? > 0)
    }

    /// What a record is called, where it is one of the organization's.
    pub async fn record_name<A: Action>(
        &self,
        permit: &Permit<A>,
        target: Target,
        id: Uuid,
    ) -> Result<Option<String>, PortalError> {
        if target == Target::Account {
            // Without the name they sign in with: histories are read by all who see the record.
            let named = self.accounts(permit, Some(id)).await?.into_iter().next().map(|(_, name)| name);
            return Ok(named.and_then(|name| name.split_once(" (").map(|(name, _)| name.to_owned())));
        }
        let (table, name) = target.table();
        // Posts on contractors' sides are called alike; who sees one sees its engagement.
        let of = match target {
            Target::Post => {
                " || COALESCE((SELECT '（' || e.title || '）' FROM engagements e WHERE e.id = t.engagement_id), '')"
            }
            _ => "",
        };
        let sql = format!("SELECT t.{name}{of} AS name FROM {table} t WHERE t.organization_id = $1 AND t.id = $2");
        let values = vec![permit.organization().0.into(), id.into()];
        let statement = Statement::from_sql_and_values(self.reader.get_database_backend(), &sql, values);
        let found = self.reader.query_one_raw(statement).await.map_err(failed)?;
        found.map(|row| row.try_get("", "name")).transpose().map_err(failed)
    }
}
