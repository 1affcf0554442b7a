//! Organizations, departments, posts and the officers who hold them.

pub mod installation;
pub mod officers;
pub mod set_up;

use crate::{
    permission::{self, Actor, ManagePeople, ViewEngagements},
    portal::Portal,
};
use kakunin_api::{PortalError, engagements::DepartmentChoice};

/// 団体コード of the installation itself: the organization whose people are operators, and that has no content.
pub const INSTALLATION: &str = "000000";

/// The service of organizations.
#[derive(Clone, Copy, Debug)]
pub struct Organizations<'p>(pub(crate) &'p Portal);

impl Organizations<'_> {
    /// Every department, for who belongs where.
    ///
    /// # Errors
    /// Forbidden to whoever does not bring people in.
    pub async fn all_departments(&self, actor: &Actor) -> Result<Vec<DepartmentChoice>, PortalError> {
        let permit = permission::in_organization(ManagePeople, actor)?;
        let rows = self.0.store.departments(permit.organization()).await?;
        Ok(rows.into_iter().map(|row| DepartmentChoice { id: row.id.into(), name: row.name }).collect())
    }

    /// The departments to choose from: for whose work is one's own department's, those.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn departments(&self, actor: &Actor) -> Result<Vec<DepartmentChoice>, PortalError> {
        let permit = permission::listing(ViewEngagements, actor)?;
        let rows = self.0.store.departments(permit.organization()).await?;
        let choices = rows.into_iter().map(|row| DepartmentChoice { id: row.id.into(), name: row.name });
        let reached = |choice: &DepartmentChoice| permit.departments().is_none_or(|own| own.contains(&choice.id));
        Ok(choices.filter(reached).collect())
    }
}
