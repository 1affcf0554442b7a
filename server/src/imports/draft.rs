//! What a row says: read cell by cell, with the records it names and the one it means; and what is wrong with it.

use super::{
    Told as Mapping, cells,
    held::Held,
    judge::{Batch, Judge},
    known::Meant,
    names::Said,
    outcome::{Problem, RemarkKind},
};
use crate::{
    era,
    grid::{Row, column_name},
    registers::{
        FormCheck, rules,
        schema::{Field, Kind, Register, Target},
        values::{Value, Values},
    },
};
use kakunin_api::{CorporateNumber, FieldProblem, PortalError, normalized};
use std::{
    collections::{BTreeMap, hash_map::Entry},
    hash::{DefaultHasher, Hash, Hasher},
};
use uuid::Uuid;

/// Marks for "the same as above".
const DITTO: [&str; 5] = ["〃", "同上", "仝", "″", "々"];
/// Words that stand where a name should.
const NO_NAMES: [&str; 12] = ["未定", "全庁", "全課", "各課", "共通", "なし", "無", "-", "ー", "―", "不明", "その他"];
/// Words that begin a row of totals.
const TOTALS: [&str; 6] = ["計", "合計", "小計", "総計", "総合計", "total"];

/// Longest name of who approved, in characters.
const APPROVER_CHARACTERS: usize = 100;

/// What a row says, before it is known whether its record is there.
pub(super) struct Draft {
    pub(super) row: u32,
    pub(super) given: Values,
    pub(super) id: Option<Uuid>,
    pub(super) officer: Option<String>,
    pub(super) approved: Approved,
}

/// An approval that a row tells of.
#[derive(Default)]
pub(super) struct Approved {
    /// ISO; empty where the row tells of none.
    pub(super) on: String,
    pub(super) by: String,
    /// Something stands where the day should, and is none.
    pub(super) is_unread: bool,
}

/// Stands before who brought an approval in, and who gave it: nobody's own words come first.
pub(super) const BROUGHT_IN_BY: &str = "一覧から登録（";

/// What a row says of a record that it names: by which field, how, and the address of a company.
type NamedBy = (&'static Field, Said, String);

/// What is wrong with a row, as it is found.
pub(super) struct Faults<'a> {
    pub(super) row: u32,
    pub(super) mapping: &'a Mapping,
    pub(super) found: Vec<Problem>,
}

impl Faults<'_> {
    pub(super) fn add(&mut self, held: &str, text: &str, problem: FieldProblem) {
        let column = self.mapping.columns.iter().find(|(_, known)| known.code() == held);
        self.found.push(Problem {
            row: self.row,
            column: column.map(|(column, _)| column_name(*column)),
            held: held.to_owned(),
            text: text.chars().take(60).collect(),
            problem,
        });
    }
}

impl Judge<'_, '_> {
    /// Whether a row is no record: nothing in its own columns, a total, or the headings once more.
    fn is_no_record(&self, row: &Row) -> bool {
        let first = row.cells.first().map(|(_, text)| normalized::tidy(text).to_lowercase().replace(' ', ""));
        let is_total = first.is_some_and(|first| TOTALS.contains(&first.as_str()));
        let own = self.mapping.columns.iter().filter(|(column, _)| !self.mapping.fill.contains(column));
        let said: Vec<(&u16, &str)> =
            own.map(|(column, _)| (column, row.text(*column).trim())).filter(|(_, text)| !text.is_empty()).collect();
        let is_heading = |(column, text): &(&u16, &str)| {
            self.mapping.headings.get(column).is_some_and(|heading| heading.ends_with(text))
        };
        is_total || said.is_empty() || said.len() > 1 && said.iter().all(is_heading)
    }

    /// Reads a row. None where it is skipped, refused or said already.
    pub(super) async fn draft(&mut self, row: &Row, batch: &mut Batch) -> Result<Option<Draft>, PortalError> {
        if self.is_no_record(row) {
            // A heading of a block fills what follows it too.
            if !row.cells.iter().any(|(_, text)| TOTALS.contains(&text.trim())) {
                self.repeated(row);
            }
            self.outcome.skipped += 1;
            return Ok(None);
        }
        let texts = self.repeated(row);
        let mut faults = Faults { row: row.number, mapping: self.mapping, found: Vec::new() };
        let mut given = Values::new();
        let mut id = None;
        let mut officer = None;
        let mut approved = Approved::default();
        let mut named: BTreeMap<&'static str, NamedBy> = BTreeMap::new();
        for (column, held) in &self.mapping.columns {
            let text = texts.get(column).map_or("", |text| text.trim());
            if let Held::Officer = held {
                officer = Some(text.to_owned());
            }
            if text.is_empty() {
                continue;
            }
            match held {
                Held::Officer => {}
                Held::ApprovedOn if cells::names_nobody(text) => {}
                // A mark says that it was approved, and not when.
                Held::ApprovedOn if cells::is_mark(text) => approved.is_unread = true,
                Held::ApprovedOn => match era::parse(&cells::counted_day(text)) {
                    Ok(day) if day <= self.portal.clock.today() => approved.on = day.to_string(),
                    Ok(_) => faults.add(&held.code(), text, FieldProblem::InFuture),
                    Err(problem) => faults.add(&held.code(), text, problem),
                },
                Held::ApprovedBy => {
                    // What our own template says of an earlier list is said anew.
                    let own = text.strip_prefix(BROUGHT_IN_BY).and_then(|rest| rest.split_once("）："));
                    let by = own.map_or(text, |(_, by)| by);
                    approved.by = normalized::line(by).chars().take(APPROVER_CHARACTERS).collect();
                }
                Held::Id => match normalized::tidy(text).parse::<Uuid>() {
                    Ok(known) if self.known.has(known) == Some(false) => id = Some(known),
                    _ => faults.add("id", text, FieldProblem::UnknownRecord),
                },
                Held::Field(field) if matches!(field.kind, Kind::Link(_)) => {
                    named.entry(field.name).or_insert_with(|| (field, Said::default(), String::new())).1.name =
                        text.to_owned();
                }
                Held::Number(field) => match normalized::tidy(text).parse::<CorporateNumber>() {
                    Ok(number) => {
                        let entry = named.entry(field.name);
                        entry.or_insert_with(|| (field, Said::default(), String::new())).1.number = number.into();
                    }
                    Err(problem) => faults.add(&held.code(), text, problem),
                },
                Held::Within(field) => {
                    named.entry(field.name).or_insert_with(|| (field, Said::default(), String::new())).1.within =
                        text.to_owned();
                }
                Held::Address(field) => {
                    named.entry(field.name).or_insert_with(|| (field, Said::default(), String::new())).2 =
                        text.to_owned();
                }
                Held::Field(field) => {
                    let text = self.with_heading(*column, field, text, &given);
                    let optional = Field { required: false, ..**field };
                    match Value::read(&optional, &cells::typed(field, &text, self.scale)) {
                        // Nothing that can be seen changes nothing.
                        Ok(value) if value.is_empty() => {}
                        Ok(value) => _ = given.insert(field.name, value),
                        Err(problem) => faults.add(field.name, &text, problem),
                    }
                }
            }
        }
        if id.is_some() {
            // What a record there is a part of does not change.
            named.retain(|_, (field, ..)| !field.fixed);
        }
        let said: Vec<&'static str> = named.keys().copied().collect();
        self.find_named(named, &mut given, &mut faults, batch).await?;
        let title = given.get(self.register.title).map(Value::text).unwrap_or_default();
        let meant = match id {
            Some(id) => Meant::There(id),
            None if faults.found.is_empty() => self.known.meant(&given),
            None => Meant::New,
        };
        match meant {
            Meant::There(known) => id = Some(known),
            Meant::Archived => faults.add(self.register.title, &title, FieldProblem::RecordArchived),
            Meant::Several => faults.add(self.register.title, &title, FieldProblem::SeveralRecords),
            Meant::New => {}
        }
        let keys = id.map_or_else(|| self.known.keys_of(&given), |id| vec![id.to_string()]);
        let key = keys.first().cloned();
        let number = given.get("corporate_number").map(Value::text).unwrap_or_default();
        if self.register.key == "vendors" && !number.is_empty() {
            // Another record has it, or an earlier row gives it to one.
            let taken = self.known.with_number(&number).is_some_and(|taken| Some(taken) != id);
            let claimed = self.numbers.get(&number).is_some_and(|claim| Some(claim) != key.as_ref());
            if taken || claimed {
                faults.add("corporate_number", &number, FieldProblem::AlreadyRegistered);
            } else if let Some(key) = &key {
                self.numbers.insert(number, key.clone());
            }
        }
        if id.is_none() {
            for field in self.register.fields().filter(|field| is_essential(self.register, field)) {
                let known = faults.found.iter().any(|fault| fault.held.split('.').next() == Some(field.name));
                if !known && !said.contains(&field.name) && given.get(field.name).is_none_or(Value::is_empty) {
                    faults.add(field.name, "", FieldProblem::Missing);
                }
            }
        }
        if faults.found.is_empty()
            && let Some(key) = key
        {
            let mut hasher = DefaultHasher::new();
            given.hash(&mut hasher);
            let says = hasher.finish();
            match self.seen.entry(key) {
                Entry::Vacant(free) => {
                    free.insert((row.number, says));
                    // A later row may say less of it.
                    for weaker in keys.into_iter().skip(1) {
                        self.seen.entry(weaker).or_insert((row.number, says));
                    }
                }
                Entry::Occupied(earlier) => {
                    let same = earlier.get().1 == says;
                    // A list of contracts names a contractor in many rows.
                    if same || self.register.key == "vendors" {
                        if !same {
                            self.outcome.remark(row.number, &title, RemarkKind::Again);
                        }
                        self.outcome.unchanged += 1;
                        return Ok(None);
                    }
                    faults.add(self.register.title, &title, FieldProblem::TwiceInFile);
                }
            }
        }
        if !faults.found.is_empty() {
            self.outcome.reject(faults.found);
            return Ok(None);
        }
        Ok(Some(Draft { row: row.number, given, id, officer, approved }))
    }

    /// The texts of a row, with what empty cells and ditto marks repeat.
    fn repeated(&mut self, row: &Row) -> BTreeMap<u16, String> {
        let mut texts: BTreeMap<u16, String> = row.cells.iter().cloned().collect();
        // An approval is each record's own.
        for (column, _) in self.mapping.columns.iter().filter(|(_, held)| !held.is_approval()) {
            let text = texts.get(column).map(|text| normalized::tidy(text)).unwrap_or_default();
            let repeats = DITTO.contains(&text.as_str()) || text.is_empty() && self.mapping.fill.contains(column);
            if !repeats {
                if let Some(text) = texts.get(column).filter(|_| !text.is_empty()) {
                    self.above.insert(*column, text.clone());
                }
            } else if let Some(above) = self.above.get(column) {
                texts.insert(*column, above.clone());
            }
        }
        texts
    }

    /// Several columns may go to the same notes; each says what it is headed.
    fn with_heading(&self, column: u16, field: &Field, text: &str, given: &Values) -> String {
        if !self.mapping.several.contains(field.name) {
            return text.to_owned();
        }
        let before = given.get(field.name).map(Value::text).filter(|before| !before.is_empty());
        let heading = self.mapping.headings.get(&column).map(String::as_str).unwrap_or_default();
        let line = if heading.is_empty() { text.to_owned() } else { format!("{heading}: {text}") };
        before.map_or(line.clone(), |before| format!("{before}\n{line}"))
    }

    /// Finds the records that a row names; adds a contractor or a department that is not there yet, unless something else is
    /// wrong with the row.
    async fn find_named(
        &mut self,
        named: BTreeMap<&'static str, NamedBy>,
        given: &mut Values,
        faults: &mut Faults<'_>,
        batch: &mut Batch,
    ) -> Result<(), PortalError> {
        let mut missing = Vec::new();
        // In the order of the schema: what a record is a part of comes before what stands beside it there.
        let mut named = named;
        let in_order: Vec<NamedBy> = self.register.fields().filter_map(|field| named.remove(field.name)).collect();
        for (field, mut said, address) in in_order {
            let (name, Kind::Link(target)) = (field.name, field.kind) else { continue };
            if target == Target::Subcontract {
                // A level of the same engagement, or of none.
                said.of = match given.get("engagement") {
                    Some(Value::Link(Some(engagement))) => Some(*engagement),
                    _ => Some(Uuid::nil()),
                };
            }
            let found = self.names.get(&target).map_or(Err(FieldProblem::UnknownRecord), |names| names.find(&said));
            let may_add = match target {
                Target::Vendor => self.may_add_vendors && field.required,
                Target::Department => self.may_add_departments,
                _ => false,
            };
            match found {
                Ok(id) => {
                    let called = self.names.get(&target).and_then(|names| names.name(id)).unwrap_or_default();
                    let other = normalized::search_key(called) != normalized::search_key(&said.name);
                    if !said.number.is_empty() && !said.name.is_empty() && other {
                        self.outcome.remark(faults.row, called, RemarkKind::OtherName);
                    }
                    given.insert(name, Value::Link(Some(id)));
                }
                Err(FieldProblem::UnknownRecord) if may_add && is_a_name(&said.name) => {
                    missing.push((field, target, said, address));
                }
                Err(problem) => {
                    let text = if said.name.is_empty() { &said.number } else { &said.name };
                    faults.add(name, text, problem);
                }
            }
        }
        if !faults.found.is_empty() {
            return Ok(());
        }
        // A period that runs backwards refuses the row, so nobody is added for it.
        let mut check = FormCheck::default();
        rules::check(self.register, given, &mut check);
        if let Err(PortalError::Invalid(errors)) = check.done() {
            for error in errors.iter().filter(|error| !is_gap(error.problem)) {
                let text = given.get(error.field.as_str()).map(Value::text).unwrap_or_default();
                faults.add(&error.field, &text, error.problem);
            }
        }
        if !faults.found.is_empty() {
            return Ok(());
        }
        for (field, target, said, address) in missing {
            match self.add_beside((target, faults.row), &said, &address, batch).await? {
                Ok(id) => _ = given.insert(field.name, Value::Link(Some(id))),
                Err(problem) => faults.add(field.name, &said.name, problem),
            }
        }
        Ok(())
    }
}

/// What a record cannot be without, however a list is kept.
pub(super) fn is_essential(register: &Register, field: &Field) -> bool {
    field.required && (field.name == register.title || matches!(field.kind, Kind::Link(_) | Kind::Day))
}

/// Whether a text can be the name of a record that is added on the way: no ditto mark, no placeholder, no two names.
fn is_a_name(text: &str) -> bool {
    let plain = normalized::tidy(text);
    let several = plain.contains(['、', ',', ';', '・', '/']) || plain.ends_with("ほか") || plain.contains("ほか ");
    !plain.is_empty() && !several && !DITTO.contains(&plain.as_str()) && !NO_NAMES.contains(&plain.as_str())
}

/// What an imported record may leave open.
pub(super) fn is_gap(problem: FieldProblem) -> bool {
    matches!(problem, FieldProblem::Missing | FieldProblem::ReasonMissing)
}
