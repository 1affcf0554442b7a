//! Lists of transfers, and the posts they are held against.

use super::{Store, Writing, entities::handover, failed, records::Handover, rows};
use crate::{
    handovers::plan::{Holding, PostNow},
    permission::{ManageOffices, Permit},
};
use kakunin_api::{PortalError, ids::OrganizationId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Value as Stored,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A list of posts is read at most this far.
const MOST_POSTS: i64 = 20_000;

#[derive(FromQueryResult)]
struct Held {
    post_id: Uuid,
    kind: String,
    title: String,
    department: Option<String>,
    usual_position: String,
    attached: Option<String>,
    shared: Option<bool>,
    appointment_id: Option<Uuid>,
    version: Option<i64>,
    person_name: Option<String>,
    person_code: Option<String>,
    starts_on: Option<String>,
    ends_on: Option<String>,
}

/// The posts of an organization with whoever holds them on a day or later. Those on a contractor's side are none of its transfers.
async fn posts_from(
    connection: &impl ConnectionTrait,
    organization: OrganizationId,
    day: &str,
) -> Result<Vec<PostNow>, PortalError> {
    let sql = "SELECT p.id AS post_id, p.kind, p.title, d.name AS department, p.usual_position, p.may_be_shared AS shared, \
               COALESCE((SELECT s.name FROM cloud_services s WHERE s.id = p.cloud_service_id), \
               (SELECT s.handle FROM social_accounts s WHERE s.id = p.social_account_id)) AS attached, \
               a.id AS appointment_id, a.version, a.person_name, a.person_code, a.starts_on, a.ends_on \
               FROM posts p LEFT JOIN departments d ON d.id = p.department_id \
               LEFT JOIN appointments a ON a.organization_id = p.organization_id AND a.post_id = p.id \
               AND a.archived_at IS NULL AND (a.ends_on IS NULL OR a.ends_on >= $2) \
               WHERE p.organization_id = $1 AND p.archived_at IS NULL AND (d.ends_on IS NULL OR d.ends_on > $2) \
               AND p.engagement_id IS NULL \
               ORDER BY p.position, p.id, a.starts_on LIMIT $3";
    let values: Vec<Stored> = vec![organization.0.into(), day.into(), MOST_POSTS.into()];
    let held: Vec<Held> = rows(connection, sql, values).await?;
    let mut posts: Vec<PostNow> = Vec::with_capacity(held.len());
    for row in held {
        let shared = row.shared.unwrap_or(false);
        let term = row.appointment_id.map(|appointment| Holding {
            appointment,
            version: row.version.unwrap_or(0),
            name: row.person_name.unwrap_or_default(),
            code: row.person_code.unwrap_or_default(),
            starts_on: row.starts_on.unwrap_or_default(),
            ends_on: row.ends_on,
        });
        let first = posts.iter_mut().rev().take_while(|last| last.id == row.post_id).last();
        let is_further = first.is_some();
        if let (Some(first), Some(term)) = (first, term.as_ref().filter(|_| shared)) {
            first.beside.push(term.clone());
        }
        let known = posts.last_mut().filter(|last| last.id == row.post_id);
        match (known, term) {
            (Some(known), Some(term)) if !shared => known.terms.push(term),
            (_, term) => posts.push(PostNow {
                // Of a post that several hold, each of them stands alone.
                key: term.as_ref().filter(|_| is_further).map_or(row.post_id, |term| term.appointment),
                id: row.post_id,
                kind: row.kind,
                title: row.title,
                department: row.department.unwrap_or_default(),
                usual_position: row.usual_position,
                attached: row.attached.unwrap_or_default(),
                shared,
                terms: term.into_iter().collect(),
                beside: Vec::new(),
            }),
        }
    }
    Ok(posts)
}

impl Store {
    /// The posts with whoever holds them on the day before a change or later.
    pub async fn posts_before(
        &self,
        permit: &Permit<ManageOffices>,
        day_before: &str,
    ) -> Result<Vec<PostNow>, PortalError> {
        posts_from(&self.reader, permit.organization(), day_before).await
    }

    /// The names of the town's people by their codes, from the appointments on record.
    pub async fn names_by_code(&self, permit: &Permit<ManageOffices>) -> Result<BTreeMap<String, String>, PortalError> {
        #[derive(FromQueryResult)]
        struct Person {
            person_code: String,
            person_name: String,
        }
        let sql = "SELECT DISTINCT a.person_code, a.person_name FROM appointments a JOIN posts p ON p.id = a.post_id \
                   WHERE a.organization_id = $1 AND a.person_code <> '' AND a.archived_at IS NULL AND p.engagement_id IS NULL LIMIT 20000";
        let people: Vec<Person> = self.rows(sql, vec![permit.organization().0.into()]).await?;
        Ok(people.into_iter().map(|person| (person.person_code, person.person_name)).collect())
    }

    /// The newest lists of transfers, at most twenty, without their rows.
    pub async fn handovers(&self, permit: &Permit<ManageOffices>) -> Result<Vec<Handover>, PortalError> {
        let query = handover::Entity::find()
            .filter(handover::Column::OrganizationId.eq(permit.organization().0))
            .order_by_desc(handover::Column::CreatedAt);
        query.limit(20).all(&self.reader).await.map_err(failed)
    }
}

impl Writing<'_, ManageOffices> {
    /// As [`Store::posts_before`], within this transaction.
    pub async fn posts_before(&self, day_before: &str) -> Result<Vec<PostNow>, PortalError> {
        posts_from(&self.transaction, self.permit.organization(), day_before).await
    }

    /// Keeps a list of transfers.
    pub async fn keep_handover(&self, row: Handover) -> Result<(), PortalError> {
        let row = Handover { organization_id: self.organization(), ..row };
        handover::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Sets how far a handover has come, where it is in this state. `false` where it is in another.
    pub async fn set_handover(
        &self,
        handover: Uuid,
        state: &str,
        columns: &[(&'static str, Stored)],
    ) -> Result<bool, PortalError> {
        let mut values: Vec<Stored> = vec![handover.into(), self.organization().into(), state.into()];
        let mut sets = Vec::new();
        for (column, value) in columns {
            values.push(value.clone());
            sets.push(format!("{column} = ${}", values.len()));
        }
        let sets = sets.join(", ");
        let sql = format!("UPDATE handovers SET {sets} WHERE id = $1 AND organization_id = $2 AND state = $3");
        Ok(self.run(&sql, values).await? == 1)
    }
}
