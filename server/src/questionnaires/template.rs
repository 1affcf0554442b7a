//! The portal's own workbook of a questionnaire: which sheets and columns it has, and reading it.

use crate::grid::{Row, Sheet};
use kakunin_questionnaires::load::{
    MAX_QUESTIONS,
    table::{Cell, Column, SectionRow, Table},
};

/// The sheet about the questionnaire as a whole: a label and a value in each row.
pub const ABOUT: &str = "調査票";
/// The sheet of sections.
pub const SECTIONS: &str = "区分";
/// The sheet of questions.
pub const QUESTIONS: &str = "設問";
/// The sheet that says how to fill the others in.
pub const GUIDE: &str = "記入要領";

/// The labels of [`ABOUT`], in the order of the values.
pub const ABOUT_LABELS: [&str; 7] =
    ["識別子", "版", "回答者", "名称", "名称（英語）", "調査の説明", "調査の説明（英語）"];

/// The headings of [`SECTIONS`].
pub const SECTION_HEADINGS: [&str; 6] = ["区分の識別子", "名称", "名称（英語）", "説明", "説明（英語）", "所要分"];

/// Whether a workbook is the portal's own: it has the three sheets.
#[must_use]
pub fn is_template(sheets: &[Sheet]) -> bool {
    [ABOUT, SECTIONS, QUESTIONS].iter().all(|name| sheets.iter().any(|sheet| sheet.name == *name))
}

/// Reads the portal's own workbook. Columns are found by their headings, in any order; one that is not there is blank.
#[must_use]
pub fn table(file_name: &str, sheets: &[Sheet]) -> Table {
    let nothing = Sheet::default();
    let sheet = |name: &str| sheets.iter().find(|sheet| sheet.name == name).unwrap_or(&nothing);
    let (about, sections, questions) = (sheet(ABOUT), sheet(SECTIONS), sheet(QUESTIONS));
    let value = |label: &str| -> Cell {
        let row = about.rows.iter().find(|row| row.text(0).trim() == label);
        row.map_or_else(|| Cell { name: format!("{ABOUT}!{label}"), text: String::new() }, |row| about.cell(row, 1))
    };
    let [id, version, audience, title, title_en, introduction, introduction_en] = ABOUT_LABELS.map(value);
    Table {
        file: file_name.to_owned(),
        id,
        version,
        audience,
        title,
        title_en,
        introduction,
        introduction_en,
        sections: rows(sections, &SECTION_HEADINGS)
            .map(|[id, title, title_en, introduction, introduction_en, minutes]| SectionRow {
                id,
                title,
                title_en,
                introduction,
                introduction_en,
                minutes,
            })
            .collect(),
        // One more than a questionnaire may have is enough to be told so.
        questions: rows(questions, &Column::ALL.map(Column::heading))
            .take(MAX_QUESTIONS.saturating_add(1))
            .map(|cells| Column::ALL.into_iter().zip(cells).filter(|(_, cell)| !cell.text.trim().is_empty()).collect())
            .collect(),
    }
}

/// The rows below the first one, each as the cells under these headings.
fn rows<'s, const N: usize>(sheet: &'s Sheet, headings: &[&str; N]) -> impl Iterator<Item = [Cell; N]> + use<'s, N> {
    let nothing = Row::default();
    let first = sheet.rows.first().unwrap_or(&nothing);
    let column = |heading: &str| first.cells.iter().find(|(_, text)| text.trim() == heading).map(|(column, _)| *column);
    let columns = headings.map(column);
    sheet.rows.iter().skip(1).map(move |row| {
        columns.map(|column| match column {
            Some(column) => sheet.cell(row, column),
            None => Cell { name: sheet.cell_name(row.number, 0), text: String::new() },
        })
    })
}
