//! A register as it is shown, to take away: an Excel workbook or CSV with the same columns, rows and order as the list.
//!
//! One table, headings in row 1, nothing merged, days in ISO: machines read it too.

use super::{
    cell::{body, harmless, heading, height, most_lines, text},
    from_the_beginning, saved,
};
use crate::{
    error::internal,
    permission::Actor,
    portal::Portal,
    registers::{
        kinds::RecordKind,
        schema::{Field, Kind, Register},
        values::Value,
        words,
    },
    store::registers::Row,
};
use kakunin_api::{PortalError, registers::ListQuery};
use kakunin_questionnaires::text::Language;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::fs::File;

/// Rows read at a time.
const AT_A_TIME: u64 = 500;

/// Width of a column, in half-width characters.
const WIDTH: f64 = 24.0;

/// The bytes that tell Excel that a CSV file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// `.xlsx`
    Excel,
    /// `.csv`
    Csv,
}

/// The list that `query` asks for, with the columns of these names: file name and file. No more than a page of it is in memory.
///
/// # Errors
/// Forbidden to contractors, or Internal where it cannot be written.
pub async fn export<K: RecordKind>(
    portal: &Portal,
    actor: &Actor,
    query: &ListQuery,
    taken: Taken,
    language: Language,
) -> Result<(String, File), PortalError> {
    let register = K::REGISTER;
    let columns = register.columns(&query.columns);
    let records = portal.records::<K>();
    let mut lines = Lines::begin(taken, register, &columns, language)?;
    let mut query = ListQuery { page: 1, ..query.clone() };
    loop {
        let page = records.rows(actor, &query, AT_A_TIME).await?;
        for row in &page.rows {
            lines.add(row, &columns, register, language)?;
        }
        if page.page * AT_A_TIME >= page.total {
            break;
        }
        query.page += 1;
    }
    records.taken_away(actor, &query).await?;
    let today = portal.clock.today();
    let (ending, file) = lines.end().await?;
    Ok((format!("{}_{today}.{ending}", register.words.say(language)), file))
}

/// The rows of a file that is being written.
enum Lines {
    Excel { book: Box<Workbook>, row: u32, body: Format },
    Csv(Box<csv::Writer<File>>),
}

impl Lines {
    fn begin(
        taken: Taken,
        register: &'static Register,
        columns: &[&'static Field],
        language: Language,
    ) -> Result<Self, PortalError> {
        let mut headings: Vec<&str> = columns.iter().map(|field| field.words.say(language)).collect();
        if register.decided {
            headings.push(if language == Language::Ja { "状態" } else { "State" });
        }
        match taken {
            Taken::Excel => {
                let mut book = Workbook::new();
                let sheet = book.add_worksheet_with_constant_memory().map_err(internal)?;
                let format = heading();
                let name: String = register.words.say(language).chars().take(31).collect();
                let mut write = || -> Result<(), XlsxError> {
                    sheet.set_name(&name)?;
                    for (column, heading) in (0..).zip(&headings) {
                        sheet.set_column_width(column, WIDTH)?;
                        text(sheet, 0, column, heading, &format)?;
                    }
                    sheet.set_freeze_panes(1, 0)?;
                    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
                    sheet.set_repeat_rows(0, 0)?;
                    sheet.set_footer("&L&A&C&P / &N&R&D");
                    Ok(())
                };
                write().map_err(internal)?;
                Ok(Self::Excel { book: Box::new(book), row: 1, body: body() })
            }
            Taken::Csv => {
                let file = tempfile::tempfile().map_err(internal)?;
                let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
                let first = headings.iter().take(1).map(|first| format!("{BYTE_ORDER_MARK}{first}"));
                let rest = headings.iter().skip(1).map(|heading| (*heading).to_owned());
                writer.write_record(first.chain(rest)).map_err(internal)?;
                Ok(Self::Csv(Box::new(writer)))
            }
        }
    }

    fn add(
        &mut self,
        row: &Row,
        columns: &[&'static Field],
        register: &'static Register,
        language: Language,
    ) -> Result<(), PortalError> {
        let nothing = Value::Text(String::new());
        let value = |field: &'static Field| row.values.get(field.name).unwrap_or(&nothing);
        let mut cells: Vec<String> =
            columns.iter().map(|field| words::text(field, value(field), &row.labels, language)).collect();
        if let Some(decision) = row.decision.as_ref().filter(|_| register.decided) {
            cells.push(words::decision_state(&decision.state, language).to_owned());
        }
        match self {
            Self::Csv(writer) => writer.write_record(cells.iter().map(|cell| harmless(cell).0)).map_err(internal),
            Self::Excel { book, row: at, body } => {
                let sheet = book.worksheet_from_index(0).map_err(internal)?;
                sheet.set_row_height(*at, height(most_lines(&cells, WIDTH))).map_err(internal)?;
                for (column, cell) in (0..).zip(&cells) {
                    let number = columns.get(usize::from(column)).filter(|field| field.kind == Kind::Number);
                    let number = number.and_then(|_| cell.parse::<f64>().ok());
                    let written = match number {
                        Some(number) => sheet.write_number(*at, column, number).map(|_| ()),
                        None => text(sheet, *at, column, cell, body),
                    };
                    written.map_err(internal)?;
                }
                *at += 1;
                Ok(())
            }
        }
    }

    async fn end(self) -> Result<(&'static str, File), PortalError> {
        match self {
            Self::Excel { book, .. } => Ok(("xlsx", saved(*book).await?)),
            Self::Csv(writer) => Ok(("csv", from_the_beginning(writer.into_inner().map_err(internal)?)?)),
        }
    }
}
