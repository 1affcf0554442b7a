//! The database: connections, the tenant handle, and one file of queries an area. Knows no service.
//!
//! SQLite has one writer connection (BEGIN IMMEDIATE, WAL, synchronous FULL: an acknowledged write survives a power
//! cut) and a pool of read-only ones; PostgreSQL has one pool. Statements are written with `$1`, which both understand.

#[allow(missing_docs, reason = "a field is the column of its name; migrations/ says what each holds")]
mod entities;

pub mod answers;
pub mod assessments;
pub mod attention;
pub mod audit_events;
pub mod departments;
pub mod documents;
pub mod drafts;
pub mod evidence_files;
pub mod filings;
pub mod handovers;
pub mod imports;
pub mod invitations;
mod listing;
pub mod memberships;
pub mod officers;
pub mod organizations;
pub mod outbox;
pub mod password_resets;
pub mod policy_versions;
pub mod questionnaire_versions;
pub mod registers;
pub mod second_factor;
pub mod sessions;
pub mod subjects;
pub mod tenant;
pub mod users;
pub mod vendors;
pub mod workbook_uploads;
pub mod writing;

pub use tenant::Tenant;
pub use writing::{AuditEvent, Writing};

use crate::error::internal;
use kakunin_api::{FieldProblem, PortalError};
use kakunin_migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, FromQueryResult, SqlErr,
    SqlxSqliteConnector, Statement, Value,
    sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

/// Rows as services see them.
pub mod records {
    pub use super::entities::{
        answer::Model as Answer, assessment::Model as Assessment, audit_checkpoint::Model as AuditCheckpoint,
        audit_event::Model as AuditEventRecord, company::Model as Company, decision::Model as Decision,
        department::Model as Department, document::Model as Document, evaluation::Model as Evaluation,
        evidence_file::Model as EvidenceFile, handover::Model as Handover, identity::Model as Identity,
        import::Model as Import, invitation::Model as Invitation, membership::Model as Membership,
        organization::Model as Organization, outbox_mail::Model as OutboxMail, r#override::Model as Override,
        password_reset::Model as PasswordReset, policy_version::Model as PolicyVersion,
        questionnaire_version::Model as QuestionnaireVersion, recovery_code::Model as RecoveryCode,
        r#return::Model as Return, session::Model as Session, user::Model as User, vendor::Model as Vendor,
        workbook_upload::Model as WorkbookUpload,
    };
}

/// Connections to the database.
#[derive(Clone, Debug)]
pub struct Store {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

impl Store {
    /// Connects to `sqlite://FILE` or `postgres://…` and brings the database to the present shape.
    ///
    /// # Errors
    /// Where the database cannot be reached, opened or migrated.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        let store = if url.starts_with("sqlite:") { Self::sqlite(url).await? } else { Self::postgres(url).await? };
        // A role that may not change tables serves a database that another one has migrated.
        if !store.is_migrated().await {
            Migrator::up(&store.writer, None).await?;
        }
        Ok(store)
    }

    /// Whether every step of the migrations has been taken. An empty database has no table that says so.
    async fn is_migrated(&self) -> bool {
        #[derive(FromQueryResult)]
        struct Step {
            version: String,
        }
        let sql = Statement::from_string(self.reader.get_database_backend(), "SELECT version FROM seaql_migrations");
        let taken = Step::find_by_statement(sql).all(&self.reader).await.unwrap_or_default();
        Migrator::migrations().iter().all(|step| taken.iter().any(|taken| taken.version == step.name()))
    }

    async fn sqlite(url: &str) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        // A city's lists and their indexes stay in a reader's cache, in KiB: the usual 2 000 would read them again for every page.
        let reading = options.read_only(true).pragma("cache_size", "-8000");
        let reader = SqlitePoolOptions::new().max_connections(4).connect_with(reading).await?;
        Ok(Self {
            writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
            reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
        })
    }

    async fn postgres(url: &str) -> anyhow::Result<Self> {
        anyhow::ensure!(
            stays_here(url) || url.contains("sslmode=verify-full"),
            "the database is reached over the network: add sslmode=verify-full to its address, so that it is encrypted and \
             proves who it is"
        );
        let mut options = ConnectOptions::new(url);
        options.max_connections(8).sqlx_logging(false);
        let pool = Database::connect(options).await?;
        Ok(Self { writer: pool.clone(), reader: pool })
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> bool {
        self.reader.ping().await.is_ok()
    }

    async fn rows<R: FromQueryResult>(&self, sql: &str, values: Vec<Value>) -> Result<Vec<R>, PortalError> {
        rows(&self.reader, sql, values).await
    }

    async fn count(&self, sql: &str, values: Vec<Value>) -> Result<u64, PortalError> {
        count(&self.reader, sql, values).await
    }
}

/// Whether a database's address is a socket or this machine.
fn stays_here(url: &str) -> bool {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    if rest.contains("host=/") {
        return true;
    }
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

async fn count(connection: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64, PortalError> {
    #[derive(FromQueryResult)]
    struct Count {
        count: i64,
    }
    let found: Vec<Count> = rows(connection, sql, values).await?;
    Ok(found.first().map_or(0, |row| u64::try_from(row.count).unwrap_or(0)))
}

async fn rows<R: FromQueryResult>(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<R>, PortalError> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    R::find_by_statement(statement).all(connection).await.map_err(failed)
}

/// Whether `column` holds the text of the parameter `$place` anywhere. Comparing bytes takes a third of the time of `LIKE`; search keys know
/// neither widths nor capitals.
fn holds(backend: DbBackend, column: &str, place: usize) -> String {
    match backend {
        DbBackend::Sqlite => format!("instr({column}, ${place}) > 0"),
        _ => format!("strpos({column}, ${place}) > 0"),
    }
}

/// A pattern for `LIKE … ESCAPE '!'` that finds `key` anywhere.
fn containing(key: &str) -> String {
    format!("%{}%", escaped(key))
}

/// A part of a pattern for `LIKE … ESCAPE '!'` that means itself.
fn escaped(key: &str) -> String {
    key.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// Maps a database error: a named constraint people can run into becomes its form field, the rest is internal.
fn failed(error: DbErr) -> PortalError {
    if let Some(SqlErr::UniqueConstraintViolation(message)) = error.sql_err() {
        // SQLite names the columns, PostgreSQL the constraint.
        let known = [
            ("vendors_company", "vendors.company_id", "corporate_number", FieldProblem::AlreadyRegistered),
            (
                "companies_corporate_number",
                "companies.corporate_number",
                "corporate_number",
                FieldProblem::AlreadyRegistered,
            ),
            ("organizations_code", "organizations.code", "code", FieldProblem::NameTaken),
            ("users_sign_in_name", "users.sign_in_name", "sign_in_name", FieldProblem::NameTaken),
            ("policy_versions_once", "policy_versions.policy_sha256", "yaml", FieldProblem::AlreadyImported),
            (
                "questionnaire_versions_once",
                "questionnaire_versions.questionnaire_sha256",
                "version",
                FieldProblem::AlreadyImported,
            ),
        ];
        for (constraint, column, field, problem) in known {
            if message.contains(constraint) || message.contains(column) {
                return PortalError::invalid(field, problem);
            }
        }
    }
    internal(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_elsewhere_is_told_from_one_here() {
        for here in
            ["postgres://u@localhost/k", "postgres://u:p@127.0.0.1:5432/k", "postgres://u@x/k?host=/run/postgresql"]
        {
            assert!(stays_here(here), "{here}");
        }
        for elsewhere in ["postgres://u:p@db.example.jp/k", "postgres://localhost@db.example.jp/k", "postgres://db/k"] {
            assert!(!stays_here(elsewhere), "{elsewhere}");
        }
    }
}
