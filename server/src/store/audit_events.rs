//! Reading the log. It is written by `Writing::commit` alone.

use super::{Store, entities::audit_event, failed, records::AuditEventRecord};
use crate::permission::{Action, Permit, ViewAuditEvents};
use kakunin_api::{
    PortalError,
    ids::OrganizationId,
    listing::{PAGE_ROWS, Page, Query},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

impl Store {
    /// One page of the log, newest first.
    pub async fn audit_events(
        &self,
        permit: &Permit<ViewAuditEvents>,
        query: &Query,
    ) -> Result<Page<AuditEventRecord>, PortalError> {
        let all = audit_event::Entity::find().filter(audit_event::Column::OrganizationId.eq(permit.organization().0));
        let total = all.clone().count(&self.reader).await.map_err(failed)?;
        let page = all.order_by_desc(audit_event::Column::Sequence).offset(query.offset()).limit(PAGE_ROWS);
        let rows = page.all(&self.reader).await.map_err(failed)?;
        Ok(Page { rows, total, page: query.page.max(1) })
    }

    /// Events `after` a sequence number, in order, at most `limit`: for verification, piece by piece.
    pub async fn audit_events_after(
        &self,
        organization: OrganizationId,
        after: i64,
        limit: u64,
    ) -> Result<Vec<AuditEventRecord>, PortalError> {
        audit_event::Entity::find()
            .filter(audit_event::Column::OrganizationId.eq(organization.0))
            .filter(audit_event::Column::Sequence.gt(after))
            .order_by_asc(audit_event::Column::Sequence)
            .limit(limit)
            .all(&self.reader)
            .await
            .map_err(failed)
    }

    /// The head of an organization's chain: sequence number and hash.
    pub async fn chain_head<A: Action>(&self, permit: &Permit<A>) -> Result<(i64, String), PortalError> {
        let head = audit_event::Entity::find()
            .filter(audit_event::Column::OrganizationId.eq(permit.organization().0))
            .order_by_desc(audit_event::Column::Sequence)
            .one(&self.reader)
            .await
            .map_err(failed)?;
        Ok(head.map_or((0, "0".repeat(64)), |event| (event.sequence, event.hash)))
    }
}
