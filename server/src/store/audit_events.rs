//! Reading the log, and its checkpoints. Events are written by `Writing::commit` alone, and the database itself refuses to
//! change or delete one.

use super::{
    Store,
    entities::{audit_checkpoint, audit_event},
    failed,
    records::{AuditCheckpoint, AuditEventRecord},
};
use crate::permission::{Action, Permit, ViewAssessment, ViewAuditEvents};
use kakunin_api::{
    PortalError,
    ids::OrganizationId,
    listing::{PAGE_ROWS, Page},
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

/// Which events are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Of this action, as the table of permissions names it; of all where empty.
    pub action: String,
    /// By whoever's name contains this.
    pub who: String,
    /// At this instant or later, milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// Before this instant.
    pub before_ms: Option<i64>,
    /// Page, counted from 1.
    pub page: u64,
}

impl Store {
    /// One page of the log, newest first.
    pub async fn audit_events(
        &self,
        permit: &Permit<ViewAuditEvents>,
        filter: &EventFilter,
    ) -> Result<Page<AuditEventRecord>, PortalError> {
        use audit_event::Column::{Action, ActorName, At, Sequence};
        let mut all = of_organization(permit.organization());
        if !filter.action.is_empty() {
            all = all.filter(Action.eq(filter.action.as_str()));
        }
        if !filter.who.is_empty() {
            all = all.filter(ActorName.contains(filter.who.as_str()));
        }
        if let Some(from) = filter.from_ms {
            all = all.filter(At.gte(from));
        }
        if let Some(before) = filter.before_ms {
            all = all.filter(At.lt(before));
        }
        let page = filter.page.clamp(1, 1_000_000);
        let total = all.clone().count(&self.reader).await.map_err(failed)?;
        let rows = all.order_by_desc(Sequence).offset((page - 1) * PAGE_ROWS).limit(PAGE_ROWS);
        Ok(Page { rows: rows.all(&self.reader).await.map_err(failed)?, total, page })
    }

    /// Events `after` a sequence number, in order, at most `limit`: for verification, piece by piece.
    pub async fn audit_events_after(
        &self,
        organization: OrganizationId,
        after: i64,
        limit: u64,
    ) -> Result<Vec<AuditEventRecord>, PortalError> {
        of_organization(organization)
            .filter(audit_event::Column::Sequence.gt(after))
            .order_by_asc(audit_event::Column::Sequence)
            .limit(limit)
            .all(&self.reader)
            .await
            .map_err(failed)
    }

    /// The last event of an organization's log: sequence number and hash.
    pub async fn last_event(&self, organization: OrganizationId) -> Result<Option<(i64, String)>, PortalError> {
        let query = of_organization(organization).order_by_desc(audit_event::Column::Sequence);
        let last = query.one(&self.reader).await.map_err(failed)?;
        Ok(last.map(|event| (event.sequence, event.hash)))
    }

    /// Whether the actor of this permit has been noted to look at its object since `since_ms`.
    pub async fn looked_since(&self, permit: &Permit<ViewAssessment>, since_ms: i64) -> Result<bool, PortalError> {
        use audit_event::Column::{Action as OfAction, ActorId, At, ObjectId};
        let query = of_organization(permit.organization())
            .filter(ObjectId.eq(permit.object()))
            .filter(At.gt(since_ms))
            .filter(ActorId.eq(permit.actor().kind_and_id().1))
            .filter(OfAction.eq(format!("{:?}", ViewAssessment::NAME)));
        Ok(query.one(&self.reader).await.map_err(failed)?.is_some())
    }

    /// The newest checkpoint of an organization's log.
    pub async fn last_checkpoint(&self, organization: OrganizationId) -> Result<Option<AuditCheckpoint>, PortalError> {
        let query = checkpoints_of(organization).order_by_desc(audit_checkpoint::Column::Sequence);
        query.one(&self.reader).await.map_err(failed)
    }

    /// Every checkpoint of an organization's log, for verification.
    pub async fn checkpoints(&self, organization: OrganizationId) -> Result<Vec<AuditCheckpoint>, PortalError> {
        checkpoints_of(organization).all(&self.reader).await.map_err(failed)
    }

    /// Keeps a checkpoint. It says nothing that the log does not say, so it needs no permit.
    pub async fn keep_checkpoint(&self, row: &AuditCheckpoint) -> Result<(), PortalError> {
        use audit_checkpoint::Column::{OrganizationId, Sequence};
        let same = sea_orm::sea_query::OnConflict::columns([OrganizationId, Sequence]).do_nothing().to_owned();
        let insert = audit_checkpoint::Entity::insert(row.clone().into_active_model()).on_conflict(same);
        insert.exec_without_returning(&self.writer).await.map_err(failed)?;
        Ok(())
    }
}

fn of_organization(organization: OrganizationId) -> Select<audit_event::Entity> {
    audit_event::Entity::find().filter(audit_event::Column::OrganizationId.eq(organization.0))
}

fn checkpoints_of(organization: OrganizationId) -> Select<audit_checkpoint::Entity> {
    audit_checkpoint::Entity::find().filter(audit_checkpoint::Column::OrganizationId.eq(organization.0))
}
