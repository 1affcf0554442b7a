//! The one way text gets into a cell: as text, whatever it looks like.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// Most UTF-16 units a cell holds; the library refuses the whole workbook where one cell has more.
const MAX_UNITS: usize = 32_767;

/// `text` as a cell can hold it, and whether it looks like a formula.
///
/// Such a text gets an apostrophe, because a CSV file made from the sheet keeps nothing but the text, and the quote prefix
/// too, because without it Excel takes the apostrophe away when somebody edits the cell.
pub(super) fn harmless(text: &str) -> (String, bool) {
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let begin = kept.clone().find(|c| !c.is_whitespace());
    let looks = begin.is_some_and(|c| "=+-@＝＋－＠".contains(c)) || text.starts_with(['\t', '\r']);
    let (mut clean, mut units) = (String::new(), 0);
    for c in looks.then_some('\'').into_iter().chain(kept) {
        units += c.len_utf16();
        if units > MAX_UNITS {
            break;
        }
        clean.push(c);
    }
    (clean, looks)
}

/// A text as it was before [`harmless`]: without the apostrophe that keeps it from being a formula.
pub(super) fn unmarked(text: &str) -> &str {
    let rest = text.strip_prefix('\'').filter(|rest| harmless(rest).1);
    rest.unwrap_or(text)
}

/// Writes text.
pub(super) fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    let (text, looks_like_formula) = harmless(text);
    if looks_like_formula {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// Writes text over several columns of a row.
pub(super) fn wide(
    sheet: &mut Worksheet,
    row: u32,
    columns: (u16, u16),
    content: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let (clean, looks_like_formula) = harmless(content);
    let format = if looks_like_formula { format.clone().set_quote_prefix() } else { format.clone() };
    sheet.merge_range(row, columns.0, row, columns.1, &clean, &format)?;
    Ok(())
}

/// `content` as the lines it takes in a column of `width` half-width characters; each keeps its line end.
pub(super) fn lines(content: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in content.split_inclusive('\n') {
        let (mut line, mut used) = (String::new(), 0.0);
        for c in paragraph.chars() {
            let wide = match c {
                '\n' => 0.0,
                c if c.is_ascii() => 1.0,
                _ => 2.0,
            };
            if used + wide > width - 1.0 && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(c);
            used += wide;
        }
        lines.push(line);
    }
    lines
}

/// The lines that the longest of these cells takes in a column of `width` half-width characters.
pub(super) fn most_lines(cells: &[String], width: f64) -> usize {
    cells.iter().map(|cell| lines(cell, width).len()).max().unwrap_or(1)
}

/// Most lines of one row: Excel shows at most 409 points, and a row higher than a page leaves half of one empty.
pub(super) const MOST_LINES: usize = 20;

/// Height of a row of so many lines, in points. A line of 游ゴシック at 10 points is 17 points high.
pub(super) fn height(lines: usize) -> f64 {
    f64::from(u16::try_from(lines.clamp(1, MOST_LINES)).unwrap_or(1)) * 17.0 + 4.0
}

/// Body text.
pub(super) fn body() -> Format {
    Format::new().set_font_name("游ゴシック").set_font_size(10).set_text_wrap().set_align(FormatAlign::Top)
}

/// Body text in a frame.
pub(super) fn framed() -> Format {
    body().set_border(FormatBorder::Thin)
}

/// A heading in a frame.
pub(super) fn heading() -> Format {
    framed().set_bold().set_background_color("EDEDF2").set_align(FormatAlign::VerticalCenter)
}
