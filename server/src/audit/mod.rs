//! 操作記録: looking at the log and checking its chain. It is written by the store alone.

use crate::{
    permission::{self, Actor, ViewAuditEvents},
    portal::Portal,
    store::{Store, records::AuditEventRecord, writing::chain_hash},
};
use kakunin_api::{
    PortalError,
    ids::OrganizationId,
    listing::{Page, Query},
};

/// The service of the log.
#[derive(Clone, Copy, Debug)]
pub struct Audit<'p>(pub(crate) &'p Portal);

impl Audit<'_> {
    /// One page of the log, newest first.
    ///
    /// # Errors
    /// Forbidden to all but auditors and administrators.
    pub async fn events(&self, actor: &Actor, query: &Query) -> Result<Page<AuditEventRecord>, PortalError> {
        let permit = permission::in_organization(ViewAuditEvents, actor)?;
        self.0.store.audit_events(&permit, query).await
    }

    /// Whether `actor` may look at the log.
    #[must_use]
    pub fn may_view(&self, actor: &Actor) -> bool {
        permission::in_organization(ViewAuditEvents, actor).is_ok()
    }
}

/// Walks an organization's chain from its first event, a thousand at a time.
///
/// # Errors
/// The sequence number of the first event that does not follow from the one before, or a database error.
pub async fn verify_chain(store: &Store, organization: OrganizationId) -> Result<Result<i64, i64>, PortalError> {
    let (mut last, mut previous) = (0, "0".repeat(64));
    loop {
        let events = store.audit_events_after(organization, last, 1000).await?;
        if events.is_empty() {
            return Ok(Ok(last));
        }
        for event in events {
            let follows = event.sequence == last + 1 && event.previous_hash == previous;
            if !follows || chain_hash(&event) != event.hash {
                return Ok(Err(last + 1));
            }
            (last, previous) = (event.sequence, event.hash);
        }
    }
}
