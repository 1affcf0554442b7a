//! Organizations, departments, posts and the officers who hold them.

pub mod officers;
pub mod set_up;

use crate::{
    permission::{self, Actor, ViewRegisters},
    portal::Portal,
};
use kakunin_api::{PortalError, engagements::DepartmentChoice};

/// The service of organizations.
#[derive(Clone, Copy, Debug)]
pub struct Organizations<'p>(pub(crate) &'p Portal);

impl Organizations<'_> {
    /// The departments to choose from.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn departments(&self, actor: &Actor) -> Result<Vec<DepartmentChoice>, PortalError> {
        let permit = permission::in_organization(ViewRegisters, actor)?;
        let rows = self.0.store.departments(permit.organization()).await?;
        Ok(rows.into_iter().map(|row| DepartmentChoice { id: row.id.into(), name: row.name }).collect())
    }
}
