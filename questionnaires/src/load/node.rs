//! A file as a tree of plain values, each with its line.
//!
//! It does not know what the values mean. YAML and JSON give the same tree; JSON is read by `serde_json`, and by the YAML reader a second time for the
//! lines alone, because the two do not agree on every escape.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use crate::load::{Fault, MAX_BYTES, Place, Problem};

/// A value and its line (0: unknown).
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) line: u64,
    pub(super) content: Content,
}

#[derive(Clone, Debug)]
pub(super) enum Content {
    Null,
    Bool(bool),
    Integer(i64),
    /// A number that is no 64-bit integer, as it is written or nearly so.
    Other(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Name, Node)>),
}

/// A key of a map and its line (0: unknown). A key may stand twice; the reader says so.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) line: u64,
    pub(super) text: String,
}

impl Node {
    /// Whether it is a map with this key.
    pub(super) fn has(&self, key: &str) -> bool {
        matches!(&self.content, Content::Map(entries) if entries.iter().any(|(name, _)| name.text == key))
    }

    /// Puts everything on one line.
    pub(super) fn put(&mut self, line: u64) {
        self.line = line;
        match &mut self.content {
            Content::List(nodes) => nodes.iter_mut().for_each(|node| node.put(line)),
            Content::Map(entries) => entries.iter_mut().for_each(|(name, node)| {
                name.line = line;
                node.put(line);
            }),
            _ => {}
        }
    }
}

/// Reads YAML, within limits: size, depth, and what aliases may expand to.
pub(super) fn yaml(file: &str, text: &str) -> Result<Node, Vec<Problem>> {
    if text.len() > MAX_BYTES {
        return Err(vec![Fault::TooManyBytes.at(Place::line(file, 0))]);
    }
    parse_yaml(text).map_err(|error| vec![yaml_problem(file, &error)])
}

fn yaml_problem(file: &str, error: &serde_saphyr::Error) -> Problem {
    let error = error.without_snippet();
    let place = Place::line(file, error.location().map_or(0, |location| location.line()));
    match error {
        serde_saphyr::Error::DuplicateMappingKey { key, .. } => {
            Fault::Duplicate { what: "field", id: key.clone().unwrap_or_default() }.at(place)
        }
        // The location stands in the problem already.
        other => {
            let message = other.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            Fault::Syntax { message: message.trim_end_matches('.').to_owned() }.at(place)
        }
    }
}

fn parse_yaml(text: &str) -> Result<Node, serde_saphyr::Error> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 200_000,
            max_nodes: 100_000,
            max_aliases: 1_000,
            max_anchors: 1_000,
            max_depth: 96,
            max_documents: 1,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 100_000,
            max_replay_stack_depth: 8,
        },
        // `yes` and `no` are choices here, not booleans.
        strict_booleans: true,
        emit_comments: false,
        with_snippet: false,
    };
    Ok(Yaml::node(serde_saphyr::from_str_with_options(text, options)?))
}

/// Reads JSON, within the same limits.
pub(super) fn json(file: &str, text: &str) -> Result<Node, Vec<Problem>> {
    if text.len() > MAX_BYTES {
        return Err(vec![Fault::TooManyBytes.at(Place::line(file, 0))]);
    }
    let mut node = serde_json::from_str(text).map(Json::node).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        vec![Fault::Syntax { message }.at(Place::line(file, u64::try_from(error.line()).unwrap_or(0)))]
    })?;
    match parse_yaml(text) {
        Ok(lines) => take_lines(&mut node, &lines),
        Err(error @ serde_saphyr::Error::DuplicateMappingKey { .. }) => return Err(vec![yaml_problem(file, &error)]),
        // Without lines, then: the two formats do not agree on everything.
        Err(_) => {}
    }
    Ok(node)
}

fn take_lines(node: &mut Node, from: &Node) {
    node.line = from.line;
    match (&mut node.content, &from.content) {
        (Content::List(nodes), Content::List(others)) => {
            nodes.iter_mut().zip(others).for_each(|(node, other)| take_lines(node, other))
        }
        (Content::Map(entries), Content::Map(others)) => {
            for ((name, node), (other_name, other)) in entries.iter_mut().zip(others) {
                name.line = other_name.line;
                take_lines(node, other);
            }
        }
        _ => {}
    }
}

/// How a format gives keys and children: with their places or without.
trait Form<'de> {
    type Key: Deserialize<'de>;
    type Child: Deserialize<'de>;
    fn name(key: Self::Key) -> Name;
    fn node(child: Self::Child) -> Node;
}

/// YAML, which knows the line of everything.
struct Yaml;

impl<'de> Form<'de> for Yaml {
    type Key = Spanned<String>;
    type Child = Spanned<Read<Self>>;

    fn name(key: Spanned<String>) -> Name {
        Name { line: key.referenced.line(), text: key.value }
    }

    fn node(child: Spanned<Read<Self>>) -> Node {
        Node { line: child.referenced.line(), content: child.value.content }
    }
}

/// JSON, which does not.
struct Json;

impl<'de> Form<'de> for Json {
    type Key = String;
    type Child = Read<Self>;

    fn name(key: String) -> Name {
        Name { line: 0, text: key }
    }

    fn node(child: Read<Self>) -> Node {
        Node { line: 0, content: child.content }
    }
}

/// Content read in a form.
struct Read<F> {
    content: Content,
    form: PhantomData<F>,
}

impl<'de, F: Form<'de>> Deserialize<'de> for Read<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let content = deserializer.deserialize_any(ContentVisitor::<F>(PhantomData))?;
        Ok(Self { content, form: PhantomData })
    }
}

struct ContentVisitor<F>(PhantomData<F>);

impl<'de, F: Form<'de>> Visitor<'de> for ContentVisitor<F> {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Content, E> {
        Ok(Content::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Content, E> {
        Ok(Content::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Content, E> {
        Ok(i64::try_from(value).map_or_else(|_| Content::Other(value.to_string()), Content::Integer))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Content, E> {
        Ok(Content::Other(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Content, E> {
        Ok(Content::Other(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Content, E> {
        Ok(Content::Other(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Content, E> {
        Ok(Content::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Content, E> {
        Ok(Content::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Content, E> {
        Ok(Content::Null)
    }

    fn visit_none<E>(self) -> Result<Content, E> {
        Ok(Content::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content, D::Error> {
        Ok(Read::<F>::deserialize(deserializer)?.content)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Content, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = seq.next_element()? {
            nodes.push(F::node(node));
        }
        Ok(Content::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key()? {
            entries.push((F::name(key), F::node(map.next_value()?)));
        }
        Ok(Content::Map(entries))
    }
}
