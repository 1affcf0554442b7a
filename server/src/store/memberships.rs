//! Who belongs to an organization in which role, from a day on.

use super::{Store, Writing, entities::membership, failed, listing::Listing, records::Membership};
use crate::{
    error::internal,
    permission::{ManagePeople, Permit, SetUpOrganization, SignIn, ViewPeople},
};
use kakunin_api::{
    PortalError,
    ids::{MembershipId, OrganizationId, UserId},
    listing::{Page, Query},
    people::{PersonRow, Role},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    sign_in_name: String,
    name: String,
    department: String,
    role: String,
    starts_on: String,
    ends_on: Option<String>,
    ended_at: Option<i64>,
    approved_at: Option<i64>,
    accepted_at: Option<i64>,
    granted_by: String,
    has_password: i64,
    has_second_factor: i64,
    active: bool,
}

impl Row {
    fn view(self) -> Result<PersonRow, PortalError> {
        Ok(PersonRow {
            id: self.id.into(),
            sign_in_name: self.sign_in_name,
            name: self.name,
            department: self.department,
            role: Role::from_code(&self.role).ok_or_else(|| internal("role"))?,
            starts_on: self.starts_on.parse().map_err(internal)?,
            ends_on: self.ends_on.map(|day| day.parse().map_err(internal)).transpose()?,
            ended: self.ended_at.is_some(),
            approved: self.approved_at.is_some(),
            accepted: self.accepted_at.is_some(),
            granted_by: self.granted_by,
            has_password: self.has_password != 0,
            has_second_factor: self.has_second_factor != 0,
            active: self.active,
        })
    }
}

const PEOPLE: Listing<'_> = Listing {
    columns: "m.id, u.sign_in_name, u.name, d.name AS department, m.role, m.starts_on, m.ends_on, m.ended_at, \
              m.approved_at, m.accepted_at, m.granted_by, u.active, CAST(CASE WHEN u.password_hash IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_password, \
              CAST(CASE WHEN u.totp_secret IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_second_factor",
    tables: "memberships m JOIN users u ON u.id = m.user_id JOIN departments d ON d.id = m.department_id",
    counted: "memberships m JOIN users u ON u.id = m.user_id JOIN departments d ON d.id = m.department_id",
    filter: "m.organization_id = $1",
    department: None,
    searched: &["lower(u.sign_in_name)", "replace(replace(u.name, ' ', ''), '　', '')", "d.name"],
    order: "CASE WHEN m.approved_at IS NULL AND m.ended_at IS NULL THEN 0 WHEN m.ended_at IS NULL THEN 1 ELSE 2 END, \
            m.granted_at DESC, m.id DESC",
};

impl Store {
    /// One page of the people of an organization: those who wait for approval first, those who have left last.
    pub async fn people(&self, permit: &Permit<ViewPeople>, query: &Query) -> Result<Page<PersonRow>, PortalError> {
        let page: Page<Row> = self.page(&PEOPLE, permit, query).await?;
        let rows = page.rows.into_iter().map(Row::view).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: page.total, page: page.page })
    }

    /// What the list shows of one membership; the caller holds it.
    pub async fn person_row(&self, membership: &Membership) -> Result<PersonRow, PortalError> {
        let sql = format!("{} AND m.id = $2", PEOPLE.all());
        let rows: Vec<Row> = self.rows(&sql, vec![membership.organization_id.into(), membership.id.into()]).await?;
        rows.into_iter().next().ok_or(PortalError::NotFound)?.view()
    }

    /// Every role somebody has had in an organization, newest first.
    pub async fn roles_held(&self, membership: &Membership) -> Result<Vec<PersonRow>, PortalError> {
        let sql = format!("{} AND m.user_id = $2 ORDER BY m.granted_at DESC, m.id DESC LIMIT 100", PEOPLE.all());
        let rows: Vec<Row> =
            self.rows(&sql, vec![membership.organization_id.into(), membership.user_id.into()]).await?;
        rows.into_iter().map(Row::view).collect()
    }

    /// The roles somebody has in an organization that nobody has ended, approved or not.
    pub async fn open_memberships(
        &self,
        user: UserId,
        organization: OrganizationId,
    ) -> Result<Vec<Membership>, PortalError> {
        membership::Entity::find()
            .filter(membership::Column::UserId.eq(user.0))
            .filter(membership::Column::OrganizationId.eq(organization.0))
            .filter(membership::Column::EndedAt.is_null())
            .all(&self.reader)
            .await
            .map_err(failed)
    }

    /// Whether somebody has belonged to this organization alone, ever, and answered for no company: then it looks after their
    /// sign-in.
    pub async fn belongs_here_alone(&self, user: UserId, organization: OrganizationId) -> Result<bool, PortalError> {
        let sql = "SELECT (SELECT count(*) FROM memberships WHERE user_id = $1 AND organization_id <> $2 AND accepted_at IS NOT NULL) \
                   + (SELECT count(*) FROM invitations WHERE user_id = $1) AS count";
        Ok(self.count(sql, vec![user.0.into(), organization.0.into()]).await? == 0)
    }
}

impl Writing<'_, ManagePeople> {
    /// Gives somebody a role.
    pub async fn add_membership(&self, row: Membership) -> Result<(), PortalError> {
        self.insert_membership(row).await
    }

    /// Ends the role the permit is for, at once.
    ///
    /// # Errors
    /// Conflict where it has ended already.
    pub async fn end_membership(&self) -> Result<(), PortalError> {
        self.while_open(membership::ActiveModel { ended_at: Set(Some(self.at_ms())), ..Default::default() }).await
    }

    /// Approves the role the permit is for.
    ///
    /// # Errors
    /// Conflict where it has ended already.
    pub async fn approve_membership(&self) -> Result<(), PortalError> {
        self.while_open(membership::ActiveModel { approved_at: Set(Some(self.at_ms())), ..Default::default() }).await
    }

    async fn while_open(&self, change: membership::ActiveModel) -> Result<(), PortalError> {
        let updated = membership::Entity::update_many()
            .set(change)
            .filter(membership::Column::Id.eq(self.permit.object()))
            .filter(membership::Column::EndedAt.is_null())
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        let ended = || PortalError::Conflict { current: "ended".to_owned(), by: None };
        if updated.rows_affected == 1 { Ok(()) } else { Err(ended()) }
    }

    /// How many roles somebody has here that nobody has ended, inside this transaction.
    pub async fn open_memberships_now(&self, user: UserId) -> Result<u64, PortalError> {
        let query = membership::Entity::find()
            .filter(membership::Column::UserId.eq(user.0))
            .filter(membership::Column::OrganizationId.eq(self.organization()))
            .filter(membership::Column::EndedAt.is_null());
        query.count(&self.transaction).await.map_err(failed)
    }
}

impl Writing<'_, SetUpOrganization> {
    /// Gives somebody a role.
    pub async fn add_membership(&self, row: Membership) -> Result<(), PortalError> {
        self.insert_membership(row).await
    }
}

impl Store {
    /// The roles that other organizations gave somebody who has yet to accept them: id, organization's name, role.
    pub async fn offered_memberships(&self, user: UserId) -> Result<Vec<(MembershipId, String, Role)>, PortalError> {
        #[derive(FromQueryResult)]
        struct Offered {
            id: Uuid,
            name: String,
            role: String,
        }
        let sql = "SELECT m.id, o.name, m.role FROM memberships m JOIN organizations o ON o.id = m.organization_id \
                   WHERE m.user_id = $1 AND m.accepted_at IS NULL AND m.ended_at IS NULL ORDER BY m.granted_at LIMIT 20";
        let rows: Vec<Offered> = self.rows(sql, vec![user.0.into()]).await?;
        Ok(rows.into_iter().filter_map(|row| Some((row.id.into(), row.name, Role::from_code(&row.role)?))).collect())
    }
}

impl Writing<'_, SignIn> {
    /// Accepts a role that another organization gave to the person. `false` where there is no such offer to them.
    pub async fn accept_membership(&self, user: UserId, id: MembershipId) -> Result<bool, PortalError> {
        let updated = membership::Entity::update_many()
            .set(membership::ActiveModel { accepted_at: Set(Some(self.at_ms())), ..Default::default() })
            .filter(membership::Column::Id.eq(id.0))
            .filter(membership::Column::UserId.eq(user.0))
            .filter(membership::Column::AcceptedAt.is_null())
            .filter(membership::Column::EndedAt.is_null())
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(updated.rows_affected == 1)
    }

    /// Gives somebody the role their provider's claims say.
    pub async fn add_claimed_membership(&self, row: Membership) -> Result<(), PortalError> {
        self.insert_membership(row).await
    }

    /// Ends a role the provider's claims say no more.
    pub async fn end_claimed_membership(&self, id: MembershipId) -> Result<(), PortalError> {
        let change = membership::ActiveModel { id: Set(id.0), ended_at: Set(Some(self.at_ms())), ..Default::default() };
        change.update(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl<A: crate::permission::Action> Writing<'_, A> {
    async fn insert_membership(&self, row: Membership) -> Result<(), PortalError> {
        let row = Membership { organization_id: self.organization(), ..row };
        membership::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}
