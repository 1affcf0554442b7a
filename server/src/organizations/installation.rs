//! The installation: which organizations it serves, and the operators who create them and see none of their content.

use super::{
    INSTALLATION, Organizations,
    set_up::{OrganizationPlan, PersonPlan},
};
use crate::{
    permission::{self, ActionName, Actor, Scope},
    registers::FormCheck,
    store::AuditEvent,
};
use kakunin_api::{
    FieldProblem, PortalError,
    people::{CreateOrganization, OrganizationRow, Role},
};
use kakunin_questionnaires::catalog;
use serde_json::json;

/// The one department of the installation.
const OPERATIONS: &str = "運用";
/// Digits of a 団体コード.
const CODE_DIGITS: usize = 6;

impl Organizations<'_> {
    /// The organizations the installation serves, by code. Nothing of what they keep is here.
    ///
    /// # Errors
    /// Forbidden to all but operators.
    pub async fn all(&self, actor: &Actor) -> Result<Vec<OrganizationRow>, PortalError> {
        permission::in_organization(permission::ViewOrganizations, actor)?;
        let rows = self.0.store.organizations().await?.into_iter().filter(|row| row.code != INSTALLATION);
        Ok(rows.map(|row| OrganizationRow { code: row.code, name: row.name, policy: row.policy_key }).collect())
    }

    /// Whether `actor` creates organizations.
    #[must_use]
    pub fn may_create(&self, actor: &Actor) -> bool {
        permission::scope(actor, ActionName::CreateOrganization) == Scope::All
    }

    /// Creates an organization with its first department and administrator, and gives the administrator's first password,
    /// which is shown once.
    ///
    /// # Errors
    /// Forbidden, or Invalid with the fields to correct.
    pub async fn create(&self, actor: &Actor, form: &CreateOrganization) -> Result<String, PortalError> {
        let portal = self.0;
        let permit = permission::in_organization(permission::CreateOrganization, actor)?;
        let mut check = FormCheck::default();
        let code = check.plain("code", &form.code, CODE_DIGITS);
        let well_formed = code != INSTALLATION && has_check_digit(&code);
        if !code.is_empty() && !well_formed {
            check.refuse("code", FieldProblem::NotOrganizationCode);
        }
        let name = check.required("organization_name", &form.organization_name, 100);
        let known = |id: &str| catalog::policy(id).map(|policy| policy.id.clone());
        let policy = check.code("policy", &form.policy, known);
        let department = check.required("first_department", &form.first_department, 100);
        let sign_in_name = check.plain("sign_in_name", &form.sign_in_name, 100);
        let person_name = check.required("person_name", &form.person_name, 100);
        if well_formed && portal.store.organization_by_code(&code).await?.is_some() {
            check.refuse("code", FieldProblem::NameTaken);
        }
        if portal.store.user_by_sign_in_name(&sign_in_name).await?.is_some() {
            check.refuse("sign_in_name", FieldProblem::NameTaken);
        }
        check.done()?;
        let Some(policy) = policy else { return Err(PortalError::Invalid(Vec::new())) };
        // The operator's log says what is about to be done; the new organization's log begins with what was.
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let about = AuditEvent::about("organization", permit.object(), json!({ "creates": code }));
        writing.commit(about).await?;
        let password = portal.rng.first_password();
        let administrator = PersonPlan {
            sign_in_name,
            name: person_name,
            department: department.clone(),
            role: Role::Administrator,
            password: Some(password.clone()),
            must_change_password: true,
        };
        let plan = OrganizationPlan {
            code,
            name,
            policy,
            branding: None,
            departments: vec![(department, None)],
            posts: Vec::new(),
            people: vec![administrator],
        };
        self.set_up(plan).await?;
        Ok(password)
    }

    /// Adds an operator, from the command line: gives the first password where the account is new.
    ///
    /// # Errors
    /// Invalid where the account is an operator already.
    pub async fn add_operator(
        &self,
        sign_in_name: &str,
        name: &str,
        password: Option<String>,
    ) -> Result<String, PortalError> {
        let must_change_password = password.is_none();
        let password = password.unwrap_or_else(|| self.0.rng.first_password());
        let operator = PersonPlan {
            sign_in_name: sign_in_name.to_owned(),
            name: name.to_owned(),
            department: OPERATIONS.to_owned(),
            role: Role::Operator,
            password: Some(password.clone()),
            must_change_password,
        };
        if self.0.store.organization_by_code(INSTALLATION).await?.is_some() {
            // Further operators are brought in by the first one, on the page of people.
            return Err(PortalError::invalid("sign_in_name", FieldProblem::NameTaken));
        }
        let plan = OrganizationPlan {
            code: INSTALLATION.to_owned(),
            name: "設置者".to_owned(),
            policy: String::new(),
            branding: None,
            departments: vec![(OPERATIONS.to_owned(), None)],
            posts: Vec::new(),
            people: vec![operator],
        };
        self.set_up(plan).await?;
        Ok(password)
    }
}

/// Whether a 団体コード has six digits of which the last fits the others: eleven less the rest modulo eleven of the first
/// five, weighted six to two; its last digit (総務省 全国地方公共団体コード).
fn has_check_digit(code: &str) -> bool {
    let digits: Option<Vec<u32>> = code.chars().map(|c| c.to_digit(10)).collect();
    let Some([first @ .., last]) = digits.as_deref() else { return false };
    let sum: u32 = first.iter().zip((2..=6).rev()).map(|(digit, weight)| digit * weight).sum();
    first.len() == CODE_DIGITS - 1 && (11 - sum % 11) % 10 == *last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_check_digit() {
        for real in ["132292", "154610", "122173", "012076"] {
            assert!(has_check_digit(real), "{real}");
        }
        for wrong in ["132293", "13229", "1322922", "13229x", "", "133085"] {
            assert!(!has_check_digit(wrong), "{wrong}");
        }
    }
}
