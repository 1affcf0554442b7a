//! Files filed with a record: specifications, contracts, rules of use, proofs. Never overwritten; a later version stands
//! beside the earlier one.

use super::{FormCheck, kinds::RecordKind};
use crate::{
    assessments::attach::{FileContent, MAX_BYTES, media_type, safe_name},
    malware,
    permission::Actor,
    portal::Portal,
    store::{AuditEvent, filings::NewFile},
};
use kakunin_api::{FieldProblem, PortalError, ids::RecordId};
use serde_json::json;
use uuid::Uuid;

/// The service of files filed with records.
#[derive(Clone, Copy, Debug)]
pub struct Filings<'p>(pub(crate) &'p Portal);

/// A file filed with a record.
#[derive(Clone, Debug)]
pub struct FiledFile {
    /// Its id.
    pub id: Uuid,
    /// What it is for, by its code in the register.
    pub purpose: String,
    /// Its version, as it was typed.
    pub version: String,
    /// Its name.
    pub file_name: String,
    /// When it was filed, milliseconds since 1970.
    pub filed_at: i64,
    /// By whom.
    pub filed_by: String,
}

/// What comes with a form that files something.
#[derive(Clone, Debug, Default)]
pub struct FileForm {
    /// What it is for.
    pub purpose: String,
    /// Its version.
    pub version: String,
    /// Its name.
    pub file_name: String,
    /// Its bytes; none where there were more than are taken.
    pub bytes: Option<Vec<u8>>,
}

impl Filings<'_> {
    /// The files of a record, the newest first.
    ///
    /// # Errors
    /// NotFound.
    pub async fn of<K: RecordKind>(&self, actor: &Actor, id: RecordId) -> Result<Vec<FiledFile>, PortalError> {
        let (_, permit) = self.0.store.tenant(actor).record::<K>(id).to(K::VIEW, actor).await?;
        self.0.store.filed_with(&permit).await
    }

    /// Files something with a record.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Invalid with the fields to correct.
    pub async fn file<K: RecordKind>(&self, actor: &Actor, id: RecordId, form: FileForm) -> Result<(), PortalError> {
        let portal = self.0;
        let (record, permit) = portal.store.tenant(actor).record::<K>(id).to(K::EDIT, actor).await?;
        super::records::in_use(&record.row)?;
        let mut check = FormCheck::default();
        let purpose = K::REGISTER.files.iter().find(|choice| choice.code == form.purpose);
        let purpose = check.keep("purpose", purpose.ok_or(FieldProblem::NotAChoice));
        let version = check.text("version", &form.version, 50);
        let bytes = form.bytes.ok_or_else(|| PortalError::invalid("file", FieldProblem::FileTooLarge))?;
        if bytes.is_empty() {
            check.refuse("file", FieldProblem::Missing);
        } else if bytes.len() > MAX_BYTES {
            check.refuse("file", FieldProblem::FileTooLarge);
        }
        let file_name = safe_name(&form.file_name);
        let kind = media_type(&file_name, &bytes);
        if !bytes.is_empty() && kind.is_none() {
            check.refuse("file", FieldProblem::FileMislabelled);
        }
        check.done()?;
        let (Some(purpose), Some(media_type)) = (purpose, kind) else { return Err(PortalError::Invalid(Vec::new())) };
        if !malware::is_clean(portal.config.scan_command.as_deref(), &bytes).await? {
            return Err(PortalError::invalid("file", FieldProblem::FileMalware));
        }
        let _held = portal.files.hold().await;
        let sha256 = portal.files.keep(&bytes).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let file = NewFile {
            id: portal.rng.id(&portal.clock),
            register: K::REGISTER.key,
            purpose: purpose.code,
            version,
            file_name: file_name.clone(),
            media_type,
            size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            sha256: sha256.clone(),
        };
        writing.file(file).await?;
        let detail = json!({ "filed": purpose.code, "file": file_name, "sha256": sha256 });
        writing.commit(AuditEvent::about(K::REGISTER.object, id.0, detail)).await
    }

    /// A file of a record; that it was taken away is noted.
    ///
    /// # Errors
    /// NotFound.
    pub async fn content<K: RecordKind>(
        &self,
        actor: &Actor,
        id: RecordId,
        file: Uuid,
    ) -> Result<FileContent, PortalError> {
        let portal = self.0;
        let (_, permit) = portal.store.tenant(actor).record::<K>(id).to(K::VIEW, actor).await?;
        let (file_name, media_type, sha256) = portal.store.filed(&permit, file).await?.ok_or(PortalError::NotFound)?;
        let bytes = portal.files.read(&sha256).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.commit(AuditEvent::about(K::REGISTER.object, id.0, json!({ "downloaded": file_name }))).await?;
        Ok(FileContent { file_name, media_type, bytes })
    }
}

impl Portal {
    /// Files filed with records.
    #[must_use]
    pub fn filings(&self) -> Filings<'_> {
        Filings(self)
    }
}
