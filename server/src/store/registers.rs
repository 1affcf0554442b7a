//! The records of every register, read by what its schema says it holds. Writing them is in `write`, what they are called in `names`.
//!
//! Each table of a register has `id`, `organization_id`, `version`, `archived_at`, `search_key` and `sort_key` beside the
//! columns of its fields. Names of tables and columns are constants of the schema; everything typed is a parameter.

mod names;
pub mod write;

use super::{
    Store, failed, holds,
    listing::within,
    tenant::{Pick, Picked, Tenant},
};
use crate::{
    error::internal,
    permission::{Action, ActionName, Belonging, Permit, ViewEngagements},
    registers::{
        kinds::RecordKind,
        schema::{Field, Kind, REGISTERS, Register, Target},
        values::{Value, Values},
    },
};
use kakunin_api::{
    PortalError,
    ids::{DepartmentId, RecordId},
    listing::{PAGE_ROWS, Page},
    normalized,
    registers::ListQuery,
};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value as Stored};
use std::{collections::BTreeMap, marker::PhantomData};
use uuid::Uuid;

/// Longest text that is searched for, in characters.
const SEARCHED_CHARACTERS: usize = 100;

/// So many found rows are few: each is looked up by itself.
const FEW: u64 = 400;
/// The filter for records that leave something open that a form asks for.
pub const GAPS: &str = "gaps";

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
    /// What it holds.
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

/// What is selected of a register's row `r`.
pub(super) fn columns(register: &Register) -> String {
    let mut columns = vec!["r.id".to_owned(), "r.version".to_owned(), "r.archived_at".to_owned()];
    for field in register.fields() {
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
pub(super) fn read(register: &'static Register, result: &QueryResult) -> Result<Row, sea_orm::DbErr> {
    let (mut values, mut labels) = (Values::new(), BTreeMap::new());
    for field in register.fields() {
        let label = || result.try_get::<Option<String>>("", &format!("label_{}", field.name));
        if let (Kind::Link(_), Ok(Some(label))) = (field.kind, label()) {
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
        let (columns, table) = (columns(register), register.table);
        let sql = format!("SELECT {columns} FROM {table} r WHERE r.organization_id = $1 AND r.id = $2");
        let found = rows(&store.reader, &sql, vec![organization.into(), id.into()]).await?;
        let row = found.first().map(|result| read(register, result)).transpose().map_err(failed)?;
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

    /// One page of a register, and how many rows there are in all. `parent` narrows it to the parts of one record.
    pub async fn records<A: Action>(
        &self,
        permit: &Permit<A>,
        register: &'static Register,
        query: &ListQuery,
        parent: Option<RecordId>,
        limit: u64,
    ) -> Result<Page<Row>, PortalError> {
        let table = register.table;
        let mut values: Vec<Stored> = vec![permit.organization().0.into()];
        let filter = filter(self.reader.get_database_backend(), permit, register, query, parent, &mut values);
        let (at_most, from) = (values.len() + 1, values.len() + 2);
        let page_of = format!("LIMIT ${at_most} OFFSET ${from}");
        let columns = columns(register);
        let mut sort = sorted_by(register, &query.sort);
        let mut counted = format!("(SELECT count(*) FROM {table} r WHERE {filter})");
        if let (Some(SortedBy::Vendor(column, direction)), false) = (&sort, query.search.is_empty()) {
            // Where few rows are found, those are sorted; going through all contractors for them would take longer.
            let found = format!("SELECT count(*) AS count FROM {table} r WHERE {filter}");
            let found = self.count(&found, values.clone()).await?;
            counted = format!("CAST({found} AS BIGINT)");
            if found < FEW {
                let key = format!("(SELECT t.sort_key FROM vendors t WHERE t.id = r.{column})");
                sort = Some(SortedBy::Key(key, direction));
            }
        }
        let sql = match sort {
            // The usual order has an index, and ends where the page does.
            None => format!(
                "SELECT {columns}, (SELECT count(*) FROM {table} r WHERE {filter}) AS total FROM {table} r WHERE {filter} \
                 ORDER BY {} {page_of}",
                register.order
            ),
            // By the contractor: contractors stand in an index by their reading, so the page is full before all rows are read.
            Some(SortedBy::Vendor(column, direction)) => format!(
                "SELECT {columns}, {counted} AS total \
                 FROM vendors o CROSS JOIN {table} r WHERE o.organization_id = $1 AND r.{column} = o.id AND {filter} \
                 ORDER BY o.sort_key {direction}, o.id {direction}, r.id {direction} {page_of}"
            ),
            // Another one sorts every row that is found: what is carried along is its key alone.
            Some(SortedBy::Key(key, direction)) => format!(
                "WITH found AS MATERIALIZED (SELECT r.id, {key} AS sorted_by FROM {table} r WHERE {filter}) \
                 SELECT {columns}, (SELECT count(*) FROM found) AS total \
                 FROM (SELECT id, sorted_by FROM found ORDER BY sorted_by {direction}, id {direction} {page_of}) f \
                 JOIN {table} r ON r.id = f.id ORDER BY f.sorted_by {direction}, f.id {direction}"
            ),
        };
        let page = query.page.clamp(1, 1_000_000);
        let offset = (page - 1).saturating_mul(limit);
        let mut paged = values.clone();
        paged.extend([
            Stored::from(i64::try_from(limit).unwrap_or(i64::MAX)),
            i64::try_from(offset).unwrap_or(i64::MAX).into(),
        ]);
        let found = rows(&self.reader, &sql, paged).await?;
        let total = match found.first() {
            Some(result) => u64::try_from(result.try_get::<i64>("", "total").map_err(failed)?).unwrap_or(0),
            // A page after the last has no row that could say how many there are.
            None if offset > 0 => {
                self.count(&format!("SELECT count(*) AS count FROM {table} r WHERE {filter}"), values).await?
            }
            None => 0,
        };
        let rows: Result<Vec<Row>, _> = found.iter().map(|result| read(register, result)).collect();
        Ok(Page { rows: rows.map_err(failed)?, total, page })
    }

    /// The newest engagements of a vendor.
    pub async fn engagements_of_vendor(
        &self,
        permit: &Permit<ViewEngagements>,
        vendor: RecordId,
    ) -> Result<Page<Row>, PortalError> {
        let register = &Register { parent: Some("vendor"), ..crate::registers::schema::engagements::ENGAGEMENTS };
        self.records(permit, register, &ListQuery::default(), Some(vendor), PAGE_ROWS).await
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

/// The field by which records of a register are a part of others, and the register of those.
fn above(register: &'static Register) -> Option<(&'static Field, &'static Register)> {
    let field = register.field(register.parent?)?;
    let Kind::Link(target) = field.kind else { return None };
    Some((field, REGISTERS.into_iter().find(|one| one.key == target.register())?))
}

/// The condition for the rows `r` of a register that a permit reaches; `$1` is the organization.
pub(super) fn selected<A: Action>(permit: &Permit<A>, register: &'static Register, values: &mut Vec<Stored>) -> String {
    let mut filter = "r.organization_id = $1".to_owned();
    if let Some(column) = register.department {
        filter.push_str(&within(permit, &format!("r.{column}"), values));
    }
    if let Some((field, above)) = above(register)
        && let Some(column) = above.department
    {
        // A part belongs where the whole does.
        let own = within(permit, &format!("p.{column}"), values);
        if !own.is_empty() {
            let (of, table) = (field.column, above.table);
            filter.push_str(&format!(" AND r.{of} IN (SELECT p.id FROM {table} p WHERE p.organization_id = $1{own})"));
        }
    }
    filter
}

/// The condition for rows `r` in which a field is empty that a form would not leave so.
fn gaps(register: &Register) -> String {
    let open = register.fields().filter(|field| field.required).map(|field| match field.kind {
        Kind::Day | Kind::YesNo | Kind::Number | Kind::Link(_) => format!("r.{} IS NULL", field.column),
        _ => format!("r.{} = ''", field.column),
    });
    open.collect::<Vec<_>>().join(" OR ")
}

fn filter<A: Action>(
    backend: DbBackend,
    permit: &Permit<A>,
    register: &'static Register,
    query: &ListQuery,
    parent: Option<RecordId>,
    values: &mut Vec<Stored>,
) -> String {
    let archived = if query.archived { "IS NOT NULL" } else { "IS NULL" };
    let mut filter = format!("{} AND r.archived_at {archived}", selected(permit, register, values));
    if let (Some(parent), Some(field)) = (parent, register.parent.and_then(|name| register.field(name))) {
        values.push(parent.0.into());
        filter.push_str(&format!(" AND r.{} = ${}", field.column, values.len()));
    }
    for (name, code) in query.filters.iter().filter(|(_, code)| !code.is_empty()) {
        let Some(field) = register.field(name).filter(|field| field.filter) else {
            if name == GAPS {
                filter.push_str(&format!(" AND ({})", gaps(register)));
            } else if register.decided && name == "decision" {
                values.push(code.as_str().into());
                filter.push_str(&format!(" AND r.state = ${}", values.len()));
            }
            continue;
        };
        // What is no such value finds nothing, and is no error.
        let Ok(value) = Value::read(field, &code.as_str().into()) else {
            filter.push_str(" AND 1 = 0");
            continue;
        };
        values.push(value.stored());
        filter.push_str(&format!(" AND r.{} = ${}", field.column, values.len()));
    }
    let typed: String = query.search.chars().take(SEARCHED_CHARACTERS).collect();
    let key = normalized::search_key(&typed);
    if !key.is_empty() {
        values.push(key.into());
        let place = values.len();
        let mut any = vec![holds(backend, "r.search_key", place)];
        for field in register.fields().filter(|field| field.searched) {
            if let Kind::Link(Target::Vendor) = field.kind {
                any.push(format!(
                    "r.{} IN (SELECT t.id FROM vendors t WHERE t.organization_id = $1 AND {})",
                    field.column,
                    holds(backend, "t.search_key", place)
                ));
            }
        }
        filter.push_str(&format!(" AND ({})", any.join(" OR ")));
    }
    filter
}

/// By what rows `r` are sorted, and in which direction.
enum SortedBy {
    /// By the reading of the contractor that this column names.
    Vendor(&'static str, &'static str),
    /// By this expression.
    Key(String, &'static str),
}

/// By what rows `r` are sorted; none for the usual order.
fn sorted_by(register: &'static Register, sort: &str) -> Option<SortedBy> {
    let (name, direction) = sort.strip_prefix('-').map_or((sort, "ASC"), |name| (name, "DESC"));
    let field = register.field(name)?;
    let key = match field.kind {
        Kind::Link(Target::Vendor) if says_name(register, field, Target::Vendor) => {
            return Some(SortedBy::Vendor(field.column, direction));
        }
        Kind::Link(target) if says_name(register, field, target) => {
            let (table, name) = target.table();
            format!("(SELECT t.{name} FROM {table} t WHERE t.id = r.{})", field.column)
        }
        // A register that is sorted by its reading is sorted so by the name too.
        _ if field.name == register.title && register.order.starts_with("r.sort_key") => "r.sort_key".to_owned(),
        _ => format!("r.{}", field.column),
    };
    Some(SortedBy::Key(key, direction))
}

/// What a record is called.
pub fn title_of(register: &'static Register, row: &Row) -> Result<String, PortalError> {
    row.values.get(register.title).map(Value::text).ok_or_else(|| internal("no title"))
}
