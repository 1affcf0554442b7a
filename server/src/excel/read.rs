//! Reading an .xlsx file into texts. This runs in a process of its own, under limits (see [`super::sandbox`]): a small file may unpack to anything.

use super::{cell::unmarked, inspect::inspect};
use crate::grid::{Line, Row};
use calamine::{Data, DataRef, Dimensions, Reader, Xlsx};
use kakunin_api::FieldProblem;
use std::{
    collections::BTreeMap,
    io::{BufWriter, Cursor, Read, Write},
};

/// Most sheets read.
const MAX_SHEETS: usize = 30;
/// Most cells with text, in all sheets.
const MAX_CELLS: usize = 1_000_000;
/// Most merged regions of a sheet that are looked at, and most rows of one.
const MAX_REGIONS: usize = 20_000;
const MAX_TALL: u32 = 5_000;
/// Longest text of a cell, in UTF-16 units: Excel writes no longer one.
const MAX_CELL: usize = 32_767;
/// Most text, in bytes, in all cells.
const MAX_TEXT: usize = 24 * 1024 * 1024;
/// What the child may allocate, in bytes, and how long it may reckon, in seconds.
const MAX_MEMORY: u64 = 112 * 1024 * 1024;
const MAX_SECONDS: u64 = 4;
/// Longest name of a sheet that is kept, in characters; Excel allows 31.
const MAX_NAME: usize = 100;

/// The child's whole life: a file on standard input, what stands in it or what is wrong with it on standard output, line by
/// line.
///
/// # Errors
/// Where a limit cannot be set or a pipe is closed.
pub fn child() -> anyhow::Result<()> {
    rlimit::setrlimit(rlimit::Resource::DATA, MAX_MEMORY, MAX_MEMORY)?;
    rlimit::setrlimit(rlimit::Resource::CPU, MAX_SECONDS, MAX_SECONDS)?;
    rlimit::setrlimit(rlimit::Resource::FSIZE, 0, 0)?;
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    // What the library trips over is broken, whatever it says of it.
    std::panic::set_hook(Box::new(|_| {}));
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| lines(bytes, &mut out)));
    let last = match read.unwrap_or(Ok(Err(FieldProblem::WorkbookBroken)))? {
        Ok(()) => Line::End,
        Err(problem) => Line::Problem(problem),
    };
    write(&mut out, &last)?;
    out.flush()?;
    Ok(())
}

fn write(out: &mut impl Write, line: &Line) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// Writes the sheets row by row: nothing of them stays in memory but what the format keeps apart from its sheets.
fn lines(bytes: Vec<u8>, out: &mut impl Write) -> std::io::Result<Result<(), FieldProblem>> {
    if let Err(problem) = inspect(&bytes) {
        return Ok(Err(problem));
    }
    let Ok(mut workbook) = calamine::open_workbook_from_rs::<Xlsx<_>, _>(Cursor::new(bytes)) else {
        return Ok(Err(FieldProblem::WorkbookBroken));
    };
    let names = workbook.sheet_names();
    if names.len() > MAX_SHEETS {
        return Ok(Err(FieldProblem::WorkbookTooLarge));
    }
    let (mut cells, mut text, mut rows) = (0_usize, 0_usize, 0_usize);
    for name in names {
        // What says nothing of merged cells that can be read has none.
        let mut merged = Merged::of(workbook.merge_cells_by_sheet_name(&name).unwrap_or_default());
        // A chart has no cells.
        let Ok(mut reader) = workbook.worksheet_cells_reader(&name) else { continue };
        write(out, &Line::Sheet(name.chars().take(MAX_NAME).collect()))?;
        let mut row = Row::default();
        loop {
            let cell = match reader.next_cell() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                Err(_) => return Ok(Err(FieldProblem::WorkbookBroken)),
            };
            let said = said(cell.get_value());
            if said.trim().is_empty() {
                continue;
            }
            let (number, column) = cell.get_position();
            let (Some(number), Ok(column)) = (number.checked_add(1), u16::try_from(column)) else {
                return Ok(Err(FieldProblem::WorkbookBroken));
            };
            // Rows come in order, and a place once (ECMA-376, part 1, 18.3.1.73).
            let again = row.number == number && row.cells.last().is_some_and(|(last, _)| *last >= column);
            if number < row.number || again {
                return Ok(Err(FieldProblem::WorkbookBroken));
            }
            if number > row.number {
                if !row.cells.is_empty() {
                    text += merged.fill(&mut row);
                    write(out, &Line::Row(std::mem::take(&mut row)))?;
                }
                row.number = number;
                rows += 1;
            }
            cells += 1;
            // As it will be stored: a sign that has to be written as two counts as two.
            text += said.len() + said.bytes().filter(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)).count() * 5;
            if cells > MAX_CELLS || text > MAX_TEXT || said.encode_utf16().count() > MAX_CELL {
                return Ok(Err(FieldProblem::WorkbookTooLarge));
            }
            row.cells.push((column, said));
        }
        if !row.cells.is_empty() {
            merged.fill(&mut row);
            write(out, &Line::Row(row))?;
        }
    }
    Ok(if rows == 0 { Err(FieldProblem::WorkbookEmpty) } else { Ok(()) })
}

/// Cells that were merged over several rows: what the first says holds for all of them.
#[derive(Default)]
struct Merged {
    /// First row, last row and column of each, the last ones first; rows counted from 1.
    regions: Vec<(u32, u32, u16)>,
    /// By column: the last row, and what it says.
    open: BTreeMap<u16, (u32, String)>,
}

impl Merged {
    fn of(regions: Vec<Dimensions>) -> Self {
        let tall = regions.into_iter().take(MAX_REGIONS).filter_map(|place| {
            let ((from, column), (to, _)) = (place.start, place.end);
            let fits = to > from && to - from <= MAX_TALL;
            fits.then(|| Some((from + 1, to + 1, u16::try_from(column).ok()?))).flatten()
        });
        let mut regions: Vec<_> = tall.collect();
        regions.sort_unstable_by(|one, other| other.cmp(one));
        Self { regions, open: BTreeMap::new() }
    }

    /// Says in a row what merged cells above it say; gives how many bytes that are.
    fn fill(&mut self, row: &mut Row) -> usize {
        self.open.retain(|_, (last, _)| *last >= row.number);
        let mut added = 0;
        for (column, (_, said)) in &self.open {
            if row.text(*column).is_empty() {
                added += said.len();
                row.cells.push((*column, said.clone()));
            }
        }
        if added > 0 {
            row.cells.sort_unstable_by_key(|(column, _)| *column);
        }
        while let Some((_, last, column)) = self.regions.pop_if(|(first, ..)| *first <= row.number) {
            let said = row.text(column);
            if !said.is_empty() && last > row.number {
                self.open.insert(column, (last, said.to_owned()));
            }
        }
        added
    }
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
