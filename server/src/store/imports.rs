//! Workbooks that are brought into registers: their rows, how their columns were told apart, and what a row is compared with.

use super::{
    Store, Writing,
    entities::import,
    failed,
    listing::within,
    records::Import,
    registers::{Row as Record, columns, read, selected},
    rows,
};
use crate::{
    grid::Row,
    permission::{Action, ImportRecords, Permit},
    registers::schema::{Field, Register, Target},
};
use kakunin_api::{PortalError, ids::OrganizationId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Statement, Value as Stored,
};
use uuid::Uuid;

/// How long an upload is kept that was not brought in, in milliseconds: a week.
const KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// So many uploads of an organization wait to be brought in; an older one is forgotten.
const MOST_OPEN: u32 = 20;

/// A record that a cell may name.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Named {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Its number, where it has one.
    pub number: String,
    /// What tells it from others of its name: a post's department, an engagement's contractor.
    pub within: String,
    /// The record it is a part of.
    pub of: Option<Uuid>,
    /// Whether it is archived.
    pub archived: bool,
    /// Whether the permit reaches it.
    pub own: bool,
}

async fn kept_rows(
    connection: &impl ConnectionTrait,
    import: Uuid,
    sheet: i64,
    (after, limit): (i64, i64),
) -> Result<Vec<Row>, PortalError> {
    #[derive(FromQueryResult)]
    struct Kept {
        number: i64,
        cells: String,
    }
    let sql = "SELECT number, cells FROM import_rows WHERE import_id = $1 AND sheet = $2 AND number > $3 \
               ORDER BY number LIMIT $4";
    let kept: Vec<Kept> = rows(connection, sql, vec![import.into(), sheet.into(), after.into(), limit.into()]).await?;
    let row = |kept: Kept| Row {
        number: u32::try_from(kept.number).unwrap_or(u32::MAX),
        cells: serde_json::from_str(&kept.cells).unwrap_or_default(),
    };
    Ok(kept.into_iter().map(row).collect())
}

impl Store {
    /// The rows of a sheet of an upload after this one, in order; the caller holds the import.
    pub async fn import_rows(&self, import: Uuid, sheet: i64, after: i64, limit: i64) -> Result<Vec<Row>, PortalError> {
        kept_rows(&self.reader, import, sheet, (after, limit)).await
    }

    /// How the columns under these headings were told apart the last time.
    pub async fn import_mapping(
        &self,
        organization: OrganizationId,
        register: &str,
        headings: &str,
    ) -> Result<Option<String>, PortalError> {
        #[derive(FromQueryResult)]
        struct Kept {
            mapping: String,
        }
        let sql = "SELECT mapping FROM import_mappings WHERE organization_id = $1 AND register = $2 AND headings = $3";
        let kept: Vec<Kept> = self.rows(sql, vec![organization.0.into(), register.into(), headings.into()]).await?;
        Ok(kept.into_iter().next().map(|kept| kept.mapping))
    }

    /// The newest uploads for a register that the permit reaches, at most twenty.
    pub async fn imports_of(&self, permit: &Permit<ImportRecords>, register: &str) -> Result<Vec<Import>, PortalError> {
        let mut query = import::Entity::find()
            .filter(import::Column::OrganizationId.eq(permit.organization().0))
            .filter(import::Column::Register.eq(register));
        if let Some(departments) = permit.departments() {
            let departments = departments.into_iter().map(|department| department.0);
            query = query.filter(import::Column::DepartmentId.is_in(departments));
        }
        query.order_by_desc(import::Column::UploadedAt).limit(20).all(&self.reader).await.map_err(failed)
    }
}

impl<A: Action> Writing<'_, A> {
    /// The records that a cell may name by this target. Departments are seen by all: those the permit does not reach are there
    /// and marked. Contractors are there when archived, too: their number is taken.
    pub async fn named(&self, target: Target) -> Result<Vec<Named>, PortalError> {
        let engagement_of = "(SELECT e.department_id FROM engagements e WHERE e.id = t.engagement_id)";
        let (number, inside, of, department) = match target {
            Target::Vendor => ("t.corporate_number", "''", "NULL", None),
            Target::Engagement => (
                "t.contract_number",
                "(SELECT v.name FROM vendors v WHERE v.id = t.vendor_id)",
                "NULL",
                Some("t.department_id"),
            ),
            Target::Subcontract => (
                "t.corporate_number",
                "(SELECT e.title FROM engagements e WHERE e.id = t.engagement_id)",
                "t.engagement_id",
                Some(engagement_of),
            ),
            Target::CloudService => ("''", "t.provider", "NULL", Some("t.department_id")),
            Target::SocialAccount => ("''", "t.platform", "NULL", Some("t.department_id")),
            Target::Post => (
                "''",
                "COALESCE((SELECT d.name FROM departments d WHERE d.id = t.department_id), '')",
                "t.department_id",
                None,
            ),
            Target::Department => ("''", "''", "NULL", Some("t.id")),
            Target::Account => {
                let sql = "SELECT DISTINCT u.id, u.name, u.sign_in_name AS number, '' AS within, NULL AS of, FALSE AS archived, \
                           TRUE AS own FROM users u JOIN memberships m ON m.user_id = u.id \
                           WHERE m.organization_id = $1 AND m.ended_at IS NULL";
                return rows(&self.transaction, &self.typed(sql), vec![self.organization().into()]).await;
            }
        };
        let (table, name) = target.table();
        let mut values: Vec<Stored> = vec![self.organization().into()];
        let reached = department.map(|column| within(self.permit, column, &mut values)).unwrap_or_default();
        let (own, narrowed) = match target {
            Target::Department => (format!("(1 = 1{reached})"), String::new()),
            _ => ("(1 = 1)".to_owned(), reached),
        };
        let archived = if target == Target::Vendor { "" } else { " AND t.archived_at IS NULL" };
        let sql = format!(
            "SELECT t.id, t.{name} AS name, {number} AS number, {inside} AS within, {of} AS of, \
             (t.archived_at IS NOT NULL) AS archived, {own} AS own FROM {table} t \
             WHERE t.organization_id = $1{archived}{narrowed}"
        );
        rows(&self.transaction, &self.typed(&sql), values).await
    }

    /// `NULL` is no UUID to PostgreSQL until it is said to be one.
    fn typed(&self, sql: &str) -> String {
        match self.transaction.get_database_backend() {
            sea_orm::DbBackend::Postgres => sql.replace("NULL AS of", "CAST(NULL AS UUID) AS of"),
            _ => sql.to_owned(),
        }
    }

    /// Of every record of a register that the permit reaches: its id, whether it is archived, and what these fields hold.
    pub async fn identities(
        &self,
        register: &'static Register,
        fields: &[&'static Field],
    ) -> Result<Vec<(Uuid, bool, Vec<String>)>, PortalError> {
        let mut values: Vec<Stored> = vec![self.organization().into()];
        let own = selected(self.permit, register, &mut values);
        let held: Vec<String> = fields.iter().map(|field| format!("r.{}", field.column)).collect();
        let sql = format!("SELECT r.id, r.archived_at, {} FROM {} r WHERE {own}", held.join(", "), register.table);
        let statement = Statement::from_sql_and_values(self.transaction.get_database_backend(), sql, values);
        let found = self.transaction.query_all_raw(statement).await.map_err(failed)?;
        let mut known = Vec::with_capacity(found.len());
        for row in &found {
            let texts = fields.iter().map(|field| crate::store::registers::value(field, row).map(|value| value.text()));
            let texts = texts.collect::<Result<Vec<_>, _>>().map_err(failed)?;
            let archived = row.try_get::<Option<i64>>("", "archived_at").map_err(failed)?.is_some();
            known.push((row.try_get("", "id").map_err(failed)?, archived, texts));
        }
        Ok(known)
    }

    /// These records of a register.
    pub async fn records_at(&self, register: &'static Register, ids: &[Uuid]) -> Result<Vec<Record>, PortalError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<String> = (0..ids.len()).map(|index| format!("${}", index + 2)).collect();
        let fields: Vec<_> = register.fields().collect();
        let sql = format!(
            "SELECT {} FROM {} r WHERE r.organization_id = $1 AND r.id IN ({})",
            columns(register, &fields),
            register.table,
            places.join(", ")
        );
        let values: Vec<Stored> = [self.organization()].iter().chain(ids).map(|id| (*id).into()).collect();
        let statement = Statement::from_sql_and_values(self.transaction.get_database_backend(), sql, values);
        let found = self.transaction.query_all_raw(statement).await.map_err(failed)?;
        found.iter().map(|row| read(register, &fields, row)).collect::<Result<_, _>>().map_err(failed)
    }
}

impl Writing<'_, ImportRecords> {
    /// As [`Store::import_rows`], by the connection that writes: an import needs no second one.
    pub async fn import_rows(&self, import: Uuid, sheet: i64, after: i64, limit: i64) -> Result<Vec<Row>, PortalError> {
        kept_rows(&self.transaction, import, sheet, (after, limit)).await
    }

    /// Keeps an upload, and forgets the organization's old ones that became nothing.
    pub async fn keep_import(&self, row: Import) -> Result<(), PortalError> {
        let row = Import { organization_id: self.organization(), ..row };
        // Old ones, and those beyond the newest of many, with their rows.
        let old = format!(
            "organization_id = $1 AND applied_at IS NULL AND (uploaded_at < $2 OR id NOT IN \
             (SELECT n.id FROM imports n WHERE n.organization_id = $1 AND n.applied_at IS NULL \
             ORDER BY n.uploaded_at DESC, n.id DESC LIMIT {MOST_OPEN}))"
        );
        let rows = format!("DELETE FROM import_rows WHERE import_id IN (SELECT id FROM imports WHERE {old})");
        for sql in [rows, format!("DELETE FROM imports WHERE {old}")] {
            self.run(&sql, vec![self.organization().into(), (self.at_ms() - KEPT_MS).into()]).await?;
        }
        import::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Keeps rows of an upload; the sheet is counted from 0.
    pub async fn keep_import_rows(&self, import: Uuid, kept: &[(i64, Row)]) -> Result<(), PortalError> {
        if kept.is_empty() {
            return Ok(());
        }
        let mut values: Vec<Stored> = Vec::with_capacity(kept.len() * 4);
        let mut places = Vec::with_capacity(kept.len());
        for (sheet, row) in kept {
            let from = values.len();
            places.push(format!("(${}, ${}, ${}, ${})", from + 1, from + 2, from + 3, from + 4));
            let cells = serde_json::to_string(&row.cells).map_err(crate::error::internal)?;
            values.extend([Stored::from(import), (*sheet).into(), i64::from(row.number).into(), cells.into()]);
        }
        let sql = format!("INSERT INTO import_rows (import_id, sheet, number, cells) VALUES {}", places.join(", "));
        self.run(&sql, values).await.map(|_| ())
    }

    /// Forgets the rows of an upload that has been brought in.
    pub async fn forget_import_rows(&self, import: Uuid) -> Result<(), PortalError> {
        self.run("DELETE FROM import_rows WHERE import_id = $1", vec![import.into()]).await.map(|_| ())
    }

    /// Sets how far an import has come, where it is in one of these states. `false` where it is in another.
    pub async fn set_import(
        &self,
        import: Uuid,
        states: &[&'static str],
        columns: &[(&'static str, Stored)],
    ) -> Result<bool, PortalError> {
        let mut values: Vec<Stored> = vec![import.into(), self.organization().into()];
        let mut sets = Vec::new();
        for (column, value) in columns {
            values.push(value.clone());
            sets.push(format!("{column} = ${}", values.len()));
        }
        let (sets, states) = (sets.join(", "), states.join("', '"));
        let sql = format!("UPDATE imports SET {sets} WHERE id = $1 AND organization_id = $2 AND state IN ('{states}')");
        Ok(self.run(&sql, values).await? == 1)
    }

    /// Remembers how the columns under these headings were told apart.
    pub async fn keep_import_mapping(&self, register: &str, headings: &str, mapping: &str) -> Result<(), PortalError> {
        let sql = "INSERT INTO import_mappings (organization_id, register, headings, mapping, used_at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (organization_id, register, headings) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at";
        let values =
            vec![self.organization().into(), register.into(), headings.into(), mapping.into(), self.at_ms().into()];
        self.run(sql, values).await.map(|_| ())
    }
}
