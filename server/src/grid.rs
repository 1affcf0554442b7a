//! A workbook as what can be read in it: sheets of rows of texts. Knows no file format.

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
    }
}
