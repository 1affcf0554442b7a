//! 利用者: who belongs to an organization in which role. Roles are dated and never changed: one ends, another begins.

use super::People;
use crate::{
    era,
    permission::{self, ActionName, Actor, Scope},
    registers::FormCheck,
    store::{
        AuditEvent,
        records::{Membership, User},
    },
};
use jiff::civil::Date;
use kakunin_api::{
    FieldProblem, PortalError,
    ids::{DepartmentId, MembershipId, OrganizationId, UserId},
    listing::{Page, Query},
    people::{AddPerson, ChangeRole, PersonRow, PersonView, Role},
};
use serde_json::json;

/// A person who was brought in or whose sign-in was reset: the password is shown once and changed at the first sign-in.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FirstPassword {
    /// The membership.
    pub membership: MembershipId,
    /// None where they had an account already.
    pub password: Option<String>,
}

impl People<'_> {
    /// One page of the people of the organization.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn list(&self, actor: &Actor, query: &Query) -> Result<Page<PersonRow>, PortalError> {
        let permit = permission::in_organization(permission::ViewPeople, actor)?;
        self.0.store.people(&permit, query).await
    }

    /// Whether `actor` may bring people in.
    #[must_use]
    pub fn may_manage(&self, actor: &Actor) -> bool {
        permission::scope(actor, ActionName::ManagePeople) == Scope::All
    }

    /// Whether `actor` may see who belongs to the organization.
    #[must_use]
    pub fn may_view(&self, actor: &Actor) -> bool {
        permission::scope(actor, ActionName::ViewPeople) == Scope::All
    }

    /// One person.
    ///
    /// # Errors
    /// NotFound.
    pub async fn person(&self, actor: &Actor, id: MembershipId) -> Result<PersonView, PortalError> {
        let store = &self.0.store;
        let (row, permit) = store.tenant(actor).membership(id).to(permission::ViewPeople, actor).await?;
        let may_manage = self.may_manage(actor);
        let alone = store.belongs_here_alone(UserId(row.user_id), permit.organization()).await?;
        Ok(PersonView {
            department: DepartmentId(row.department_id),
            roles: store.roles_held(&row).await?,
            may_reset: may_manage && alone && !is_own(actor, &row) && row.ended_at.is_none(),
            may_manage,
            row: store.person_row(&row).await?,
        })
    }

    /// Brings a person in: a new account with a first password, or another role for one that is there.
    ///
    /// # Errors
    /// Forbidden, or Invalid with the fields to correct.
    pub async fn add(&self, actor: &Actor, form: &AddPerson) -> Result<FirstPassword, PortalError> {
        let portal = self.0;
        let permit = permission::in_organization(permission::ManagePeople, actor)?;
        let mut check = FormCheck::default();
        let sign_in_name = check.plain("sign_in_name", &form.sign_in_name, 100).to_lowercase();
        let name = check.required("person_name", &form.person_name, 100);
        let email = if form.email.trim().is_empty() { String::new() } else { check.email("email", &form.email) };
        let (department, role) = self.place(&mut check, actor, &form.department, &form.role).await?;
        let today = portal.clock.today();
        let day = |check: &mut FormCheck, field: &str, typed: &str| -> Option<Date> {
            if typed.trim().is_empty() { None } else { check.keep(field, era::parse(typed)) }
        };
        let starts_on = day(&mut check, "starts_on", &form.starts_on).unwrap_or(today);
        let ends_on = day(&mut check, "ends_on", &form.ends_on);
        if ends_on.is_some_and(|end| end < starts_on) {
            check.refuse("ends_on", FieldProblem::EndBeforeStart);
        }
        check.done()?;
        let (Some(department), Some(role)) = (department, role) else { return Err(PortalError::Invalid(Vec::new())) };

        let known = portal.store.user_by_sign_in_name(&sign_in_name).await?;
        if let Some(user) = &known {
            // Whoever types a name that somebody has elsewhere learns nothing of them, and a contractor is no staff.
            if user.of_contractor || user.name != name {
                return Err(PortalError::invalid("sign_in_name", FieldProblem::NameTaken));
            }
        }
        let password = known.is_none().then(|| portal.rng.first_password());
        let hash = match &password {
            Some(password) => Some(portal.passwords.hash(password).await?),
            None => None,
        };
        let id = MembershipId(portal.rng.id(&portal.clock));
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let is_new = known.is_none();
        let user = match known {
            Some(user) if writing.open_memberships_now(UserId(user.id)).await? > 0 => {
                return Err(PortalError::invalid("sign_in_name", FieldProblem::AlreadyMember));
            }
            Some(user) => UserId(user.id),
            None => {
                let user = new_user(portal.rng.id(&portal.clock), sign_in_name, name, email, hash, true);
                let id = UserId(user.id);
                writing.add_user(user).await?;
                id
            }
        };
        let row = Membership {
            ends_on: ends_on.map(|day| day.to_string()),
            // An account that is there already is its holder's: they accept the role themselves.
            accepted_at: is_new.then_some(writing.at_ms()),
            ..membership(id, user, department, role, starts_on, actor.name(), writing.at_ms())
        };
        writing.add_membership(row).await?;
        let detail = json!({ "user": user, "role": role, "from": starts_on });
        writing.commit(AuditEvent::about("membership", id.0, detail)).await?;
        Ok(FirstPassword { membership: id, password })
    }

    /// Gives another role or department in place of the one somebody has.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Invalid.
    pub async fn change_role(&self, actor: &Actor, form: &ChangeRole) -> Result<MembershipId, PortalError> {
        let portal = self.0;
        let id = form.membership.parse::<MembershipId>().map_err(|_| PortalError::NotFound)?;
        let (row, permit) = portal.store.tenant(actor).membership(id).to(permission::ManagePeople, actor).await?;
        let mut check = FormCheck::default();
        let (department, role) = self.place(&mut check, actor, &form.department, &form.role).await?;
        if is_own(actor, &row) {
            check.refuse("role", FieldProblem::OwnRole);
        }
        check.done()?;
        let (Some(department), Some(role)) = (department, role) else { return Err(PortalError::Invalid(Vec::new())) };
        let next = MembershipId(portal.rng.id(&portal.clock));
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.end_membership().await?;
        let user = UserId(row.user_id);
        let today = portal.clock.today();
        let begun = membership(next, user, department, role, today, actor.name(), writing.at_ms());
        let ends_on = row.ends_on.filter(|day| *day >= begun.starts_on);
        writing.add_membership(Membership { ends_on, accepted_at: row.accepted_at, ..begun }).await?;
        let detail = json!({ "user": user, "from": row.role, "to": role, "next": next });
        writing.commit(AuditEvent::about("membership", id.0, detail)).await?;
        Ok(next)
    }

    /// Ends somebody's role at once; their sessions find no organization any more.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Invalid where it is one's own.
    pub async fn end_membership(&self, actor: &Actor, id: MembershipId) -> Result<(), PortalError> {
        let portal = self.0;
        let (row, permit) = portal.store.tenant(actor).membership(id).to(permission::ManagePeople, actor).await?;
        if is_own(actor, &row) {
            return Err(PortalError::invalid("role", FieldProblem::OwnRole));
        }
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.end_membership().await?;
        writing.commit(AuditEvent::about("membership", id.0, json!({ "user": row.user_id, "ended": row.role }))).await
    }

    /// Approves a role that a provider's claims asked for.
    ///
    /// # Errors
    /// NotFound, or Forbidden.
    pub async fn approve_membership(&self, actor: &Actor, id: MembershipId) -> Result<(), PortalError> {
        let portal = self.0;
        let (row, permit) = portal.store.tenant(actor).membership(id).to(permission::ManagePeople, actor).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.approve_membership().await?;
        writing
            .commit(AuditEvent::about("membership", id.0, json!({ "user": row.user_id, "approved": row.role })))
            .await
    }

    /// Accepts a role that another organization gave.
    ///
    /// # Errors
    /// NotFound where there is no such offer to this person.
    pub async fn accept_membership(&self, actor: &Actor, id: MembershipId) -> Result<(), PortalError> {
        let Actor::Staff(staff) = actor else { return Err(PortalError::NotFound) };
        let permit = permission::in_organization(permission::SignIn, actor)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        if !writing.accept_membership(staff.user, id).await? {
            return Err(PortalError::NotFound);
        }
        writing.commit(AuditEvent::about("membership", id.0, json!({ "user": staff.user, "accepted": true }))).await
    }

    /// Gives somebody a new first password and takes their second factor away; all their sessions end.
    ///
    /// # Errors
    /// NotFound, or Forbidden: also to whoever belongs to another organization too, because a password opens that as well.
    pub async fn reset_sign_in(&self, actor: &Actor, id: MembershipId) -> Result<FirstPassword, PortalError> {
        let portal = self.0;
        let (row, permit) = portal.store.tenant(actor).membership(id).to(permission::ManagePeople, actor).await?;
        let user = UserId(row.user_id);
        let alone = portal.store.belongs_here_alone(user, permit.organization()).await?;
        if !alone || is_own(actor, &row) || row.ended_at.is_some() {
            return Err(PortalError::Forbidden);
        }
        let password = portal.rng.first_password();
        let hash = portal.passwords.hash(&password).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.reset_sign_in(user, hash).await?;
        writing.end_sessions_of(user, None).await?;
        writing.commit(AuditEvent::about("membership", id.0, json!({ "user": user, "reset": "sign_in" }))).await?;
        Ok(FirstPassword { membership: id, password: Some(password) })
    }

    /// Department and role of a form.
    async fn place(
        &self,
        check: &mut FormCheck,
        actor: &Actor,
        department: &str,
        role: &str,
    ) -> Result<(Option<DepartmentId>, Option<Role>), PortalError> {
        let departments = self.0.store.departments(actor.organization()).await?;
        let find = |id: &str| departments.iter().map(|row| DepartmentId(row.id)).find(|known| known.to_string() == id);
        let operators = matches!(actor, Actor::Staff(staff) if staff.role == Role::Operator);
        // The installation's own people are operators, and nobody else's are.
        let fits = |code: &str| Role::from_code(code).filter(|role| (*role == Role::Operator) == operators);
        Ok((check.code("department", department, find), check.code("role", role, fits)))
    }
}

fn is_own(actor: &Actor, row: &Membership) -> bool {
    matches!(actor, Actor::Staff(staff) if staff.user.0 == row.user_id)
}

/// An account that nobody has signed in to yet.
pub(crate) fn new_user(
    id: uuid::Uuid,
    sign_in_name: String,
    name: String,
    email: String,
    password_hash: Option<String>,
    must_change_password: bool,
) -> User {
    User {
        id,
        sign_in_name,
        name,
        email,
        password_hash,
        must_change_password,
        totp_secret: None,
        totp_last_step: 0,
        active: true,
        of_contractor: false,
    }
}

/// A role from a day on, approved by whoever gives it.
pub(crate) fn membership(
    id: MembershipId,
    user: UserId,
    department: DepartmentId,
    role: Role,
    starts_on: Date,
    granted_by: &str,
    granted_at: i64,
) -> Membership {
    Membership {
        id: id.0,
        // The store writes the permit's organization.
        organization_id: OrganizationId(uuid::Uuid::nil()).0,
        user_id: user.0,
        department_id: department.0,
        role: role.code().to_owned(),
        starts_on: starts_on.to_string(),
        ends_on: None,
        ended_at: None,
        approved_at: Some(granted_at),
        granted_by: granted_by.to_owned(),
        granted_at,
        accepted_at: Some(granted_at),
    }
}
