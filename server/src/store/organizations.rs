//! Organizations and departments.

use super::{
    Store, Writing,
    entities::{department, organization},
    failed,
    records::{Department, Organization},
};
use crate::permission::{EditOrganization, EditScale, SetUpOrganization};
use kakunin_api::{PortalError, ids::OrganizationId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};

impl Store {
    /// One organization.
    pub async fn organization(&self, id: OrganizationId) -> Result<Organization, PortalError> {
        let found = organization::Entity::find_by_id(id.0).one(&self.reader).await.map_err(failed)?;
        found.ok_or(PortalError::NotFound)
    }

    /// The organization with this 団体コード.
    pub async fn organization_by_code(&self, code: &str) -> Result<Option<Organization>, PortalError> {
        let query = organization::Entity::find().filter(organization::Column::Code.eq(code));
        query.one(&self.reader).await.map_err(failed)
    }

    /// Every organization, by code: for the command line.
    pub async fn organizations(&self) -> Result<Vec<Organization>, PortalError> {
        organization::Entity::find().order_by_asc(organization::Column::Code).all(&self.reader).await.map_err(failed)
    }

    /// The departments of an organization that are in use, in their order. Bounded by the organization chart, so not paged.
    pub async fn departments(&self, organization: OrganizationId) -> Result<Vec<Department>, PortalError> {
        department::Entity::find()
            .filter(department::Column::OrganizationId.eq(organization.0))
            .filter(Expr::cust("archived_at IS NULL"))
            .order_by_asc(department::Column::Position)
            .all(&self.reader)
            .await
            .map_err(failed)
    }
}

impl Writing<'_, EditOrganization> {
    /// Changes how the organization the permit is for is shown and guarded.
    pub async fn edit_organization(&self, branding: String, demands_second_factor: bool) -> Result<(), PortalError> {
        let change = organization::ActiveModel {
            id: Set(self.permit.object()),
            branding: Set(branding),
            demands_second_factor: Set(demands_second_factor),
            ..Default::default()
        };
        change.update(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}

impl Writing<'_, EditScale> {
    /// Changes the classes of information of the organization the permit is for. `false` where they are not those of `before` any
    /// more.
    pub async fn edit_scale(&self, before: &str, scale: String) -> Result<bool, PortalError> {
        let update = organization::Entity::update_many()
            .set(organization::ActiveModel { scale: Set(scale), ..Default::default() })
            .filter(organization::Column::Id.eq(self.permit.object()))
            .filter(organization::Column::Scale.eq(before));
        Ok(update.exec(&self.transaction).await.map_err(failed)?.rows_affected == 1)
    }
}

impl Writing<'_, SetUpOrganization> {
    /// Adds the organization itself.
    pub async fn add_organization(&self, row: Organization) -> Result<(), PortalError> {
        let row = Organization { id: self.organization(), ..row };
        organization::Entity::insert(row.into_active_model()).exec(&self.transaction).await.map_err(failed)?;
        Ok(())
    }
}
