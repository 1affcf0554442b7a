//! A questionnaire as a workbook that people fill in, change and bring back: the portal's own template.
//!
//! Which sheets and columns it has is told in [`crate::questionnaires::template`], which reads it back.

use super::cell::{body, heading as heading_format, height, lines, text};
use crate::{
    error::internal,
    permission::Actor,
    portal::Portal,
    questionnaires::template::{ABOUT, ABOUT_LABELS, GUIDE, QUESTIONS, SECTION_HEADINGS, SECTIONS},
};
use kakunin_api::PortalError;
use kakunin_questionnaires::load::table::{self, AUDIENCES, Cell, Column, EVIDENCES, TYPES, Table};
use rust_xlsxwriter::{DataValidation, Workbook, Worksheet, XlsxError};

/// Rows below the headings for which the template offers lists.
const ROWS: u32 = 1_000;

/// How to fill the sheets in.
const ADVICE: [(&str, &str); 14] = [
    (
        "設問キー",
        "小文字の英数字と _ と . だけ。版が変わっても同じ設問には同じキーを使います。カタログの調査票と同じキーにすると、一度の回答が両方に使えます。",
    ),
    ("区分の識別子", "「区分」シートにある識別子を書きます。"),
    ("設問", "回答者に見せる文章です。英語を空けておくと、英語の画面にも日本語が出ます。"),
    ("回答形式", "はい・いいえ／択一／複数選択／文章／数値／日付 のどれかです。"),
    (
        "選択肢",
        "択一と複数選択だけに書きます。1行に1つ、「値 | 日本語 | 英語」の順です。値は小文字の英数字で、版が変わっても変えません。日本語だけを書くと、値は c1、c2 … になります。",
    ),
    (
        "表示条件",
        "前の設問の回答で出し分けるときだけ書きます。1行に1つ「設問キー = 値」、複数の値は「, 」で区切ります。行が複数あれば、すべてを満たすときに出ます。はい・いいえの値は yes と no です。",
    ),
    ("補足", "答え方の説明です。空けても構いません。"),
    ("証跡", "ファイルの添付を、なし／任意／必須 から選びます。"),
    ("必須", "○ なら、回答しないと提出できません。空けると ○ です。"),
    ("該当なし可", "○ なら、理由を書いて「該当なし」と答えられます。空けると ○ です。"),
    ("非開示可", "○ なら、理由を書いて「非開示」と答えられます。空けると ○ です。"),
    ("最大文字数", "文章だけ。空けると2000文字です。"),
    ("最小値・最大値・単位", "数値だけ。空けても構いません。"),
    ("区分の所要分", "回答にかかる時間の目安を、分で書きます（1～600）。"),
];

/// The workbook of a questionnaire in use, or, for the id `template`, an empty one: file name and bytes.
///
/// # Errors
/// NotFound, or Internal where it cannot be written.
pub async fn export(portal: &Portal, actor: &Actor, id: &str) -> Result<(String, Vec<u8>), PortalError> {
    let (name, table) = if id == "template" {
        portal.questionnaires().list(actor).await?;
        ("調査票ひな形.xlsx".to_owned(), Table::default())
    } else {
        let questionnaire = portal.questionnaires().exported(actor, id).await?;
        (format!("調査票_{}_{}.xlsx", questionnaire.title.ja, questionnaire.version), table::table(&questionnaire))
    };
    portal.audit().exported(actor, &format!("questionnaire {id}")).await?;
    let made = tokio::task::spawn_blocking(move || workbook(&table)).await.map_err(internal)?;
    Ok((name, made.map_err(internal)?))
}

fn workbook(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    about(workbook.add_worksheet(), table)?;
    sections(workbook.add_worksheet(), table)?;
    questions(workbook.add_worksheet(), table)?;
    guide(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

fn about(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(ABOUT)?;
    sheet.set_column_width(0, 22)?;
    sheet.set_column_width(1, 90)?;
    let values = [
        &table.id,
        &table.version,
        &table.audience,
        &table.title,
        &table.title_en,
        &table.introduction,
        &table.introduction_en,
    ];
    for (row, (label, value)) in (0..).zip(ABOUT_LABELS.iter().zip(values)) {
        text(sheet, row, 0, label, &heading_format())?;
        text(sheet, row, 1, &value.text, &body())?;
        fit(sheet, row, [(value.text.as_str(), 90.0)])?;
    }
    sheet.add_data_validation(2, 1, 2, 1, &list(&AUDIENCES.map(|(word, _)| word))?)?;
    paper(sheet);
    Ok(())
}

fn sections(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(SECTIONS)?;
    headings(sheet, &SECTION_HEADINGS.map(|label| (label, 28.0)))?;
    for (row, section) in (1..).zip(&table.sections) {
        let cells = [
            &section.id,
            &section.title,
            &section.title_en,
            &section.introduction,
            &section.introduction_en,
            &section.minutes,
        ];
        for (column, cell) in (0..).zip(cells) {
            text(sheet, row, column, &cell.text, &body())?;
        }
        fit(sheet, row, cells.map(|cell| (cell.text.as_str(), 28.0)))?;
    }
    paper(sheet);
    Ok(())
}

fn questions(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(QUESTIONS)?;
    let width = |column: Column| match column {
        Column::Text | Column::TextEn | Column::Choices | Column::Guidance | Column::GuidanceEn => 44.0,
        Column::Key | Column::Condition => 28.0,
        _ => 13.0,
    };
    headings(sheet, &Column::ALL.map(|column| (column.heading(), width(column))))?;
    let nothing = Cell::default();
    for (row, question) in (1..).zip(&table.questions) {
        for (place, column) in (0..).zip(Column::ALL) {
            let cell = question.get(&column).unwrap_or(&nothing);
            let is_number = matches!(column, Column::MaxCharacters | Column::Minimum | Column::Maximum);
            match cell.text.parse::<i32>() {
                Ok(number) if is_number => sheet.write_number_with_format(row, place, number, &body()).map(|_| ())?,
                _ if cell.text.is_empty() => {}
                _ => text(sheet, row, place, &cell.text, &body())?,
            }
        }
        fit(sheet, row, question.iter().map(|(column, cell)| (cell.text.as_str(), width(*column))))?;
    }
    let kinds = ["yes_no", "choice", "choices", "text", "number", "date"]
        .map(|code| TYPES.iter().find(|(_, known)| *known == code).map_or(code, |(word, _)| *word));
    let wishes = ["none", "wanted", "required"]
        .map(|code| EVIDENCES.iter().find(|(_, known)| *known == code).map_or(code, |(word, _)| *word));
    for (place, column) in (0..).zip(Column::ALL) {
        let offered = match column {
            Column::Type => list(&kinds)?,
            Column::Evidence => list(&wishes)?,
            Column::Required | Column::MayBeNotApplicable | Column::MayBeUndisclosed => list(&["○", "×"])?,
            _ => continue,
        };
        sheet.add_data_validation(1, place, ROWS, place, &offered)?;
    }
    paper(sheet);
    // Eighteen columns cannot be read on A4.
    sheet.set_paper_size(8);
    Ok(())
}

fn guide(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(GUIDE)?;
    headings(sheet, &[("項目", 24.0), ("書き方", 100.0)])?;
    for (row, (name, advice)) in (1..).zip(ADVICE) {
        text(sheet, row, 0, name, &body())?;
        text(sheet, row, 1, advice, &body())?;
        fit(sheet, row, [(advice, 100.0)])?;
    }
    paper(sheet);
    Ok(())
}

/// Makes a row as high as the longest of its texts, each with the width of its column. Not every program does that by itself.
fn fit<'t>(sheet: &mut Worksheet, row: u32, texts: impl IntoIterator<Item = (&'t str, f64)>) -> Result<(), XlsxError> {
    let most = texts.into_iter().map(|(text, width)| lines(text, width).len()).max().unwrap_or(1);
    sheet.set_row_height(row, height(most)).map(|_| ())
}

fn headings<const N: usize>(sheet: &mut Worksheet, columns: &[(&str, f64); N]) -> Result<(), XlsxError> {
    for (column, (label, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        text(sheet, 0, column, label, &heading_format())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// A4 landscape, one page wide.
fn paper(sheet: &mut Worksheet) {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
}

fn list<const N: usize>(words: &[&str; N]) -> Result<DataValidation, XlsxError> {
    DataValidation::new().allow_list_strings(words)
}
