//! A reorganization that was settled ahead is taken back until its day.

use super::{
    super::{
        Records,
        kinds::DepartmentRecord,
        records::changed_meanwhile,
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
    store::{AuditEvent, Writing},
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
    /// Appointments that were ended: id, the version they have since, and their last day before.
    pub(super) ended: Vec<(Uuid, i64, Option<String>)>,
    /// Appointments that would have begun later: id, and the version they have since.
    pub(super) archived: Vec<(Uuid, i64)>,
}

impl Records<'_, DepartmentRecord> {
    /// Takes a reorganization back whose day has not come: what it made is archived, what it ended goes on.
    ///
    /// # Errors
    /// NotFound, Forbidden, Conflict where its day has come or what it made was changed since, or Invalid where something rests
    /// on what it made.
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
        let at = writing.at_ms();
        let archived = [("archived_at", Stored::from(at))];
        let mut events = Vec::new();
        for appointment in &made.begun {
            set(&writing, &APPOINTMENTS, (*appointment, 1), &archived, &mut events).await?;
        }
        for (appointment, version, ends_on) in &made.ended {
            let goes_on = [("ends_on", ends_on.clone().into())];
            set(&writing, &APPOINTMENTS, (*appointment, *version), &goes_on, &mut events).await?;
        }
        for (appointment, version) in &made.archived {
            let back = [("archived_at", None::<i64>.into())];
            set(&writing, &APPOINTMENTS, (*appointment, *version), &back, &mut events).await?;
        }
        for post in &made.posts {
            let held = writing.ids_where("appointments", "post_id", *post).await?;
            if writing.records_at(&APPOINTMENTS, &held).await?.iter().any(|one| one.archived_at.is_none()) {
                return Err(PortalError::invalid("archived", FieldProblem::StillNamed));
            }
            set(&writing, &POSTS, (*post, 1), &archived, &mut events).await?;
        }
        let open = [("ends_on", made.ended_on.clone().into()), ("continued_by", "".into()), ("settled", "".into())];
        if !writing.set_columns(&DEPARTMENTS, id, record.row.version, &open).await? {
            return Err(changed_meanwhile());
        }
        for department in &made.departments {
            if writing.is_named_elsewhere(&DEPARTMENTS, RecordId(*department)).await? {
                return Err(PortalError::invalid("archived", FieldProblem::StillNamed));
            }
            set(&writing, &DEPARTMENTS, (*department, 1), &archived, &mut events).await?;
        }
        writing.note(&events).await?;
        let fields = json!({ "ends_on": [last.to_string(), made.ended_on.unwrap_or_default()] });
        let detail = json!({ "reorganized": true, "taken_back": true, "changed": fields });
        writing.commit(AuditEvent::about(DEPARTMENTS.object, id.0, detail)).await
    }
}

/// Sets columns of what a reorganization made or ended, where nobody has changed it since.
async fn set(
    writing: &Writing<'_, ManageOffices>,
    register: &'static Register,
    (id, version): (Uuid, i64),
    columns: &[(&'static str, Stored)],
    events: &mut Vec<AuditEvent>,
) -> Result<(), PortalError> {
    if !writing.set_columns(register, RecordId(id), version, columns).await? {
        return Err(changed_meanwhile());
    }
    events.push(AuditEvent::about(register.object, id, json!({ "reorganized": true, "taken_back": true })));
    Ok(())
}
