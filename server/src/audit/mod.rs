//! 操作記録: looking at the log, signing its checkpoints, and checking both. Events are written by the store alone.

pub mod checkpoint;
pub mod verify;

use crate::{
    permission::{self, Actor, Permit, ViewAssessment, ViewAuditEvents, ViewPolicies},
    portal::Portal,
    store::{
        AuditEvent,
        audit_events::EventFilter,
        records::{AuditCheckpoint, AuditEventRecord},
    },
};
use kakunin_api::{PortalError, ids::OrganizationId, listing::Page};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// One look at the same thing within this time is noted once, milliseconds.
const SAME_LOOK_MS: i64 = 10 * 60 * 1000;
/// Longest path that is noted, in characters.
const PATH_CHARACTERS: usize = 200;

/// The service of the log.
#[derive(Clone, Copy, Debug)]
pub struct Audit<'p>(pub(crate) &'p Portal);

impl Audit<'_> {
    /// One page of the log, newest first; and what the objects of its events are called.
    ///
    /// # Errors
    /// Forbidden to all but auditors and those who look after the rules.
    pub async fn events(
        &self,
        actor: &Actor,
        filter: &EventFilter,
    ) -> Result<(Page<AuditEventRecord>, BTreeMap<Uuid, String>), PortalError> {
        let permit = permission::in_organization(ViewAuditEvents, actor)?;
        let page = self.0.store.audit_events(&permit, filter).await?;
        let names = self.0.store.names_in_log(&permit, &page).await?;
        Ok((page, names))
    }

    /// The newest checkpoint, for the page of the log.
    ///
    /// # Errors
    /// As [`Audit::events`].
    pub async fn last_checkpoint(&self, actor: &Actor) -> Result<Option<AuditCheckpoint>, PortalError> {
        let permit = permission::in_organization(ViewAuditEvents, actor)?;
        self.0.store.last_checkpoint(permit.organization()).await
    }

    /// Whether `actor` may look at the log.
    #[must_use]
    pub fn may_view(&self, actor: &Actor) -> bool {
        permission::in_organization(ViewAuditEvents, actor).is_ok()
    }

    /// Notes that somebody was refused what stands at `path`. A note that cannot be written is in the server's own log.
    pub async fn refused(&self, actor: &Actor, path: &str) {
        let Some(permit) = permission::to_be_refused(actor) else { return };
        let path: String = path.split(['?', '#']).next().unwrap_or_default().chars().take(PATH_CHARACTERS).collect();
        tracing::warn!(target: "security", actor = ?actor.kind_and_id(), ?path, "refused");
        let noted = async {
            let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
            writing.commit(AuditEvent::about("request", permit.object(), json!({ "path": path }))).await
        };
        if let Err(error) = noted.await {
            tracing::error!(%error, "a refusal could not be noted");
        }
    }

    /// Notes that somebody looked at an assessment of confidentiality 3.
    pub(crate) async fn looked_at(&self, permit: &Permit<ViewAssessment>) -> Result<(), PortalError> {
        let now = self.0.clock.now_ms();
        if self.0.store.looked_since(permit, now - SAME_LOOK_MS).await? {
            return Ok(());
        }
        let writing = self.0.store.write(permit, now).await?;
        writing.commit(AuditEvent::about("assessment", permit.object(), json!({ "confidentiality": 3 }))).await
    }

    /// Notes that somebody took a workbook away that is about no single assessment.
    pub(crate) async fn exported(&self, actor: &Actor, what: &str) -> Result<(), PortalError> {
        let permit = permission::in_organization(ViewPolicies, actor)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        writing.commit(AuditEvent::about("workbook", permit.object(), json!({ "exported": what }))).await
    }

    /// Signs the present end of an organization's log, unless that was done already.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sign_checkpoint(&self, organization: OrganizationId) -> Result<Option<AuditCheckpoint>, PortalError> {
        let store = &self.0.store;
        let Some((sequence, hash)) = store.last_event(organization).await? else { return Ok(None) };
        if let Some(last) = store.last_checkpoint(organization).await?
            && last.sequence >= sequence
        {
            return Ok(Some(last));
        }
        let row = self.0.signer.sign(organization, sequence, hash, self.0.clock.now_ms());
        store.keep_checkpoint(&row).await?;
        checkpoint::append(&self.0.config.data, &row).await?;
        Ok(Some(row))
    }

    /// Signs the end of every organization's log.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sign_all(&self) -> Result<(), PortalError> {
        for organization in self.0.store.organizations().await? {
            self.sign_checkpoint(organization.id.into()).await?;
        }
        Ok(())
    }
}
