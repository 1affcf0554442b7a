//! The one way text gets into a cell: as text, whatever it looks like.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// Most characters a cell holds.
const MAX_CHARACTERS: usize = 32_767;

/// `text` as a cell can hold it, and whether it looks like a formula and so gets the quote prefix that keeps it text when
/// somebody edits the cell or saves the sheet in another form.
pub(super) fn harmless(text: &str) -> (String, bool) {
    let fits = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let clean: String = text.chars().filter(fits).take(MAX_CHARACTERS).collect();
    let begin = clean.trim_start().chars().next();
    let looks = begin.is_some_and(|c| "=+-@＝＋－＠".contains(c)) || clean.starts_with('\t');
    (clean, looks)
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

/// Lines that `content` takes in a column of `width` half-width characters.
pub(super) fn lines(content: &str, width: f64) -> f64 {
    let of_line = |line: &str| {
        let half_widths: f64 = line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum();
        (half_widths / (width - 1.0)).ceil().max(1.0)
    };
    content.split('\n').map(of_line).sum()
}

/// Height of a row whose fullest cell takes `lines`, in points.
pub(super) fn height(lines: f64) -> f64 {
    (lines * 14.0 + 5.0).min(400.0)
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
