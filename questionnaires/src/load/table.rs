//! A questionnaire as a table, one row a question, as it stands in a workbook: read and written.
//!
//! It does not know workbooks: a cell is a text with the name by which problems call it, such as `設問!D12`. What a cell may say is checked by the
//! reader of questionnaire files; here words become the codes of those files.

use std::collections::BTreeMap;

use crate::condition::{Comparison, Condition, Constant, Key, Operator};
use crate::load::node::{Content, Name, Node};
use crate::load::{Fault, Place, Problem, QuestionnaireSource, node, questionnaire};
use crate::questionnaire::{Audience, Choice, EvidenceWish, Question, QuestionKind, Questionnaire, Section};
use crate::text::Text;

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
const YES: [&str; 7] = ["○", "〇", "◯", "はい", "yes", "true", "可"];
const NO: [&str; 7] = ["×", "✕", "いいえ", "no", "false", "否", "不可"];

/// Reads a questionnaire from a table.
///
/// # Errors
/// Every problem; its file is the name of the cell.
pub fn questionnaire_table(table: &Table) -> Result<QuestionnaireSource, Vec<Problem>> {
    let mut cells = Cells::default();
    let node = cells.questionnaire(table);
    let read = questionnaire::read_node(&table.file, &node);
    let name = |line: Option<u64>| {
        let cell = line.and_then(|line| cells.names.get(usize::try_from(line).ok()?.checked_sub(1)?));
        cell.filter(|name| !name.is_empty()).unwrap_or(&table.file).clone()
    };
    let homeless = table.questions.iter().filter_map(|row| lost(table, row));
    let (found, problems) = match read {
        Ok(mut source) => {
            source.places.values_mut().for_each(|place| *place = Place { file: name(place.line), line: None });
            (Some(source), Vec::new())
        }
        Err(problems) => (None, problems),
    };
    let called = problems.into_iter().map(|problem| Problem { file: name(problem.line), line: None, ..problem });
    let problems: Vec<_> = homeless.chain(called).collect();
    found.filter(|_| problems.is_empty()).ok_or(problems)
}

/// The problem of a question whose section is not there.
fn lost(table: &Table, row: &Row) -> Option<Problem> {
    let id = row.get(&Column::Section).map(|cell| cell.text.trim()).unwrap_or_default();
    if table.sections.iter().any(|section| section.id.text.trim() == id) {
        return None;
    }
    let at = row.get(&Column::Section).or_else(|| row.values().next());
    let place = Place::line(at.map_or(&table.file, |cell| &cell.name), 0);
    Some(Fault::AbsentSection { id: id.to_owned() }.at(place))
}

/// The names of cells; a line of the tree is a place in this list, counted from 1.
#[derive(Default)]
struct Cells {
    names: Vec<String>,
    kinds: BTreeMap<String, &'static str>,
}

impl Cells {
    fn line(&mut self, cell: &Cell) -> u64 {
        self.names.push(cell.name.clone());
        u64::try_from(self.names.len()).unwrap_or(0)
    }

    fn node(&mut self, cell: &Cell, content: Content) -> Node {
        Node { line: self.line(cell), content }
    }

    fn map(&mut self, at: &Cell, entries: Vec<(&str, Node)>) -> Node {
        let line = self.line(at);
        let entries =
            entries.into_iter().map(|(name, node)| (Name { line: node.line, text: name.to_owned() }, node)).collect();
        Node { line, content: Content::Map(entries) }
    }

    fn plain(&mut self, cell: &Cell) -> Node {
        self.node(cell, Content::Text(cell.text.trim().to_owned()))
    }

    fn text(&mut self, ja: &Cell, en: &Cell) -> Node {
        let en = if en.text.trim().is_empty() { &Cell { name: en.name.clone(), text: ja.text.clone() } } else { en };
        let (japanese, english) = (self.plain(ja), self.plain(en));
        self.map(ja, vec![("ja", japanese), ("en", english)])
    }

    fn word(&mut self, cell: &Cell, words: &[(&str, &str)]) -> Node {
        let code = code(&cell.text, words);
        self.node(cell, Content::Text(code))
    }

    fn number(&mut self, cell: &Cell) -> Node {
        let text = cell.text.trim();
        let content = text.parse().map_or_else(|_| Content::Text(text.to_owned()), Content::Integer);
        self.node(cell, content)
    }

    fn flag(&mut self, cell: &Cell) -> Node {
        let text = cell.text.trim();
        let content = if YES.contains(&text) {
            Content::Bool(true)
        } else if NO.contains(&text) {
            Content::Bool(false)
        } else {
            Content::Text(text.to_owned())
        };
        self.node(cell, content)
    }

    fn questionnaire(&mut self, table: &Table) -> Node {
        let introduction = if is_blank(&table.introduction) { &table.title } else { &table.introduction };
        let mut entries = vec![
            ("questionnaire", self.plain(&table.id)),
            ("version", self.plain(&table.version)),
            ("title", self.text(&table.title, &table.title_en)),
            ("introduction", self.text(introduction, &table.introduction_en)),
        ];
        if !is_blank(&table.audience) {
            entries.push(("audience", self.word(&table.audience, &AUDIENCES)));
        }
        let sections = table.sections.iter().map(|section| self.section(section, &table.questions)).collect();
        entries.push(("sections", self.node(&table.id, Content::List(sections))));
        self.map(&table.id, entries)
    }

    fn section(&mut self, section: &SectionRow, rows: &[Row]) -> Node {
        let introduction = if is_blank(&section.introduction) { &section.title } else { &section.introduction };
        let own = rows
            .iter()
            .filter(|row| row.get(&Column::Section).is_some_and(|cell| cell.text.trim() == section.id.text.trim()));
        let questions = own.map(|row| self.question(row)).collect();
        let entries = vec![
            ("id", self.plain(&section.id)),
            ("title", self.text(&section.title, &section.title_en)),
            ("introduction", self.text(introduction, &section.introduction_en)),
            ("minutes", self.number(&section.minutes)),
            ("questions", self.node(&section.id, Content::List(questions))),
        ];
        self.map(&section.id, entries)
    }

    fn question(&mut self, row: &Row) -> Node {
        let start = row.get(&Column::Key).or_else(|| row.values().next()).cloned().unwrap_or_default();
        let blank = Cell { name: start.name.clone(), text: String::new() };
        let cell = |column: Column| row.get(&column).filter(|cell| !is_blank(cell));
        let or_blank = |column: Column| cell(column).unwrap_or(&blank);
        let mut entries = Vec::new();
        if let Some(key) = cell(Column::Key) {
            entries.push(("key", self.plain(key)));
        }
        if let Some(text) = cell(Column::Text) {
            entries.push(("text", self.text(text, or_blank(Column::TextEn))));
        }
        if let Some(guidance) = cell(Column::Guidance) {
            entries.push(("guidance", self.text(guidance, or_blank(Column::GuidanceEn))));
        }
        if let Some(kind) = cell(Column::Type) {
            entries.push(("type", self.word(kind, &TYPES)));
            let code = TYPES.iter().map(|(_, code)| *code).find(|known| *known == code(&kind.text, &TYPES));
            self.kinds.insert(or_blank(Column::Key).text.trim().to_owned(), code.unwrap_or_default());
        }
        if let Some(choices) = cell(Column::Choices) {
            entries.push(("choices", self.choices(choices)));
        }
        if let Some(condition) = cell(Column::Condition) {
            entries.push(("shown_when", self.condition(condition)));
        }
        if let Some(evidence) = cell(Column::Evidence) {
            entries.push(("evidence", self.word(evidence, &EVIDENCES)));
        }
        let flags = [
            ("required", Column::Required),
            ("may_be_not_applicable", Column::MayBeNotApplicable),
            ("may_be_undisclosed", Column::MayBeUndisclosed),
        ];
        for (name, column) in flags {
            if let Some(flag) = cell(column) {
                entries.push((name, self.flag(flag)));
            }
        }
        let numbers =
            [("max_characters", Column::MaxCharacters), ("minimum", Column::Minimum), ("maximum", Column::Maximum)];
        for (name, column) in numbers {
            if let Some(number) = cell(column) {
                entries.push((name, self.number(number)));
            }
        }
        if let Some(unit) = cell(Column::Unit) {
            entries.push(("unit", self.text(unit, or_blank(Column::UnitEn))));
        }
        self.map(&start, entries)
    }

    /// A choice a line, `value | 日本語 | English`; a line without bars is a label, and its number the value.
    fn choices(&mut self, cell: &Cell) -> Node {
        let lines = cell.text.lines().map(str::trim).filter(|line| !line.is_empty());
        let choices = (1..).zip(lines).map(|(number, line)| {
            let parts: Vec<_> = line.split('|').map(str::trim).collect();
            let (value, ja, en) = match parts.as_slice() {
                [label] => (format!("c{number}"), *label, *label),
                [value, ja] => ((*value).to_owned(), *ja, *ja),
                [value, ja, en, ..] => ((*value).to_owned(), *ja, *en),
                [] => (String::new(), "", ""),
            };
            let value = self.node(cell, Content::Text(value));
            let named = |text: &str| Cell { name: cell.name.clone(), text: text.to_owned() };
            let label = self.text(&named(ja), &named(en));
            self.map(cell, vec![("value", value), ("label", label)])
        });
        let choices = choices.collect();
        self.node(cell, Content::List(choices))
    }

    /// Lines `key = value` that all have to hold; anything else is read as the files write it.
    fn condition(&mut self, cell: &Cell) -> Node {
        let lines: Vec<_> = cell.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let pairs: Option<Vec<_>> = lines.iter().map(|line| pair(line)).collect();
        let Some(pairs) = pairs else {
            let line = self.line(cell);
            return match node::yaml(&cell.name, &cell.text) {
                Ok(mut read) => {
                    read.put(line);
                    read
                }
                Err(_) => Node { line, content: Content::Text(cell.text.clone()) },
            };
        };
        let mut nodes: Vec<_> = pairs.into_iter().map(|(key, values)| self.comparison(cell, key, &values)).collect();
        if nodes.len() == 1
            && let Some(only) = nodes.pop()
        {
            return only;
        }
        let all = self.node(cell, Content::List(nodes));
        self.map(cell, vec![("all", all)])
    }

    fn comparison(&mut self, cell: &Cell, key: &str, values: &[&str]) -> Node {
        let kind = self.kinds.get(key).copied().unwrap_or_default();
        let constant = |value: &str| match value.parse() {
            Ok(number) if kind == "number" => Content::Integer(number),
            _ => Content::Text(value.to_owned()),
        };
        let one = |cells: &mut Self, operator: &str, value: Content| {
            let (answer, value) = (cells.node(cell, Content::Text(key.to_owned())), cells.node(cell, value));
            cells.map(cell, vec![("answer", answer), (operator, value)])
        };
        match values {
            [value] if kind == "choices" => one(self, "includes", constant(value)),
            [value] => one(self, "is", constant(value)),
            several if kind == "choices" => {
                let any = several.iter().map(|value| one(self, "includes", constant(value))).collect();
                let any = self.node(cell, Content::List(any));
                self.map(cell, vec![("any", any)])
            }
            several => {
                let among = several.iter().map(|value| self.node(cell, constant(value))).collect();
                one(self, "in", Content::List(among))
            }
        }
    }
}

fn is_blank(cell: &Cell) -> bool {
    cell.text.trim().is_empty()
}

fn code(text: &str, words: &[(&str, &str)]) -> String {
    let text = text.trim();
    words.iter().find(|(word, _)| *word == text).map_or(text, |(_, code)| code).to_owned()
}

/// `key = value` or `key = value, value`.
fn pair(line: &str) -> Option<(&str, Vec<&str>)> {
    let (key, values) = line.split_once(['=', '＝'])?;
    let plain = |text: &str| !text.is_empty() && !text.contains(['{', '}', '[', ']', ':', '"']);
    let values: Vec<_> = values.split([',', '、']).map(str::trim).collect();
    (plain(key.trim()) && values.iter().all(|value| plain(value))).then_some((key.trim(), values))
}

/// Writes a questionnaire as a table; reading it again gives the same questionnaire. Cells have no names yet.
#[must_use]
pub fn table(questionnaire: &Questionnaire) -> Table {
    let audience = match questionnaire.audience {
        Audience::Vendor => "vendor",
        Audience::Section => "section",
    };
    let rows = |section: &Section| {
        let id = section.id.clone();
        section.questions.iter().map(move |question| row(&id, question)).collect::<Vec<_>>()
    };
    Table {
        file: questionnaire.id.clone(),
        id: said(&questionnaire.id),
        version: said(&questionnaire.version),
        audience: said(word(audience, &AUDIENCES)),
        title: said(&questionnaire.title.ja),
        title_en: said(&questionnaire.title.en),
        introduction: said(&questionnaire.introduction.ja),
        introduction_en: said(&questionnaire.introduction.en),
        sections: questionnaire.sections.iter().map(section_row).collect(),
        questions: questionnaire.sections.iter().flat_map(rows).collect(),
    }
}

fn said(text: &str) -> Cell {
    Cell { name: String::new(), text: text.to_owned() }
}

fn word<'w>(code: &'w str, words: &[(&'w str, &str)]) -> &'w str {
    words.iter().find(|(_, known)| *known == code).map_or(code, |(word, _)| word)
}

fn section_row(section: &Section) -> SectionRow {
    SectionRow {
        id: said(&section.id),
        title: said(&section.title.ja),
        title_en: said(&section.title.en),
        introduction: said(&section.introduction.ja),
        introduction_en: said(&section.introduction.en),
        minutes: said(&section.minutes.to_string()),
    }
}

fn row(section: &str, question: &Question) -> Row {
    let flag = |flag: bool| if flag { "○" } else { "×" }.to_owned();
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (ja, en) = |text: &Option<Text>| -> (String, String) {
        text.as_ref().map(|text| (text.ja.clone(), text.en.clone())).unwrap_or_default()
    }(&question.guidance);
    let mut row = Row::new();
    let mut put = |column: Column, text: String| {
        if !text.is_empty() {
            row.insert(column, Cell { name: String::new(), text });
        }
    };
    put(Column::Key, question.key.clone());
    put(Column::Section, section.to_owned());
    put(Column::Text, question.text.ja.clone());
    put(Column::TextEn, question.text.en.clone());
    put(Column::Guidance, ja);
    put(Column::GuidanceEn, en);
    put(Column::Condition, question.shown_when.as_ref().map(written).unwrap_or_default());
    let evidence = match question.evidence {
        EvidenceWish::None => "none",
        EvidenceWish::Wanted => "wanted",
        EvidenceWish::Required => "required",
    };
    put(Column::Evidence, word(evidence, &EVIDENCES).to_owned());
    put(Column::Required, flag(question.required));
    put(Column::MayBeNotApplicable, flag(question.may_be_not_applicable));
    put(Column::MayBeUndisclosed, flag(question.may_be_undisclosed));
    let kind = match &question.kind {
        kind if *kind == QuestionKind::yes_no() => "yes_no",
        QuestionKind::Choice { choices } => {
            put(Column::Choices, lines(choices));
            "choice"
        }
        QuestionKind::Choices { choices } => {
            put(Column::Choices, lines(choices));
            "choices"
        }
        QuestionKind::Text { max_characters } => {
            put(Column::MaxCharacters, max_characters.to_string());
            "text"
        }
        QuestionKind::Number { minimum, maximum, unit } => {
            put(Column::Minimum, number(*minimum));
            put(Column::Maximum, number(*maximum));
            if let Some(unit) = unit {
                put(Column::Unit, unit.ja.clone());
                put(Column::UnitEn, unit.en.clone());
            }
            "number"
        }
        QuestionKind::Date => "date",
    };
    put(Column::Type, word(kind, &TYPES).to_owned());
    row
}

fn lines(choices: &[Choice]) -> String {
    let lines = choices.iter().map(|choice| format!("{} | {} | {}", choice.value, choice.label.ja, choice.label.en));
    lines.collect::<Vec<_>>().join("\n")
}

/// A condition as short as it can be said: `key = value` lines, else as the files write it.
#[must_use]
pub fn written(condition: &Condition) -> String {
    let short = match condition {
        Condition::All(conditions) => {
            conditions.iter().map(short).collect::<Option<Vec<_>>>().map(|all| all.join("\n"))
        }
        other => short(other),
    };
    short.unwrap_or_else(|| serde_json::to_string(condition).unwrap_or_default())
}

fn short(condition: &Condition) -> Option<String> {
    let Condition::Compare(Comparison { key: Key::Answer(key), operator }) = condition else { return None };
    let values: Vec<String> = match operator {
        Operator::Is(constant) => vec![plain(constant)?],
        Operator::In(constants) if constants.len() > 1 => constants.iter().map(plain).collect::<Option<_>>()?,
        Operator::Includes(value) => vec![value.clone()],
        _ => return None,
    };
    let line = format!("{key} = {}", values.join(", "));
    pair(&line).is_some_and(|(_, read)| read == values).then_some(line)
}

fn plain(constant: &Constant) -> Option<String> {
    match constant {
        Constant::Text(text) => Some(text.clone()),
        Constant::Number(number) => Some(number.to_string()),
        Constant::Bool(_) => None,
    }
}

#[cfg(test)]
mod tests;
