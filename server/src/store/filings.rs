//! Rows of files filed with records. The bytes are in `storage`.

use super::{Store, Writing};
use crate::{
    permission::{Action, Permit},
    registers::filings::FiledFile,
};
use kakunin_api::PortalError;
use sea_orm::{FromQueryResult, Value as Stored};
use uuid::Uuid;

/// A file that is being filed.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Its id.
    pub id: Uuid,
    /// The register's key.
    pub register: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Its version.
    pub version: String,
    /// Its name.
    pub file_name: String,
    /// Its media type, from our own list.
    pub media_type: &'static str,
    /// Its size.
    pub size_bytes: i64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl Store {
    /// The files of the record a permit is for, the newest first, at most 200.
    pub async fn filed_with<A: Action>(&self, permit: &Permit<A>) -> Result<Vec<FiledFile>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            purpose: String,
            version: String,
            file_name: String,
            filed_at: i64,
            filed_by: String,
        }
        let sql = "SELECT id, purpose, version, file_name, filed_at, filed_by FROM record_files \
                   WHERE organization_id = $1 AND record_id = $2 AND removed_at IS NULL ORDER BY filed_at DESC, id DESC LIMIT 200";
        let rows: Vec<Row> = self.rows(sql, vec![permit.organization().0.into(), permit.object().into()]).await?;
        let filed = |row: Row| FiledFile {
            id: row.id,
            purpose: row.purpose,
            version: row.version,
            file_name: row.file_name,
            filed_at: row.filed_at,
            filed_by: row.filed_by,
        };
        Ok(rows.into_iter().map(filed).collect())
    }

    /// Name, media type and SHA-256 of a file of the record a permit is for.
    pub async fn filed<A: Action>(
        &self,
        permit: &Permit<A>,
        file: Uuid,
    ) -> Result<Option<(String, String, String)>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            file_name: String,
            media_type: String,
            sha256: String,
        }
        let sql = "SELECT file_name, media_type, sha256 FROM record_files \
                   WHERE organization_id = $1 AND record_id = $2 AND id = $3 AND removed_at IS NULL";
        let values = vec![permit.organization().0.into(), permit.object().into(), file.into()];
        let rows: Vec<Row> = self.rows(sql, values).await?;
        Ok(rows.into_iter().next().map(|row| (row.file_name, row.media_type, row.sha256)))
    }
}

impl<A: Action> Writing<'_, A> {
    /// Files something with the record the permit is for.
    pub async fn file(&self, file: NewFile) -> Result<(), PortalError> {
        let sql = "INSERT INTO record_files (id, organization_id, register, record_id, purpose, version, file_name, media_type, \
                   size_bytes, sha256, filed_at, filed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
        let values: Vec<Stored> = vec![
            file.id.into(),
            self.organization().into(),
            file.register.into(),
            self.permit.object().into(),
            file.purpose.into(),
            file.version.into(),
            file.file_name.into(),
            file.media_type.into(),
            file.size_bytes.into(),
            file.sha256.into(),
            self.at_ms().into(),
            self.by().into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}
