//! One page of a register and how many rows there are on all pages, in one query.

use super::{Store, holds, rows};
use crate::permission::{Action, Permit};
use kakunin_api::{
    PortalError,
    listing::{PAGE_ROWS, Page, Query},
    normalized,
};
use sea_orm::{DbErr, FromQueryResult, QueryResult, Value};

/// Longest text that is searched for, in characters.
const SEARCHED_CHARACTERS: usize = 100;

/// A list within one organization, in the parts of its statement. `$1` is the organization.
pub(super) struct Listing<'a> {
    /// What a row holds.
    pub(super) columns: &'a str,
    /// Tables with their joins, up to the condition.
    pub(super) tables: &'a str,
    /// As `tables`, without what only the columns need.
    pub(super) counted: &'a str,
    /// The condition that is always there.
    pub(super) filter: &'a str,
    /// The column by which it is narrowed to the departments a permit reaches; none for what belongs to no department.
    pub(super) department: Option<&'a str>,
    /// Columns of which one contains what is looked for.
    pub(super) searched: &'a [&'a str],
    /// The order, with no two rows alike.
    pub(super) order: &'a str,
}

impl Listing<'_> {
    /// The statement for all rows, to be narrowed by what is appended.
    pub(super) fn all(&self) -> String {
        format!("SELECT {} FROM {} WHERE {}", self.columns, self.tables, self.filter)
    }
}

/// A row, and how many there are in all.
struct Counted<R> {
    row: R,
    total: i64,
}

impl<R: FromQueryResult> FromQueryResult for Counted<R> {
    fn from_query_result(result: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self { row: R::from_query_result(result, prefix)?, total: result.try_get(prefix, "total")? })
    }
}

/// The condition that narrows a list to the departments `permit` reaches; empty where it reaches all of them.
pub(super) fn within<A: Action>(permit: &Permit<A>, column: &str, values: &mut Vec<Value>) -> String {
    let Some(departments) = permit.departments() else { return String::new() };
    if departments.is_empty() {
        return " AND 1 = 0".to_owned();
    }
    let places: Vec<String> = departments
        .iter()
        .map(|department| {
            values.push(department.0.into());
            format!("${}", values.len())
        })
        .collect();
    format!(" AND {column} IN ({})", places.join(", "))
}

/// What is looked for in the keys of rows; none where nothing is.
pub(super) fn searched(typed: &str) -> Option<String> {
    let typed: String = typed.chars().take(SEARCHED_CHARACTERS).collect();
    Some(normalized::search_key(&typed)).filter(|key| !key.is_empty())
}

impl Store {
    /// The page that `query` asks for.
    pub(super) async fn page<R: FromQueryResult, A: Action>(
        &self,
        listing: &Listing<'_>,
        permit: &Permit<A>,
        query: &Query,
    ) -> Result<Page<R>, PortalError> {
        let Listing { columns, tables, counted, order, .. } = listing;
        let mut values: Vec<Value> = vec![permit.organization().0.into()];
        let mut filter = listing.filter.to_owned();
        if let Some(column) = listing.department {
            filter.push_str(&within(permit, column, &mut values));
        }
        if let Some(key) = searched(&query.search) {
            values.push(key.into());
            let (backend, place) = (self.reader.get_database_backend(), values.len());
            let any: Vec<_> = listing.searched.iter().map(|column| holds(backend, column, place)).collect();
            filter = format!("{filter} AND ({})", any.join(" OR "));
        }
        let count = format!("SELECT count(*) AS count FROM {counted} WHERE {filter}");
        let (limit, offset) = (values.len() + 1, values.len() + 2);
        let sql = format!(
            "SELECT {columns}, ({}) AS total FROM {tables} WHERE {filter} ORDER BY {order} LIMIT ${limit} OFFSET ${offset}",
            count.replace(" AS count", "")
        );
        let mut paged = values.clone();
        paged.extend([(PAGE_ROWS as i64).into(), i64::try_from(query.offset()).unwrap_or(i64::MAX).into()]);
        let found: Vec<Counted<R>> = rows(&self.reader, &sql, paged).await?;
        let total = match found.first() {
            Some(row) => u64::try_from(row.total).unwrap_or(0),
            // A page after the last has no row that could say how many there are.
            None if query.offset() > 0 => self.count(&count, values).await?,
            None => 0,
        };
        Ok(Page { rows: found.into_iter().map(|counted| counted.row).collect(), total, page: query.page.max(1) })
    }
}
