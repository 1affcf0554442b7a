//! Who signs in: accounts with their passwords and providers, and who they are in an organization.

use super::{
    Store, Writing,
    entities::{identity, user},
    failed,
    records::{Identity, User},
};
use crate::{
    actor::{PostHeld, Staff},
    error::internal,
    permission::{ManagePeople, SetUpOrganization, SignIn},
    registers::scale::Scale,
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    ids::{DepartmentId, OrganizationId, UserId},
    people::Role,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

/// The condition under which membership `m` holds on day `$3`.
const HOLDS: &str = "m.ended_at IS NULL AND m.approved_at IS NOT NULL AND m.accepted_at IS NOT NULL AND m.starts_on <= $3 \
                     AND (m.ends_on IS NULL OR m.ends_on >= $3)";

impl Store {
    /// The account with this sign-in name.
    pub async fn user_by_sign_in_name(&self, name: &str) -> Result<Option<User>, PortalError> {
        user::Entity::find().filter(user::Column::SignInName.eq(name)).one(&self.reader).await.map_err(failed)
    }

    /// The account with this id.
    pub async fn user(&self, id: UserId) -> Result<Option<User>, PortalError> {
        user::Entity::find_by_id(id.0).one(&self.reader).await.map_err(failed)
    }

    /// The account a provider's subject is linked to. Nothing else links them: an e-mail address proves nobody.
    pub async fn user_by_identity(&self, issuer: &str, subject: &str) -> Result<Option<UserId>, PortalError> {
        let query = identity::Entity::find_by_id((issuer.to_owned(), subject.to_owned()));
        Ok(query.one(&self.reader).await.map_err(failed)?.map(|row| UserId(row.user_id)))
    }

    /// The organizations somebody belongs to on `day`, the one they have belonged to longest first.
    pub async fn organizations_of(
        &self,
        user: UserId,
        day: Date,
    ) -> Result<Vec<(OrganizationId, String)>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            name: String,
        }
        let sql = format!(
            "SELECT o.id, o.name FROM memberships m JOIN organizations o ON o.id = m.organization_id \
             JOIN users u ON u.id = m.user_id WHERE m.user_id = $1 AND u.active = $2 AND {HOLDS} \
             GROUP BY o.id, o.name, o.code ORDER BY min(m.granted_at), o.code"
        );
        let rows: Vec<Row> = self.rows(&sql, vec![user.0.into(), true.into(), day.to_string().into()]).await?;
        Ok(rows.into_iter().map(|row| (row.id.into(), row.name)).collect())
    }

    /// Who somebody is in an organization on `day`; nobody where they do not belong to it or are not active.
    pub async fn staff(
        &self,
        id: UserId,
        organization: OrganizationId,
        day: Date,
    ) -> Result<Option<Staff>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            name: String,
            role: String,
            organization_name: String,
            branding: String,
            scale: String,
            department_id: Uuid,
            department_name: String,
            organizations: i64,
        }
        let sql = format!(
            "SELECT u.name, m.role, o.name AS organization_name, o.branding, o.scale, m.department_id, d.name AS department_name, \
             (SELECT count(DISTINCT m.organization_id) FROM memberships m WHERE m.user_id = u.id AND {HOLDS}) AS organizations \
             FROM memberships m JOIN users u ON u.id = m.user_id JOIN organizations o ON o.id = m.organization_id \
             JOIN departments d ON d.id = m.department_id \
             WHERE m.user_id = $1 AND m.organization_id = $2 AND u.active = $4 AND {HOLDS} ORDER BY m.granted_at DESC, m.id DESC"
        );
        let values = vec![id.0.into(), organization.0.into(), day.to_string().into(), true.into()];
        let found: Vec<Row> = self.rows(&sql, values).await?;
        let Some((row, role)) =
            found.into_iter().find_map(|row| Some((Role::from_code(&row.role)?, row)).map(|(role, row)| (row, role)))
        else {
            return Ok(None);
        };
        let department = DepartmentId(row.department_id);
        let departments = if role == Role::ProcurementOfficer { self.subtree(department).await? } else { Vec::new() };
        let posts = if role == Role::Approver { self.posts_of(id, organization, day).await? } else { Vec::new() };
        Ok(Some(Staff {
            user: id,
            name: row.name,
            role,
            organization,
            organization_name: row.organization_name,
            branding: row.branding,
            department,
            department_name: row.department_name,
            departments,
            posts,
            organizations: u32::try_from(row.organizations).unwrap_or(u32::MAX),
            scale: Scale::from_stored(&row.scale),
        }))
    }

    /// A department and everything below it.
    async fn subtree(&self, department: DepartmentId) -> Result<Vec<DepartmentId>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
        }
        // UNION, not UNION ALL: a circle, should one ever be stored, ends.
        let sql = "WITH RECURSIVE below(id) AS (SELECT id FROM departments WHERE id = $1 UNION \
                   SELECT d.id FROM departments d JOIN below b ON d.parent_id = b.id) SELECT id FROM below";
        let rows: Vec<Row> = self.rows(sql, vec![department.0.into()]).await?;
        Ok(rows.into_iter().map(|row| row.id.into()).collect())
    }

    /// The posts somebody holds in an organization on `day`.
    async fn posts_of(
        &self,
        user: UserId,
        organization: OrganizationId,
        day: Date,
    ) -> Result<Vec<PostHeld>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            kind: String,
            title: String,
            department_id: Option<Uuid>,
            starts_on: String,
        }
        let sql = "SELECT a.id, p.kind, p.title, p.department_id, a.starts_on FROM appointments a \
                   JOIN posts p ON p.id = a.post_id WHERE a.user_id = $1 AND a.organization_id = $2 \
                   AND a.archived_at IS NULL AND p.archived_at IS NULL AND p.engagement_id IS NULL \
                   AND a.starts_on <= $3 AND (a.ends_on IS NULL OR a.ends_on >= $3) ORDER BY p.position";
        let values = vec![user.0.into(), organization.0.into(), day.to_string().into()];
        let rows: Vec<Row> = self.rows(sql, values).await?;
        let held = |row: Row| {
            Ok(PostHeld {
                appointment: row.id.into(),
                kind: row.kind,
                title: row.title,
                department: row.department_id.map(DepartmentId),
                from: row.starts_on.parse().map_err(internal)?,
            })
        };
        rows.into_iter().map(held).collect()
    }

    /// In whose log a sign-in is noted: the first organization somebody ever belonged to or was asked by.
    pub async fn home_organization(&self, user: UserId) -> Result<Option<OrganizationId>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            organization_id: Uuid,
        }
        let sql = "SELECT organization_id, granted_at AS since FROM memberships WHERE user_id = $1 AND accepted_at IS NOT NULL \
                   UNION ALL SELECT organization_id, made_at FROM invitations WHERE user_id = $1 ORDER BY since LIMIT 1";
        let rows: Vec<Row> = self.rows(sql, vec![user.0.into()]).await?;
        Ok(rows.into_iter().next().map(|row| row.organization_id.into()))
    }
}

impl Store {
    /// Whether an organization that somebody belongs to on `today` demands a second factor.
    pub async fn second_factor_demanded(&self, user: UserId, today: Date) -> Result<bool, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            demanding: i64,
        }
        let sql = format!(
            "SELECT count(*) AS demanding FROM memberships m JOIN organizations o ON o.id = m.organization_id \
             WHERE m.user_id = $1 AND o.demands_second_factor = $2 AND {HOLDS}"
        );
        let rows: Vec<Row> = self.rows(&sql, vec![user.0.into(), true.into(), today.to_string().into()]).await?;
        Ok(rows.iter().any(|row| row.demanding > 0))
    }
}

/// What a sign-in has proved so far is not yet an actor, so these name the account; callers are `people/`.
impl Writing<'_, SignIn> {
    /// The same password under another hash.
    pub async fn renew_hash(&self, user: UserId, hash: String) -> Result<(), PortalError> {
        self.change(user::ActiveModel { id: Set(user.0), password_hash: Set(Some(hash)), ..Default::default() }).await
    }

    /// A password in place of the first one, unless that was done, or the first one replaced, meanwhile.
    pub async fn choose_first_password(&self, user: UserId, given: &str, hash: String) -> Result<bool, PortalError> {
        let updated = user::Entity::update_many()
            .set(user::ActiveModel {
                password_hash: Set(Some(hash)),
                must_change_password: Set(false),
                ..Default::default()
            })
            .filter(user::Column::Id.eq(user.0))
            .filter(user::Column::MustChangePassword.eq(true))
            .filter(user::Column::PasswordHash.eq(given))
            .filter(user::Column::Active.eq(true))
            .exec(&self.transaction)
            .await
            .map_err(failed)?;
        Ok(updated.rows_affected == 1)
    }

    /// A new password, chosen by the person.
    pub async fn choose_password(&self, user: UserId, hash: String) -> Result<(), PortalError> {
        self.change(user::ActiveModel {
            id: Set(user.0),
            password_hash: Set(Some(hash)),
            must_change_password: Set(false),
            ..Default::default()
        })
        .await
    }

    /// Adds the account of somebody a provider vouches for.
    pub async fn add_vouched_user(&self, row: User, identity: Identity) -> Result<(), PortalError> {
        user::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        identity::Entity::insert(identity.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl<A: crate::permission::Action> Writing<'_, A> {
    pub(super) async fn change(&self, change: user::ActiveModel) -> Result<(), PortalError> {
        change.update(&self.transaction).await.map_err(failed)?;
        Ok(())
    }

    /// Adds an account; callers are the actions that bring people in.
    pub(super) async fn insert_user(&self, row: User) -> Result<(), PortalError> {
        user::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, ManagePeople> {
    /// Adds a person.
    pub async fn add_user(&self, row: User) -> Result<(), PortalError> {
        self.insert_user(row).await
    }

    /// A password that has to be changed at the next sign-in, and no second factor any more.
    pub async fn reset_sign_in(&self, user: UserId, hash: String) -> Result<(), PortalError> {
        self.forget_second_factor(user).await?;
        self.change(user::ActiveModel {
            id: Set(user.0),
            password_hash: Set(Some(hash)),
            must_change_password: Set(true),
            ..Default::default()
        })
        .await
    }
}

impl Writing<'_, SetUpOrganization> {
    /// Adds a person.
    pub async fn add_user(&self, row: User) -> Result<(), PortalError> {
        self.insert_user(row).await
    }
}
