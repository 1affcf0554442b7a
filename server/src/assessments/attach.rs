//! 証跡: attaching a file to an answer, taking it off, and reading it again.
//!
//! A file is judged by its first bytes, not by its name or by what the browser says it is.

use super::{Answering, Assessments, stage::Stage};
use crate::{
    malware,
    permission::{self, Actor},
    portal::Portal,
    store::{AuditEvent, records::EvidenceFile},
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::{AssessmentId, EvidenceId},
};
use kakunin_questionnaires::questionnaire::EvidenceWish;
use serde_json::json;
use std::time::{Duration, SystemTime};

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// Accepted endings, with the media type they are served as and how their content begins.
const KINDS: [(&str, &str, &[u8]); 8] = [
    ("pdf", "application/pdf", b"%PDF-"),
    ("png", "image/png", b"\x89PNG\r\n\x1a\n"),
    ("jpg", "image/jpeg", b"\xff\xd8\xff"),
    ("jpeg", "image/jpeg", b"\xff\xd8\xff"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", b"PK\x03\x04"),
    ("zip", "application/zip", b"PK\x03\x04"),
];

/// A file ready to be sent.
#[derive(Clone, Debug)]
pub struct FileContent {
    /// Its name.
    pub file_name: String,
    /// Its media type, from our own list.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Answering<'_> {
    /// Attaches a file in place of an earlier one.
    ///
    /// # Errors
    /// Invalid with the question's key as field, NotFound, or Conflict once submitted.
    pub async fn attach(
        &self,
        actor: &Actor,
        id: AssessmentId,
        key: &str,
        file_name: &str,
        bytes: &[u8],
    ) -> Result<(), PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.assessment(id).to(permission::AnswerAssessment, actor).await?;
        if !Stage::of(&row)?.state().is_answerable() {
            return Err(super::changed_meanwhile(&row));
        }
        let questionnaire = portal.questionnaire(&row.questionnaire_sha256).await?;
        let (_, question) = questionnaire.question(key).ok_or(PortalError::NotFound)?;
        if question.evidence == EvidenceWish::None {
            return Err(PortalError::NotFound);
        }
        if bytes.len() > MAX_BYTES {
            return Err(PortalError::invalid(key, FieldProblem::FileTooLarge));
        }
        let file_name = safe_name(file_name);
        let media_type =
            media_type(&file_name, bytes).ok_or_else(|| PortalError::invalid(key, FieldProblem::FileMislabelled))?;
        if !malware::is_clean(portal.config.scan_command.as_deref(), bytes).await? {
            return Err(PortalError::invalid(key, FieldProblem::FileMalware));
        }
        let _held = portal.files.hold().await;
        let sha256 = portal.files.keep(bytes).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let now = writing.assessment_now().await?;
        if !Stage::of(&now)?.state().is_answerable() {
            return Err(super::changed_meanwhile(&now));
        }
        let file = EvidenceFile {
            id: portal.rng.id(&portal.clock),
            organization_id: writing.organization(),
            assessment_id: id.0,
            question_key: key.to_owned(),
            file_name,
            media_type: media_type.to_owned(),
            size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            sha256: sha256.clone(),
            attached_at: writing.at_ms(),
            attached_by: writing.by().to_owned(),
        };
        writing.attach(file).await?;
        writing.commit(AuditEvent::about("assessment", id.0, json!({ "question": key, "attached": sha256 }))).await
    }

    /// Takes a question's file off.
    ///
    /// # Errors
    /// NotFound, or Conflict once submitted.
    pub async fn detach(&self, actor: &Actor, id: AssessmentId, key: &str) -> Result<(), PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (_, permit) = tenant.assessment(id).to(permission::AnswerAssessment, actor).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let now = writing.assessment_now().await?;
        if !Stage::of(&now)?.state().is_answerable() {
            return Err(super::changed_meanwhile(&now));
        }
        writing.detach(key).await?;
        writing.commit(AuditEvent::about("assessment", id.0, json!({ "question": key, "detached": true }))).await
    }

    /// A file the contractor attached.
    ///
    /// # Errors
    /// NotFound.
    pub async fn file(&self, actor: &Actor, id: EvidenceId) -> Result<FileContent, PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (row, _) = tenant.evidence_file(id).to(permission::AnswerAssessment, actor).await?;
        content(row, &portal.files).await
    }
}

impl Assessments<'_> {
    /// A file attached to an answer, for staff.
    ///
    /// # Errors
    /// NotFound.
    pub async fn file(&self, actor: &Actor, id: EvidenceId) -> Result<FileContent, PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.evidence_file(id).to(permission::ExportEvidence, actor).await?;
        let file = content(row, &portal.files).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.commit(AuditEvent::about("evidence_file", id.0, json!({ "downloaded": true }))).await?;
        Ok(file)
    }
}

/// How long the bytes of a file stay on the disk after they were last kept, whoever has it.
const DETACHED_FOR: Duration = Duration::from_secs(24 * 60 * 60);

impl Portal {
    /// Removes the bytes of files that no answer has any more, a day after they were last kept. Says how many.
    ///
    /// # Errors
    /// Where the disk or the database fails.
    pub async fn forget_detached_files(&self) -> Result<u64, PortalError> {
        let until = SystemTime::from(self.clock.now()).checked_sub(DETACHED_FOR).unwrap_or(SystemTime::UNIX_EPOCH);
        let mut removed = 0;
        for first in 0..=u8::MAX {
            for sha256 in self.files.older(first, until).await? {
                let wanted = self.store.is_attached(&sha256);
                removed += u64::from(self.files.remove_unless(&sha256, wanted).await?);
            }
        }
        Ok(removed)
    }
}

async fn content(row: EvidenceFile, files: &crate::storage::FileStore) -> Result<FileContent, PortalError> {
    Ok(FileContent { bytes: files.read(&row.sha256).await?, file_name: row.file_name, media_type: row.media_type })
}

/// The last part of a path, without control characters, at most 120 characters, its ending kept.
pub(crate) fn safe_name(typed: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control() && !is_direction_mark(*c)).collect();
    let clean = clean.trim().trim_start_matches('.');
    let excess = clean.chars().count().saturating_sub(120);
    let kept: String = clean.chars().skip(excess).collect();
    if kept.is_empty() { "file".to_owned() } else { kept }
}

/// Characters that make `exe.pdf` read as `fdp.exe`.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The media type by ending, where the content begins as that kind does.
pub(crate) fn media_type(file_name: &str, bytes: &[u8]) -> Option<&'static str> {
    let (_, ending) = file_name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    let (_, media_type, begins) = KINDS.iter().find(|(known, ..)| *known == ending)?;
    bytes.starts_with(begins).then_some(*media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_judged_by_its_content() {
        assert_eq!(media_type("規程.PDF", b"%PDF-1.7 ..."), Some("application/pdf"));
        assert_eq!(media_type("規程.pdf", b"MZ\x90"), None);
        assert_eq!(media_type("規程.exe", b"%PDF-1.7"), None);
        assert_eq!(media_type("規程", b"%PDF-1.7"), None);
    }

    #[test]
    fn a_name_is_no_path_and_reads_the_way_it_is() {
        assert_eq!(safe_name("../../etc/passwd.pdf"), "passwd.pdf");
        assert_eq!(safe_name("C:\\temp\\規程.pdf"), "規程.pdf");
        assert_eq!(safe_name("a\u{202e}fdp.exe"), "afdp.exe");
        assert_eq!(safe_name("..."), "file");
    }
}
