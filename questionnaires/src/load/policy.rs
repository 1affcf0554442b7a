//! Reads a policy file and resolves it against the library.
//!
//! It does not know questionnaires; whether the keys its conditions read exist is for `cross_check`.

use std::collections::{BTreeMap, BTreeSet};

use crate::condition::Condition;
use crate::load::node::{Content, Node};
use crate::load::reader::Reader;
use crate::load::requirement::{self, Sourced, VISIBILITIES};
use crate::load::{Fault, Library, MAX_NODES, Place, Problem, node};
use crate::policy::{Clause, Edition, Outside, Policy, PolicyScope, Thresholds};
use crate::text::Text;

/// A policy and where everything in it stands.
#[derive(Clone, Debug)]
pub struct PolicySource {
    /// The policy, after tailoring.
    pub policy: Policy,
    /// Its requirements with their places, in the policy's order.
    pub(super) requirements: Vec<Sourced>,
    /// Where each clause stands, in the policy's order.
    pub(super) clauses: Vec<Place>,
}

const FIELDS: &[&str] = &[
    "policy",
    "version",
    "title",
    "organization",
    "adopted_on",
    "revised_on",
    "effective_on",
    "history",
    "scope",
    "minimum_coverage",
    "thresholds",
    "clauses",
    "requirements",
];

/// A whole in hundredths of a percent.
const WHOLE: i64 = 10_000;

pub(super) fn read(file: &str, text: &str, library: &Library) -> Result<PolicySource, Vec<Problem>> {
    let node = node::yaml(file, text)?;
    let reader = Reader::new(file);
    let source = policy(&reader, &node, library);
    reader.finish(source)
}

/// What can be read of a policy in spite of its problems, with these.
pub(super) fn read_partly(file: &str, text: &str, library: &Library) -> (Option<PolicySource>, Vec<Problem>) {
    let node = match node::yaml(file, text) {
        Ok(node) => node,
        Err(problems) => return (None, problems),
    };
    let reader = Reader::new(file);
    let source = policy(&reader, &node, library);
    reader.finish_partly(source)
}

fn policy(reader: &Reader<'_>, node: &Node, library: &Library) -> Option<PolicySource> {
    let fields = reader.fields("policy", node, FIELDS)?;
    let (id, version, title) = (fields.id("policy"), fields.string("version"), fields.text("title"));
    let organization = fields.get("organization", organization);
    let (adopted_on, revised_on, effective_on) =
        (fields.date("adopted_on"), fields.date("revised_on"), fields.date("effective_on"));
    if let (Some(adopted_on), Some(revised_on)) = (adopted_on, revised_on)
        && revised_on < adopted_on
    {
        reader.fault::<()>(fields.node("revised_on").map_or(0, |node| node.line), &Fault::DatesReversed);
    }
    let history = fields.node("history").map_or(Some(Vec::new()), |_| fields.each("history", edition));
    let scope = fields.maybe("scope", scope);
    let minimum_coverage = fields.number("minimum_coverage", 0, WHOLE);
    let thresholds = fields.get("thresholds", thresholds);
    let clauses = fields.each("clauses", |reader, node| Some((clause(reader, node)?, reader.place(node.line))));
    let requirements = fields.each("requirements", |reader, node| match node.has("use") {
        true => requirement::tailored(reader, node, library),
        false => requirement::whole(reader, node, true),
    });
    let (clauses, places): (Vec<_>, Vec<_>) = clauses?.into_iter().unzip();
    let requirements = requirements?;
    let picked = fields.node("requirements").map(clauses_picked).unwrap_or_default();
    check(reader, &clauses, &places, &requirements, &picked);
    let policy = Policy {
        id: id?,
        version: version?,
        title: title?,
        organization_code: organization.as_ref()?.0.clone(),
        organization_name: organization?.1,
        adopted_on: adopted_on?,
        revised_on: revised_on?,
        effective_on: effective_on?,
        history: history?,
        scope,
        minimum_coverage: minimum_coverage?,
        thresholds: thresholds?,
        clauses,
        requirements: requirements.iter().map(|sourced| sourced.requirement.clone()).collect(),
    };
    Some(PolicySource { policy, requirements, clauses: places })
}

fn edition(reader: &Reader<'_>, node: &Node) -> Option<Edition> {
    let fields = reader.fields("history", node, &["version", "decided_on", "effective_on"])?;
    let version = fields.string("version");
    let (decided_on, effective_on) =
        (fields.maybe("decided_on", Reader::date), fields.maybe("effective_on", Reader::date));
    Some(Edition { version: version?, decided_on, effective_on })
}

fn scope(reader: &Reader<'_>, name: &str, node: &Node) -> Option<PolicyScope> {
    let fields = reader.fields(name, node, &["staff", "outside", "not_public"])?;
    let (staff, not_public) = (fields.text("staff"), fields.text("not_public"));
    let outside = fields.node("outside").map_or(Some(Vec::new()), |_| fields.each("outside", outside));
    Some(PolicyScope { staff: staff?, outside: outside?, not_public: not_public? })
}

fn outside(reader: &Reader<'_>, node: &Node) -> Option<Outside> {
    let fields = reader.fields("outside", node, &["what", "why"])?;
    let (what, why) = (fields.text("what"), fields.text("why"));
    Some(Outside { what: what?, why: why? })
}

fn organization(reader: &Reader<'_>, name: &str, node: &Node) -> Option<(Option<String>, Text)> {
    let fields = reader.fields(name, node, &["code", "name"])?;
    let code = fields.maybe("code", |reader, name, node| {
        let code = reader.string(name, node)?;
        let six_digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        if six_digits {
            Some(code)
        } else {
            reader.fault(
                node.line,
                &Fault::NotAmong { name: name.to_owned(), allowed: vec!["\"000000\" – \"999999\"".to_owned()] },
            )
        }
    });
    let name = fields.text("name");
    Some((code, name?))
}

fn thresholds(reader: &Reader<'_>, name: &str, node: &Node) -> Option<Thresholds> {
    let fields = reader.fields(name, node, &["a", "b", "c"])?;
    let [a, b, c] = ["a", "b", "c"].map(|name| fields.number(name, 0, WHOLE));
    let thresholds = Thresholds { a: a?, b: b?, c: c? };
    if thresholds.a < thresholds.b || thresholds.b < thresholds.c {
        return reader.fault(node.line, &Fault::ThresholdsNotFalling);
    }
    Some(thresholds)
}

fn clause(reader: &Reader<'_>, node: &Node) -> Option<Clause> {
    let fields = reader.fields("clause", node, &["id", "title", "summary", "visibility", "no_requirement"])?;
    let (id, title, summary) = (fields.string("id"), fields.text("title"), fields.text("summary"));
    let visibility = fields.word("visibility", VISIBILITIES);
    let no_requirement = fields.maybe("no_requirement", Reader::text);
    Some(Clause { id: id?, title: title?, summary: summary?, visibility: visibility?, no_requirement })
}

/// The clauses that requirements name, readable or not.
fn clauses_picked(node: &Node) -> BTreeSet<String> {
    let Content::List(nodes) = &node.content else { return BTreeSet::new() };
    let named = nodes.iter().filter_map(|node| match &node.content {
        Content::Map(entries) => entries.iter().find(|(name, _)| name.text == "clause"),
        _ => None,
    });
    named
        .filter_map(|(_, node)| match &node.content {
            Content::Text(text) => Some(text.clone()),
            Content::Integer(number) => Some(number.to_string()),
            _ => None,
        })
        .collect()
}

/// What holds between the parts of a policy. A clause has requirements or a reason for having none, never both; `picked` are the clauses that
/// requirements name, readable or not.
fn check(
    reader: &Reader<'_>,
    clauses: &[Clause],
    places: &[Place],
    requirements: &[Sourced],
    picked: &BTreeSet<String>,
) {
    let line = |place: &Place| place.line.unwrap_or(0);
    let mut clause_ids = BTreeSet::new();
    for (clause, place) in clauses.iter().zip(places) {
        if !clause_ids.insert(clause.id.as_str()) {
            reader.fault::<()>(line(place), &Fault::Duplicate { what: "clause", id: clause.id.clone() });
        }
        let has_requirement = picked.contains(&clause.id);
        match &clause.no_requirement {
            Some(_) if has_requirement => {
                reader.fault::<()>(line(place), &Fault::ClauseWithBoth { id: clause.id.clone() });
            }
            None if !has_requirement => {
                reader.fault::<()>(line(place), &Fault::ClauseWithoutRequirement { id: clause.id.clone() });
            }
            _ => {}
        }
    }
    let mut ids = BTreeMap::new();
    for Sourced { requirement, place, .. } in requirements {
        if ids.insert(requirement.id.as_str(), place).is_some() {
            reader.fault::<()>(line(place), &Fault::Duplicate { what: "requirement", id: requirement.id.clone() });
        }
        if !clause_ids.contains(requirement.clause.as_str()) {
            reader.fault::<()>(line(place), &Fault::AbsentClause { id: requirement.clause.clone() });
        }
    }
    let nodes = requirements
        .iter()
        .flat_map(|sourced| sourced.requirement.conditions())
        .map(Condition::nodes)
        .fold(0, usize::saturating_add);
    if nodes > MAX_NODES {
        reader.fault::<()>(1, &Fault::TooManyNodes { nodes });
    }
}
