//! Setting up an organization: done by the installation, not by a person of the organization.

use super::{INSTALLATION, Organizations};
use crate::{
    people::memberships::{membership, new_user},
    permission::{self, Actor, JobName, SetUpOrganization},
    registers::{
        schema::offices::{APPOINTMENTS, DEPARTMENTS, POSTS},
        values::{Value, Values},
    },
    store::{AuditEvent, records::Organization},
};
use kakunin_api::{
    PortalError,
    ids::{DepartmentId, MembershipId, OrganizationId, RecordId, UserId},
    people::Role,
};
use serde_json::json;

/// What an organization begins with.
#[derive(Clone, Debug)]
pub struct OrganizationPlan {
    /// 団体コード, six digits.
    pub code: String,
    /// 自治体名.
    pub name: String,
    /// Which policy of the catalogue it follows.
    pub policy: String,
    /// The line under its name in the header.
    pub branding: Option<String>,
    /// Departments in order, each with the name of the one it is below.
    pub departments: Vec<(String, Option<String>)>,
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
    /// Sign-in name of the holder, where they decide in the portal themselves.
    pub account: Option<String>,
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
    /// First password; none for somebody who has an account already.
    pub password: Option<String>,
    /// Whether it has to be changed at the first sign-in.
    pub must_change_password: bool,
}

impl Organizations<'_> {
    /// Whether no organization has been set up yet. The installation itself does not count.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn none_yet(&self) -> Result<bool, PortalError> {
        let organizations = self.0.store.organizations().await?;
        Ok(organizations.iter().all(|organization| organization.code == INSTALLATION))
    }

    /// Sets an organization up in one transaction, and gives its id.
    ///
    /// # Errors
    /// Where the code or a sign-in name is taken, or a name in the plan stands nowhere in it.
    pub async fn set_up(&self, plan: OrganizationPlan) -> Result<OrganizationId, PortalError> {
        let portal = self.0;
        let new_id = || portal.rng.id(&portal.clock);
        let organization = OrganizationId(new_id());
        let actor = Actor::System(JobName::Setup, organization);
        let permit = permission::in_organization(SetUpOrganization, &actor)?;
        let mut people = Vec::with_capacity(plan.people.len());
        for person in plan.people {
            let known = portal.store.user_by_sign_in_name(&person.sign_in_name).await?;
            let hash = match (&known, &person.password) {
                (None, Some(password)) => Some(portal.passwords.hash(password).await?),
                _ => None,
            };
            let id = known.as_ref().map_or_else(|| UserId(new_id()), |user| UserId(user.id));
            people.push((person, id, known.is_some(), hash));
        }

        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let (code, name) = (plan.code.clone(), plan.name);
        let row = Organization {
            id: organization.0,
            code,
            name,
            policy_key: plan.policy,
            demands_second_factor: false,
            scale: String::new(),
            branding: plan.branding.unwrap_or_default(),
        };
        writing.add_organization(row).await?;
        let departments: Vec<(String, Option<String>, DepartmentId)> =
            plan.departments.into_iter().map(|(name, above)| (name, above, DepartmentId(new_id()))).collect();
        let find = |wanted: &str| -> Result<DepartmentId, PortalError> {
            let found = departments.iter().find(|(name, ..)| name == wanted).map(|(.., id)| *id);
            found.ok_or(PortalError::NotFound)
        };
        for (position, (name, above, id)) in (0..).zip(&departments) {
            let above = above.as_deref().map(find).transpose()?.map(|id| id.0);
            let values = Values::from([
                ("name", Value::Text(name.clone())),
                ("above", Value::Link(above)),
                ("kind", Value::Text("office".to_owned())),
                ("in_scope", Value::YesNo(Some(true))),
            ]);
            let position: i64 = position;
            writing.add_record(&DEPARTMENTS, RecordId(id.0), &values, &[("position", position.into())]).await?;
        }
        for (person, user, is_known, hash) in &people {
            if !is_known {
                let (sign_in_name, name) = (person.sign_in_name.clone(), person.name.clone());
                let must_change = person.must_change_password;
                writing
                    .add_user(new_user(user.0, sign_in_name, name, String::new(), hash.clone(), must_change))
                    .await?;
            }
            let department = find(&person.department)?;
            let (id, today) = (MembershipId(new_id()), portal.clock.today());
            let row = membership(id, *user, department, person.role, today, actor.name(), writing.at_ms());
            writing.add_membership(row).await?;
        }
        for (position, post) in (0..).zip(plan.posts) {
            let (id, department) = (new_id(), post.department.as_deref().map(find).transpose()?.map(|id| id.0));
            let values = Values::from([
                ("kind", Value::Text(post.kind.to_owned())),
                ("title", Value::Text(post.title)),
                ("department", Value::Link(department)),
                ("may_be_vacant", Value::YesNo(Some(false))),
                ("may_be_shared", Value::YesNo(Some(false))),
            ]);
            let number: i64 = position;
            writing.add_record(&POSTS, RecordId(id), &values, &[("position", number.into())]).await?;
            let account = post.account.as_deref();
            let holds = people.iter().find(|(person, ..)| Some(person.sign_in_name.as_str()) == account);
            if let Some((person_name, starts_on)) = post.holder {
                let values = Values::from([
                    ("post", Value::Link(Some(id))),
                    ("person_name", Value::Text(person_name)),
                    ("starts_on", Value::Day(Some(starts_on))),
                    ("document_number", Value::Text(format!("発令第{}号", number + 1))),
                    ("account", Value::Link(holds.map(|(_, user, ..)| user.0))),
                    ("acting", Value::YesNo(Some(false))),
                ]);
                writing.add_record(&APPOINTMENTS, RecordId(new_id()), &values, &[]).await?;
            }
        }
        writing.commit(AuditEvent::about("organization", organization.0, json!({ "code": plan.code }))).await?;
        Ok(organization)
    }
}
