//! A workbook as what can be read in it: sheets of rows of texts. Knows no file format.

use kakunin_api::FieldProblem;
use kakunin_questionnaires::load::table::Cell;
use serde::{Deserialize, Serialize};

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The rows in which anything stands, in order.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Counted from 1, as on the screen.
    pub number: u32,
    /// Column, counted from 0, and text of every cell in which anything stands, in order.
    pub cells: Vec<(u16, String)>,
}

impl Row {
    /// The text in a column; empty where nothing stands.
    #[must_use]
    pub fn text(&self, column: u16) -> &str {
        self.cells.iter().find(|(place, _)| *place == column).map_or("", |(_, text)| text)
    }
}

impl Sheet {
    /// A cell with the name people call it by, such as `設問!D12`.
    #[must_use]
    pub fn cell(&self, row: &Row, column: u16) -> Cell {
        Cell { name: self.cell_name(row.number, column), text: row.text(column).to_owned() }
    }

    /// The name of a cell; row counted from 1, column from 0.
    #[must_use]
    pub fn cell_name(&self, row: u32, column: u16) -> String {
        format!("{}!{}{row}", self.name, column_name(column))
    }

    /// The row with this number.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.iter().find(|row| row.number == number)
    }
}

/// What the reader of workbooks writes, a line each.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// A sheet of this name begins.
    Sheet(String),
    /// A row of it.
    Row(Row),
    /// The workbook ends here: nothing is missing.
    End,
    /// It could not be read.
    Problem(FieldProblem),
}

/// A workbook as its reader wrote it, unfolded row by row: a list of 20,000 rows is never in memory as texts.
#[derive(Clone, Debug, Default)]
pub struct Grid(Vec<u8>);

impl Grid {
    /// Takes the lines of a reader. None where they break off.
    pub fn of_output(output: Vec<u8>) -> Option<Result<Self, FieldProblem>> {
        let last = output.strip_suffix(b"\n")?.rsplit(|byte| *byte == b'\n').next()?;
        match serde_json::from_slice(last).ok()? {
            Line::End => Some(Ok(Self(output))),
            Line::Problem(problem) => Some(Err(problem)),
            Line::Sheet(_) | Line::Row(_) => None,
        }
    }

    /// Every line in order.
    pub fn lines(&self) -> impl Iterator<Item = Line> {
        let lines = self.0.split(|byte| *byte == b'\n');
        lines.map_while(|line| serde_json::from_slice(line).ok())
    }

    /// All sheets.
    #[must_use]
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> = Vec::new();
        for line in self.lines() {
            match (line, sheets.last_mut()) {
                (Line::Sheet(name), _) => sheets.push(Sheet { name, rows: Vec::new() }),
                (Line::Row(row), Some(sheet)) => sheet.rows.push(row),
                _ => {}
            }
        }
        sheets
    }
}

/// The column of this name, counted from 0.
#[must_use]
pub fn column_number(name: &str) -> Option<u16> {
    let digits = name.bytes().map(|byte| byte.is_ascii_uppercase().then(|| u32::from(byte - b'A') + 1));
    let number = digits
        .collect::<Option<Vec<_>>>()?
        .into_iter()
        .try_fold(0_u32, |number, digit| number.checked_mul(26).and_then(|number| number.checked_add(digit)))?;
    u16::try_from(number.checked_sub(1)?).ok()
}

/// `A` for 0, `Z` for 25, `AA` for 26.
#[must_use]
pub fn column_name(column: u16) -> String {
    let (mut name, mut rest) = (String::new(), u32::from(column) + 1);
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        name.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_on_the_screen() {
        let names: Vec<_> = [0, 25, 26, 51, 52, 701, 702, 16_383].into_iter().map(column_name).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
        let numbers: Vec<_> = names.iter().filter_map(|name| column_number(name)).collect();
        assert_eq!(numbers, [0, 25, 26, 51, 52, 701, 702, 16_383]);
        assert_eq!(["", "a", "A1", "ZZZZZZZZ"].map(column_number), [None; 4]);
    }
}
