//! Lists of a register: which rows a list finds, in which order, a page of them and how many there are.

use super::{Row, columns, read, rows, says_name};
use crate::{
    permission::{Action, Permit, ViewEngagements},
    registers::{
        schema::{Field, Kind, REGISTERS, Register, Target},
        values::Value,
    },
    store::{
        Store, failed, holds,
        listing::{searched, within},
    },
};
use kakunin_api::{
    PortalError,
    ids::RecordId,
    listing::{PAGE_ROWS, Page},
    registers::ListQuery,
};
use sea_orm::{DbBackend, Value as Stored};

/// So many found rows are few: each is looked up by itself.
const FEW: u64 = 400;

/// A page that ends before this row is at the beginning of a list.
const FIRST: u64 = 500;

/// The filter for records that leave something open that a form asks for.
pub const GAPS: &str = "gaps";

impl Store {
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
        let Found { with, filter } =
            found_by(self.reader.get_database_backend(), permit, register, query, parent, &mut values);
        let first = if with.is_empty() { String::new() } else { format!("WITH {with} ") };
        let count = format!("{first}SELECT count(*) AS count FROM {table} r WHERE {filter}");
        // Long texts that no column shows are not fetched for every row.
        let fields = register.columns(&query.columns);
        let columns = columns(register, &fields);
        let page = query.page.clamp(1, 1_000_000);
        let offset = (page - 1).saturating_mul(limit);
        let (mut sorted, mut told) = (sorted_by(register, &query.sort), None);
        if let (Some((SortedBy::Linked(linked), direction)), false) = (&sorted, query.search.is_empty()) {
            // Where few rows are found, those are sorted; going through all that they could name would take longer.
            let found = self.count(&count, values.clone()).await?;
            if found < FEW {
                sorted = Some((SortedBy::Key(linked.key()), direction));
            } else {
                told = Some(found);
            }
        }
        let mut paged = values.clone();
        let total = match told {
            Some(told) => {
                paged.push(i64::try_from(told).unwrap_or(i64::MAX).into());
                format!("CAST(${} AS BIGINT)", paged.len())
            }
            None => format!("(SELECT count(*) FROM {table} r WHERE {filter})"),
        };
        paged.extend([
            Stored::from(i64::try_from(limit).unwrap_or(i64::MAX)),
            i64::try_from(offset).unwrap_or(i64::MAX).into(),
        ]);
        let page_of = format!("LIMIT ${} OFFSET ${}", paged.len() - 1, paged.len());
        let sql = match sorted {
            // The usual order has an index, and ends where the page does.
            None => format!(
                "{first}SELECT {columns}, {total} AS total FROM {table} r WHERE {filter} ORDER BY {} {page_of}",
                register.order
            ),
            // By what they name: that stands in an index by its name, so the page is full before all rows are read.
            Some((SortedBy::Linked(Linked { to, name, column }), direction)) => format!(
                "{first}SELECT {columns}, {total} AS total \
                 FROM {to} o CROSS JOIN {table} r WHERE o.organization_id = $1 AND r.{column} = o.id AND {filter} \
                 ORDER BY o.{name} {direction}, o.id {direction}, r.id {direction} {page_of}"
            ),
            // By a column: the first rows are kept while all are gone through, or stand in an index.
            Some((SortedBy::Column(column), direction)) if offset.saturating_add(limit) <= FIRST => format!(
                "{first}SELECT {columns}, {total} AS total FROM {table} r WHERE {filter} \
                 ORDER BY r.{column} {direction}, r.id {direction} {page_of}"
            ),
            // Else every row that is found is sorted: what is carried along is its key alone.
            Some((sorted, direction)) => {
                let key = match sorted {
                    SortedBy::Column(column) => format!("r.{column}"),
                    SortedBy::Key(key) => key,
                    SortedBy::Linked(linked) => linked.key(),
                };
                let with = if with.is_empty() { with } else { format!("{with}, ") };
                format!(
                    "WITH {with}found AS MATERIALIZED (SELECT r.id, {key} AS sorted_by FROM {table} r WHERE {filter}) \
                     SELECT {columns}, (SELECT count(*) FROM found) AS total \
                     FROM (SELECT id, sorted_by FROM found ORDER BY sorted_by {direction}, id {direction} {page_of}) f \
                     JOIN {table} r ON r.id = f.id ORDER BY f.sorted_by {direction}, f.id {direction}"
                )
            }
        };
        let found = rows(&self.reader, &sql, paged).await?;
        let total = match found.first() {
            Some(result) => u64::try_from(result.try_get::<i64>("", "total").map_err(failed)?).unwrap_or(0),
            // A page after the last has no row that could say how many there are.
            None if offset > 0 => self.count(&count, values).await?,
            None => 0,
        };
        let rows: Result<Vec<Row>, _> = found.iter().map(|result| read(register, &fields, result)).collect();
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

/// The field by which records of a register are a part of others, and the register of those.
fn above(register: &'static Register) -> Option<(&'static Field, &'static Register)> {
    let field = register.field(register.parent?)?;
    let Kind::Link(target) = field.kind else { return None };
    Some((field, REGISTERS.into_iter().find(|one| one.key == target.register())?))
}

/// The condition for the rows `r` of a register that a permit reaches; `$1` is the organization.
pub(in crate::store) fn selected<A: Action>(
    permit: &Permit<A>,
    register: &'static Register,
    values: &mut Vec<Stored>,
) -> String {
    format!("r.organization_id = $1{}", reached(permit, register, "r", values))
}

/// What narrows the rows of a register, which the statement calls `row`, to those that a permit reaches; empty where it reaches all.
fn reached<A: Action>(permit: &Permit<A>, register: &'static Register, row: &str, values: &mut Vec<Stored>) -> String {
    if let Some(column) = register.department {
        return within(permit, &format!("{row}.{column}"), values);
    }
    let Some((field, above)) = above(register) else { return String::new() };
    // A part belongs where the whole does; what is a part of nothing, to everybody.
    let whole = format!("{row}p");
    let own = reached(permit, above, &whole, values);
    if own.is_empty() {
        return own;
    }
    let (of, table) = (field.column, above.table);
    let alone = if field.required { String::new() } else { format!("{row}.{of} IS NULL OR ") };
    format!(
        " AND ({alone}{row}.{of} IN (SELECT {whole}.id FROM {table} {whole} WHERE {whole}.organization_id = $1{own}))"
    )
}

/// The condition for rows `r` in which a field is empty that a form would not leave so.
fn gaps(register: &Register) -> String {
    let open = register.fields().filter(|field| field.required).map(|field| match field.kind {
        Kind::Day | Kind::YesNo | Kind::Number | Kind::Link(_) => format!("r.{} IS NULL", field.column),
        _ => format!("r.{} = ''", field.column),
    });
    open.collect::<Vec<_>>().join(" OR ")
}

/// Which rows `r` a list finds.
struct Found {
    /// What the statement begins with after `WITH`, where it has to.
    with: String,
    /// The condition.
    filter: String,
}

fn found_by<A: Action>(
    backend: DbBackend,
    permit: &Permit<A>,
    register: &'static Register,
    query: &ListQuery,
    parent: Option<RecordId>,
    values: &mut Vec<Stored>,
) -> Found {
    let mut with = String::new();
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
    if let Some(key) = searched(&query.search) {
        values.push(key.into());
        let place = values.len();
        let mut any = vec![holds(backend, "r.search_key", place)];
        for field in register.fields().filter(|field| field.searched) {
            if let Kind::Link(Target::Vendor) = field.kind {
                // Looked for once, however often the condition stands in the statement.
                let named = holds(backend, "t.search_key", place);
                with = format!(
                    "named AS MATERIALIZED (SELECT t.id FROM vendors t WHERE t.organization_id = $1 AND {named})"
                );
                any.push(format!("r.{} IN (SELECT id FROM named)", field.column));
            }
        }
        filter.push_str(&format!(" AND ({})", any.join(" OR ")));
    }
    Found { with, filter }
}

/// By what rows `r` are sorted.
enum SortedBy {
    /// By this column.
    Column(&'static str),
    /// By what something else is called that every row names.
    Linked(Linked),
    /// By this expression.
    Key(String),
}

/// What every row of a register names, and what stands in an index by its name.
struct Linked {
    /// Its table.
    to: &'static str,
    /// The column of its name.
    name: &'static str,
    /// The column by which rows name it.
    column: &'static str,
}

impl Linked {
    /// The name as an expression of a row.
    fn key(&self) -> String {
        let Self { to, name, column } = self;
        format!("(SELECT t.{name} FROM {to} t WHERE t.id = r.{column})")
    }
}

/// By what rows `r` are sorted, and in which direction; none for the usual order.
fn sorted_by(register: &'static Register, sort: &str) -> Option<(SortedBy, &'static str)> {
    let (name, direction) = sort.strip_prefix('-').map_or((sort, "ASC"), |name| (name, "DESC"));
    let field = register.field(name)?;
    // The tables say that these are never empty.
    let is_named = field.required && (field.fixed || register.key == "engagements");
    let sorted = match field.kind {
        Kind::Link(target) if says_name(register, field, target) => {
            let (to, name) = target.table();
            let linked =
                Linked { to, name: if target == Target::Vendor { "sort_key" } else { name }, column: field.column };
            match target {
                Target::Vendor | Target::Department if is_named => SortedBy::Linked(linked),
                _ => SortedBy::Key(linked.key()),
            }
        }
        // A register that is sorted by its reading is sorted so by the name too.
        _ if field.name == register.title && register.order.starts_with("r.sort_key") => SortedBy::Column("sort_key"),
        _ => SortedBy::Column(field.column),
    };
    Some((sorted, direction))
}
