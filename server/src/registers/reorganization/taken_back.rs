//! A reorganization that was settled ahead is taken back until its day.

use super::{
    super::{
        Records,
        kinds::DepartmentRecord,
        records::changed_meanwhile,
        rules,
        schema::{
            Register,
            offices::{APPOINTMENTS, DEPARTMENTS, POSTS},
        },
    },
    text,
};
use crate::{
    error::internal,
    permission::{Actor, ManageOffices},
    store::{AuditEvent, Writing, registers::Row},
};
use jiff::civil::Date;
use kakunin_api::{FieldProblem, PortalError, ids::RecordId};
use sea_orm::Value as Stored;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// What a reorganization has made.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Made {
    /// The last day the department had before.
    pub(super) ended_on: Option<String>,
    /// Departments that take over and were not there.
    pub(super) departments: Vec<Uuid>,
    /// Posts in those that take over.
    pub(super) posts: Vec<Uuid>,
    /// Appointments that were begun.
    pub(super) begun: Vec<Uuid>,
    /// Appointments that were ended, and their last day before.
    pub(super) ended: Vec<(Uuid, Option<String>)>,
    /// Appointments that would have begun later, and were archived.
    pub(super) archived: Vec<Uuid>,
}

impl Records<'_, DepartmentRecord> {
    /// Takes a reorganization back whose day has not come: what it made is archived, what it ended goes on.
    ///
    /// # Errors
    /// NotFound, Forbidden, Conflict where its day has come or an end was settled anew since, or Invalid where something rests on
    /// what it made, or somebody has taken a place that would be filled again.
    pub async fn take_back(&self, actor: &Actor, id: RecordId) -> Result<(), PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (record, permit) = tenant.record::<DepartmentRecord>(id).to(ManageOffices, actor).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let Some(made) = writing.settled(id.0).await? else { return Err(changed_meanwhile()) };
        let last: Date = text(&record.row, "ends_on").parse().map_err(internal)?;
        if portal.clock.today() > last {
            return Err(changed_meanwhile());
        }
        let made: Made = serde_json::from_str(&made).map_err(internal)?;
        let archived = [("archived_at", Stored::from(writing.at_ms()))];
        let mut events = Vec::new();
        if !made.posts.is_empty() {
            // What was handed on may have been handed on again.
            let successors = writing.continued_by(id.0).await?.unwrap_or_default();
            let successors: Vec<Uuid> = serde_json::from_str(&successors).map_err(internal)?;
            for successor in successors {
                if writing.continued_by(successor).await?.is_some() {
                    return Err(PortalError::invalid("archived", FieldProblem::StillNamed));
                }
            }
        }
        for appointment in writing.records_at(&APPOINTMENTS, &made.begun).await? {
            set(&writing, &APPOINTMENTS, &appointment, &archived, &mut events).await?;
        }
        for (appointment, ends_on) in &made.ended {
            for row in writing.records_at(&APPOINTMENTS, &[*appointment]).await? {
                // Somebody has settled its end anew.
                if text(&row, "ends_on") != last.to_string() {
                    return Err(changed_meanwhile());
                }
                set(&writing, &APPOINTMENTS, &row, &[("ends_on", ends_on.clone().into())], &mut events).await?;
            }
        }
        for row in writing.records_at(&APPOINTMENTS, &made.archived).await? {
            set(&writing, &APPOINTMENTS, &row, &[("archived_at", None::<i64>.into())], &mut events).await?;
        }
        for post in writing.records_at(&POSTS, &made.posts).await? {
            let held = writing.ids_where("appointments", "post_id", post.id).await?;
            if writing.records_at(&APPOINTMENTS, &held).await?.iter().any(|one| one.archived_at.is_none()) {
                return Err(PortalError::invalid("archived", FieldProblem::StillNamed));
            }
            set(&writing, &POSTS, &post, &archived, &mut events).await?;
        }
        // Nobody has come meanwhile to where they go on, and they to nothing that is held alone.
        let back: Vec<Uuid> = made.ended.iter().map(|(id, _)| *id).chain(made.archived.iter().copied()).collect();
        for row in writing.records_at(&APPOINTMENTS, &back).await?.iter().filter(|row| row.archived_at.is_none()) {
            let fits = rules::check_while_writing(&writing, &APPOINTMENTS, (RecordId(row.id), None), &row.values).await;
            fits.map_err(|error| match error {
                PortalError::Invalid(errors) => {
                    let problem = errors.first().map_or(FieldProblem::StillNamed, |error| error.problem);
                    PortalError::invalid("archived", problem)
                }
                other => other,
            })?;
        }
        let open = [("ends_on", made.ended_on.clone().into()), ("continued_by", "".into()), ("settled", "".into())];
        if !writing.set_columns(&DEPARTMENTS, id, record.row.version, &open).await? {
            return Err(changed_meanwhile());
        }
        for department in writing.records_at(&DEPARTMENTS, &made.departments).await? {
            if writing.is_named_elsewhere(&DEPARTMENTS, RecordId(department.id)).await? {
                return Err(PortalError::invalid("archived", FieldProblem::StillNamed));
            }
            set(&writing, &DEPARTMENTS, &department, &archived, &mut events).await?;
        }
        writing.note(&events).await?;
        let fields = json!({ "ends_on": [last.to_string(), made.ended_on.unwrap_or_default()] });
        let detail = json!({ "reorganized": true, "taken_back": true, "changed": fields });
        writing.commit(AuditEvent::about(DEPARTMENTS.object, id.0, detail)).await
    }
}

/// Sets columns of what a reorganization made or ended.
async fn set(
    writing: &Writing<'_, ManageOffices>,
    register: &'static Register,
    row: &Row,
    columns: &[(&'static str, Stored)],
    events: &mut Vec<AuditEvent>,
) -> Result<(), PortalError> {
    if !writing.set_columns(register, RecordId(row.id), row.version, columns).await? {
        return Err(changed_meanwhile());
    }
    events.push(AuditEvent::about(register.object, row.id, json!({ "reorganized": true, "taken_back": true })));
    Ok(())
}
