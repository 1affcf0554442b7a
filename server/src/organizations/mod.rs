//! Organizations, departments, posts and the officers who hold them.

pub mod installation;
pub mod officers;
pub mod scale;
pub mod set_up;

use crate::{
    permission::{self, Actor, EditOrganization, ManagePeople, ViewEngagements},
    portal::Portal,
    registers::FormCheck,
    store::AuditEvent,
};
use kakunin_api::{PortalError, engagements::DepartmentChoice, people::EditOrganization as OrganizationForm};
use serde_json::json;

/// 団体コード of the installation itself: the organization whose people are operators, and that has no content.
pub const INSTALLATION: &str = "000000";

/// The service of organizations.
#[derive(Clone, Copy, Debug)]
pub struct Organizations<'p>(pub(crate) &'p Portal);

impl Organizations<'_> {
    /// How the organization is shown and guarded, for whoever may change it.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn form(&self, actor: &Actor) -> Result<OrganizationForm, PortalError> {
        let permit = permission::in_organization(EditOrganization, actor)?;
        let row = self.0.store.organization(permit.organization()).await?;
        Ok(OrganizationForm { branding: row.branding, demands_second_factor: row.demands_second_factor })
    }

    /// Whether `actor` may change it.
    #[must_use]
    pub fn may_edit(&self, actor: &Actor) -> bool {
        permission::in_organization(EditOrganization, actor).is_ok()
    }

    /// Changes how the organization is shown and guarded.
    ///
    /// # Errors
    /// Forbidden, or Invalid where it is too long.
    pub async fn edit(&self, actor: &Actor, form: &OrganizationForm) -> Result<(), PortalError> {
        let portal = self.0;
        let permit = permission::in_organization(EditOrganization, actor)?;
        let mut check = FormCheck::default();
        let branding = check.text("branding", &form.branding, 100);
        check.done()?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let detail = json!({ "branding": branding, "demands_second_factor": form.demands_second_factor });
        writing.edit_organization(branding, form.demands_second_factor).await?;
        writing.commit(AuditEvent::about("organization", permit.object(), detail)).await
    }

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
        let reach = permit.departments();
        let reached = |choice: &DepartmentChoice| reach.as_ref().is_none_or(|own| own.contains(&choice.id));
        Ok(choices.filter(reached).collect())
    }
}
