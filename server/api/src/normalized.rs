//! How typed text is tidied before it is read, stored or searched: widths, spaces and kana.

use unicode_normalization::UnicodeNormalization;

/// NFKC (full-width digits and Latin to half-width, half-width kana to full-width), trimmed, runs of white space as one.
#[must_use]
pub fn tidy(text: &str) -> String {
    let plain: String = text.nfkc().filter(|c| c.is_whitespace() || !c.is_control() && !is_invisible(*c)).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of one line as it was written (㈱ stays ㈱), without control characters, trimmed, runs of white space as one.
#[must_use]
pub fn line(text: &str) -> String {
    let plain: String = text.chars().filter(|c| c.is_whitespace() || !c.is_control() && !is_invisible(*c)).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of several lines as it was written, without control characters, blanks at the ends of lines, and empty lines around it.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control() && !is_invisible(*c)).collect();
    plain.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Whether a character cannot be seen and changes how others read: direction marks, zero-width characters, tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}' | '\u{FFA0}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether a character says which form of the one before it is meant, such as 葛 of 葛城 and of 葛飾: names are compared without.
#[must_use]
pub fn selects_variant(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// What a search compares: tidied, lower case, hiragana as katakana, without the legal form and without spaces.
#[must_use]
pub fn search_key(text: &str) -> String {
    let plain = tidy(text).to_lowercase();
    let mut key: String = plain.chars().map(katakana).filter(|c| !c.is_whitespace() && !selects_variant(*c)).collect();
    for legal_form in ["株式会社", "(株)", "有限会社", "(有)", "合同会社", "(同)"] {
        key = key.replace(legal_form, "");
    }
    key
}

/// The legal form that a company's name states, in one spelling; empty where it states none. Two companies may differ in
/// nothing else.
#[must_use]
pub fn legal_form(text: &str) -> &'static str {
    let plain = tidy(text);
    let forms = [("株式会社", "(株)"), ("有限会社", "(有)"), ("合同会社", "(同)")];
    let found = forms.into_iter().find(|(long, short)| plain.contains(long) || plain.contains(short));
    found.map_or("", |(long, _)| long)
}

/// Hiragana as katakana.
#[must_use]
pub fn in_katakana(text: &str) -> String {
    text.chars().map(katakana).collect()
}

fn katakana(c: char) -> char {
    if ('ぁ'..='ゖ').contains(&c) { char::from_u32(u32::from(c) + 0x60).unwrap_or(c) } else { c }
}

/// Whether a reading is written in katakana (with ー・ and spaces).
#[must_use]
pub fn is_kana(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| ('ァ'..='ヺ').contains(&c) || matches!(c, 'ー' | '・' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_kana_and_legal_forms_do_not_matter_to_a_search() {
        assert_eq!(search_key("㈱みどりデータ"), search_key("株式会社 ミドリﾃﾞｰﾀ"));
        assert_eq!(search_key("ＡＢＣ商事"), search_key("abc商事"));
    }

    #[test]
    fn control_characters_are_left_out_and_lines_kept() {
        assert_eq!(tidy("a\u{0}b\tc\r\nd"), "ab c d");
        assert_eq!(line(" ㈱みどり\u{3000}データ（\u{202e}本社）\n"), "㈱みどり データ（本社）");
        assert_eq!(paragraphs("\r\n一行目  \r\n\r\n二\u{0}行目①\n"), "一行目\n\n二行目①");
    }

    #[test]
    fn a_reading_is_katakana() {
        assert!(is_kana(&tidy("ﾐﾄﾞﾘ　データ")));
        assert!(!is_kana("みどり"));
        assert!(!is_kana(""));
    }
}
