//! What a policy version would change, as a workbook: one line for each verdict or rating that changes.

use super::{
    cell::{body, heading, text},
    evidence_book::words,
};
use crate::{error::internal, permission::Actor, portal::Portal, registers::subjects::vendor_words};
use kakunin_api::{PortalError, ids::PolicyVersionId, policies::WhatIf};
use kakunin_questionnaires::text::Language;
use rust_xlsxwriter::{Workbook, XlsxError};
use std::sync::Arc;

/// Headings and widths in half-width characters.
const COLUMNS: [(&str, f64); 9] = [
    ("調査の番号", 38.0),
    ("委託先・提供者", 30.0),
    ("対象", 36.0),
    ("判定（変更前）", 12.0),
    ("判定（変更後）", 12.0),
    ("得点（変更前）", 12.0),
    ("得点（変更後）", 12.0),
    ("要求事項", 44.0),
    ("要求事項の判定", 24.0),
];

/// Makes the workbook: file name and bytes.
///
/// # Errors
/// NotFound, or Internal where it cannot be written.
pub async fn export(
    portal: &Arc<Portal>,
    actor: &Actor,
    id: PolicyVersionId,
) -> Result<(String, Vec<u8>), PortalError> {
    let (version, what_if) = portal.policies().what_if(actor, id).await?;
    portal.audit().exported(actor, &format!("what-if {}", id)).await?;
    let made = tokio::task::spawn_blocking(move || workbook(&what_if)).await.map_err(internal)?;
    Ok((format!("影響_{version}.xlsx"), made.map_err(internal)?))
}

fn workbook(what_if: &WhatIf) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("影響")?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    for (column, (label, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        text(sheet, 0, column, label, &heading())?;
    }
    let score = |score: Option<u16>| score.map_or_else(|| "—".to_owned(), words::percent);
    let mut line = 0;
    for row in &what_if.rows {
        let said = |verdict: Option<_>| verdict.map_or("要求事項なし", words::verdict);
        let mut verdicts: Vec<_> = row
            .verdicts
            .iter()
            .map(|(title, before, after)| (title.ja.clone(), format!("{} → {}", said(*before), said(*after))))
            .collect();
        if verdicts.is_empty() {
            verdicts.push((String::new(), String::new()));
        }
        for (title, change) in verdicts {
            line += 1;
            let cells = [
                row.assessment.to_string(),
                vendor_words(row.subject, &row.vendor, Language::Ja),
                row.subject_title.clone(),
                words::rating(row.rating.0).to_owned(),
                words::rating(row.rating.1).to_owned(),
                score(row.score.0),
                score(row.score.1),
                title,
                change,
            ];
            for (column, content) in (0..).zip(&cells) {
                text(sheet, line, column, content, &body())?;
            }
        }
    }
    workbook.save_to_buffer()
}
