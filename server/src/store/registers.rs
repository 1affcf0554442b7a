//! The records of every register, read by what its schema says it holds. Writing them is in `write`, what they are called in `names`.
//!
//! Each table of a register has `id`, `organization_id`, `version`, `archived_at`, `search_key` and `sort_key` beside the
//! columns of its fields. Names of tables and columns are constants of the schema; everything typed is a parameter.

mod found;
mod names;
pub mod write;

pub use found::GAPS;
pub(super) use found::selected;

use super::{
    Store, failed,
    tenant::{Pick, Picked, Tenant},
};
use crate::{
    error::internal,
    permission::{Action, ActionName, Belonging},
    registers::{
        kinds::RecordKind,
        schema::{Field, Kind, REGISTERS, Register, Target},
        values::{Value, Values},
    },
};
use kakunin_api::{
    PortalError,
    ids::{DepartmentId, RecordId},
};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value as Stored};
use std::{collections::BTreeMap, marker::PhantomData};
use uuid::Uuid;

/// How far a record with application and approval has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionState {
    /// `requested`, `approved`, `refused` or `ended`.
    pub state: String,
    /// The day of the decision, ISO.
    pub decided_on: Option<String>,
    /// The day of the approval, ISO; a later decision leaves it.
    pub approved_on: Option<String>,
    /// By whom: post and name.
    pub decided_by: String,
    /// Its condition or reason.
    pub note: String,
}

/// A row of a register.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: Uuid,
    /// Counts its changes.
    pub version: i64,
    /// When it was archived, milliseconds since 1970.
    pub archived_at: Option<i64>,
    /// What it holds: all of it, or in a list what the list shows.
    pub values: Values,
    /// What the records it names are called.
    pub labels: BTreeMap<&'static str, String>,
    /// How far it has come, where records of this register are decided.
    pub decision: Option<DecisionState>,
}

/// A record of a register, loaded for an action.
#[derive(Clone, Debug)]
pub struct Record<K> {
    /// Its row.
    pub row: Row,
    kind: PhantomData<fn() -> K>,
}

/// What is selected of a register's row `r`: these of its fields, and what every record has.
pub(super) fn columns(register: &Register, fields: &[&'static Field]) -> String {
    let mut columns = vec!["r.id".to_owned(), "r.version".to_owned(), "r.archived_at".to_owned()];
    for field in fields {
        columns.push(format!("r.{}", field.column));
        if let Kind::Link(target) = field.kind
            && says_name(register, field, target)
        {
            let (table, name) = target.table();
            columns.push(format!(
                "(SELECT t.{name} FROM {table} t WHERE t.id = r.{}) AS label_{}",
                field.column, field.name
            ));
        }
    }
    if register.decided {
        columns
            .extend(["r.state", "r.decided_on", "r.approved_on", "r.decided_by", "r.decision_note"].map(str::to_owned));
    }
    columns.join(", ")
}

/// Whether a record says what the one it names is called: one that belongs to no department is seen by all, and does not
/// say the names of those that belong to one.
fn says_name(register: &Register, field: &Field, target: Target) -> bool {
    let bound = REGISTERS.iter().any(|one| one.key == target.register() && one.department.is_some());
    !bound || register.department.is_some() || register.parent == Some(field.name)
}

/// What a column of a field holds.
pub(super) fn value(field: &Field, result: &QueryResult) -> Result<Value, sea_orm::DbErr> {
    let text = || result.try_get::<Option<String>>("", field.column);
    Ok(match field.kind {
        Kind::Day => Value::Day(text()?.filter(|day| !day.is_empty())),
        Kind::YesNo => Value::YesNo(result.try_get("", field.column)?),
        Kind::Number => Value::Number(result.try_get("", field.column)?),
        Kind::Many(_) => Value::Many(serde_json::from_str(&text()?.unwrap_or_default()).unwrap_or_default()),
        Kind::Each(_) => Value::Each(serde_json::from_str(&text()?.unwrap_or_default()).unwrap_or_default()),
        Kind::Link(_) => Value::Link(result.try_get("", field.column)?),
        _ => Value::Text(text()?.unwrap_or_default()),
    })
}

/// A row as it was selected by [`columns`].
pub(super) fn read(
    register: &'static Register,
    fields: &[&'static Field],
    result: &QueryResult,
) -> Result<Row, sea_orm::DbErr> {
    let (mut values, mut labels) = (Values::new(), BTreeMap::new());
    for field in fields {
        if let Kind::Link(target) = field.kind
            && says_name(register, field, target)
            && let Some(label) = result.try_get::<Option<String>>("", &format!("label_{}", field.name))?
        {
            labels.insert(field.name, label);
        }
        values.insert(field.name, value(field, result)?);
    }
    let decision = if register.decided {
        Some(DecisionState {
            state: result.try_get("", "state")?,
            decided_on: result.try_get("", "decided_on")?,
            approved_on: result.try_get("", "approved_on")?,
            decided_by: result.try_get("", "decided_by")?,
            note: result.try_get("", "decision_note")?,
        })
    } else {
        None
    };
    Ok(Row {
        id: result.try_get("", "id")?,
        version: result.try_get("", "version")?,
        archived_at: result.try_get("", "archived_at")?,
        values,
        labels,
        decision,
    })
}

async fn rows(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Stored>,
) -> Result<Vec<QueryResult>, PortalError> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    connection.query_all_raw(statement).await.map_err(failed)
}

impl<'s> Tenant<'s> {
    /// A record of a register.
    #[must_use]
    pub fn record<K: RecordKind>(&self, id: RecordId) -> Pick<'s, Record<K>> {
        self.pick(id.0)
    }
}

impl<K: RecordKind> Picked for Record<K> {
    const VIEW: &'static [ActionName] = &[K::View::NAME];

    async fn find(store: &Store, organization: Uuid, id: Uuid) -> Result<Option<Self>, PortalError> {
        let register = K::REGISTER;
        let fields: Vec<_> = register.fields().collect();
        let (columns, table) = (columns(register, &fields), register.table);
        let sql = format!("SELECT {columns} FROM {table} r WHERE r.organization_id = $1 AND r.id = $2");
        let found = rows(&store.reader, &sql, vec![organization.into(), id.into()]).await?;
        let row = found.first().map(|result| read(register, &fields, result)).transpose().map_err(failed)?;
        Ok(row.map(|row| Self { row, kind: PhantomData }))
    }

    async fn belonging(&self, store: &Store, with_department: bool) -> Result<Belonging, PortalError> {
        let department = if with_department { store.department_of_record(K::REGISTER, &self.row).await? } else { None };
        Ok(Belonging { assessment: None, department })
    }
}

impl Store {
    /// The department whose work a record is: its own, or that of the record it is a part of.
    async fn department_of_record(
        &self,
        register: &'static Register,
        row: &Row,
    ) -> Result<Option<DepartmentId>, PortalError> {
        if let Some(column) = register.department {
            let field = register.fields().find(|field| field.column == column);
            let held = field.and_then(|field| row.values.get(field.name));
            return Ok(match held {
                Some(Value::Link(Some(id))) => Some(DepartmentId(*id)),
                _ => None,
            });
        }
        let Some((target, id)) = parent(register, &row.values) else { return Ok(None) };
        self.department_of_parent(target, id).await
    }

    /// The department whose work a record that others name is: its own, or that of the record it is a part of.
    pub async fn department_of_parent(&self, target: Target, id: Uuid) -> Result<Option<DepartmentId>, PortalError> {
        let (mut target, mut id) = (target, id);
        loop {
            let Some(register) = REGISTERS.into_iter().find(|one| one.key == target.register()) else {
                return Ok(None);
            };
            let up = register.parent.and_then(|name| register.field(name));
            let Some(column) = register.department.or(up.map(|field| field.column)) else { return Ok(None) };
            let sql = format!("SELECT {column} AS above FROM {} WHERE id = $1", register.table);
            let found = rows(&self.reader, &sql, vec![id.into()]).await?;
            let found = found.first().map(|result| result.try_get::<Option<Uuid>>("", "above"));
            let Some(above) = found.transpose().map_err(failed)?.flatten() else { return Ok(None) };
            match up.map(|field| field.kind) {
                Some(Kind::Link(next)) if register.department.is_none() => (target, id) = (next, above),
                _ => return Ok(Some(DepartmentId(above))),
            }
        }
    }
}

/// The record that this one is a part of.
pub fn parent(register: &'static Register, values: &Values) -> Option<(Target, Uuid)> {
    let field = register.field(register.parent?)?;
    match (field.kind, values.get(field.name)) {
        (Kind::Link(target), Some(Value::Link(Some(id)))) => Some((target, *id)),
        _ => None,
    }
}

/// What a record is called.
pub fn title_of(register: &'static Register, row: &Row) -> Result<String, PortalError> {
    row.values.get(register.title).map(Value::text).ok_or_else(|| internal("no title"))
}
