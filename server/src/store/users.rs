//! People who sign in as staff.

use super::{Store, Writing, entities::user, failed, records::User};
use crate::permission::{SetUpOrganization, SignIn, Staff};
use kakunin_api::{PortalError, ids::UserId, people::Role};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

impl Store {
    /// The person with this sign-in name.
    pub async fn user_by_sign_in_name(&self, name: &str) -> Result<Option<User>, PortalError> {
        user::Entity::find().filter(user::Column::SignInName.eq(name)).one(&self.reader).await.map_err(failed)
    }

    /// The active person with this id, with organization and department.
    pub async fn staff(&self, id: UserId) -> Result<Option<Staff>, PortalError> {
        #[derive(FromQueryResult)]
        struct Row {
            name: String,
            role: String,
            organization_id: Uuid,
            organization_name: String,
            department_id: Uuid,
            department_name: String,
        }
        let sql = "SELECT u.name, u.role, u.organization_id, o.name AS organization_name, u.department_id, \
                   d.name AS department_name FROM users u JOIN organizations o ON o.id = u.organization_id \
                   JOIN departments d ON d.id = u.department_id WHERE u.id = $1 AND u.active = $2";
        let found: Vec<Row> = self.rows(sql, vec![id.0.into(), true.into()]).await?;
        Ok(found.into_iter().next().and_then(|row| {
            Some(Staff {
                user: id,
                name: row.name,
                role: Role::from_code(&row.role)?,
                organization: row.organization_id.into(),
                organization_name: row.organization_name,
                department: row.department_id.into(),
                department_name: row.department_name,
            })
        }))
    }
}

impl Writing<'_, SignIn> {
    /// Notes how a sign-in went: `failures` in a row so far.
    pub async fn note_sign_in(&self, user: UserId, failures: i64) -> Result<(), PortalError> {
        let last_failed_at = if failures == 0 { Set(None) } else { Set(Some(self.at_ms())) };
        let change =
            user::ActiveModel { id: Set(user.0), failed_sign_ins: Set(failures), last_failed_at, ..Default::default() };
        change.update(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, SetUpOrganization> {
    /// Adds a person.
    pub async fn add_user(&self, row: User) -> Result<(), PortalError> {
        let row = User { organization_id: self.organization(), ..row };
        user::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}
