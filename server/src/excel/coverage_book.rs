//! The coverage of a policy as a workbook: one table, one line for each link from a clause to a question or a fact.

use super::cell::{body, heading, text};
use crate::{error::internal, permission::Actor, portal::Portal};
use kakunin_api::PortalError;
use kakunin_questionnaires::coverage::Coverage;
use rust_xlsxwriter::{Workbook, XlsxError};
use std::sync::Arc;

/// Headings in Japanese, in the order of [`Coverage::lines`], and the widths of their columns in half-width characters.
const COLUMNS: [(&str, f64); 11] = [
    ("ポリシー", 14.0),
    ("条項", 12.0),
    ("条項の題", 30.0),
    ("要求事項", 44.0),
    ("程度", 8.0),
    ("重み", 6.0),
    ("満たすべき者", 14.0),
    ("確かめ方", 10.0),
    ("キー", 36.0),
    ("設問番号", 20.0),
    ("設問・記録・理由", 70.0),
];

/// Makes the workbook: file name and bytes.
///
/// # Errors
/// NotFound, Forbidden, or Internal where it cannot be written.
pub async fn export(portal: &Arc<Portal>, actor: &Actor, policy: &str) -> Result<(String, Vec<u8>), PortalError> {
    let coverage = portal.policies().coverage(actor, policy).await?;
    portal.audit().exported(actor, &format!("coverage {}", policy)).await?;
    let name = format!("対応表_{}_{}.xlsx", coverage.policy.organization_name.ja, coverage.policy.version);
    let made = tokio::task::spawn_blocking(move || workbook(&coverage)).await.map_err(internal)?;
    Ok((name, made.map_err(internal)?))
}

fn workbook(coverage: &Coverage<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("対応表")?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    for (column, (label, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        text(sheet, 0, column, label, &heading())?;
    }
    let lines = coverage.lines();
    for (row, line) in (1..).zip(&lines) {
        for (column, content) in (0..).zip(line) {
            text(sheet, row, column, content, &body())?;
        }
    }
    let last = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, 10)?;
    workbook.save_to_buffer()
}
