//! Where the headings of a list stand, and what its columns seem to hold.

use super::held::Held;
use crate::{
    grid::{Row, column_name},
    registers::schema::{Field, Kind, Register, Target},
};
use kakunin_api::{imports::MapImport, normalized};
use std::collections::{BTreeMap, BTreeSet};

/// Rows in which the headings are looked for.
const HEADING_ROWS: usize = 15;
/// Texts shown of each column.
const SAMPLES: usize = 3;
/// Columns offered.
const COLUMNS: usize = 80;
/// Longest heading that is looked at, in characters.
const HEADING_CHARACTERS: usize = 80;
/// Headings of columns that only count rows.
const COUNTERS: [&str; 7] = ["no", "no.", "番号", "連番", "項番", "#", "№"];
/// Rows above the last row of headings that may belong to it.
const UPPER_ROWS: usize = 2;
/// A heading that says exactly this counts more than any that only contains it.
const EXACT: usize = 1_000;

/// A column as the page shows it.
#[derive(Clone, Debug)]
pub struct ColumnShown {
    /// Its name, such as `C`.
    pub name: String,
    /// What stands above it.
    pub heading: String,
    /// The first texts in it.
    pub samples: Vec<String>,
    /// Whether some of its first cells are empty.
    pub has_gaps: bool,
}

/// The step in which columns are told apart.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The form as typed, or as the portal makes it out.
    pub form: MapImport,
    /// The columns.
    pub columns: Vec<ColumnShown>,
    /// Whether the form holds what the portal guessed.
    pub is_guessed: bool,
    /// Whether it holds what somebody said of the same headings before.
    pub is_remembered: bool,
    /// Whether whoever looks may add departments.
    pub may_add_departments: bool,
}

impl Columns {
    /// The headings as one text: lists with the same ones hold the same.
    #[must_use]
    pub fn headings(&self) -> String {
        let headings: Vec<String> =
            self.columns.iter().map(|column| format!("{}={}", column.name, heading_key(&column.heading))).collect();
        headings.join("|").chars().take(4_000).collect()
    }

    /// What stands above each column, by its number.
    pub(super) fn headings_by_column(&self) -> BTreeMap<u16, String> {
        let named = |column: &ColumnShown| Some((crate::grid::column_number(&column.name)?, column.heading.clone()));
        self.columns.iter().filter_map(named).collect()
    }
}

/// A heading as they are compared: one width, no blanks, small letters.
pub(super) fn heading_key(text: &str) -> String {
    let short: String = text.chars().take(HEADING_CHARACTERS).collect();
    normalized::tidy(&short).to_lowercase().chars().filter(|c| !c.is_whitespace() && *c != '※').collect()
}

/// A heading as it is shown, and as it is compared: with what stands above it, and alone.
struct Heading {
    shown: String,
    full: String,
    own: String,
}

/// The headings of a row: rows of headings read as one where the upper one spans columns or stands alone.
fn headings(rows: &[Row], index: usize) -> BTreeMap<u16, Heading> {
    let single = |text: &str| {
        let short: String = text.chars().take(HEADING_CHARACTERS).collect();
        short.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let texts = |row: &Row| -> BTreeMap<u16, String> {
        let there = row.cells.iter().map(|(column, text)| (*column, single(text))).filter(|(_, text)| !text.is_empty());
        there.take(COLUMNS).collect()
    };
    let Some(row) = rows.get(index) else { return BTreeMap::new() };
    let mut own = texts(row);
    let mut full = own.clone();
    let mut number = row.number;
    for above in rows.get(..index).unwrap_or_default().iter().rev().take(UPPER_ROWS) {
        let upper = texts(above);
        // A heading that stands above no other, or was merged with the row below.
        let alone = upper.iter().any(|(column, text)| own.get(column).is_none_or(|own| own == text));
        if above.number + 1 != number || upper.len() < 2 || !alone {
            break;
        }
        number = above.number;
        let mut spans = "";
        let last = own.keys().chain(upper.keys()).copied().max().unwrap_or(0);
        for column in 0..=last {
            if let Some(here) = upper.get(&column) {
                spans = here;
            }
            match (full.get_mut(&column), upper.get(&column)) {
                (Some(below), here) if here.is_some_and(|here| here == below) => {}
                (Some(below), _) if !spans.is_empty() => *below = format!("{spans} {below}"),
                (None, Some(here)) => {
                    full.insert(column, here.clone());
                    own.insert(column, here.clone());
                }
                _ => {}
            }
        }
    }
    let heading = |(column, full): (u16, String)| {
        let own = own.get(&column).map(|own| heading_key(own)).unwrap_or_default();
        (column, Heading { full: heading_key(&full), shown: full, own })
    };
    full.into_iter().take(COLUMNS).map(heading).collect()
}

/// What a register's columns may be headed, made once for all rows.
fn known_words(register: &'static Register) -> Vec<(Held, Vec<(String, usize)>)> {
    let with_length = |words: Vec<String>| words.into_iter().map(|word| (word.clone(), word.chars().count())).collect();
    Held::all(register).into_iter().map(|held| (held, with_length(held.headings()))).collect()
}

/// What the columns under these headings seem to hold; each thing once.
fn guessed(words: &[(Held, Vec<(String, usize)>)], headings: &BTreeMap<u16, Heading>) -> BTreeMap<u16, Held> {
    let mut fits: Vec<(usize, usize, u16, usize)> = Vec::new();
    for (number, (_, known)) in words.iter().enumerate() {
        for (word, length) in known {
            for (column, heading) in headings {
                if heading.full == *word || heading.own == *word {
                    fits.push((EXACT + length, heading.full.len(), *column, number));
                } else if *length > 1 && heading.full.contains(word) {
                    fits.push((*length, heading.full.len(), *column, number));
                }
            }
        }
    }
    // The best first; of several alike, the one whose heading says least besides.
    fits.sort_by_key(|(fit, length, column, _)| (std::cmp::Reverse(*fit), *length, *column));
    let mut found: BTreeMap<u16, Held> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (.., column, number) in fits {
        if let Some((held, _)) = words.get(number)
            && !found.contains_key(&column)
            && taken.insert(number)
        {
            found.insert(column, *held);
        }
    }
    found
}

/// The row in which the headings stand, and how many of them are known.
fn heading_row(words: &[(Held, Vec<(String, usize)>)], rows: &[Row]) -> (usize, usize) {
    let first = rows.iter().take(HEADING_ROWS).enumerate();
    let known = first.map(|(index, _)| (guessed(words, &headings(rows, index)).len(), index));
    // Of several that fit alike, the first.
    let best = known.max_by_key(|(known, index)| (*known, std::cmp::Reverse(*index))).filter(|(known, _)| *known > 0);
    // Where none is known, the first row that looks like a row of headings, and not like a title.
    let plain = || (0, rows.iter().position(|row| row.cells.len() > 1).unwrap_or(0));
    best.unwrap_or_else(plain)
}

/// How many headings of a list are known.
#[must_use]
pub fn known_headings(register: &'static Register, rows: &[Row]) -> usize {
    heading_row(&known_words(register), rows).0
}

/// Whether an import may be told what an empty cell of this field means.
#[must_use]
pub fn is_assumable(field: &Field) -> bool {
    field.required && matches!(field.kind, Kind::One(_) | Kind::Class(_) | Kind::YesNo)
}

/// The step as it stands: the form as typed, or what the portal makes out where nothing was typed yet.
#[must_use]
pub fn columns(register: &'static Register, rows: &[Row], typed: Option<MapImport>) -> Columns {
    let is_guessed = typed.as_ref().is_none_or(|form| form.columns.is_empty());
    let mut form = typed.unwrap_or_default();
    let words = known_words(register);
    let typed_row = form.heading_row.trim().parse::<u32>().ok();
    let index = typed_row
        .and_then(|number| rows.iter().position(|row| row.number == number))
        .unwrap_or_else(|| heading_row(&words, rows).1);
    let headings = headings(rows, index);
    let below = || rows.iter().skip(index + 1);
    if typed_row.is_none() {
        form.heading_row = rows.get(index).map(|row| row.number.to_string()).unwrap_or_default();
    }
    let places: BTreeSet<u16> = headings
        .keys()
        .copied()
        .chain(below().flat_map(|row| row.cells.iter().map(|(column, _)| *column)))
        .take(COLUMNS * 10)
        .collect();
    let columns: Vec<(u16, ColumnShown)> = places
        .into_iter()
        .take(COLUMNS)
        .map(|place| {
            let texts = below().map(|row| row.text(place).trim()).filter(|text| !text.is_empty());
            let shown = ColumnShown {
                name: column_name(place),
                heading: headings.get(&place).map(|heading| heading.shown.clone()).unwrap_or_default(),
                samples: texts.take(SAMPLES).map(|text| text.chars().take(80).collect()).collect(),
                has_gaps: below().any(|row| row.text(place).trim().is_empty()),
            };
            (place, shown)
        })
        .collect();
    if is_guessed {
        let found = guessed(&words, &headings);
        let notes = register.field("notes").filter(|_| register.key != "vendors");
        for (place, column) in &columns {
            let counts = COUNTERS.contains(&heading_key(&column.heading).as_str());
            let is_left = !counts && !column.samples.is_empty() && !column.heading.is_empty();
            let held = found.get(place).copied().or_else(|| notes.filter(|_| is_left).map(Held::Field));
            let Some(held) = held else { continue };
            form.columns.insert(column.name.clone(), held.code());
            // A department that stands once for a block of rows.
            if column.has_gaps && matches!(held, Held::Field(field) if is_block(field)) {
                form.fill.insert(column.name.clone(), "yes".to_owned());
            }
        }
        for field in register.fields().filter(|field| !field.assumed.is_empty()) {
            form.assumed.insert(field.name.to_owned(), field.assumed.to_owned());
        }
        form.add_departments = "yes".to_owned();
    }
    Columns {
        form,
        columns: columns.into_iter().map(|(_, column)| column).collect(),
        is_guessed,
        is_remembered: false,
        may_add_departments: false,
    }
}

fn is_block(field: &Field) -> bool {
    field.required && matches!(field.kind, Kind::Link(Target::Department | Target::Vendor | Target::Post))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::schema::{engagements::ENGAGEMENTS, services::SOCIAL_ACCOUNTS};
    use kakunin_questionnaires::text::Language;

    fn row(number: u32, texts: &[&str]) -> Row {
        let cells = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
        Row { number, cells: cells.map(|(column, text)| (column, (*text).to_owned())).collect() }
    }

    fn held(columns: &Columns) -> Vec<(&str, &str)> {
        columns.form.columns.iter().map(|(name, code)| (name.as_str(), code.as_str())).collect()
    }

    #[test]
    fn two_rows_of_headings_are_read_as_one() {
        let rows = [
            row(1, &["令和8年度　一覧"]),
            row(2, &["", "", "", "作成日", "R8.11.20"]),
            row(4, &["所管課", "委託先", "", "業務", "契約期間", "", "取扱情報", "", "備考"]),
            row(5, &["", "名称", "法人番号", "業務名", "自", "至", "個人情報", "特定個人情報"]),
            row(6, &["市民課", "㈱あ", "7000012050002", "運用", "R8.4.1", "R9.3.31", "○", "", "継続"]),
            row(7, &["", "㈱い", "", "運用", "R8.4.1", "R9.3.31", "○", "○"]),
        ];
        let columns = columns(&ENGAGEMENTS, &rows, None);
        assert_eq!(columns.form.heading_row, "5");
        let expected = [
            ("A", "department"),
            ("B", "vendor"),
            ("C", "vendor.number"),
            ("D", "title"),
            ("E", "starts_on"),
            ("F", "ends_on"),
            ("G", "personal_information"),
            ("H", "specific_personal_information"),
            ("I", "notes"),
        ];
        assert_eq!(held(&columns), expected);
        assert_eq!(columns.columns[4].heading, "契約期間 自");
        assert_eq!(columns.form.fill.keys().collect::<Vec<_>>(), ["A"]);
    }

    #[test]
    fn three_rows_of_headings_are_read_as_one() {
        let rows = [
            row(2, &["所管課", "委託先", "", "業務", "契約", "", "備考"]),
            row(3, &["", "名称", "法人番号", "業務名", "期間", "", ""]),
            row(4, &["", "", "", "", "自", "至", ""]),
            row(5, &["市民課", "㈱あ", "7000012050002", "運用", "R8.4.1", "R9.3.31", "継続"]),
        ];
        let columns = columns(&ENGAGEMENTS, &rows, None);
        assert_eq!(columns.form.heading_row, "4");
        let expected = ["department", "vendor", "vendor.number", "title", "starts_on", "ends_on", "notes"];
        assert_eq!(held(&columns).into_iter().map(|(_, held)| held).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_nobody_asks_for_goes_to_the_notes() {
        let rows = [
            row(
                1,
                &["No.", "所管課", "サービス", "アカウント名", "URL", "責任者（職）", "責任者（氏名）", "公式HP掲載"],
            ),
            row(2, &["1", "広報課", "Ｘ", "@a", "https://a.example/", "課長", "田中", "○"]),
        ];
        let columns = columns(&SOCIAL_ACCOUNTS, &rows, None);
        let expected = [
            ("B", "department"),
            ("C", "platform"),
            ("D", "handle"),
            ("E", "url"),
            ("F", "notes"),
            ("G", "officer"),
            ("H", "notes"),
        ];
        assert_eq!(held(&columns), expected);
    }

    #[test]
    fn our_own_headings_are_all_known() {
        for register in crate::registers::schema::REGISTERS {
            for language in [Language::Ja, Language::En] {
                let all = Held::all(register);
                let words: Vec<String> = all.iter().map(|held| held.words(language)).collect();
                let texts: Vec<&str> = words.iter().map(String::as_str).collect();
                let found = columns(register, &[row(1, &texts)], None);
                let expected: BTreeMap<String, String> =
                    (0..).zip(&all).map(|(column, held)| (column_name(column), held.code())).collect();
                assert_eq!(found.form.columns, expected, "{}", register.key);
            }
        }
    }
}
