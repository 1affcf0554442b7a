//! Reads a condition, remembering the place of each comparison.
//!
//! It does not know which keys exist or what fits them; `cross_check` does.

use std::collections::BTreeSet;

use crate::condition::{Comparison, Condition, Constant, Key, Operator, When};
use crate::load::node::{Content, Node};
use crate::load::reader::{Fields, Reader, date};
use crate::load::{Fault, MAX_DEPTH, Place};

/// A condition, and the place of each of its comparisons in the order of [`Condition::comparisons`].
#[derive(Clone, Debug)]
pub(super) struct Criterion {
    pub(super) condition: Condition,
    pub(super) place: Place,
    pub(super) places: Vec<Place>,
}

const GROUPS: &[&str] = &["all", "any", "not", "at_least"];
const OPERATORS: &[&str] = &[
    "is",
    "in",
    "at_least",
    "at_most",
    "before",
    "after",
    "within_days",
    "includes",
    "includes_all",
    "present",
    "has_evidence",
];
const FIELDS: &[&str] = &[
    "all",
    "any",
    "not",
    "at_least",
    "answer",
    "fact",
    "is",
    "in",
    "at_most",
    "before",
    "after",
    "within_days",
    "includes",
    "includes_all",
    "present",
    "has_evidence",
];

pub(super) fn read(reader: &Reader<'_>, node: &Node) -> Option<Criterion> {
    let mut places = Vec::new();
    let condition = condition(reader, node, 1, &mut places)?;
    Some(Criterion { condition, place: reader.place(node.line), places })
}

fn condition(reader: &Reader<'_>, node: &Node, depth: usize, places: &mut Vec<Place>) -> Option<Condition> {
    if depth > MAX_DEPTH {
        return reader.fault(node.line, &Fault::TooDeep);
    }
    let fields = reader.fields("condition", node, FIELDS)?;
    let key = match (fields.node("answer"), fields.node("fact")) {
        (Some(_), Some(_)) => return reader.fault(node.line, &Fault::AnswerAndFact),
        (Some(key), None) => Some(Key::Answer(reader.string("answer", key)?)),
        (None, Some(path)) => Some(Key::Fact(reader.string("fact", path)?)),
        (None, None) => None,
    };
    let known = if key.is_some() { OPERATORS } else { GROUPS };
    let says: Vec<&str> = fields
        .entries()
        .iter()
        .map(|(name, _)| name.text.as_str())
        .filter(|name| !matches!(*name, "answer" | "fact"))
        .collect();
    let [name] = says.as_slice() else {
        let fault = if says.is_empty() {
            Fault::NoOperator
        } else {
            Fault::OneConditionOnly { found: says.into_iter().map(str::to_owned).collect() }
        };
        return reader.fault(node.line, &fault);
    };
    if !known.contains(name) {
        return reader.fault(node.line, &Fault::NoOperator);
    }
    let operand = fields.node(name)?;
    match key {
        Some(key) => {
            let operator = operator(reader, name, operand)?;
            places.push(reader.place(node.line));
            Some(Condition::Compare(Comparison { key, operator }))
        }
        None => group(reader, name, operand, depth, places),
    }
}

fn group(reader: &Reader<'_>, name: &str, operand: &Node, depth: usize, places: &mut Vec<Place>) -> Option<Condition> {
    let below = depth.saturating_add(1);
    match name {
        "all" => Some(Condition::All(conditions(reader, name, operand, below, places)?)),
        "any" => Some(Condition::Any(conditions(reader, name, operand, below, places)?)),
        "not" => Some(Condition::Not(Box::new(condition(reader, operand, below, places)?))),
        _ => {
            let fields = reader.fields(name, operand, &["of", "conditions"])?;
            let of: u16 = fields.number("of", 1, 2_000)?;
            let conditions =
                fields.get("conditions", |reader, name, node| conditions(reader, name, node, below, places))?;
            if usize::from(of) > conditions.len() {
                return reader.fault(operand.line, &Fault::TooMany { of, conditions: conditions.len() });
            }
            Some(Condition::AtLeast { of, conditions })
        }
    }
}

fn conditions(
    reader: &Reader<'_>,
    name: &str,
    node: &Node,
    depth: usize,
    places: &mut Vec<Place>,
) -> Option<Vec<Condition>> {
    let nodes = reader.list(name, node)?;
    if nodes.is_empty() {
        return reader.fault(node.line, &Fault::EmptyList { name: name.to_owned() });
    }
    // Every part is read before the first failure counts, so that all problems are listed.
    let read: Vec<_> = nodes.iter().map(|node| condition(reader, node, depth, places)).collect();
    read.into_iter().collect()
}

fn operator(reader: &Reader<'_>, name: &str, node: &Node) -> Option<Operator> {
    match name {
        "is" => Some(Operator::Is(constant(reader, name, node)?)),
        "in" => Some(Operator::In(list(reader, name, node, constant)?)),
        "at_least" => Some(Operator::AtLeast(reader.number(name, node, i64::MIN, i64::MAX)?)),
        "at_most" => Some(Operator::AtMost(reader.number(name, node, i64::MIN, i64::MAX)?)),
        "before" => Some(Operator::Before(when(reader, name, node)?)),
        "after" => Some(Operator::After(when(reader, name, node)?)),
        "within_days" => Some(Operator::WithinDays(u32::try_from(reader.number(name, node, 0, 36_500)?).ok()?)),
        "includes" => Some(Operator::Includes(reader.string(name, node)?)),
        "includes_all" => Some(Operator::IncludesAll(
            list(reader, name, node, |reader, name, node| reader.string(name, node))?
                .into_iter()
                .collect::<BTreeSet<_>>(),
        )),
        "present" => Some(Operator::Present(reader.boolean(name, node)?)),
        _ if reader.boolean(name, node)? => Some(Operator::HasEvidence),
        _ => reader.fault(node.line, &Fault::OnlyTrue { name: name.to_owned() }),
    }
}

fn list<T>(
    reader: &Reader<'_>,
    name: &str,
    node: &Node,
    read: impl Fn(&Reader<'_>, &str, &Node) -> Option<T>,
) -> Option<Vec<T>> {
    let nodes = reader.list(name, node)?;
    if nodes.is_empty() {
        return reader.fault(node.line, &Fault::EmptyList { name: name.to_owned() });
    }
    nodes.iter().map(|node| read(reader, name, node)).collect()
}

fn constant(reader: &Reader<'_>, name: &str, node: &Node) -> Option<Constant> {
    match &node.content {
        Content::Bool(value) => Some(Constant::Bool(*value)),
        Content::Integer(number) => Some(Constant::Number(*number)),
        _ => reader.string(name, node).map(Constant::Text),
    }
}

fn when(reader: &Reader<'_>, name: &str, node: &Node) -> Option<When> {
    match &node.content {
        Content::Text(text) if text == "today" => Some(When::Today),
        Content::Text(text) if date(text).is_some() => date(text).map(When::On),
        _ => reader.fault(node.line, &Fault::NotADate { name: name.to_owned() }),
    }
}

/// A part of a file that has a condition in it.
pub(super) fn maybe(fields: &Fields<'_>, name: &str) -> Option<Criterion> {
    fields.maybe(name, |reader, _, node| read(reader, node))
}
