//! Reads an answers file against the questionnaire that gives each value its type.
//!
//! It does not know policies, so it cannot tell whether an override names a requirement that exists.

use std::collections::BTreeMap;

use crate::answer::{Answer, Answers, Override, Value};
use crate::check::check_value;
use crate::evaluate::Verdict;
use crate::load::node::{Content, Name, Node};
use crate::load::reader::{Fields, Reader};
use crate::load::{Fault, Problem, node};
use crate::questionnaire::{Question, QuestionKind, Questionnaire};

const VERDICTS: &[(&str, Verdict)] = &[
    ("met", Verdict::Met),
    ("partly_met", Verdict::PartlyMet),
    ("not_met", Verdict::NotMet),
    ("unconfirmed", Verdict::Unconfirmed),
    ("not_applicable", Verdict::NotApplicable),
];

/// Reads the file; each of its three parts may be left out.
pub(crate) fn read(file: &str, json: &str, questionnaire: &Questionnaire) -> Result<Answers, Vec<Problem>> {
    let node = node::json(file, json)?;
    let reader = Reader::new(file);
    let answers = reader.fields("answers", &node, &["answers", "evidence", "overrides"]).map(|fields| Answers {
        answers: keyed(&fields, "answers", questionnaire, answer),
        evidence: keyed(&fields, "evidence", questionnaire, |reader, question, node| {
            files(reader, &question.key, node)
        }),
        overrides: fields.maybe("overrides", overrides).unwrap_or_default(),
    });
    reader.finish(answers)
}

fn keyed<'r, T>(
    fields: &Fields<'r>,
    name: &str,
    questionnaire: &Questionnaire,
    read: impl Fn(&'r Reader<'r>, &Question, &'r Node) -> Option<T>,
) -> BTreeMap<String, T> {
    let entries: &[(Name, Node)] = fields
        .maybe(name, |reader, name, node| reader.map(name, node).map(|fields| fields.entries()))
        .unwrap_or_default();
    let mut found = BTreeMap::new();
    for (name, node) in entries {
        match questionnaire.question(&name.text) {
            Some((_, question)) => {
                found.extend(read(fields.reader, question, node).map(|value| (name.text.clone(), value)))
            }
            None => found.extend(
                fields.reader.fault::<(String, T)>(name.line, &Fault::UnknownQuestion { key: name.text.clone() }),
            ),
        }
    }
    found
}

fn answer(reader: &Reader<'_>, question: &Question, node: &Node) -> Option<Answer> {
    let fields = reader.fields(&question.key, node, &["value", "state", "reason", "accepted"])?;
    if let Some(given) = fields.node("value") {
        reader.fields(&question.key, node, &["value"])?;
        let value = value(reader, question, given)?;
        return match check_value(&question.kind, &value) {
            None => Some(Answer::Given(value)),
            Some(problem) => reader.fault(given.line, &Fault::WrongAnswer { key: question.key.clone(), problem }),
        };
    }
    let reason = |fields: &Fields<'_>| fields.get("reason", free_text);
    match fields.node("state").map(|node| &node.content) {
        Some(Content::Text(state)) if state == "not_applicable" => {
            let accepted = fields.maybe("accepted", Reader::boolean).unwrap_or(false);
            Some(Answer::NotApplicable { reason: reason(&fields)?, accepted })
        }
        Some(Content::Text(state)) if state == "undisclosed" => {
            reader.fields(&question.key, node, &["state", "reason"])?;
            Some(Answer::Undisclosed { reason: reason(&fields)? })
        }
        _ => reader.fault(
            node.line,
            &Fault::UnknownState { allowed: vec!["not_applicable".to_owned(), "undisclosed".to_owned()] },
        ),
    }
}

/// A text that may be blank: whether a reason is missing is for the check of the questionnaire, not for the reader of a file.
fn free_text(reader: &Reader<'_>, name: &str, node: &Node) -> Option<String> {
    match &node.content {
        Content::Text(text) => Some(text.clone()),
        _ => reader.fault(node.line, &Fault::NotAText { name: name.to_owned() }),
    }
}

fn value(reader: &Reader<'_>, question: &Question, node: &Node) -> Option<Value> {
    let key = question.key.as_str();
    match &question.kind {
        QuestionKind::Choice { .. } => reader.string(key, node).map(Value::Choice),
        QuestionKind::Choices { .. } => {
            let values: Vec<_> = reader.list(key, node)?.iter().map(|node| reader.string(key, node)).collect();
            values.into_iter().collect::<Option<_>>().map(Value::Choices)
        }
        QuestionKind::Text { .. } => free_text(reader, key, node).map(Value::Text),
        QuestionKind::Number { .. } => reader.number(key, node, i64::MIN, i64::MAX).map(Value::Number),
        QuestionKind::Date => reader.date(key, node).map(Value::Date),
    }
}

fn files(reader: &Reader<'_>, key: &str, node: &Node) -> Option<Vec<String>> {
    let names: Vec<_> = reader.list(key, node)?.iter().map(|node| reader.string(key, node)).collect();
    names.into_iter().collect()
}

fn overrides(reader: &Reader<'_>, name: &str, node: &Node) -> Option<Vec<Override>> {
    let read: Vec<_> = reader.list(name, node)?.iter().map(|node| one_override(reader, node)).collect();
    read.into_iter().collect()
}

fn one_override(reader: &Reader<'_>, node: &Node) -> Option<Override> {
    let fields = reader.fields("override", node, &["requirement", "verdict", "reason", "by", "until"])?;
    let (requirement, verdict) = (fields.string("requirement"), fields.word("verdict", VERDICTS));
    let (reason, by) = (fields.string("reason"), fields.string("by"));
    let until = match fields.node("until").map(|node| &node.content) {
        None | Some(Content::Null) => None,
        Some(_) => Some(fields.date("until")?),
    };
    Some(Override { requirement: requirement?, verdict: verdict?, reason: reason?, by: by?, until })
}
