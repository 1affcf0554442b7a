//! Who was responsible on a day: the posts with their holders, as a workbook. One table, days in ISO.

use super::{
    cell::{body, heading, height, lines, text},
    saved,
};
use crate::{error::internal, permission::Actor, portal::Portal};
use jiff::civil::Date;
use kakunin_api::PortalError;
use kakunin_questionnaires::text::Language;
use rust_xlsxwriter::{Workbook, XlsxError};
use std::fs::File;

/// Headings in both languages, and widths in half-width characters.
const COLUMNS: [(&str, &str, f64); 8] = [
    ("部局・課室", "Department", 24.0),
    ("職", "Post", 30.0),
    ("対象", "Of what", 36.0),
    ("氏名", "Name", 24.0),
    ("就任日", "From", 14.0),
    ("退任日", "To", 14.0),
    ("発令番号", "Document number", 20.0),
    ("備考", "Remarks", 14.0),
];

/// The posts in which `search` is found, with whoever held them on `day`: file name and file.
///
/// # Errors
/// Forbidden to contractors, or Internal where it cannot be written.
pub async fn export(
    portal: &Portal,
    actor: &Actor,
    (day, search): (Date, &str),
    language: Language,
) -> Result<(String, File), PortalError> {
    let mut book = Workbook::new();
    begin(&mut book, day, language).map_err(internal)?;
    let ja = language == Language::Ja;
    let (mut page, mut at) = (1, 1);
    loop {
        let (rows, _) = portal.organizations().posts_on(actor, day, (search, page)).await?;
        let sheet = book.worksheet_from_index(0).map_err(internal)?;
        for row in &rows.rows {
            let vacant = if ja { "空席" } else { "Vacant" };
            let acting = if ja { "職務代理" } else { "Acting" };
            let cells = match &row.holder {
                Some(holder) => [
                    holder.name.clone(),
                    holder.from.to_string(),
                    holder.to.map(|to| to.to_string()).unwrap_or_default(),
                    holder.document_number.clone(),
                    if holder.acting { acting.to_owned() } else { String::new() },
                ],
                None => [vacant.to_owned(), String::new(), String::new(), String::new(), String::new()],
            };
            let post = [row.department.clone().unwrap_or_default(), row.title.clone(), row.attached.clone()];
            let most = post.iter().chain(&cells).zip(COLUMNS).map(|(cell, (.., width))| lines(cell, width).len()).max();
            sheet.set_row_height(at, height(most.unwrap_or(1))).map_err(internal)?;
            for (column, cell) in (0..).zip(post.iter().chain(&cells)) {
                text(sheet, at, column, cell, &body()).map_err(internal)?;
            }
            at += 1;
        }
        if page >= rows.pages() {
            break;
        }
        page += 1;
    }
    portal.audit().exported(actor, &format!("officers {day}")).await?;
    let name = if ja { format!("責任者_{day}.xlsx") } else { format!("officers_{day}.xlsx") };
    Ok((name, saved(book).await?))
}

fn begin(book: &mut Workbook, day: Date, language: Language) -> Result<(), XlsxError> {
    let ja = language == Language::Ja;
    let sheet = book.add_worksheet_with_constant_memory();
    let sheet = sheet?.set_name(if ja { format!("責任者 {day}") } else { format!("Officers {day}") })?;
    for (column, (japanese, english, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        text(sheet, 0, column, if ja { japanese } else { english }, &heading())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_footer("&L&A&C&P / &N");
    Ok(())
}
