//! Reads requirements, of the library or of a policy, and tailors those of the library.
//!
//! It does not know which clauses a policy has, nor which keys exist.

use crate::condition::Condition;
use crate::load::condition::{self, Criterion};
use crate::load::node::{Content, Node};
use crate::load::reader::{Fields, Reader};
use crate::load::{Fault, Library, Place, Problem, node};
use crate::policy::{Basis, Level, OwedBy, Requirement, Visibility};
use crate::text::Text;

/// A requirement and where its parts stand, which may be in different files.
#[derive(Clone, Debug)]
pub(super) struct Sourced {
    pub(super) requirement: Requirement,
    pub(super) place: Place,
    pub(super) criteria: Criteria,
}

/// The three conditions with their places.
#[derive(Clone, Debug)]
pub(super) struct Criteria {
    pub(super) applies: Option<Criterion>,
    pub(super) met: Criterion,
    pub(super) partly: Option<Criterion>,
}

impl Criteria {
    /// In the order of weighing.
    pub(super) fn all(&self) -> impl Iterator<Item = &Criterion> {
        self.applies.iter().chain([&self.met]).chain(&self.partly)
    }
}

pub(super) const LEVELS: &[(&str, Level)] = &[("must", Level::Must), ("should", Level::Should)];
pub(super) const VISIBILITIES: &[(&str, Visibility)] =
    &[("public", Visibility::Public), ("vendor", Visibility::Vendor), ("internal", Visibility::Internal)];
const OWED_BY: &[(&str, OwedBy)] = &[("vendor", OwedBy::Vendor), ("municipality", OwedBy::Municipality)];
const WEIGHT: (i64, i64) = (1, 100);

const WHOLE: &[&str] = &[
    "id",
    "title",
    "text",
    "level",
    "weight",
    "owed_by",
    "visibility",
    "basis",
    "applies_when",
    "met_when",
    "partly_when",
];
const WHOLE_IN_POLICY: &[&str] = &[
    "id",
    "clause",
    "title",
    "text",
    "level",
    "weight",
    "owed_by",
    "visibility",
    "basis",
    "applies_when",
    "met_when",
    "partly_when",
];
const TAILORED: &[&str] =
    &["use", "clause", "title", "text", "level", "weight", "applies_when", "met_when", "partly_when"];

pub(super) fn library(files: &[(&str, &str)]) -> Result<Library, Vec<Problem>> {
    let (library, problems) = library_partly(files);
    if problems.is_empty() { Ok(library) } else { Err(problems) }
}

/// What can be read of a library in spite of its problems, with these.
pub(super) fn library_partly(files: &[(&str, &str)]) -> (Library, Vec<Problem>) {
    let mut library = Library::default();
    let mut problems = Vec::new();
    for (file, text) in files {
        let node = match node::yaml(file, text) {
            Ok(node) => node,
            Err(found) => {
                problems.extend(found);
                continue;
            }
        };
        let reader = Reader::new(file);
        let read = reader.fields("library", &node, &["requirements"]).and_then(|fields| {
            fields.each("requirements", |reader, node| {
                let sourced = whole(reader, node, false);
                if sourced.is_none() {
                    library.unreadable.extend(id_of(node));
                }
                sourced
            })
        });
        let (read, found) = reader.finish_partly(read);
        problems.extend(found);
        for sourced in read.unwrap_or_default() {
            let (id, place) = (sourced.requirement.id.clone(), sourced.place.clone());
            if library.requirements.insert(id.clone(), sourced).is_some() {
                problems.push(Fault::Duplicate { what: "requirement", id }.at(place));
            }
        }
    }
    (library, problems)
}

/// The id of a requirement that cannot be read, if that can.
fn id_of(node: &Node) -> Option<String> {
    let Content::Map(entries) = &node.content else { return None };
    entries.iter().find_map(|(name, node)| match &node.content {
        Content::Text(text) if name.text == "id" => Some(text.clone()),
        _ => None,
    })
}

/// A requirement written whole.
pub(super) fn whole(reader: &Reader<'_>, node: &Node, in_policy: bool) -> Option<Sourced> {
    let fields = reader.fields("requirement", node, if in_policy { WHOLE_IN_POLICY } else { WHOLE })?;
    let id = fields.id("id");
    let clause = if in_policy { fields.string("clause") } else { Some(String::new()) };
    let (title, text) = (fields.text("title"), fields.text("text"));
    let (level, weight) = (fields.word("level", LEVELS), fields.number("weight", WEIGHT.0, WEIGHT.1));
    let (owed_by, visibility) = (fields.word("owed_by", OWED_BY), fields.word("visibility", VISIBILITIES));
    let basis = fields.each("basis", basis);
    let applies = condition::maybe(&fields, "applies_when");
    let met = fields.get("met_when", |reader, _, node| condition::read(reader, node));
    let partly = condition::maybe(&fields, "partly_when");
    let criteria = Criteria { applies, met: met?, partly };
    let requirement = Requirement {
        id: id?,
        clause: clause?,
        title: title?,
        text: text?,
        level: level?,
        weight: weight?,
        owed_by: owed_by?,
        visibility: visibility?,
        basis: basis?,
        applies_when: bare(criteria.applies.as_ref()),
        met_when: criteria.met.condition.clone(),
        partly_when: bare(criteria.partly.as_ref()),
    };
    Some(Sourced { requirement, place: reader.place(node.line), criteria })
}

fn bare(criterion: Option<&Criterion>) -> Option<Condition> {
    criterion.map(|criterion| criterion.condition.clone())
}

fn basis(reader: &Reader<'_>, node: &Node) -> Option<Basis> {
    let fields = reader.fields("basis", node, &["doc", "ref"])?;
    let (doc, reference) = (fields.string("doc"), fields.string("ref"));
    Some(Basis { doc: doc?, reference: reference? })
}

/// A requirement of the library, with the policy's own wording, level, weight or criterion in place of the library's.
pub(super) fn tailored(reader: &Reader<'_>, node: &Node, library: &Library) -> Option<Sourced> {
    let fields = reader.fields("requirement", node, TAILORED)?;
    let used = fields.id("use");
    let clause = fields.string("clause");
    let changes = Changes::read(&fields);
    let used = used?;
    let Some(mut sourced) = library.requirements.get(&used).cloned() else {
        if library.unreadable.contains(&used) {
            return None;
        }
        return reader
            .fault(fields.node("use").map_or(node.line, |node| node.line), &Fault::AbsentRequirement { id: used });
    };
    sourced.requirement.clause = clause?;
    changes.apply(&mut sourced);
    sourced.place = reader.place(node.line);
    Some(sourced)
}

/// What a policy changes in a requirement of the library.
struct Changes {
    title: Option<Text>,
    text: Option<Text>,
    level: Option<Level>,
    weight: Option<u16>,
    applies: Option<Criterion>,
    met: Option<Criterion>,
    partly: Option<Criterion>,
}

impl Changes {
    fn read(fields: &Fields<'_>) -> Self {
        Self {
            title: fields.maybe("title", Reader::text),
            text: fields.maybe("text", Reader::text),
            level: fields.maybe("level", |reader, name, node| reader.word(name, node, LEVELS)),
            weight: fields
                .maybe("weight", |reader, name, node| reader.number(name, node, WEIGHT.0, WEIGHT.1))
                .and_then(|weight| u16::try_from(weight).ok()),
            applies: condition::maybe(fields, "applies_when"),
            met: condition::maybe(fields, "met_when"),
            partly: condition::maybe(fields, "partly_when"),
        }
    }

    fn apply(self, sourced: &mut Sourced) {
        let Sourced { requirement, criteria, .. } = sourced;
        requirement.title = self.title.unwrap_or_else(|| requirement.title.clone());
        requirement.text = self.text.unwrap_or_else(|| requirement.text.clone());
        requirement.level = self.level.unwrap_or(requirement.level);
        requirement.weight = self.weight.unwrap_or(requirement.weight);
        criteria.applies = self.applies.or_else(|| criteria.applies.take());
        criteria.met = self.met.unwrap_or_else(|| criteria.met.clone());
        criteria.partly = self.partly.or_else(|| criteria.partly.take());
        requirement.applies_when = bare(criteria.applies.as_ref());
        requirement.met_when = criteria.met.condition.clone();
        requirement.partly_when = bare(criteria.partly.as_ref());
    }
}
