//! A questionnaire as a table, one row a question, as it stands in a workbook.
//!
//! It does not know workbooks: a cell is a text with the name by which problems call it, such as `設問!D12`.

use std::collections::BTreeMap;

mod read;
mod write;

pub use read::questionnaire_table;
pub use write::{table, written};

/// A cell of a table.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Cell {
    /// How problems call it.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// What a column of questions holds.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Column {
    /// Stable key.
    Key,
    /// Id of the section.
    Section,
    /// The question in Japanese.
    Text,
    /// The question in English; the Japanese one where blank.
    TextEn,
    /// Kind of answer: はい・いいえ, 択一, 複数選択, 文章, 数値, 日付.
    Type,
    /// One choice a line: `value | 日本語 | English`.
    Choices,
    /// When it is asked: a line each `key = value`, or the form of the files.
    Condition,
    /// Help for answering in Japanese.
    Guidance,
    /// Help for answering in English.
    GuidanceEn,
    /// Whether a file is wanted: なし, 任意, 必須.
    Evidence,
    /// Whether submitting needs an answer: ○ or ×.
    Required,
    /// Whether 該当なし is an answer: ○ or ×.
    MayBeNotApplicable,
    /// Whether 非開示 is an answer: ○ or ×.
    MayBeUndisclosed,
    /// Longest text.
    MaxCharacters,
    /// Smallest number.
    Minimum,
    /// Largest number.
    Maximum,
    /// What is counted, in Japanese.
    Unit,
    /// What is counted, in English.
    UnitEn,
}

impl Column {
    /// All columns, in the order of the template.
    pub const ALL: [Self; 18] = [
        Self::Key,
        Self::Section,
        Self::Text,
        Self::TextEn,
        Self::Type,
        Self::Choices,
        Self::Condition,
        Self::Guidance,
        Self::GuidanceEn,
        Self::Evidence,
        Self::Required,
        Self::MayBeNotApplicable,
        Self::MayBeUndisclosed,
        Self::MaxCharacters,
        Self::Minimum,
        Self::Maximum,
        Self::Unit,
        Self::UnitEn,
    ];

    /// Its code in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Section => "section",
            Self::Text => "text",
            Self::TextEn => "text_en",
            Self::Type => "type",
            Self::Choices => "choices",
            Self::Condition => "condition",
            Self::Guidance => "guidance",
            Self::GuidanceEn => "guidance_en",
            Self::Evidence => "evidence",
            Self::Required => "required",
            Self::MayBeNotApplicable => "may_be_not_applicable",
            Self::MayBeUndisclosed => "may_be_undisclosed",
            Self::MaxCharacters => "max_characters",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Unit => "unit",
            Self::UnitEn => "unit_en",
        }
    }

    /// Its heading in Japanese.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Key => "設問キー",
            Self::Section => "区分の識別子",
            Self::Text => "設問",
            Self::TextEn => "設問（英語）",
            Self::Type => "回答形式",
            Self::Choices => "選択肢",
            Self::Condition => "表示条件",
            Self::Guidance => "補足",
            Self::GuidanceEn => "補足（英語）",
            Self::Evidence => "証跡",
            Self::Required => "必須",
            Self::MayBeNotApplicable => "該当なし可",
            Self::MayBeUndisclosed => "非開示可",
            Self::MaxCharacters => "最大文字数",
            Self::Minimum => "最小値",
            Self::Maximum => "最大値",
            Self::Unit => "単位",
            Self::UnitEn => "単位（英語）",
        }
    }

    /// The column with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.code() == code)
    }
}

/// One question.
pub type Row = BTreeMap<Column, Cell>;

/// One section.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SectionRow {
    /// Id.
    pub id: Cell,
    /// Title in Japanese.
    pub title: Cell,
    /// Title in English.
    pub title_en: Cell,
    /// What it asks about, in Japanese.
    pub introduction: Cell,
    /// What it asks about, in English.
    pub introduction_en: Cell,
    /// How long it takes, in minutes.
    pub minutes: Cell,
}

/// A questionnaire as a table.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Table {
    /// Name of the file, for problems of the whole.
    pub file: String,
    /// Id.
    pub id: Cell,
    /// Version.
    pub version: Cell,
    /// Who fills it in: 委託先 or 所管課.
    pub audience: Cell,
    /// Title in Japanese.
    pub title: Cell,
    /// Title in English.
    pub title_en: Cell,
    /// What it is for, in Japanese.
    pub introduction: Cell,
    /// What it is for, in English.
    pub introduction_en: Cell,
    /// Sections in order.
    pub sections: Vec<SectionRow>,
    /// Questions in order.
    pub questions: Vec<Row>,
}

/// Kinds of answer: words of a table and the codes of the files they stand for; the first word of a code is the one written.
pub const TYPES: [(&str, &str); 13] = [
    ("はい・いいえ", "yes_no"),
    ("はい/いいえ", "yes_no"),
    ("はい／いいえ", "yes_no"),
    ("択一", "choice"),
    ("単一選択", "choice"),
    ("選択", "choice"),
    ("複数選択", "choices"),
    ("文章", "text"),
    ("自由記述", "text"),
    ("記述", "text"),
    ("数値", "number"),
    ("日付", "date"),
    ("年月日", "date"),
];
/// Who fills a questionnaire in, likewise.
pub const AUDIENCES: [(&str, &str); 2] = [("委託先", "vendor"), ("所管課", "section")];
/// Whether a file is wanted, likewise.
pub const EVIDENCES: [(&str, &str); 4] =
    [("なし", "none"), ("任意", "wanted"), ("必須", "required"), ("要", "required")];

/// `key = value` or `key = value, value`: how a table writes most conditions.
fn pair(line: &str) -> Option<(&str, Vec<&str>)> {
    let (key, values) = line.split_once(['=', '＝'])?;
    let plain = |text: &str| !text.is_empty() && !text.contains(['{', '}', '[', ']', ':', '"']);
    let values: Vec<_> = values.split([',', '、']).map(str::trim).collect();
    (plain(key.trim()) && values.iter().all(|value| plain(value))).then_some((key.trim(), values))
}

#[cfg(test)]
mod tests;
