//! The evidence workbook of one assessment: 様式 to read and print, データ for machines, コード表 for both.
//!
//! The export is logged before the workbook is made, so the chain's head printed in it covers the export itself.

mod code_sheet;
mod data_sheet;
mod form_sheet;
pub(super) mod words;

use crate::{
    clock,
    error::internal,
    permission::{self, Actor},
    portal::Portal,
    registers::{subjects::vendor_words, words::text as words_of},
    store::{AuditEvent, records::AuditCheckpoint, subjects::SubjectRecord},
};
use kakunin_api::{PortalError, assessments::ReviewView, ids::AssessmentId, subject::SubjectKind};
use kakunin_questionnaires::text::Language;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use serde_json::json;

/// A finished workbook.
#[derive(Clone, Debug)]
pub struct EvidenceBook {
    /// 証跡_委託先_日付.xlsx; of a service or an account with its own name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Everything the sheets are made from.
#[derive(Debug)]
struct Evidence {
    review: ReviewView,
    subject: SubjectRecord,
    /// 委託先・提供者, in words.
    vendor: String,
    organization: String,
    organization_code: String,
    corporate_number: Option<String>,
    exported_by: String,
    /// Milliseconds since 1970.
    exported_at: i64,
    checkpoint: AuditCheckpoint,
}

impl Evidence {
    /// What a field of the subject's register says, in words; empty where the register has no such field, or it says nothing.
    fn said(&self, field: &str) -> String {
        let known = self.subject.register.field(field).zip(self.subject.row.values.get(field));
        let said = known.map(|(field, value)| words_of(field, value, &self.subject.row.labels, Language::Ja));
        said.unwrap_or_default()
    }
}

/// Makes the workbook.
///
/// # Errors
/// NotFound, Forbidden, or Internal where it cannot be written.
pub async fn export(portal: &Portal, actor: &Actor, id: AssessmentId) -> Result<EvidenceBook, PortalError> {
    let tenant = portal.store.tenant(actor);
    let (row, permit) = tenant.assessment(id).to(permission::ExportEvidence, actor).await?;
    let review = portal.assessments().review(actor, id).await?;
    let subject = portal.store.subject_of(&row).await?.labelled(actor.scale());
    let organization = portal.store.organization(permit.organization()).await?;
    let corporate_number = match subject.link("vendor") {
        Some(vendor) => portal.store.corporate_number_of(vendor).await?,
        None => None,
    };
    let vendor = vendor_words(subject.subject.kind, &review.row.vendor_name, Language::Ja);
    let named = if subject.subject.kind == SubjectKind::Engagement { vendor.clone() } else { subject.title() };
    let now = portal.clock.now_ms();
    let detail = json!({ "exported": "evidence.xlsx", "evaluation_sha256": review.evaluation.sha256() });
    let writing = portal.store.write(&permit, now).await?;
    writing.commit(AuditEvent::about("assessment", id.0, detail)).await?;
    let checkpoint = portal.audit().sign_checkpoint(permit.organization()).await?;
    let checkpoint = checkpoint.ok_or_else(|| internal("no event to sign"))?;
    let file_name = format!("証跡_{named}_{}.xlsx", clock::in_japan(now).date());
    let evidence = Evidence {
        review,
        subject,
        vendor,
        organization: organization.name,
        organization_code: organization.code,
        corporate_number,
        exported_by: actor.name().to_owned(),
        exported_at: now,
        checkpoint,
    };
    let made = tokio::task::spawn_blocking(move || workbook(&evidence)).await.map_err(internal)?;
    Ok(EvidenceBook { file_name, bytes: made.map_err(internal)? })
}

fn workbook(evidence: &Evidence) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let title = format!("{} 情報セキュリティ確認調書", evidence.vendor);
    // Without this the library reads the machine's clock.
    let made_at = ExcelDateTime::from_timestamp(evidence.exported_at.div_euclid(1000))?;
    let properties = DocProperties::new().set_title(title).set_author(&evidence.organization);
    workbook.set_properties(&properties.set_creation_datetime(&made_at));
    form_sheet::write(workbook.add_worksheet(), evidence)?;
    data_sheet::write(workbook.add_worksheet(), evidence)?;
    code_sheet::write(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use crate::excel::cell::{harmless, lines};

    #[test]
    fn text_that_looks_like_a_formula_is_marked_as_text() {
        for text in ["=1+1", "+81", "-1", "@x", "＝1", "＋1", "－1", "＠x", "\t=1"] {
            assert!(harmless(text).1, "{text}");
        }
        assert!(!harmless("株式会社").1);
        assert_eq!(harmless("=1+1").0, "'=1+1");
    }

    #[test]
    fn a_cell_is_cut_where_excel_counts() {
        assert_eq!(harmless(&"😀".repeat(40_000)).0.encode_utf16().count(), 32_766);
    }

    #[test]
    fn no_character_is_lost_when_a_text_is_split_into_lines() {
        let text = format!("一行目\n{}\n\n終わり", "あa".repeat(500));
        assert_eq!(lines(&text, 30.0).concat(), text);
        assert!(lines(&text, 30.0).len() > 20);
    }

    #[test]
    fn characters_that_xml_cannot_hold_are_left_out() {
        assert_eq!(harmless("a\u{0}b\u{b}c\nd").0, "abc\nd");
        assert_eq!(harmless(&"あ".repeat(40_000)).0.chars().count(), 32_767);
    }
}
