//! What a row that is taken makes: a record, a change of one, and contractors, departments, posts and appointments on the way.

use super::{
    cells,
    draft::{Approved, BROUGHT_IN_BY, Draft, Faults, is_gap},
    judge::{Batch, Judge},
    names::Said,
    outcome::{RemarkKind, Told},
};
use crate::{
    registers::{
        FormCheck,
        history::changed_fields,
        records::{add_post, asks_again, requested_again},
        rules,
        schema::{self, Field, Kind, Register, Target},
        values::{Value, Values},
    },
    store::{AuditEvent, imports::Named, officers::Term, registers::Row as Record},
};
use jiff::ToSpan;
use kakunin_api::{FieldError, FieldProblem, PortalError, ids::RecordId, normalized};
use kakunin_questionnaires::text::Language;
use sea_orm::Value as Stored;
use serde_json::json;
use uuid::Uuid;

/// An account in use that has said nothing for so long is asked about.
const DORMANT_DAYS: i64 = 365;
/// Longest text of a field that is shown of a new record, in characters.
const SHOWN_CHARACTERS: usize = 60;

/// How far a new record has come, as columns.
fn approval(approved: Option<(String, String)>) -> Vec<(&'static str, Stored)> {
    let state = if approved.is_some() { "approved" } else { "requested" };
    let (by, on) = approved.map_or((String::new(), None), |(by, on)| (by, Some(on)));
    vec![
        ("state", state.into()),
        ("decided_on", on.clone().into()),
        ("approved_on", on.into()),
        ("decided_by", by.into()),
    ]
}

impl Judge<'_, '_> {
    /// Adds a contractor or a department that a row names.
    pub(super) async fn add_beside(
        &mut self,
        (target, row): (Target, u32),
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
        self.writing.add_records(register, &[(RecordId(id), values.clone(), extra)]).await?;
        if register.key == self.register.key {
            // A row of its own may follow.
            self.known.enter(id, &values);
        }
        let detail = json!({ "registered": true, "import": self.import });
        batch.events.push(AuditEvent::about(register.object, id, detail));
        self.outcome.beside.entry(register.key.to_owned()).or_default().push((row, said.name.clone()));
        if let Some(names) = self.names.get_mut(&target) {
            let (name, number) = (said.name.clone(), said.number.clone());
            names.insert(Named { id, name, number, within: String::new(), of: None, archived: false, own: true });
        }
        Ok(Ok(id))
    }

    /// Makes a new record of a row.
    pub(super) async fn add(&mut self, draft: Draft, batch: &mut Batch) -> Result<(), PortalError> {
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
        if !self.is_allowed((RecordId(Uuid::nil()), None), &draft, &values).await? {
            return Ok(());
        }
        let id = RecordId(self.portal.rng.id(&self.portal.clock));
        let title = values.get(register.title).map(Value::text).unwrap_or_default();
        for gap in register.gaps(&values) {
            *self.outcome.gaps.entry(gap.name.to_owned()).or_default() += 1;
        }
        self.remark(&draft, &values, &title);
        if draft.approved.is_unread {
            self.outcome.remark(draft.row, &title, RemarkKind::ApprovalUnread);
        } else if !draft.approved.on.is_empty() && self.approves_as.is_none() {
            self.outcome.remark(draft.row, &title, RemarkKind::NotApproved);
        }
        self.outcome.added += 1;
        let shown = register.columns(&[]).into_iter().filter(|field| field.name != register.title);
        let shown = shown.filter_map(|field| {
            let value = values.get(field.name).filter(|value| !value.is_empty())?;
            let text = match (field.kind, value) {
                (Kind::Link(target), Value::Link(Some(id))) => self.called(target, *id),
                (_, value) => value.text(),
            };
            Some((field.name.to_owned(), text.chars().take(SHOWN_CHARACTERS).collect()))
        });
        let shown = shown.collect();
        let approved = self.approved(register, &draft.approved);
        self.outcome.approved += u32::from(approved.is_some());
        self.outcome.tell(Told { row: draft.row, title, changes: Vec::new(), shown, approved: approved.clone() });
        batch.events.push(AuditEvent::about(
            register.object,
            id.0,
            match &approved {
                Some((by, on)) => {
                    json!({ "registered": true, "import": self.import, "approved_on": on, "approved_by": by })
                }
                None => json!({ "registered": true, "import": self.import }),
            },
        ));
        let extra: Vec<(&'static str, Stored)> = match register.key {
            "vendors" => vec![("company_id", Stored::from(None::<Uuid>))],
            "departments" | "posts" => vec![("position", 1_000_i64.into())],
            _ if register.decided => approval(approved),
            _ => Vec::new(),
        };
        // A later row may stand below it.
        let itself = register.fields().find_map(|field| match field.kind {
            Kind::Link(target) if target.register() == register.key => Some(target),
            _ => None,
        });
        if let Some(names) = itself.and_then(|target| self.names.get_mut(&target)) {
            let of = match values.get("engagement") {
                Some(Value::Link(of)) => *of,
                _ => None,
            };
            let (name, number, within) =
                (values.get(register.title).map(Value::text).unwrap_or_default(), String::new(), String::new());
            names.insert(Named { id: id.0, name, number, within, of, archived: false, own: true });
        }
        if rules::post_of(register, id).is_some() {
            batch.officers.push((draft.row, id, values.clone(), draft.officer));
        }
        batch.new.push((id, values, extra));
        Ok(())
    }

    /// Changes the record that a row means, where the row says anything else.
    pub(super) async fn change(&mut self, draft: Draft, before: &Record, batch: &mut Batch) -> Result<(), PortalError> {
        let register = self.register;
        let mut values = before.values.clone();
        for (name, value) in &draft.given {
            let is_fixed = register.field(name).is_some_and(|field| field.fixed);
            if !is_fixed {
                values.insert(name, value.clone());
            }
        }
        let title = values.get(register.title).map(Value::text).unwrap_or_default();
        let is_open = before.decision.as_ref().is_some_and(|decision| decision.state == "requested");
        if is_open && !draft.approved.on.is_empty() {
            self.outcome.remark(draft.row, &title, RemarkKind::ApprovalNotTaken);
        }
        let changed = changed_fields(register, before, &values, |target, id| self.called(target, id));
        if changed.is_empty() {
            self.remark(&draft, &values, &title);
            self.outcome.unchanged += 1;
            return Ok(());
        }
        if !self.is_allowed((RecordId(before.id), Some(&before.values)), &draft, &values).await? {
            return Ok(());
        }
        let mut extra: Vec<(&'static str, Stored)> = Vec::new();
        if register.key == "vendors" && before.values.get("corporate_number") != values.get("corporate_number") {
            extra.push(("company_id", self.portal.company_of(self.writing, &values).await?.into()));
        }
        let mut detail = json!({ "changed": changed, "import": self.import });
        if let Some(state) = asks_again(register, before, &values) {
            extra.extend(requested_again());
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
        self.outcome.tell(Told {
            row: draft.row,
            title,
            changes: changes.collect(),
            shown: Vec::new(),
            approved: None,
        });
        Ok(())
    }

    /// What a record that a row names is called.
    fn called(&self, target: Target, id: Uuid) -> String {
        self.names.get(&target).and_then(|names| names.name(id)).unwrap_or_default().to_owned()
    }

    /// Whether the record may be written as it is now; a row that may not is refused.
    async fn is_allowed(
        &mut self,
        (id, before): (RecordId, Option<&Values>),
        draft: &Draft,
        values: &Values,
    ) -> Result<bool, PortalError> {
        let mut faults = Faults { row: draft.row, mapping: self.mapping, found: Vec::new() };
        let check = |values: &Values| {
            let mut check = FormCheck::default();
            rules::check(self.register, values, &mut check);
            check.done()
        };
        // What stood open before may stay so; what a change makes necessary has to come with it.
        let open_before = match before.map(check) {
            Some(Err(PortalError::Invalid(errors))) => errors,
            _ => Vec::new(),
        };
        let forgiven = |error: &FieldError| is_gap(error.problem) && (before.is_none() || open_before.contains(error));
        let mut outcomes = vec![check(values)];
        outcomes.push(rules::check_while_writing(self.writing, self.register, (id, before), values).await);
        for outcome in outcomes {
            match outcome {
                Ok(()) => {}
                Err(PortalError::Invalid(errors)) => {
                    for error in errors.iter().filter(|error| !forgiven(error)) {
                        let text = values.get(error.field.as_str()).map(Value::text).unwrap_or_default();
                        faults.add(&error.field, &text, error.problem);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        // A class that is no longer on the scale stays where it is, and is given to nothing else.
        for field in self.register.fields() {
            let (Some(value), there) = (values.get(field.name), before.and_then(|before| before.get(field.name)))
            else {
                continue;
            };
            if !self.scale.has(field, value) && there != Some(value) {
                faults.add(field.name, &self.scale.word(field, &value.text(), Language::Ja), FieldProblem::NotAChoice);
            }
        }
        if faults.found.is_empty() {
            return Ok(true);
        }
        self.outcome.reject(faults.found);
        Ok(false)
    }

    /// The approval that a new record had before it came here, where whoever brings it in may say so: by whom, and when.
    fn approved(&self, register: &Register, said: &Approved) -> Option<(String, String)> {
        let importer = self.approves_as.as_ref().filter(|_| register.decided && !said.on.is_empty())?;
        Some((format!("{BROUGHT_IN_BY}{importer}）：{}", said.by), said.on.clone()))
    }

    /// What should be looked at in a row that is taken.
    fn remark(&mut self, draft: &Draft, values: &Values, title: &str) {
        if draft.officer.as_deref().is_some_and(cells::names_nobody) {
            self.outcome.remark(draft.row, title, RemarkKind::NoOfficer);
        } else if draft.officer.is_some() && !self.may_appoint {
            self.outcome.remark(draft.row, title, RemarkKind::NotAppointed);
        }
        let text = |name: &str| values.get(name).map(Value::text).unwrap_or_default();
        let long_ago = self.portal.clock.today().saturating_sub(DORMANT_DAYS.days()).to_string();
        let last = text("last_post_on");
        if text("state") == "active" && !last.is_empty() && last < long_ago {
            self.outcome.remark(draft.row, title, RemarkKind::Dormant);
        }
    }

    /// Writes what the rows of a batch make.
    pub(super) async fn write(&mut self, mut batch: Batch) -> Result<(), PortalError> {
        let (portal, writing, register) = (self.portal, self.writing, self.register);
        if register.key == "vendors" {
            portal.companies_of(writing, &mut batch.new).await?;
        }
        writing.add_records(register, &batch.new).await?;
        let some_alone = !batch.officers.is_empty() && writing.has_posts_held_alone().await?;
        for (row, id, values, officer) in &batch.officers {
            let Some((kind, target, of)) = rules::post_of(register, *id) else { continue };
            let post = add_post(portal, writing, kind, target, of, values).await?;
            let name = officer.as_deref().filter(|name| self.may_appoint && !cells::names_nobody(name));
            let Some(name) = name else { continue };
            let appointments = &schema::offices::APPOINTMENTS;
            let title = values.get(register.title).map(Value::text).unwrap_or_default();
            let mut values: Values =
                appointments.fields().map(|field| (field.name, Value::nothing(field.kind))).collect();
            values.insert("post", Value::Link(Some(post.0)));
            values.insert("person_name", Value::Text(normalized::line(name).chars().take(100).collect()));
            values.insert("starts_on", Value::Day(Some(portal.clock.today().to_string())));
            values.insert("acting", Value::YesNo(Some(false)));
            let id = RecordId(portal.rng.id(&portal.clock));
            if some_alone && writing.is_combined(post.0, &Term::of(&values), id).await? {
                self.outcome.remark(*row, &title, RemarkKind::HeldWithAnother);
                continue;
            }
            writing.add_record(appointments, id, &values, &[]).await?;
            let detail = json!({ "registered": true, "import": self.import });
            batch.events.push(AuditEvent::about(appointments.object, id.0, detail));
        }
        writing.note(&batch.events).await
    }
}
