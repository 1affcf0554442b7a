//! Reads a questionnaire file.
//!
//! It does not know which requirements read its answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::condition::{Key, Operator, When};
use crate::load::condition::{self, Criterion};
use crate::load::cross_check::misfits;
use crate::load::node::Node;
use crate::load::reader::{Fields, Reader};
use crate::load::{Fault, Place, Problem, node};
use crate::questionnaire::{Audience, Choice, EvidenceWish, Question, QuestionKind, Questionnaire, Section};

/// A questionnaire and where everything in it stands.
#[derive(Clone, Debug)]
pub struct QuestionnaireSource {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// Question key → where it stands.
    pub(super) places: BTreeMap<String, Place>,
}

/// Of a questionnaire that no file stands for: nothing in it has a place.
impl From<Arc<Questionnaire>> for QuestionnaireSource {
    fn from(questionnaire: Arc<Questionnaire>) -> Self {
        Self { questionnaire: Arc::unwrap_or_clone(questionnaire), places: BTreeMap::new() }
    }
}

/// What has been read so far.
#[derive(Default)]
struct Seen {
    sections: BTreeSet<String>,
    places: BTreeMap<String, Place>,
    conditions: Vec<Criterion>,
}

pub(super) fn read(file: &str, text: &str) -> Result<QuestionnaireSource, Vec<Problem>> {
    read_node(file, &node::yaml(file, text)?)
}

pub(super) fn read_node(file: &str, node: &Node) -> Result<QuestionnaireSource, Vec<Problem>> {
    let reader = Reader::new(file);
    let mut seen = Seen::default();
    let questionnaire = questionnaire(&reader, node, &mut seen);
    let questionnaire = reader.finish(questionnaire)?;
    let source = QuestionnaireSource { questionnaire, places: seen.places };
    let sources = std::slice::from_ref(&source);
    let misfits: Vec<_> = seen.conditions.iter().flat_map(|criterion| misfits(criterion, sources)).collect();
    if misfits.is_empty() { Ok(source) } else { Err(misfits) }
}

fn questionnaire(reader: &Reader<'_>, node: &Node, seen: &mut Seen) -> Option<Questionnaire> {
    let known = &["questionnaire", "version", "audience", "title", "introduction", "sections"];
    let fields = reader.fields("questionnaire", node, known)?;
    let (id, version) = (fields.id("questionnaire"), fields.string("version"));
    let (title, introduction) = (fields.text("title"), fields.text("introduction"));
    let audience =
        fields.maybe("audience", |reader, name, node| reader.word(name, node, AUDIENCES)).unwrap_or_default();
    let sections = fields.each("sections", |reader, node| section(reader, node, seen));
    Some(Questionnaire {
        id: id?,
        version: version?,
        audience,
        title: title?,
        introduction: introduction?,
        sections: sections?,
    })
}

fn section(reader: &Reader<'_>, node: &Node, seen: &mut Seen) -> Option<Section> {
    let fields = reader.fields("section", node, &["id", "title", "introduction", "minutes", "questions"])?;
    let id = fields.id("id");
    if let Some(id) = &id
        && !seen.sections.insert(id.clone())
    {
        reader.fault::<()>(node.line, &Fault::Duplicate { what: "section", id: id.clone() });
    }
    let (title, introduction) = (fields.text("title"), fields.text("introduction"));
    let minutes = fields.number("minutes", 1, 600);
    let questions = fields.each("questions", |reader, node| question(reader, node, seen));
    Some(Section { id: id?, title: title?, introduction: introduction?, minutes: minutes?, questions: questions? })
}

const AUDIENCES: &[(&str, Audience)] = &[("vendor", Audience::Vendor), ("section", Audience::Section)];

const QUESTION: &[&str] = &[
    "key",
    "text",
    "guidance",
    "type",
    "choices",
    "max_characters",
    "minimum",
    "maximum",
    "unit",
    "required",
    "shown_when",
    "evidence",
    "may_be_not_applicable",
    "may_be_undisclosed",
];

fn question(reader: &Reader<'_>, node: &Node, seen: &mut Seen) -> Option<Question> {
    let fields = reader.fields("question", node, QUESTION)?;
    let flag = |name: &str| fields.maybe(name, Reader::boolean).unwrap_or(true);
    let evidence =
        [("none", EvidenceWish::None), ("wanted", EvidenceWish::Wanted), ("required", EvidenceWish::Required)];
    let evidence =
        fields.maybe("evidence", |reader, name, node| reader.word(name, node, &evidence)).unwrap_or_default();
    let (key, text, guidance) = (fields.id("key"), fields.text("text"), fields.maybe("guidance", Reader::text));
    let kind = kind(&fields);
    let shown_when = condition::maybe(&fields, "shown_when");
    let (required, may_be_not_applicable, may_be_undisclosed) =
        (flag("required"), flag("may_be_not_applicable"), flag("may_be_undisclosed"));
    let key = key?;
    if let Some(criterion) = &shown_when {
        check_shown_when(reader, criterion, seen);
        seen.conditions.push(criterion.clone());
    }
    if seen.places.insert(key.clone(), reader.place(node.line)).is_some() {
        reader.fault::<()>(node.line, &Fault::Duplicate { what: "question", id: key.clone() });
    }
    let shown_when = shown_when.map(|criterion| criterion.condition);
    Some(Question {
        key,
        text: text?,
        guidance,
        kind: kind?,
        required,
        shown_when,
        evidence,
        may_be_not_applicable,
        may_be_undisclosed,
    })
}

/// Only answers to earlier questions, and nothing that depends on the day: the browser has to agree with the server at any time.
fn check_shown_when(reader: &Reader<'_>, criterion: &Criterion, seen: &Seen) {
    for (comparison, place) in criterion.condition.comparisons().into_iter().zip(&criterion.places) {
        let line = place.line.unwrap_or(0);
        match &comparison.key {
            Key::Fact(_) => reader.fault::<()>(line, &Fault::FactInQuestionnaire),
            Key::Answer(key) if !seen.places.contains_key(key) => {
                reader.fault(line, &Fault::NotAnEarlierQuestion { key: key.clone() })
            }
            Key::Answer(_) => None,
        };
        if let Operator::Before(When::Today) | Operator::After(When::Today) | Operator::WithinDays(_) =
            comparison.operator
        {
            reader.fault::<()>(line, &Fault::TodayInQuestionnaire);
        }
    }
}

fn kind(fields: &Fields<'_>) -> Option<QuestionKind> {
    let words = ["yes_no", "choice", "choices", "text", "number", "date"].map(|word| (word, word));
    let word = fields.word("type", &words)?;
    let own: &[&str] = match word {
        "choice" | "choices" => &["choices"],
        "text" => &["max_characters"],
        "number" => &["minimum", "maximum", "unit"],
        _ => &[],
    };
    for (name, _) in fields.entries() {
        if ["choices", "max_characters", "minimum", "maximum", "unit"].contains(&name.text.as_str())
            && !own.contains(&name.text.as_str())
        {
            let allowed = own.iter().map(|field| (*field).to_owned()).collect();
            fields.reader.fault::<()>(name.line, &Fault::UnknownField { field: name.text.clone(), allowed });
        }
    }
    match word {
        "yes_no" => Some(QuestionKind::yes_no()),
        "choice" => Some(QuestionKind::Choice { choices: choices(fields)? }),
        "choices" => Some(QuestionKind::Choices { choices: choices(fields)? }),
        "text" => {
            let most = fields
                .maybe("max_characters", |reader, name, node| reader.number(name, node, 1, 20_000))
                .unwrap_or(2_000);
            Some(QuestionKind::Text { max_characters: u32::try_from(most).ok()? })
        }
        "number" => {
            let bound =
                |name: &str| fields.maybe(name, |reader, name, node| reader.number(name, node, i64::MIN, i64::MAX));
            let (minimum, maximum) = (bound("minimum"), bound("maximum"));
            if let (Some(minimum), Some(maximum)) = (minimum, maximum)
                && minimum > maximum
            {
                return fields.reader.fault(fields.line, &Fault::RangeReversed);
            }
            Some(QuestionKind::Number { minimum, maximum, unit: fields.maybe("unit", Reader::text) })
        }
        _ => Some(QuestionKind::Date),
    }
}

fn choices(fields: &Fields<'_>) -> Option<Vec<Choice>> {
    let mut values = BTreeSet::new();
    fields.each("choices", |reader, node| {
        let fields = reader.fields("choice", node, &["value", "label"])?;
        let (value, label) = (fields.string("value"), fields.text("label"));
        let value = value?;
        if !values.insert(value.clone()) {
            return reader.fault(node.line, &Fault::Duplicate { what: "choice", id: value });
        }
        Some(Choice { value, label: label? })
    })
}
