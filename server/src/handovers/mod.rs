//! 人事異動の反映: a list of transfers is held against the appointments, what does not match is resolved, and all of it is
//! done in one step as of its day, to be taken back until that day.

pub mod plan;
pub mod transfers;

use crate::{
    error::internal,
    grid::Sheet,
    permission::{self, Actor, ManageOffices},
    portal::Portal,
    registers::{
        FormCheck,
        schema::offices::APPOINTMENTS,
        values::{Value, Values},
    },
    store::{AuditEvent, officers::Term, records::Handover},
};
use jiff::{ToSpan, civil::Date};
use kakunin_api::{
    FieldError, FieldProblem, PortalError,
    handovers::{ChooseSuccessors, PasteTransfers},
    ids::{HandoverId, RecordId},
    normalized,
};
use plan::{Holding, PostNow, Successor, Touched};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use transfers::{Transfers, Unread};
use uuid::Uuid;

/// Longest name of a person, in characters.
const NAME_CHARACTERS: usize = 100;

/// The service of handovers.
#[derive(Clone, Copy, Debug)]
pub struct Handovers<'p>(pub(crate) &'p Portal);

/// A list as it was received.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// What it is called: the file's name.
    pub source: String,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
    /// The day on which its transfers take effect, where a row names none; as typed.
    pub day: String,
    /// 発令番号, for the appointments that are made.
    pub document_number: String,
    /// Names by code, a line each, parted by a tab or a comma; as typed.
    pub names: String,
}

/// What is kept of a list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    transfers: Transfers,
    names: BTreeMap<String, String>,
}

/// What applying a list has made, to be taken back.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Made {
    /// Appointments that were ended: id, the version they have since, and their last day before.
    ended: Vec<(Uuid, i64, Option<String>)>,
    /// Appointments that were begun.
    begun: Vec<Uuid>,
}

/// A list of transfers as its page shows it.
#[derive(Clone, Debug)]
pub struct HandoverView {
    /// Its id.
    pub id: HandoverId,
    /// What it is called.
    pub source: String,
    /// Its first day.
    pub first_day: Date,
    /// 発令番号.
    pub document_number: String,
    /// `draft`, `applied` or `taken_back`.
    pub state: String,
    /// The posts it touches; of a list that has been applied, none.
    pub touched: Vec<Touched>,
    /// How many transfers it holds.
    pub transfers: usize,
    /// How many rows of it leave somebody where they are.
    pub staying: u32,
    /// Rows that could not be read.
    pub unread: Vec<Unread>,
    /// How many appointments were ended and begun by it.
    pub made: (usize, usize),
    /// Whether it can be taken back today.
    pub may_take_back: bool,
}

impl Handovers<'_> {
    /// The newest lists.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn list(&self, actor: &Actor) -> Result<Vec<Handover>, PortalError> {
        let permit = permission::in_organization(ManageOffices, actor)?;
        self.0.store.handovers(&permit).await
    }

    /// Whether `actor` may hand posts over.
    ///
    /// # Errors
    /// Forbidden.
    pub fn may(&self, actor: &Actor) -> Result<(), PortalError> {
        permission::in_organization(ManageOffices, actor).map(|_| ())
    }

    /// Keeps a list that was copied from a sheet.
    ///
    /// # Errors
    /// Forbidden, or Invalid where it is no list of transfers.
    pub async fn paste(&self, actor: &Actor, form: &PasteTransfers) -> Result<HandoverId, PortalError> {
        self.may(actor)?;
        let received = Received {
            source: String::new(),
            sheets: transfers::pasted(&form.pasted),
            day: form.day.clone(),
            document_number: form.document_number.clone(),
            names: form.names.clone(),
        };
        let outcome = self.receive(actor, &received).await;
        // Here the list is no file.
        outcome.map_err(|error| match error {
            PortalError::Invalid(errors) => PortalError::Invalid(
                errors
                    .into_iter()
                    .map(|error| FieldError {
                        field: if error.field == "file" { "pasted".to_owned() } else { error.field },
                        ..error
                    })
                    .collect(),
            ),
            other => other,
        })
    }

    /// Keeps a list.
    ///
    /// # Errors
    /// Forbidden, or Invalid where it is no list of transfers.
    pub async fn receive(&self, actor: &Actor, received: &Received) -> Result<HandoverId, PortalError> {
        let portal = self.0;
        let permit = permission::in_organization(ManageOffices, actor)?;
        let mut check = FormCheck::default();
        let document_number = check.text("document_number", &received.document_number, 100);
        let day = match received.day.trim() {
            "" => None,
            typed => check.keep("day", crate::era::parse(typed)),
        };
        let read = check.keep("file", transfers::read(&received.sheets, day));
        check.done()?;
        let transfers = read.unwrap_or_default();
        let first_day = transfers.read.iter().map(|transfer| transfer.on.clone()).min();
        let Some(first_day) = first_day else {
            let undated = transfers.unread.iter().any(|unread| unread.problem == FieldProblem::NotDate);
            let (field, problem) =
                if undated { ("day", FieldProblem::DayMissing) } else { ("file", FieldProblem::TransferHeadings) };
            return Err(PortalError::invalid(field, problem));
        };
        let kept = Kept { transfers, names: names(&received.names) };
        let id = portal.rng.id(&portal.clock);
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let row = Handover {
            id,
            organization_id: writing.organization(),
            source: normalized::line(&received.source).chars().take(120).collect(),
            document_number,
            first_day,
            transfers: serde_json::to_string(&kept).map_err(internal)?,
            choices: String::new(),
            state: "draft".to_owned(),
            made: String::new(),
            created_at: writing.at_ms(),
            created_by: writing.by().to_owned(),
            applied_at: None,
        };
        writing.keep_handover(row).await?;
        let detail = json!({ "transfers": kept.transfers.read.len() });
        writing.commit(AuditEvent::about("handover", id, detail)).await?;
        Ok(HandoverId(id))
    }

    /// A list, with every post it touches.
    ///
    /// # Errors
    /// NotFound, Forbidden.
    pub async fn view(&self, actor: &Actor, id: HandoverId) -> Result<HandoverView, PortalError> {
        let store = &self.0.store;
        let (row, permit) = store.tenant(actor).handover(id).to(ManageOffices, actor).await?;
        let kept: Kept = serde_json::from_str(&row.transfers).map_err(internal)?;
        let touched = if row.state == "draft" {
            let chosen: ChooseSuccessors = serde_json::from_str(&row.choices).unwrap_or_default();
            let posts = store.posts_before(&permit, &day_before(&row.first_day)?).await?;
            let names = self.names(&permit, &kept).await?;
            plan::touched(posts, &kept.transfers.read, &names, &chosen)
        } else {
            Vec::new()
        };
        let made: Made = serde_json::from_str(&row.made).unwrap_or_default();
        let first_day: Date = row.first_day.parse().map_err(internal)?;
        Ok(HandoverView {
            id,
            source: row.source,
            first_day,
            document_number: row.document_number,
            may_take_back: row.state == "applied" && self.0.clock.today() < first_day,
            state: row.state,
            touched,
            transfers: kept.transfers.read.len(),
            staying: kept.transfers.staying,
            unread: kept.transfers.unread,
            made: (made.ended.len(), made.begun.len()),
        })
    }

    async fn names(
        &self,
        permit: &permission::Permit<ManageOffices>,
        kept: &Kept,
    ) -> Result<BTreeMap<String, String>, PortalError> {
        let mut names = self.0.store.names_by_code(permit).await?;
        names.extend(kept.names.clone());
        Ok(names)
    }

    /// Keeps who follows whom.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Conflict where the list has been applied.
    pub async fn choose(&self, actor: &Actor, form: &ChooseSuccessors) -> Result<HandoverId, PortalError> {
        let portal = self.0;
        let id: HandoverId = form.handover.parse().map_err(|_| PortalError::NotFound)?;
        let (row, permit) = portal.store.tenant(actor).handover(id).to(ManageOffices, actor).await?;
        if form.name.values().any(|name| name.chars().count() > NAME_CHARACTERS) {
            return Err(PortalError::invalid("successor", FieldProblem::TooLong));
        }
        let choices = serde_json::to_string(form).map_err(internal)?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        if !writing.set_handover(id.0, "draft", &[("choices", choices.as_str().into())]).await? {
            return Err(PortalError::Conflict { current: row.state, by: None });
        }
        writing.commit(AuditEvent::about("handover", id.0, json!({ "chosen": form.successor.len() }))).await?;
        Ok(id)
    }

    /// Ends and begins every appointment that the list touches, as of its day, in one step.
    ///
    /// # Errors
    /// NotFound, Forbidden, Invalid where somebody still has to choose, or Conflict where it has been applied.
    pub async fn apply(&self, actor: &Actor, id: HandoverId) -> Result<(), PortalError> {
        let portal = self.0;
        let (row, permit) = portal.store.tenant(actor).handover(id).to(ManageOffices, actor).await?;
        let kept: Kept = serde_json::from_str(&row.transfers).map_err(internal)?;
        let chosen: ChooseSuccessors = serde_json::from_str(&row.choices).unwrap_or_default();
        let names = self.names(&permit, &kept).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let posts = writing.posts_before(&day_before(&row.first_day)?).await?;
        let touched = plan::touched(posts, &kept.transfers.read, &names, &chosen);
        if touched.iter().any(|touched| touched.doubts.iter().any(|doubt| doubt.blocks())) {
            return Err(PortalError::invalid("successor", FieldProblem::Unresolved));
        }
        let (mut made, mut new, mut events) = (Made::default(), Vec::new(), Vec::new());
        for Touched { post, holder, leaves_on, comes_on, leaves, successor, .. } in &touched {
            if *successor == Successor::Stays {
                continue;
            }
            let last = day_before(leaves_on)?;
            let goes = |holder: &&Holding| holder.ends_on.as_deref().is_none_or(|known| known > last.as_str());
            if let Some(holder) = holder.as_ref().filter(goes).filter(|_| !post.shared || *leaves) {
                let appointment = RecordId(holder.appointment);
                let ended = [("ends_on", Some(last.clone()).into())];
                if !writing.set_columns(&APPOINTMENTS, appointment, holder.version, &ended).await? {
                    return Err(changed());
                }
                made.ended.push((holder.appointment, holder.version + 1, holder.ends_on.clone()));
                let fields = json!({ "ends_on": [holder.ends_on.clone().unwrap_or_default(), last] });
                let detail = json!({ "changed": fields, "handover": id });
                events.push(AuditEvent::about(APPOINTMENTS.object, holder.appointment, detail));
            }
            let Successor::Person(name, code) = successor else { continue };
            let appointment = RecordId(portal.rng.id(&portal.clock));
            let values = appointed(post, comes_on, (name, code), &row.document_number);
            if writing.is_held(post.id, &Term::of(&values), appointment).await? {
                return Err(PortalError::invalid("successor", FieldProblem::PostHeldAlready));
            }
            new.push((appointment, values, Vec::new()));
            made.begun.push(appointment.0);
            let detail = json!({ "registered": true, "handover": id });
            events.push(AuditEvent::about(APPOINTMENTS.object, appointment.0, detail));
        }
        writing.add_records(&APPOINTMENTS, &new).await?;
        // When everybody has left and come.
        let some_alone = writing.has_posts_held_alone().await?;
        for (appointment, values, _) in new.iter().filter(|_| some_alone) {
            let Some(Value::Link(Some(post))) = values.get("post") else { continue };
            if writing.is_combined(*post, &Term::of(values), *appointment).await? {
                return Err(PortalError::invalid("successor", FieldProblem::HeldWithAnother));
            }
        }
        writing.note(&events).await?;
        let at = writing.at_ms();
        let json = serde_json::to_string(&made).map_err(internal)?;
        let columns = [("state", "applied".into()), ("made", json.as_str().into()), ("applied_at", at.into())];
        if !writing.set_handover(id.0, "draft", &columns).await? {
            return Err(PortalError::Conflict { current: row.state, by: None });
        }
        let detail =
            json!({ "applied": true, "from": row.first_day, "ended": made.ended.len(), "begun": made.begun.len() });
        writing.commit(AuditEvent::about("handover", id.0, detail)).await
    }

    /// Takes a list back that has been applied and whose day has not come: who was ended goes on, who was begun is gone.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Conflict where the day has come, it is not applied, or an appointment was changed since.
    pub async fn take_back(&self, actor: &Actor, id: HandoverId) -> Result<(), PortalError> {
        let portal = self.0;
        let (row, permit) = portal.store.tenant(actor).handover(id).to(ManageOffices, actor).await?;
        let first_day: Date = row.first_day.parse().map_err(internal)?;
        if row.state != "applied" || portal.clock.today() >= first_day {
            return Err(PortalError::Conflict { current: row.state, by: None });
        }
        let made: Made = serde_json::from_str(&row.made).map_err(internal)?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let mut events = Vec::new();
        for (appointment, version, last) in &made.ended {
            let open = [("ends_on", last.clone().into())];
            if !writing.set_columns(&APPOINTMENTS, RecordId(*appointment), *version, &open).await? {
                return Err(changed());
            }
            let detail = json!({ "taken_back": true, "handover": id });
            events.push(AuditEvent::about(APPOINTMENTS.object, *appointment, detail));
        }
        for appointment in &made.begun {
            let archived = [("archived_at", Some(writing.at_ms()).into())];
            if !writing.set_columns(&APPOINTMENTS, RecordId(*appointment), 1, &archived).await? {
                return Err(changed());
            }
            let detail = json!({ "taken_back": true, "archived": true, "handover": id });
            events.push(AuditEvent::about(APPOINTMENTS.object, *appointment, detail));
        }
        // Somebody may have been appointed in their place meanwhile, or they to something else.
        let some_alone = writing.has_posts_held_alone().await?;
        for appointment in
            writing.records_at(&APPOINTMENTS, &made.ended.iter().map(|ended| ended.0).collect::<Vec<_>>()).await?
        {
            let Some(Value::Link(Some(post))) = appointment.values.get("post") else { continue };
            let (term, id) = (Term::of(&appointment.values), RecordId(appointment.id));
            if writing.is_held(*post, &term, id).await? || some_alone && writing.is_combined(*post, &term, id).await? {
                return Err(changed());
            }
        }
        writing.note(&events).await?;
        if !writing.set_handover(id.0, "applied", &[("state", "taken_back".into())]).await? {
            return Err(changed());
        }
        writing.commit(AuditEvent::about("handover", id.0, json!({ "taken_back": true }))).await
    }
}

fn changed() -> PortalError {
    PortalError::Conflict { current: "changed".to_owned(), by: None }
}

/// The appointment of a successor.
fn appointed(post: &PostNow, on: &str, (name, code): (&str, &str), document_number: &str) -> Values {
    let mut values: Values = APPOINTMENTS.fields().map(|field| (field.name, Value::nothing(field.kind))).collect();
    values.insert("post", Value::Link(Some(post.id)));
    values.insert("person_name", Value::Text(name.to_owned()));
    values.insert("person_code", Value::Text(code.chars().take(50).collect()));
    values.insert("starts_on", Value::Day(Some(on.to_owned())));
    values.insert("document_number", Value::Text(document_number.to_owned()));
    values.insert("acting", Value::YesNo(Some(false)));
    values
}

/// The day before a day, ISO.
fn day_before(day: &str) -> Result<String, PortalError> {
    let day: Date = day.parse().map_err(internal)?;
    Ok(day.saturating_sub(1.day()).to_string())
}

/// Names by code, a line each, parted by a tab or a comma.
fn names(typed: &str) -> BTreeMap<String, String> {
    let lines = typed.lines().take(transfers::MAX_ROWS).filter_map(|line| line.split_once(['\t', ',', '、']));
    let pairs = lines.map(|(code, name)| (normalized::tidy(code), normalized::line(name)));
    let short = |text: &String| (1..=100).contains(&text.chars().count());
    pairs.filter(|(code, name)| short(code) && short(name)).collect()
}
