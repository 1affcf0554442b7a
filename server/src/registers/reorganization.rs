//! 改称・統合・分割: a department ends, others take its work over from a day on, and what was stays on record as it was.
//!
//! Departments, posts and appointments are dated, so they are settled at once, however far ahead the day is. What is one
//! department's or another's moves on that day (`moving`); until then it can be taken back (`taken_back`).

use super::{
    FormCheck, Records,
    history::changed_fields,
    kinds::DepartmentRecord,
    records::{changed_meanwhile, in_use},
    schema::offices::{APPOINTMENTS, DEPARTMENTS, POSTS},
    values::{Value, Values},
};
use crate::{
    era,
    error::internal,
    permission::{self, Actor, ManageOffices},
    store::{AuditEvent, Writing, registers::Row},
};
use jiff::{ToSpan, civil::Date};
use kakunin_api::{FieldProblem, PortalError, ids::RecordId, normalized};
use sea_orm::Value as Stored;
use serde_json::json;
use uuid::Uuid;

/// Most departments that one is split into.
const MOST: usize = 20;
/// So many days ahead a reorganization is settled: the one of next April, and no slip of the pen.
const MOST_DAYS_AHEAD: i32 = 400;
/// Longest name of a department, in characters.
const NAME_CHARACTERS: usize = 100;

impl Records<'_, DepartmentRecord> {
    /// Ends a department on the day before `day`; its work goes on in the first of `successors` (a name a line), which are
    /// made where they are not there yet: one new name is a renaming, one known name a merger, several a split. Its posts are
    /// continued there by whoever holds them; its people, engagements, services and accounts move there, on that day where it
    /// is to come. Gives the department to look at then: the one that goes on, or the one whose end is settled.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Invalid: the day is too far ahead, or no successor is named.
    pub async fn reorganize(
        &self,
        actor: &Actor,
        id: RecordId,
        (day, successors): (&str, &str),
    ) -> Result<RecordId, PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (record, permit) = tenant.record::<DepartmentRecord>(id).to(permission::ManageOffices, actor).await?;
        in_use(&record.row)?;
        let mut check = FormCheck::default();
        let day = check.keep("day", era::parse(day));
        let today = portal.clock.today();
        if day.is_some_and(|day| day > today.saturating_add(MOST_DAYS_AHEAD.days())) {
            check.refuse("day", FieldProblem::InFuture);
        }
        let mut names: Vec<String> = Vec::new();
        for name in successors.lines().map(normalized::line).filter(|name| !name.is_empty()) {
            let key = normalized::search_key(&name);
            if names.iter().all(|known| normalized::search_key(known) != key) {
                names.push(name);
            }
        }
        // It has to exist on the eve of the day.
        let (starts, ends) = (text(&record.row, "starts_on"), text(&record.row, "ends_on"));
        if let Some(day) = day.map(|day| day.to_string())
            && (!starts.is_empty() && day <= starts || !ends.is_empty() && day > ends)
        {
            check.refuse("day", FieldProblem::EndBeforeStart);
        }
        let own = record.row.values.get("name").map(|name| normalized::search_key(&name.text()));
        if names.is_empty() {
            check.refuse("successors", FieldProblem::Missing);
        }
        if names.len() > MOST || names.iter().any(|name| name.chars().count() > NAME_CHARACTERS) {
            check.refuse("successors", FieldProblem::TooLong);
        }
        if names.iter().any(|name| Some(normalized::search_key(name)) == own) {
            check.refuse("successors", FieldProblem::Circular);
        }
        check.done()?;
        let day = day.unwrap_or(today);
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        if writing.continued_by(id.0).await?.is_some() {
            return Err(PortalError::invalid("day", FieldProblem::ReorganizationSettled));
        }
        let ended = Some(ends).filter(|ends| !ends.is_empty());
        let step = Step { old: &record.row, from: day.to_string(), last: day.saturating_sub(1.day()).to_string() };
        let mut done = Done { made: Made { ended_on: ended, ..Made::default() }, events: Vec::new() };
        let known = writing.departments_on(&step.from).await?;
        let mut into: Vec<(Uuid, bool)> = Vec::new();
        for name in &names {
            let key = normalized::search_key(name);
            let found: Vec<Uuid> =
                known.iter().filter(|(_, known)| normalized::search_key(known) == key).map(|(id, _)| *id).collect();
            into.push(match found.as_slice() {
                [] => (self.successor(&writing, &step, name, &mut done).await?, false),
                [one] => (*one, true),
                _ => return Err(PortalError::invalid("successors", FieldProblem::SeveralRecords)),
            });
        }
        let Some((first, _)) = into.first().copied() else { return Err(PortalError::NotFound) };
        self.hand_posts_over(&writing, &step, &into, &mut done).await?;
        let successors: Vec<Uuid> = into.iter().map(|(id, _)| *id).collect();
        let mut ended = step.old.values.clone();
        ended.insert("ends_on", Value::Day(Some(step.last.clone())));
        // Until the day it can be taken back.
        let settled = if day > today { serde_json::to_string(&done.made).map_err(internal)? } else { String::new() };
        let continued_by = [
            ("continued_by", serde_json::to_string(&successors).map_err(internal)?.into()),
            ("settled", settled.into()),
        ];
        self.change_to(&writing, &DEPARTMENTS, (step.old, &ended), &continued_by, &mut done).await?;
        let moved = match day > today {
            true => None,
            false => self.move_work(&writing, id, &mut done).await?,
        };
        writing.note(&done.events).await?;
        let detail = json!({ "reorganized": true, "on": step.from, "into": names, "moved": moved });
        writing.commit(AuditEvent::about(DEPARTMENTS.object, id.0, detail)).await?;
        Ok(if day > today { id } else { RecordId(first) })
    }

    /// From which day on the work of a department goes on elsewhere, and where; none where nothing is settled that is still to come.
    ///
    /// # Errors
    /// NotFound.
    pub async fn continued_by(&self, actor: &Actor, id: RecordId) -> Result<Option<(Date, Vec<String>)>, PortalError> {
        let tenant = self.0.store.tenant(actor);
        let (record, permit) = tenant.record::<DepartmentRecord>(id).to(permission::ViewRegisters, actor).await?;
        let names = self.0.store.successors_of(&permit).await?;
        let last = text(&record.row, "ends_on").parse::<Date>().ok().filter(|_| !names.is_empty());
        Ok(last.map(|last| (last.saturating_add(1.day()), names)))
    }

    /// Makes a department that takes the work over.
    async fn successor(
        &self,
        writing: &Writing<'_, ManageOffices>,
        step: &Step<'_>,
        name: &str,
        done: &mut Done,
    ) -> Result<Uuid, PortalError> {
        let mut values = step.old.values.clone();
        values.insert("name", Value::Text(name.to_owned()));
        values.insert("starts_on", Value::Day(Some(step.from.clone())));
        values.insert("ends_on", Value::Day(None));
        let id = RecordId(self.0.rng.id(&self.0.clock));
        writing.add_record(&DEPARTMENTS, id, &values, &[("position", 1_000_i64.into())]).await?;
        let detail = json!({ "registered": true, "reorganized": step.old.id });
        done.made.departments.push(id.0);
        done.events.push(AuditEvent::about(DEPARTMENTS.object, id.0, detail));
        Ok(id.0)
    }

    /// Every post goes on in the departments that take over, unless one of them has its like; whoever holds it goes on in the
    /// first of them. What was until then stays with the old post.
    async fn hand_posts_over(
        &self,
        writing: &Writing<'_, ManageOffices>,
        step: &Step<'_>,
        into: &[(Uuid, bool)],
        done: &mut Done,
    ) -> Result<(), PortalError> {
        // What the others have of their own, before anything is added to them.
        let mut there = Vec::new();
        for (department, was_there) in into {
            let ids =
                if *was_there { writing.ids_where("posts", "department_id", *department).await? } else { Vec::new() };
            there.push(writing.records_at(&POSTS, &ids).await?);
        }
        let posts = writing.ids_where("posts", "department_id", step.old.id).await?;
        for post in writing.records_at(&POSTS, &posts).await?.into_iter().filter(|post| post.archived_at.is_none()) {
            let attached = ["cloud_service", "social_account", "engagement"];
            if attached.iter().any(|name| post.values.get(*name).is_some_and(|value| !value.is_empty())) {
                // It belongs to its service, account or engagement, and moves with it.
                continue;
            }
            let mut first = None;
            for (number, ((department, _), own)) in into.iter().zip(&there).enumerate() {
                if own.iter().any(|own| own.archived_at.is_none() && is_like(own, &post)) {
                    continue;
                }
                let mut values = post.values.clone();
                values.insert("department", Value::Link(Some(*department)));
                let id = RecordId(self.0.rng.id(&self.0.clock));
                writing.add_record(&POSTS, id, &values, &[("position", 1_000_i64.into())]).await?;
                done.events.push(AuditEvent::about(
                    POSTS.object,
                    id.0,
                    json!({ "registered": true, "reorganized": post.id }),
                ));
                done.made.posts.push(id.0);
                if number == 0 {
                    first = Some(id.0);
                }
            }
            self.hand_appointments_over(writing, step, (&post, first), done).await?;
        }
        Ok(())
    }

    async fn hand_appointments_over(
        &self,
        writing: &Writing<'_, ManageOffices>,
        step: &Step<'_>,
        (post, successor): (&Row, Option<Uuid>),
        done: &mut Done,
    ) -> Result<(), PortalError> {
        let ids = writing.ids_where("appointments", "post_id", post.id).await?;
        for appointment in writing.records_at(&APPOINTMENTS, &ids).await? {
            let text = |name: &str| appointment.values.get(name).map(Value::text).unwrap_or_default();
            let (starts, ends) = (text("starts_on"), text("ends_on"));
            if appointment.archived_at.is_some() || !ends.is_empty() && ends < step.from {
                continue;
            }
            let id = RecordId(appointment.id);
            if starts < step.from {
                let mut values = appointment.values.clone();
                values.insert("ends_on", Value::Day(Some(step.last.clone())));
                self.change_to(writing, &APPOINTMENTS, (&appointment, &values), &[], done).await?;
                let before = Some(ends.clone()).filter(|ends| !ends.is_empty());
                done.made.ended.push((appointment.id, before));
            } else {
                let archived = [("archived_at", writing.at_ms().into())];
                if !writing.set_columns(&APPOINTMENTS, id, appointment.version, &archived).await? {
                    return Err(changed_meanwhile());
                }
                done.made.archived.push(appointment.id);
                done.events.push(AuditEvent::about(APPOINTMENTS.object, id.0, json!({ "archived": true })));
            }
            let Some(successor) = successor else { continue };
            let mut values = appointment.values.clone();
            values.insert("post", Value::Link(Some(successor)));
            if starts < step.from {
                values.insert("starts_on", Value::Day(Some(step.from.clone())));
            }
            let new = RecordId(self.0.rng.id(&self.0.clock));
            writing.add_record(&APPOINTMENTS, new, &values, &[]).await?;
            done.made.begun.push(new.0);
            let detail = json!({ "registered": true, "reorganized": appointment.id });
            done.events.push(AuditEvent::about(APPOINTMENTS.object, new.0, detail));
        }
        Ok(())
    }

    async fn change_to(
        &self,
        writing: &Writing<'_, ManageOffices>,
        register: &'static super::schema::Register,
        (before, values): (&Row, &Values),
        beside: &[(&'static str, Stored)],
        done: &mut Done,
    ) -> Result<(), PortalError> {
        let changed = changed_fields(register, before, values, |_, id| id.to_string());
        if !writing.change_record(register, RecordId(before.id), before.version, values, beside).await? {
            return Err(changed_meanwhile());
        }
        done.events.push(AuditEvent::about(
            register.object,
            before.id,
            json!({ "changed": changed, "reorganized": true }),
        ));
        Ok(())
    }
}

/// What a field of a record says.
fn text(row: &Row, name: &str) -> String {
    row.values.get(name).map(Value::text).unwrap_or_default()
}

/// Whether a post is the like of another: there is one of a section's or a bureau's officer, and of others one of each name.
fn is_like(own: &Row, post: &Row) -> bool {
    let same = |name: &str| text(own, name) == text(post, name);
    let single = matches!(text(post, "kind").as_str(), "section_officer" | "bureau_officer");
    same("kind") && (single || same("title") && same("system_name"))
}

/// What the steps of a reorganization have done.
#[derive(Default)]
struct Done {
    made: Made,
    events: Vec<AuditEvent>,
}

/// A reorganization as its steps see it.
struct Step<'r> {
    /// The department that ends.
    old: &'r Row,
    /// The first day of those that take over, ISO.
    from: String,
    /// The last day of the one that ends.
    last: String,
}

mod moving;
mod taken_back;

use taken_back::Made;

#[cfg(test)]
mod tests;
