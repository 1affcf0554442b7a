//! Takes the fields of a map one by one, and collects what is wrong with them.
//!
//! It does not know which fields a file has. A field with a problem reads as none, so that reading goes on and all problems come out together.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::load::node::{Content, Name, Node};
use crate::load::{Fault, Place, Problem};
use crate::text::Text;

/// The problems of one file.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    problems: RefCell<Vec<Problem>>,
}

/// The fields of one map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'r> {
    pub(super) reader: &'r Reader<'r>,
    pub(super) line: u64,
    entries: &'r [(Name, Node)],
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        Self { file, problems: RefCell::default() }
    }

    pub(super) fn place(&self, line: u64) -> Place {
        Place::line(self.file, line)
    }

    /// Notes a problem. Gives none, for the reading function to return.
    pub(super) fn fault<T>(&self, line: u64, fault: &Fault) -> Option<T> {
        self.problems.borrow_mut().push(fault.at(self.place(line)));
        None
    }

    /// The value read, unless there were problems, by line.
    pub(super) fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Problem>> {
        let mut problems = self.problems.into_inner();
        problems.sort();
        problems.dedup();
        match value {
            Some(value) if problems.is_empty() => Ok(value),
            // A value is missing only after a fault was noted; the guard keeps an empty list from looking like success.
            _ if problems.is_empty() => Err(vec![Fault::UnknownKindOfFile.at(Place::line(self.file, 1))]),
            _ => Err(problems),
        }
    }

    /// What could be read in spite of the problems, with these, by line.
    pub(super) fn finish_partly<T>(self, value: Option<T>) -> (Option<T>, Vec<Problem>) {
        let mut problems = self.problems.into_inner();
        problems.sort();
        problems.dedup();
        (value, problems)
    }

    /// The fields of a map; a field outside `allowed` and one that stands twice are problems.
    pub(super) fn fields<'r>(&'r self, name: &str, node: &'r Node, allowed: &[&str]) -> Option<Fields<'r>> {
        let fields = self.map(name, node)?;
        for (field, _) in fields.entries {
            if !allowed.contains(&field.text.as_str()) {
                let allowed = allowed.iter().map(|field| (*field).to_owned()).collect();
                self.fault::<()>(field.line, &Fault::UnknownField { field: field.text.clone(), allowed });
            }
        }
        Some(fields)
    }

    /// The entries of a map with free keys; a key that stands twice is a problem.
    pub(super) fn map<'r>(&'r self, name: &str, node: &'r Node) -> Option<Fields<'r>> {
        let Content::Map(entries) = &node.content else {
            return self.fault(node.line, &Fault::NotAMapping { name: name.to_owned() });
        };
        let mut seen = BTreeSet::new();
        for (field, _) in entries {
            if !seen.insert(&field.text) {
                self.fault::<()>(field.line, &Fault::Duplicate { what: "field", id: field.text.clone() });
            }
        }
        Some(Fields { reader: self, line: node.line, entries })
    }

    pub(super) fn list<'r>(&self, name: &str, node: &'r Node) -> Option<&'r [Node]> {
        match &node.content {
            Content::List(nodes) => Some(nodes),
            _ => self.fault(node.line, &Fault::NotAList { name: name.to_owned() }),
        }
    }

    /// A text that is not blank. A whole number reads as the text it is written as; another number has to be quoted.
    pub(super) fn string(&self, name: &str, node: &Node) -> Option<String> {
        let name = || name.to_owned();
        match &node.content {
            Content::Text(text) if text.trim().is_empty() => self.fault(node.line, &Fault::BlankText { name: name() }),
            Content::Text(text) => Some(text.clone()),
            Content::Integer(number) => Some(number.to_string()),
            Content::Other(written) => {
                self.fault(node.line, &Fault::NotQuoted { name: name(), written: written.clone() })
            }
            _ => self.fault(node.line, &Fault::NotAText { name: name() }),
        }
    }

    /// Lower-case words joined by `_` and `.`.
    pub(super) fn id(&self, name: &str, node: &Node) -> Option<String> {
        let id = self.string(name, node)?;
        let plain = id.starts_with(|first: char| first.is_ascii_lowercase())
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.'));
        if plain { Some(id) } else { self.fault(node.line, &Fault::NotAnId { written: id }) }
    }

    pub(super) fn text(&self, name: &str, node: &Node) -> Option<Text> {
        let fields = self.fields(name, node, &["ja", "en"])?;
        let (ja, en) = (fields.string("ja"), fields.string("en"));
        Some(Text { ja: ja?, en: en? })
    }

    pub(super) fn boolean(&self, name: &str, node: &Node) -> Option<bool> {
        match node.content {
            Content::Bool(value) => Some(value),
            _ => self.fault(node.line, &Fault::NotABool { name: name.to_owned() }),
        }
    }

    pub(super) fn number(&self, name: &str, node: &Node, minimum: i64, maximum: i64) -> Option<i64> {
        match node.content {
            Content::Integer(number) if (minimum..=maximum).contains(&number) => Some(number),
            _ => self.fault(node.line, &Fault::NotANumber { name: name.to_owned(), minimum, maximum }),
        }
    }

    pub(super) fn date(&self, name: &str, node: &Node) -> Option<Date> {
        let parsed = match &node.content {
            Content::Text(text) => date(text),
            _ => None,
        };
        parsed.or_else(|| self.fault(node.line, &Fault::NotADate { name: name.to_owned() }))
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(&self, name: &str, node: &Node, words: &[(&str, T)]) -> Option<T> {
        let found = match &node.content {
            Content::Text(text) => words.iter().find(|(word, _)| word == text).map(|(_, value)| *value),
            _ => None,
        };
        let allowed = || words.iter().map(|(word, _)| (*word).to_owned()).collect();
        found.or_else(|| self.fault(node.line, &Fault::NotAmong { name: name.to_owned(), allowed: allowed() }))
    }
}

/// A date written in full, `2026-03-31`; no other form, so that a file has one way to say a day.
pub(super) fn date(text: &str) -> Option<Date> {
    let date: Date = text.parse().ok()?;
    (date.to_string() == text).then_some(date)
}

impl<'r> Fields<'r> {
    pub(super) fn entries(&self) -> &'r [(Name, Node)] {
        self.entries
    }

    pub(super) fn node(&self, name: &str) -> Option<&'r Node> {
        self.entries.iter().find(|(field, _)| field.text == name).map(|(_, node)| node)
    }

    /// A field that has to be there, read by `read`.
    pub(super) fn get<T>(
        &self,
        name: &str,
        read: impl FnOnce(&'r Reader<'r>, &str, &'r Node) -> Option<T>,
    ) -> Option<T> {
        match self.node(name) {
            Some(node) => read(self.reader, name, node),
            None => self.reader.fault(self.line, &Fault::MissingField { field: name.to_owned() }),
        }
    }

    /// A field that may be left out.
    pub(super) fn maybe<T>(
        &self,
        name: &str,
        read: impl FnOnce(&'r Reader<'r>, &str, &'r Node) -> Option<T>,
    ) -> Option<T> {
        self.node(name).and_then(|node| read(self.reader, name, node))
    }

    pub(super) fn id(&self, name: &str) -> Option<String> {
        self.get(name, Reader::id)
    }

    pub(super) fn string(&self, name: &str) -> Option<String> {
        self.get(name, Reader::string)
    }

    pub(super) fn text(&self, name: &str) -> Option<Text> {
        self.get(name, Reader::text)
    }

    pub(super) fn date(&self, name: &str) -> Option<Date> {
        self.get(name, Reader::date)
    }

    /// A whole number in a range that fits the type.
    pub(super) fn number<T: TryFrom<i64>>(&self, name: &str, minimum: i64, maximum: i64) -> Option<T> {
        let number = self.get(name, |reader, name, node| reader.number(name, node, minimum, maximum))?;
        T::try_from(number).ok()
    }

    pub(super) fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Option<T> {
        self.get(name, |reader, name, node| reader.word(name, node, words))
    }

    /// A list with at least one entry, each read by `read`; entries with problems are left out.
    pub(super) fn each<T>(
        &self,
        name: &str,
        mut read: impl FnMut(&'r Reader<'r>, &'r Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let nodes = self.get(name, |reader, name, node| reader.list(name, node).map(|nodes| (node.line, nodes)))?;
        let (line, nodes) = nodes;
        if nodes.is_empty() {
            return self.reader.fault(line, &Fault::EmptyList { name: name.to_owned() });
        }
        Some(nodes.iter().filter_map(|node| read(self.reader, node)).collect())
    }
}
