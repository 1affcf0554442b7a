//! Setting up an organization: done by the installation, not by a person of the organization.

use super::Organizations;
use crate::{
    permission::{self, Actor, JobName, SetUpOrganization},
    store::{
        AuditEvent,
        records::{Appointment, Department, Organization, Post, User},
    },
};
use kakunin_api::{
    PortalError,
    ids::{DepartmentId, OrganizationId, UserId},
    people::Role,
};
use serde_json::json;
use uuid::Uuid;

/// What an organization begins with.
#[derive(Clone, Debug)]
pub struct OrganizationPlan {
    /// 団体コード, six digits.
    pub code: String,
    /// 自治体名.
    pub name: String,
    /// Which policy of the catalogue it follows.
    pub policy: String,
    /// Departments in order.
    pub departments: Vec<String>,
    /// Posts in order.
    pub posts: Vec<PostPlan>,
    /// People who sign in.
    pub people: Vec<PersonPlan>,
}

/// A post and its holder.
#[derive(Clone, Debug)]
pub struct PostPlan {
    /// Kind, such as `ciso`.
    pub kind: &'static str,
    /// 職名.
    pub title: String,
    /// Name of the department it is attached to.
    pub department: Option<String>,
    /// 氏名 and first day (ISO); none leaves it vacant.
    pub holder: Option<(String, String)>,
}

/// A person who signs in.
#[derive(Clone, Debug)]
pub struct PersonPlan {
    /// Sign-in name.
    pub sign_in_name: String,
    /// 氏名.
    pub name: String,
    /// Name of their department.
    pub department: String,
    /// Role.
    pub role: Role,
    /// First password.
    pub password: String,
}

impl Organizations<'_> {
    /// Whether nobody has been set up yet.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn none_yet(&self) -> Result<bool, PortalError> {
        Ok(self.0.store.organizations_count().await? == 0)
    }

    /// Sets an organization up in one transaction, and gives its id.
    ///
    /// # Errors
    /// Where the code or a sign-in name is taken.
    pub async fn set_up(&self, plan: OrganizationPlan) -> Result<OrganizationId, PortalError> {
        let portal = self.0;
        let new_id = || portal.rng.id(&portal.clock);
        let organization = OrganizationId(new_id());
        let actor = Actor::System(JobName::Setup, organization);
        let permit = permission::in_organization(SetUpOrganization, &actor)?;
        let mut people = Vec::with_capacity(plan.people.len());
        for person in plan.people {
            let hash = portal.passwords.hash(&person.password).await?;
            people.push((person, hash));
        }

        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let (code, name) = (plan.code.clone(), plan.name);
        writing.add_organization(Organization { id: organization.0, code, name, policy_key: plan.policy }).await?;
        let departments: Vec<(String, DepartmentId)> =
            plan.departments.into_iter().map(|name| (name, DepartmentId(new_id()))).collect();
        let find =
            |wanted: &str| -> Option<Uuid> { departments.iter().find(|(name, _)| name == wanted).map(|(_, id)| id.0) };
        for (position, (name, id)) in (0..).zip(&departments) {
            let (name, organization_id) = (name.clone(), organization.0);
            writing.add_department(Department { id: id.0, organization_id, parent_id: None, name, position }).await?;
        }
        for (position, post) in (0..).zip(plan.posts) {
            let id = new_id();
            let department_id = post.department.as_deref().and_then(find);
            let (kind, title) = (post.kind.to_owned(), post.title);
            writing
                .add_post(Post { id, organization_id: organization.0, kind, title, department_id, position })
                .await?;
            if let Some((person_name, starts_on)) = post.holder {
                let appointment = Appointment {
                    id: new_id(),
                    organization_id: organization.0,
                    post_id: id,
                    person_name,
                    document_number: format!("発令第{}号", position + 1),
                    starts_on,
                    ends_on: None,
                };
                writing.add_appointment(appointment).await?;
            }
        }
        for (person, password_hash) in people {
            let department_id = find(&person.department).ok_or(PortalError::NotFound)?;
            let user = User {
                id: UserId(new_id()).0,
                organization_id: organization.0,
                department_id,
                sign_in_name: person.sign_in_name,
                name: person.name,
                role: person.role.code().to_owned(),
                password_hash,
                active: true,
                failed_sign_ins: 0,
                last_failed_at: None,
            };
            writing.add_user(user).await?;
        }
        writing.commit(AuditEvent::about("organization", organization.0, json!({ "code": plan.code }))).await?;
        Ok(organization)
    }
}
