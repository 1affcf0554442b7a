//! Somebody's own workbook of questions: what its columns seem to hold, and the questionnaire they make.

use crate::grid::{Row, Sheet, column_name};
use kakunin_api::questionnaires::{AnswerKind, ColumnView, MAPPABLE, MapColumns, MappingView};
use kakunin_questionnaires::load::{
    MAX_QUESTIONS,
    table::{self, Cell, Column, SectionRow, Table},
};
use std::collections::{BTreeMap, BTreeSet};

/// Rows in which the headings are looked for.
const HEADING_ROWS: usize = 20;
/// Texts shown of each column.
const SAMPLES: usize = 3;
/// Columns offered; a sheet of questions has a dozen.
const COLUMNS: usize = 60;
/// Minutes for a question, for the time a section takes: our estimate.
const MINUTES_A_QUESTION: usize = 2;

/// What headings of a column are called in town halls. The longest one that a heading contains counts.
const HEADINGS: [(Column, &[&str]); 10] = [
    (
        Column::Text,
        &[
            "設問",
            "質問",
            "質問内容",
            "設問内容",
            "確認事項",
            "確認項目",
            "確認内容",
            "チェック項目",
            "チェック内容",
            "内容",
            "question",
        ],
    ),
    (Column::Section, &["区分", "大項目", "分類", "大分類", "カテゴリ", "分野", "section", "category"]),
    (Column::Key, &["設問キー", "キー", "key"]),
    (Column::Type, &["回答形式", "回答方式", "回答方法", "回答種別", "回答タイプ", "type"]),
    (Column::Choices, &["選択肢", "回答候補", "回答の選択肢", "choices"]),
    (Column::Guidance, &["補足", "補足説明", "解説", "説明", "記入例", "備考", "留意点", "guidance"]),
    (
        Column::Evidence,
        &["証跡", "証拠", "証拠資料", "添付", "添付資料", "エビデンス", "提出資料", "根拠資料", "evidence"],
    ),
    (Column::Required, &["必須", "必須回答", "required"]),
    (Column::Condition, &["表示条件", "condition"]),
    (Column::TextEn, &["英語", "英文", "english"]),
];

/// The words by which a column says that something is so, and that it is not.
const NOT: [&str; 8] = ["不要", "なし", "無", "×", "✕", "-", "－", "任意"];

/// The step as it stands: the form as typed, or what the portal makes out where nothing was typed yet.
#[must_use]
pub fn view(file_name: &str, sheets: &[Sheet], typed: Option<MapColumns>) -> MappingView {
    let used: Vec<&Sheet> = sheets.iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    let mut form = typed.unwrap_or_else(|| MapColumns { title: title_of(file_name), ..MapColumns::default() });
    let chosen = used.iter().find(|sheet| sheet.name == form.sheet);
    // The sheet with most rows is the one with the questions.
    let sheet = chosen.or_else(|| used.iter().max_by_key(|sheet| sheet.rows.len())).copied();
    let nothing = Sheet::default();
    let sheet = sheet.unwrap_or(&nothing);
    form.sheet.clone_from(&sheet.name);
    let heading =
        form.heading_row.trim().parse().ok().and_then(|number| sheet.row(number)).or_else(|| heading_row(sheet));
    let empty = Row::default();
    let heading = heading.unwrap_or(&empty);
    form.heading_row = heading.number.to_string();
    if form.version.trim().is_empty() {
        "1".clone_into(&mut form.version);
    }
    if AnswerKind::ALL.iter().all(|kind| kind.code() != form.kind) {
        form.kind = AnswerKind::YesNo.code().to_owned();
    }
    let below = || sheet.rows.iter().filter(|row| row.number > heading.number);
    let places: BTreeSet<u16> =
        std::iter::once(heading).chain(below()).flat_map(|row| row.cells.iter().map(|(place, _)| *place)).collect();
    if form.columns.is_empty() {
        form.columns = guessed(heading);
    }
    let columns = places.into_iter().take(COLUMNS).map(|place| ColumnView {
        name: column_name(place),
        heading: heading.text(place).trim().to_owned(),
        samples: below()
            .map(|row| row.text(place).trim())
            .filter(|text| !text.is_empty())
            .take(SAMPLES)
            .map(str::to_owned)
            .collect(),
    });
    MappingView {
        sheets: used.iter().map(|sheet| sheet.name.clone()).collect(),
        columns: columns.collect(),
        rows: u32::try_from(below().count()).unwrap_or(u32::MAX),
        form,
    }
}

fn title_of(file_name: &str) -> String {
    file_name.rsplit_once('.').map_or(file_name, |(name, _)| name).to_owned()
}

/// The row, among the first, that holds most known headings; else the first with more than one text.
fn heading_row(sheet: &Sheet) -> Option<&Row> {
    let first = || sheet.rows.iter().take(HEADING_ROWS);
    let known = |row: &Row| guessed(row).len();
    let best = first().rev().max_by_key(|row| known(row)).filter(|row| known(row) > 0);
    best.or_else(|| first().find(|row| row.cells.len() > 1)).or_else(|| sheet.rows.first())
}

/// What the columns under these headings seem to hold; each thing once.
fn guessed(heading: &Row) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (column, words) in HEADINGS {
        let fit = |text: &str| {
            let text = text.to_lowercase();
            words.iter().filter(|word| text.contains(*word)).map(|word| word.chars().count()).max()
        };
        let free = heading.cells.iter().filter(|(place, _)| !found.contains_key(&column_name(*place)));
        // Of several that fit, the one whose heading says least besides.
        let best = free
            .filter_map(|(place, text)| Some((*place, fit(text)?, text.chars().count())))
            .max_by_key(|(_, fit, length)| (*fit, std::cmp::Reverse(*length)));
        if let Some((place, ..)) = best {
            found.insert(column_name(place), column.code().to_owned());
        }
    }
    found
}

/// The questionnaire that the form makes of the sheets.
#[must_use]
pub fn table(file_name: &str, sheets: &[Sheet], form: &MapColumns) -> Table {
    let view = view(file_name, sheets, Some(form.clone()));
    let nothing = Sheet::default();
    let sheet = sheets.iter().find(|sheet| sheet.name == view.form.sheet).unwrap_or(&nothing);
    let heading: u32 = view.form.heading_row.parse().unwrap_or(0);
    let width = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|(place, _)| *place)).max().unwrap_or(0);
    let held: BTreeMap<Column, u16> = (0..=width)
        .filter_map(|place| {
            let column = Column::from_code(view.form.columns.get(&column_name(place))?)?;
            MAPPABLE.contains(&column).then_some((column, place))
        })
        .collect();
    let field = |name: &str, text: &str| Cell { name: name.to_owned(), text: text.trim().to_owned() };
    let id = field("questionnaire", &form.questionnaire);
    let mut sections: Vec<(String, SectionRow, usize)> = Vec::new();
    let (mut questions, mut section) = (Vec::new(), String::new());
    // One more than a questionnaire may have is enough to be told so.
    let below = sheet.rows.iter().filter(|row| row.number > heading);
    for row in below.take(MAX_QUESTIONS.saturating_mul(2)) {
        let cell = |column: Column| {
            held.get(&column).map(|place| sheet.cell(row, *place)).filter(|cell| !cell.text.trim().is_empty())
        };
        // A merged cell stands for the rows below it too: only the first of them has the text.
        if let Some(named) = cell(Column::Section) {
            section = named.text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        let Some(text) = cell(Column::Text) else { continue };
        let place = sections.iter().position(|(title, ..)| *title == section).unwrap_or_else(|| {
            let number = sections.len().saturating_add(1);
            let at = cell(Column::Section).map_or_else(|| text.name.clone(), |cell| cell.name);
            let title = if section.is_empty() { form.title.trim() } else { &section };
            let row =
                SectionRow { id: field(&at, &format!("s{number}")), title: field(&at, title), ..SectionRow::default() };
            sections.push((section.clone(), row, 0));
            number.saturating_sub(1)
        });
        let Some((_, in_section, count)) = sections.get_mut(place) else { continue };
        *count = count.saturating_add(1);
        let number = questions.len().saturating_add(1);
        let generated = || field(&text.name, &format!("{}.q{number:03}", form.questionnaire.trim()));
        let mut question = table::Row::new();
        question.insert(Column::Key, cell(Column::Key).unwrap_or_else(generated));
        question.insert(Column::Section, in_section.id.clone());
        answered(&cell, form, &text, &mut question);
        for column in [Column::TextEn, Column::Guidance, Column::Condition] {
            question.extend(cell(column).map(|cell| (column, cell)));
        }
        if let Some(evidence) = cell(Column::Evidence) {
            let wanted = if says_no(&evidence.text) { "なし" } else { "任意" };
            question.insert(Column::Evidence, field(&evidence.name, wanted));
        }
        if let Some(required) = cell(Column::Required) {
            question.insert(Column::Required, field(&required.name, if says_no(&required.text) { "×" } else { "○" }));
        }
        question.insert(Column::Text, text);
        questions.push(question);
    }
    let sections = sections.into_iter().map(|(_, mut row, count)| {
        row.minutes = field(&row.id.name, &count.saturating_mul(MINUTES_A_QUESTION).clamp(1, 600).to_string());
        row
    });
    Table {
        file: file_name.to_owned(),
        id,
        version: field("version", &form.version),
        title: field("title", &form.title),
        sections: sections.collect(),
        questions,
        ..Table::default()
    }
}

fn says_no(text: &str) -> bool {
    NOT.contains(&text.trim())
}

/// The kind of answer and its choices: as the columns say, else by the choices, else by the form.
fn answered(cell: &impl Fn(Column) -> Option<Cell>, form: &MapColumns, text: &Cell, question: &mut table::Row) {
    let named = |at: &Cell, text: &str| Cell { name: at.name.clone(), text: text.to_owned() };
    let choices = cell(Column::Choices).map(|cell| (split(&cell.text), cell));
    let said = cell(Column::Type);
    let is_yes_no = |choices: &[String]| {
        let plain: BTreeSet<_> = choices.iter().map(String::as_str).collect();
        plain == BTreeSet::from(["はい", "いいえ"])
    };
    let kind = match (&said, &choices) {
        (None, Some((choices, at))) if is_yes_no(choices) => named(at, "yes_no"),
        (None, Some((choices, at))) if choices.len() > 1 => named(at, "choice"),
        (Some(said), _) => named(said, said.text.trim()),
        (None, _) => named(text, &form.kind),
    };
    let takes_choices = table::TYPES
        .iter()
        .find(|(word, code)| *word == kind.text || *code == kind.text)
        .is_some_and(|(_, code)| matches!(*code, "choice" | "choices"));
    if let Some((choices, at)) = choices
        && takes_choices
    {
        question.insert(Column::Choices, named(&at, &choices.join("\n")));
    }
    question.insert(Column::Type, kind);
}

/// Choices a line each; or, in one line, between the marks people use.
fn split(text: &str) -> Vec<String> {
    let marks: &[char] =
        if text.trim().contains('\n') { &['\n'] } else { &['／', '/', '、', '，', ',', '；', ';'] };
    text.split(marks).map(str::trim).filter(|choice| !choice.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
