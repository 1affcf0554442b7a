//! On its day, what was one department's becomes another's: work, people, and what stood below it.

use super::{
    super::{
        Records,
        kinds::DepartmentRecord,
        schema::offices::{DEPARTMENTS, POSTS},
        values::Value,
    },
    Done, text,
};
use crate::{
    error::internal,
    permission::{self, Actor, JobName, ManageOffices},
    portal::Portal,
    store::{AuditEvent, Writing, registers::Row},
};
use jiff::{ToSpan, civil::Date};
use kakunin_api::{PortalError, ids::RecordId};
use serde_json::json;
use uuid::Uuid;

impl Records<'_, DepartmentRecord> {
    /// Moves the work of a department whose last day has passed.
    async fn continue_elsewhere(&self, actor: &Actor, id: RecordId) -> Result<(), PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (_, permit) = tenant.record::<DepartmentRecord>(id).to(permission::ManageOffices, actor).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let mut done = Done::default();
        // Another server may have been faster.
        let Some(moved) = self.move_work(&writing, id, &mut done).await? else { return Ok(()) };
        writing.note(&done.events).await?;
        let detail = json!({ "reorganized": true, "moved": moved });
        writing.commit(AuditEvent::about(DEPARTMENTS.object, id.0, detail)).await
    }

    /// Moves the work of a department that has ended to those that continue it; how much of it there was. None where it has moved.
    pub(super) async fn move_work(
        &self,
        writing: &Writing<'_, ManageOffices>,
        id: RecordId,
        done: &mut Done,
    ) -> Result<Option<usize>, PortalError> {
        let Some(successors) = writing.continued_by(id.0).await? else { return Ok(None) };
        let successors: Vec<Uuid> = serde_json::from_str(&successors).map_err(internal)?;
        let Some(old) = writing.records_at(&DEPARTMENTS, &[id.0]).await?.pop() else { return Ok(None) };
        let Some(first) = successors.first().copied() else { return Ok(None) };
        let last: Date = text(&old, "ends_on").parse().map_err(internal)?;
        let from = last.saturating_add(1.day()).to_string();
        // Nothing moves to where nobody works.
        if writing.departments_on(&from).await?.iter().all(|(there, _)| *there != first) {
            return Err(PortalError::Conflict { current: "archived".to_owned(), by: None });
        }
        self.lift(writing, &old, &successors, done).await?;
        let mut moved = 0;
        for (table, column, condition, object) in MOVED {
            let ids = writing.move_to_department((table, column), condition, (id.0, first), &from).await?;
            moved += ids.len();
            let to = json!({ "reorganized": true, "from": id, "to": first });
            done.events.extend(ids.into_iter().map(|id| AuditEvent::about(object, id, to.clone())));
            // The post of a service or an account goes with it; that of an engagement is of no department.
            let posts = writing.move_attached_posts(table, (id.0, first)).await?;
            done.events.extend(posts.into_iter().map(|id| AuditEvent::about(POSTS.object, id, to.clone())));
        }
        // It comes below the one that takes over, so that whoever works there sees its past.
        let mut values = old.values.clone();
        if !writing.is_below(first, id).await? {
            values.insert("above", Value::Link(Some(first)));
        }
        self.change_to(
            writing,
            &DEPARTMENTS,
            (&old, &values),
            &[("continued_by", "".into()), ("settled", "".into())],
            done,
        )
        .await?;
        Ok(Some(moved))
    }

    /// Those that take over and stood below the one that ends come to stand where it stood.
    async fn lift(
        &self,
        writing: &Writing<'_, ManageOffices>,
        old: &Row,
        successors: &[Uuid],
        done: &mut Done,
    ) -> Result<(), PortalError> {
        let above = old.values.get("above").cloned().unwrap_or(Value::Link(None));
        for successor in writing.records_at(&DEPARTMENTS, successors).await? {
            if writing.is_below(successor.id, RecordId(old.id)).await? {
                let mut values = successor.values.clone();
                values.insert("above", above.clone());
                self.change_to(writing, &DEPARTMENTS, (&successor, &values), &[], done).await?;
            }
        }
        Ok(())
    }
}

impl Portal {
    /// Moves the work of every department whose last day has passed to those that continue it, as it was settled ahead. How many
    /// departments that were. What cannot be moved now is tried again the next time.
    ///
    /// # Errors
    /// Internal where the database fails.
    pub async fn bring_reorganizations_about(&self) -> Result<u32, PortalError> {
        let mut moved = 0;
        for (organization, department) in self.store.departments_to_continue(self.clock.today()).await? {
            let actor = Actor::System(JobName::Reorganization, organization);
            match self.records::<DepartmentRecord>().continue_elsewhere(&actor, department).await {
                Ok(()) => moved += 1,
                Err(error) => tracing::warn!(%error, department = %department, "a reorganization waits"),
            }
        }
        Ok(moved)
    }
}

/// What moves: table, column, condition (`$3` is the day), and what it is called in the log. What ended before stays where it
/// was.
const MOVED: [(&str, &str, &str, &str); 6] = [
    ("engagements", "department_id", "archived_at IS NULL AND COALESCE(extended_to, ends_on) >= $3", "engagement"),
    (
        "cloud_services",
        "department_id",
        "archived_at IS NULL AND (retired_on IS NULL OR retired_on >= $3)",
        "cloud_service",
    ),
    ("social_accounts", "department_id", "archived_at IS NULL AND state <> 'closed' AND $3 = $3", "social_account"),
    ("service_uses", "using_department_id", "archived_at IS NULL AND $3 = $3", "service_use"),
    ("departments", "parent_id", "archived_at IS NULL AND $3 = $3", "department"),
    ("memberships", "department_id", "ended_at IS NULL AND $3 = $3", "membership"),
];
