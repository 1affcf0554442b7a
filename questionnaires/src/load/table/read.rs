//! Reads a table: its words become the codes of a questionnaire file, which that file's reader then checks.
//!
//! It does not know what is right or wrong about a questionnaire, but for sections that questions name and the table lacks.

use std::collections::BTreeMap;

use super::{AUDIENCES, Cell, Column, EVIDENCES, Row, SectionRow, TYPES, Table, pair};
use crate::load::node::{Content, Name, Node};
use crate::load::{Fault, MAX_BYTES, MAX_QUESTIONS, Place, Problem, QuestionnaireSource, node, questionnaire};
use crate::text::Text;

const YES: [&str; 7] = ["○", "〇", "◯", "はい", "yes", "true", "可"];
const NO: [&str; 7] = ["×", "✕", "いいえ", "no", "false", "否", "不可"];

/// Reads a questionnaire from a table.
///
/// # Errors
/// Every problem; its file is the name of the cell.
pub fn questionnaire_table(table: &Table) -> Result<QuestionnaireSource, Vec<Problem>> {
    let whole = |fault: Fault| vec![fault.at(Place::line(&table.file, 0))];
    if table.questions.len() > MAX_QUESTIONS {
        return Err(whole(Fault::TooManyQuestions));
    }
    let bytes = table.questions.iter().flat_map(Row::values).map(|cell| cell.text.len()).fold(0, usize::saturating_add);
    if bytes > MAX_BYTES {
        return Err(whole(Fault::TooManyBytes));
    }
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
    let called = problems.into_iter().map(|problem| Problem {
        file: name(problem.line),
        line: None,
        message: in_words_of_the_table(problem.message),
        remedy: in_words_of_the_table(problem.remedy),
    });
    let problems: Vec<_> = homeless.chain(called).collect();
    found.filter(|_| problems.is_empty()).ok_or(problems)
}

/// With the Japanese headings of columns instead of the names of a file's fields.
fn in_words_of_the_table(text: Text) -> Text {
    let others = [
        ("questionnaire", "識別子"),
        ("version", "版"),
        ("audience", "回答者"),
        ("title", "名称"),
        ("introduction", "説明"),
        ("minutes", "所要分"),
        ("id", "区分の識別子"),
        ("shown_when", "表示条件"),
        ("value", "値"),
        ("label", "選択肢の文"),
        ("questions", "設問"),
        ("sections", "区分"),
    ];
    let headings = Column::ALL.into_iter().map(|column| (column.code(), column.heading()));
    let ja = headings
        .chain(others)
        .fold(text.ja, |ja, (code, heading)| ja.replace(&format!("「{code}」"), &format!("「{heading}」")));
    Text { ja, ..text }
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
