//! Reading an .xlsx file into texts. This runs in a process of its own, under limits (see [`super::sandbox`]): a small file may unpack to anything.

use super::cell::unmarked;
use crate::grid::{Row, Sheet};
use calamine::{Data, DataRef, Reader, Xlsx};
use kakunin_api::FieldProblem;
use std::io::{Cursor, Read, Write};

/// Most sheets read.
const MAX_SHEETS: usize = 30;
/// Most cells with text, in all sheets.
const MAX_CELLS: usize = 1_000_000;
/// Most text, in bytes, in all cells.
const MAX_TEXT: usize = 24 * 1024 * 1024;
/// What the child may allocate, in bytes, and how long it may reckon, in seconds.
const MAX_MEMORY: u64 = 112 * 1024 * 1024;
const MAX_SECONDS: u64 = 5;

/// The child's whole life: a file on standard input, its sheets or what is wrong with it as JSON on standard output.
///
/// # Errors
/// Where a limit cannot be set or a pipe is closed.
pub fn child() -> anyhow::Result<()> {
    rlimit::setrlimit(rlimit::Resource::DATA, MAX_MEMORY, MAX_MEMORY)?;
    rlimit::setrlimit(rlimit::Resource::CPU, MAX_SECONDS, MAX_SECONDS)?;
    rlimit::setrlimit(rlimit::Resource::FSIZE, 0, 0)?;
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let read = sheets(bytes);
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &read)?;
    out.flush()?;
    Ok(())
}

fn sheets(bytes: Vec<u8>) -> Result<Vec<Sheet>, FieldProblem> {
    // Excel before 2007, and any workbook behind a password, is an OLE file.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(FieldProblem::WorkbookLocked);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(FieldProblem::WorkbookOther);
    }
    let mut workbook: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| FieldProblem::WorkbookOther)?;
    let names = workbook.sheet_names();
    if names.len() > MAX_SHEETS {
        return Err(FieldProblem::WorkbookTooLarge);
    }
    let (mut sheets, mut cells, mut text) = (Vec::new(), 0_usize, 0_usize);
    for name in names {
        // A chart has no cells.
        let Ok(mut reader) = workbook.worksheet_cells_reader(&name) else { continue };
        let mut sheet = Sheet { name, rows: Vec::new() };
        while let Some(cell) = reader.next_cell().map_err(|_| FieldProblem::WorkbookBroken)? {
            let said = said(cell.get_value());
            if said.trim().is_empty() {
                continue;
            }
            cells = cells.saturating_add(1);
            text = text.saturating_add(said.len());
            if cells > MAX_CELLS || text > MAX_TEXT {
                return Err(FieldProblem::WorkbookTooLarge);
            }
            let (row, column) = cell.get_position();
            let (number, column) =
                (row.saturating_add(1), u16::try_from(column).map_err(|_| FieldProblem::WorkbookBroken)?);
            match sheet.rows.last_mut() {
                Some(last) if last.number == number => last.cells.push((column, said)),
                _ => sheet.rows.push(Row { number, cells: vec![(column, said)] }),
            }
        }
        sheets.push(sheet);
    }
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) { Err(FieldProblem::WorkbookEmpty) } else { Ok(sheets) }
}

/// A cell as a person reads it: whole numbers without a point, days as ISO 8601.
fn said(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => unmarked(&text).replace("\r\n", "\n"),
        Data::Int(number) => number.to_string(),
        // Display writes a whole number without a point.
        Data::Float(number) => number.to_string(),
        Data::Bool(true) => "○".to_owned(),
        Data::Bool(false) => "×".to_owned(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(moment) => moment.as_f64().to_string(),
    }
}
