//! Reading the log, and its checkpoints. Events are written by `Writing::commit` alone, and the database itself refuses to
//! change or delete one.

use super::{
    Store, containing,
    entities::{audit_checkpoint, audit_event, user},
    failed,
    records::{AuditCheckpoint, AuditEventRecord},
    subjects::{SUBJECTS, TITLE, VENDOR},
};
use crate::permission::{Action, Permit, ViewAssessment, ViewAuditEvents};
use kakunin_api::{
    PortalError,
    ids::OrganizationId,
    listing::{PAGE_ROWS, Page},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, sea_query::LikeExpr,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

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
        use audit_event::Column::{Action, ActorName, At, ObjectId, Sequence};
        let mut all = of_organization(permit.organization());
        if !filter.action.is_empty() {
            all = all.filter(Action.eq(filter.action.as_str()));
        }
        if !filter.who.is_empty() {
            let like = || LikeExpr::new(containing(&filter.who)).escape('!');
            // Done by them, or to them: a sign-in is checked by the portal itself.
            let named = user::Entity::find().filter(user::Column::Name.like(like()));
            let about = named.select_only().column(user::Column::Id).into_query();
            all = all.filter(Condition::any().add(ActorName.like(like())).add(ObjectId.in_subquery(about)));
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

    /// What the objects of a page of the log are called today, by their id.
    pub async fn names_in_log(
        &self,
        permit: &Permit<ViewAuditEvents>,
        page: &Page<AuditEventRecord>,
    ) -> Result<BTreeMap<Uuid, String>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            name: String,
        }
        let objects: BTreeSet<Uuid> = page.rows.iter().map(|row| row.object_id).collect();
        if objects.is_empty() {
            return Ok(BTreeMap::new());
        }
        let places: Vec<String> = (0..objects.len()).map(|index| format!("${}", index + 2)).collect();
        let places = places.join(", ");
        let own = format!("o.organization_id = $1 AND o.id IN ({places})");
        let sql = format!(
            "SELECT o.id, o.name FROM organizations o WHERE o.id = $1 AND o.id IN ({places}) \
             UNION ALL SELECT u.id, u.name || ' (' || u.sign_in_name || ')' FROM users u WHERE u.id IN ({places}) \
             UNION ALL SELECT o.id, u.name || ' (' || u.sign_in_name || ')' FROM memberships o JOIN users u ON u.id = o.user_id WHERE {own} \
             UNION ALL SELECT a.id, CASE WHEN a.social_account_id IS NULL THEN {TITLE} || ' / ' || {VENDOR} ELSE {TITLE} END \
             FROM assessments a {SUBJECTS} \
             WHERE a.organization_id = $1 AND a.id IN ({places}) \
             UNION ALL SELECT o.id, o.title FROM engagements o WHERE {own} \
             UNION ALL SELECT o.id, o.name FROM cloud_services o WHERE {own} \
             UNION ALL SELECT o.id, o.handle FROM social_accounts o WHERE {own} \
             UNION ALL SELECT o.id, o.name FROM vendors o WHERE {own} \
             UNION ALL SELECT o.id, o.file_name FROM evidence_files o WHERE {own}"
        );
        let values = [permit.organization().0].into_iter().chain(objects).map(Into::into).collect();
        let rows: Vec<Row> = self.rows(&sql, values).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
    }

    /// What has changed about the object of a permit, the newest first, at most a hundred. Who took its files away is in
    /// the log alone.
    pub async fn events_about<A: Action>(&self, permit: &Permit<A>) -> Result<Vec<AuditEventRecord>, PortalError> {
        let query = of_organization(permit.organization())
            .filter(audit_event::Column::ObjectId.eq(permit.object()))
            .filter(audit_event::Column::Detail.not_like("{\"downloaded\"%"));
        query.order_by_desc(audit_event::Column::Sequence).limit(100).all(&self.reader).await.map_err(failed)
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
