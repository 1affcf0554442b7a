//! Writing the records of every register. Columns are constants of the schema; what was typed is a parameter.

use crate::{
    permission::Action,
    registers::{
        schema::{Field, Kind, REGISTERS, Register, Target},
        values::{Value, Values},
    },
    store::{Writing, count, failed},
};
use kakunin_api::{PortalError, ids::RecordId, normalized};
use sea_orm::{ConnectionTrait, Statement, Value as Stored};
use uuid::Uuid;

/// A record to be added: its id, what it holds, and columns that are no fields.
pub type NewRecord = (RecordId, Values, Vec<(&'static str, Stored)>);

/// Parameters of one statement: a statement with many takes longer to be read than to be run.
const MAX_PARAMETERS: usize = 1_000;

/// What a record is found by.
fn search_key(register: &'static Register, values: &Values) -> String {
    let texts = register.fields().filter(|field| field.searched).filter_map(|field| values.get(field.name));
    let keys: Vec<String> = texts
        .filter(|value| matches!(value, Value::Text(_)))
        .map(|value| normalized::search_key(&value.text()))
        .filter(|key| !key.is_empty())
        .collect();
    keys.join(" ")
}

/// What a record is sorted by: its reading where it has one, else its name.
fn sort_key(register: &'static Register, values: &Values) -> String {
    let named = values.get("kana").filter(|kana| !kana.is_empty()).or_else(|| values.get(register.title));
    normalized::search_key(&named.map(Value::text).unwrap_or_default())
}

impl<A: Action> Writing<'_, A> {
    /// Adds a record; `extra` are columns that are no fields.
    pub async fn add_record(
        &self,
        register: &'static Register,
        id: RecordId,
        values: &Values,
        extra: &[(&'static str, Stored)],
    ) -> Result<(), PortalError> {
        self.add_records(register, &[(id, values.clone(), extra.to_vec())]).await
    }

    /// Adds records, many by one statement; the extra columns are the same for all of them.
    pub async fn add_records(&self, register: &'static Register, new: &[NewRecord]) -> Result<(), PortalError> {
        let Some((_, _, extra)) = new.first() else { return Ok(()) };
        let always = ["id", "organization_id", "version", "search_key", "sort_key"];
        let fields = register.fields().map(|field| field.column);
        let columns: Vec<&str> =
            always.into_iter().chain(fields).chain(extra.iter().map(|(column, _)| *column)).collect();
        for some in new.chunks((MAX_PARAMETERS / columns.len()).max(1)) {
            let mut stored: Vec<Stored> = Vec::with_capacity(some.len() * columns.len());
            let mut places = Vec::with_capacity(some.len());
            for (id, values, extra) in some {
                let from = stored.len();
                stored.extend([
                    Stored::from(id.0),
                    self.organization().into(),
                    1_i64.into(),
                    search_key(register, values).into(),
                    sort_key(register, values).into(),
                ]);
                stored.extend(register.fields().map(|field| value_of(field, values).stored()));
                stored.extend(extra.iter().map(|(_, value)| value.clone()));
                let row: Vec<String> = (from + 1..=stored.len()).map(|place| format!("${place}")).collect();
                places.push(format!("({})", row.join(", ")));
            }
            let sql = format!("INSERT INTO {} ({}) VALUES {}", register.table, columns.join(", "), places.join(", "));
            self.run(&sql, stored).await?;
        }
        Ok(())
    }

    /// Changes a record of this version. `false` where it has another one by now.
    pub async fn change_record(
        &self,
        register: &'static Register,
        id: RecordId,
        version: i64,
        values: &Values,
        extra: &[(&'static str, Stored)],
    ) -> Result<bool, PortalError> {
        let keys =
            [("search_key", search_key(register, values).into()), ("sort_key", sort_key(register, values).into())];
        let fields = register.fields().map(|field| (field.column, value_of(field, values).stored()));
        let columns: Vec<(&'static str, Stored)> =
            keys.into_iter().chain(fields).chain(extra.iter().cloned()).collect();
        self.set_columns(register, id, version, &columns).await
    }

    /// Whether records in use name this one, other than its own parts.
    pub async fn is_named_elsewhere(&self, register: &'static Register, id: RecordId) -> Result<bool, PortalError> {
        for other in REGISTERS {
            let links =
                other.fields().filter(|field| matches!(field.kind, Kind::Link(to) if to.register() == register.key));
            for field in links {
                // A part goes with the whole, and a post with the service or account that it came with.
                if other.parent == Some(field.name) || other.key == "posts" && field.fixed {
                    continue;
                }
                let sql = format!(
                    "SELECT count(*) AS count FROM {} WHERE organization_id = $1 AND {} = $2 AND archived_at IS NULL",
                    other.table, field.column
                );
                if count(&self.transaction, &sql, vec![self.organization().into(), id.0.into()]).await? > 0 {
                    return Ok(true);
                }
            }
        }
        if register.key != "departments" {
            return Ok(false);
        }
        // People work there.
        let sql = "SELECT count(*) AS count FROM memberships WHERE organization_id = $1 AND department_id = $2 AND ended_at IS NULL";
        if count(&self.transaction, sql, vec![self.organization().into(), id.0.into()]).await? > 0 {
            return Ok(true);
        }
        // Where work goes from one to another on a day ahead, both are counted on.
        let sql = "SELECT count(*) AS count FROM departments WHERE organization_id = $1 \
                   AND (continued_by LIKE $2 OR id = $3 AND continued_by <> '')";
        let values = vec![self.organization().into(), format!("%{}%", id.0).into(), id.0.into()];
        Ok(count(&self.transaction, sql, values).await? > 0)
    }

    /// Whether a record of another register is archived.
    pub async fn is_archived(&self, target: Target, id: Uuid) -> Result<bool, PortalError> {
        let (table, _) = target.table();
        let sql = format!(
            "SELECT count(*) AS count FROM {table} WHERE organization_id = $1 AND id = $2 AND archived_at IS NOT NULL"
        );
        Ok(count(&self.transaction, &sql, vec![self.organization().into(), id.into()]).await? > 0)
    }

    /// Sets columns of a record of this version. `false` where it has another one by now.
    pub async fn set_columns(
        &self,
        register: &'static Register,
        id: RecordId,
        version: i64,
        columns: &[(&'static str, Stored)],
    ) -> Result<bool, PortalError> {
        let mut stored: Vec<Stored> = vec![id.0.into(), self.organization().into(), version.into()];
        let mut sets = vec!["version = version + 1".to_owned()];
        for (column, value) in columns {
            stored.push(value.clone());
            sets.push(format!("{column} = ${}", stored.len()));
        }
        let sql = format!(
            "UPDATE {} SET {} WHERE id = $1 AND organization_id = $2 AND version = $3",
            register.table,
            sets.join(", ")
        );
        Ok(self.run(&sql, stored).await? == 1)
    }

    pub(in crate::store) async fn run(&self, sql: &str, values: Vec<Stored>) -> Result<u64, PortalError> {
        let statement = Statement::from_sql_and_values(self.transaction.get_database_backend(), sql, values);
        Ok(self.transaction.execute_raw(statement).await.map_err(failed)?.rows_affected())
    }
}

fn value_of(field: &'static Field, values: &Values) -> Value {
    values.get(field.name).cloned().unwrap_or_else(|| Value::nothing(field.kind))
}
