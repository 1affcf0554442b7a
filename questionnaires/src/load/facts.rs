//! Reads a facts file: a flat JSON map of fact paths to values.
//!
//! It does not know the subject.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{FactKind, FactValue, Facts, fact_path};
use crate::load::node::Node;
use crate::load::reader::Reader;
use crate::load::{Fault, Problem, node};

/// Reads the map; every path and value has to stand in the schema.
pub(crate) fn read(file: &str, json: &str) -> Result<Facts, Vec<Problem>> {
    let node = node::json(file, json)?;
    let reader = Reader::new(file);
    let facts = reader.map("facts", &node).map(|fields| {
        let mut facts = BTreeMap::new();
        for (name, node) in fields.entries() {
            match fact_path(&name.text) {
                Some(row) => {
                    facts.extend(value(&reader, &name.text, node, row.kind).map(|value| (name.text.clone(), value)))
                }
                None => facts.extend(
                    reader.fault::<(String, FactValue)>(name.line, &Fault::UnknownFact { path: name.text.clone() }),
                ),
            }
        }
        Facts(facts)
    });
    reader.finish(facts)
}

fn value(reader: &Reader<'_>, path: &str, node: &Node, kind: FactKind) -> Option<FactValue> {
    match kind {
        FactKind::Bool => reader.boolean(path, node).map(FactValue::Bool),
        FactKind::Number => reader.number(path, node, i64::MIN, i64::MAX).map(FactValue::Number),
        FactKind::Text => reader.string(path, node).map(FactValue::Text),
        FactKind::Date => reader.date(path, node).map(FactValue::Date),
        FactKind::Choice(choices) => choice(reader, path, node, choices).map(FactValue::Choice),
        FactKind::Set(choices) => {
            let values: Vec<_> =
                reader.list(path, node)?.iter().map(|node| choice(reader, path, node, choices)).collect();
            values.into_iter().collect::<Option<BTreeSet<_>>>().map(FactValue::Set)
        }
    }
}

fn choice(reader: &Reader<'_>, path: &str, node: &Node, choices: &[&str]) -> Option<String> {
    let value = reader.string(path, node)?;
    if choices.contains(&value.as_str()) {
        return Some(value);
    }
    let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
    reader.fault(node.line, &Fault::UnknownChoice { key: path.to_owned(), value, choices })
}
