//! Row by row, inside one transaction: what a row says, which record it means, what is wrong with it, and what it makes.

use super::{
    Told as Mapping, cells,
    columns::Held,
    known::{Known, Meant},
    names::{Names, Said},
    outcome::{Outcome, Problem, RemarkKind, Told},
};
use crate::{
    grid::{Row, column_name},
    permission::{self, Actor, ImportRecords, ManageOffices, RegisterVendor},
    portal::Portal,
    registers::{
        FormCheck,
        kinds::RecordKind,
        records::{add_post, asks_again, changed_fields},
        rules,
        schema::{self, Field, Kind, Register, Target},
        values::{Value, Values},
    },
    store::{AuditEvent, Writing, imports::Named, registers::write::NewRecord},
};
use jiff::ToSpan;
use kakunin_api::{
    CorporateNumber, FieldProblem, PortalError,
    ids::{ImportId, RecordId},
    normalized,
};
use sea_orm::Value as Stored;
use serde_json::json;
use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    hash::{DefaultHasher, Hash, Hasher},
};
use uuid::Uuid;

/// Rows gone through at a time.
const AT_ONCE: i64 = 500;
/// Words that begin a row of totals.
const TOTALS: [&str; 6] = ["計", "合計", "小計", "総計", "総合計", "total"];
/// An account in use that has said nothing for so long is asked about.
const DORMANT_DAYS: i64 = 365;

/// Goes through all rows of an import.
pub(super) async fn rows<K: RecordKind>(
    portal: &Portal,
    actor: &Actor,
    writing: &Writing<'_, ImportRecords>,
    import: ImportId,
    mapping: &Mapping,
    done: &(impl Fn(u32) + Send + Sync),
) -> Result<Outcome, PortalError> {
    let register = K::REGISTER;
    let mut names = HashMap::new();
    for field in register.fields() {
        if let Kind::Link(target) = field.kind
            && !names.contains_key(&target)
        {
            names.insert(target, Names::load(writing, target).await?);
        }
    }
    let mut judge = Judge {
        portal,
        writing,
        register,
        import,
        mapping,
        may_add_vendors: permission::in_organization(RegisterVendor, actor).is_ok(),
        may_add_departments: mapping.add_departments && permission::in_organization(ManageOffices, actor).is_ok(),
        known: Known::load(writing, register).await?,
        names,
        seen: HashMap::new(),
        above: HashMap::new(),
        outcome: Outcome::default(),
    };
    let sheet = i64::try_from(mapping.sheet).unwrap_or(0);
    let (mut after, mut gone_through) = (i64::from(mapping.heading_row), 0_u32);
    // What is checked against other rows is written before the next one is looked at.
    let at_once = if matches!(register.key, "appointments" | "departments") { 1 } else { usize::MAX };
    loop {
        let rows = portal.store.import_rows(import.0, sheet, after, AT_ONCE).await?;
        let Some(last) = rows.last() else { break };
        after = i64::from(last.number);
        for some in rows.chunks(at_once.min(rows.len())) {
            judge.some(some).await?;
        }
        gone_through = gone_through.saturating_add(u32::try_from(rows.len()).unwrap_or(0));
        done(gone_through);
    }
    Ok(judge.outcome)
}

struct Judge<'a, 'p> {
    portal: &'a Portal,
    writing: &'a Writing<'p, ImportRecords>,
    register: &'static Register,
    import: ImportId,
    mapping: &'a Mapping,
    may_add_vendors: bool,
    may_add_departments: bool,
    known: Known,
    names: HashMap<Target, Names>,
    /// The records that earlier rows mean: the row, and a hash of what it says.
    seen: HashMap<String, (u32, u64)>,
    /// What stood last in the columns whose empty cells repeat it.
    above: HashMap<u16, String>,
    outcome: Outcome,
}

/// What a row says, before it is known whether its record is there.
struct Draft {
    row: u32,
    given: Values,
    id: Option<Uuid>,
    officer: Option<String>,
}

/// What a row says of a record that it names: by which field, how, and the address of a company.
type NamedBy = (&'static Field, Said, String);

/// What is wrong with a row, as it is found.
struct Faults<'a> {
    row: u32,
    mapping: &'a Mapping,
    found: Vec<Problem>,
}

impl Faults<'_> {
    fn add(&mut self, held: &str, text: &str, problem: FieldProblem) {
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

/// What is added at the end of a batch.
#[derive(Default)]
struct Batch {
    new: Vec<NewRecord>,
    officers: Vec<(RecordId, Values, Option<String>)>,
    events: Vec<AuditEvent>,
}

impl Judge<'_, '_> {
    async fn some(&mut self, rows: &[Row]) -> Result<(), PortalError> {
        let mut batch = Batch::default();
        let mut drafts = Vec::new();
        for row in rows {
            match self.draft(row, &mut batch).await? {
                Some(draft) => drafts.push(draft),
                None => continue,
            }
        }
        let ids: Vec<Uuid> = drafts.iter().filter_map(|draft| draft.id).collect();
        let there: HashMap<Uuid, _> =
            self.writing.records_at(self.register, &ids).await?.into_iter().map(|record| (record.id, record)).collect();
        for draft in drafts {
            match draft.id.and_then(|id| there.get(&id)) {
                Some(before) => self.change(draft, before, &mut batch).await?,
                None => self.add(draft, &mut batch).await?,
            }
        }
        self.write(batch).await
    }

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
    async fn draft(&mut self, row: &Row, batch: &mut Batch) -> Result<Option<Draft>, PortalError> {
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
                    match Value::read(&optional, &cells::typed(field, &text)) {
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
            Meant::Archived => faults.add(self.register.title, &title, FieldProblem::AlreadyRegistered),
            Meant::Several => faults.add(self.register.title, &title, FieldProblem::SeveralRecords),
            Meant::New => {}
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
            && let Some(key) = id.map(|id| id.to_string()).or_else(|| self.known.key_of(&given))
        {
            let mut hasher = DefaultHasher::new();
            format!("{given:?}").hash(&mut hasher);
            let says = hasher.finish();
            match self.seen.entry(key) {
                Entry::Vacant(free) => _ = free.insert((row.number, says)),
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
        Ok(Some(Draft { row: row.number, given, id, officer }))
    }

    /// The texts of a row, with what empty cells repeat.
    fn repeated(&mut self, row: &Row) -> BTreeMap<u16, String> {
        let mut texts: BTreeMap<u16, String> = row.cells.iter().cloned().collect();
        for column in &self.mapping.fill {
            match texts.get(column).filter(|text| !text.trim().is_empty()) {
                Some(text) => _ = self.above.insert(*column, text.clone()),
                None => {
                    if let Some(text) = self.above.get(column) {
                        texts.insert(*column, text.clone());
                    }
                }
            }
        }
        texts
    }

    /// Several columns may go to the same notes; each says what it is headed.
    fn with_heading(&self, column: u16, field: &Field, text: &str, given: &Values) -> String {
        let columns = self.mapping.columns.iter().filter(|(_, held)| held.code() == field.name).count();
        if columns < 2 {
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
        for (name, (field, mut said, address)) in named {
            let Kind::Link(target) = field.kind else { continue };
            if target == Target::Subcontract {
                said.of = match given.get("engagement") {
                    Some(Value::Link(engagement)) => *engagement,
                    _ => None,
                };
            }
            let found = self.names.get(&target).map_or(Err(FieldProblem::UnknownRecord), |names| names.find(&said));
            let may_add = match target {
                Target::Vendor => self.may_add_vendors && field.required,
                Target::Department => self.may_add_departments,
                _ => false,
            };
            match found {
                Ok(id) => _ = given.insert(name, Value::Link(Some(id))),
                Err(FieldProblem::UnknownRecord) if may_add && !said.name.is_empty() => {
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
            match self.add_beside(target, &said, &address, batch).await? {
                Ok(id) => _ = given.insert(field.name, Value::Link(Some(id))),
                Err(problem) => faults.add(field.name, &said.name, problem),
            }
        }
        Ok(())
    }

    /// Adds a contractor or a department that a row names.
    async fn add_beside(
        &mut self,
        target: Target,
        said: &Said,
        address: &str,
        batch: &mut Batch,
    ) -> Result<Result<Uuid, FieldProblem>, PortalError> {
        let register = if target == Target::Vendor { &schema::vendors::VENDORS } else { &schema::offices::DEPARTMENTS };
        let mut values: Values = register.fields().map(|field| (field.name, Value::nothing(field.kind))).collect();
        let typed = [("name", said.name.as_str()), ("corporate_number", &said.number), ("address", address)];
        let assumed = register.fields().map(|field| (field.name, field.assumed));
        for (name, text) in assumed.chain(typed).filter(|(_, text)| !text.is_empty()) {
            let Some(field) = register.field(name) else { continue };
            match Value::read(&Field { required: false, ..*field }, &text.into()) {
                Ok(value) => _ = values.insert(field.name, value),
                Err(problem) => return Ok(Err(problem)),
            }
        }
        let id = self.portal.rng.id(&self.portal.clock);
        let extra: Vec<(&'static str, Stored)> = match target {
            Target::Vendor => vec![("company_id", self.portal.company_of(self.writing, &values).await?.into())],
            _ => vec![("position", 1_000_i64.into())],
        };
        self.writing.add_records(register, &[(RecordId(id), values, extra)]).await?;
        let detail = json!({ "registered": true, "import": self.import });
        batch.events.push(AuditEvent::about(register.object, id, detail));
        *self.outcome.beside.entry(register.key.to_owned()).or_default() += 1;
        if let Some(names) = self.names.get_mut(&target) {
            let (name, number) = (said.name.clone(), said.number.clone());
            names.insert(Named { id, name, number, within: String::new(), of: None });
        }
        Ok(Ok(id))
    }

    /// Makes a new record of a row.
    async fn add(&mut self, draft: Draft, batch: &mut Batch) -> Result<(), PortalError> {
        let register = self.register;
        let mut values: Values = register.fields().map(|field| (field.name, Value::nothing(field.kind))).collect();
        for (name, code) in &self.mapping.assumed {
            if let Some(field) = register.field(name).filter(|_| !code.is_empty())
                && let Ok(value) = Value::read(&Field { required: false, ..*field }, &code.as_str().into())
            {
                values.insert(field.name, value);
            }
        }
        values.extend(draft.given.clone());
        if !self.is_allowed(RecordId(Uuid::nil()), &draft, &values).await? {
            return Ok(());
        }
        let id = RecordId(self.portal.rng.id(&self.portal.clock));
        let title = values.get(register.title).map(Value::text).unwrap_or_default();
        for gap in register.gaps(&values) {
            *self.outcome.gaps.entry(gap.name.to_owned()).or_default() += 1;
        }
        self.remark(&draft, &values, &title);
        self.outcome.added += 1;
        self.outcome.tell(Told { row: draft.row, title, changes: Vec::new() });
        batch.events.push(AuditEvent::about(
            register.object,
            id.0,
            json!({ "registered": true, "import": self.import }),
        ));
        let extra: Vec<(&'static str, Stored)> = match register.key {
            "vendors" => vec![("company_id", Stored::from(None::<Uuid>))],
            "departments" | "posts" => vec![("position", 1_000_i64.into())],
            _ => Vec::new(),
        };
        if rules::post_of(register, id).is_some() {
            batch.officers.push((id, values.clone(), draft.officer));
        }
        batch.new.push((id, values, extra));
        Ok(())
    }

    /// Changes the record that a row means, where the row says anything else.
    async fn change(
        &mut self,
        draft: Draft,
        before: &crate::store::registers::Row,
        batch: &mut Batch,
    ) -> Result<(), PortalError> {
        let register = self.register;
        let mut values = before.values.clone();
        for (name, value) in &draft.given {
            let is_fixed = register.field(name).is_some_and(|field| field.fixed);
            if !is_fixed {
                values.insert(name, value.clone());
            }
        }
        let title = values.get(register.title).map(Value::text).unwrap_or_default();
        let name_of = |target: Target, id: Uuid| {
            self.names.get(&target).and_then(|names| names.name(id)).unwrap_or_default().to_owned()
        };
        let changed = changed_fields(register, before, &values, name_of);
        if changed.is_empty() {
            self.remark(&draft, &values, &title);
            self.outcome.unchanged += 1;
            return Ok(());
        }
        if !self.is_allowed(RecordId(before.id), &draft, &values).await? {
            return Ok(());
        }
        let mut extra: Vec<(&'static str, Stored)> = Vec::new();
        if register.key == "vendors" && before.values.get("corporate_number") != values.get("corporate_number") {
            extra.push(("company_id", self.portal.company_of(self.writing, &values).await?.into()));
        }
        let mut detail = json!({ "changed": changed, "import": self.import });
        if let Some(state) = asks_again(register, before, &values) {
            extra.extend(crate::registers::records::requested_again());
            detail = json!({ "changed": changed, "import": self.import, "from": state, "to": "requested" });
        }
        let id = RecordId(before.id);
        if !self.writing.change_record(register, id, before.version, &values, &extra).await? {
            return Err(PortalError::Conflict { current: "changed".to_owned(), by: None });
        }
        batch.events.push(AuditEvent::about(register.object, id.0, detail));
        self.remark(&draft, &values, &title);
        self.outcome.changed += 1;
        let text =
            |value: Option<&serde_json::Value>| value.and_then(|text| text.as_str()).unwrap_or_default().to_owned();
        let changes = changed.iter().map(|(name, both)| (name.clone(), text(both.get(0)), text(both.get(1))));
        self.outcome.tell(Told { row: draft.row, title, changes: changes.collect() });
        Ok(())
    }

    /// Whether the record may be written as it is now; a row that may not is refused.
    async fn is_allowed(&mut self, id: RecordId, draft: &Draft, values: &Values) -> Result<bool, PortalError> {
        let mut faults = Faults { row: draft.row, mapping: self.mapping, found: Vec::new() };
        let mut check = FormCheck::default();
        rules::check(self.register, values, &mut check);
        let mut outcomes = vec![check.done()];
        outcomes.push(rules::check_while_writing(self.writing, self.register, id, values).await);
        for outcome in outcomes {
            match outcome {
                Ok(()) => {}
                Err(PortalError::Invalid(errors)) => {
                    for error in errors.iter().filter(|error| !is_gap(error.problem)) {
                        let text = values.get(error.field.as_str()).map(Value::text).unwrap_or_default();
                        faults.add(&error.field, &text, error.problem);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        if faults.found.is_empty() {
            return Ok(true);
        }
        self.outcome.reject(faults.found);
        Ok(false)
    }

    /// What should be looked at in a row that is taken.
    fn remark(&mut self, draft: &Draft, values: &Values, title: &str) {
        if draft.officer.as_deref().is_some_and(cells::names_nobody) {
            self.outcome.remark(draft.row, title, RemarkKind::NoOfficer);
        }
        let text = |name: &str| values.get(name).map(Value::text).unwrap_or_default();
        let long_ago = self.portal.clock.today().saturating_sub(DORMANT_DAYS.days()).to_string();
        let last = text("last_post_on");
        if text("state") == "active" && !last.is_empty() && last < long_ago {
            self.outcome.remark(draft.row, title, RemarkKind::Dormant);
        }
    }

    /// Writes what the rows of a batch make.
    async fn write(&self, mut batch: Batch) -> Result<(), PortalError> {
        let (portal, writing, register) = (self.portal, self.writing, self.register);
        if register.key == "vendors" {
            portal.companies_of(writing, &mut batch.new).await?;
        }
        writing.add_records(register, &batch.new).await?;
        for (id, values, officer) in &batch.officers {
            let Some((kind, target, of)) = rules::post_of(register, *id) else { continue };
            let post = add_post(portal, writing, kind, target, of, values).await?;
            let Some(name) = officer.as_deref().filter(|name| !cells::names_nobody(name)) else { continue };
            let appointments = &schema::offices::APPOINTMENTS;
            let mut values: Values =
                appointments.fields().map(|field| (field.name, Value::nothing(field.kind))).collect();
            values.insert("post", Value::Link(Some(post.0)));
            values.insert("person_name", Value::Text(normalized::line(name).chars().take(100).collect()));
            values.insert("starts_on", Value::Day(Some(portal.clock.today().to_string())));
            values.insert("acting", Value::YesNo(Some(false)));
            let id = RecordId(portal.rng.id(&portal.clock));
            writing.add_record(appointments, id, &values, &[]).await?;
            let detail = json!({ "registered": true, "import": self.import });
            batch.events.push(AuditEvent::about(appointments.object, id.0, detail));
        }
        writing.note(&batch.events).await
    }
}

/// What a record cannot be without, however a list is kept.
fn is_essential(register: &Register, field: &Field) -> bool {
    field.required && (field.name == register.title || matches!(field.kind, Kind::Link(_) | Kind::Day))
}

/// What an imported record may leave open.
fn is_gap(problem: FieldProblem) -> bool {
    matches!(problem, FieldProblem::Missing | FieldProblem::ReasonMissing)
}
