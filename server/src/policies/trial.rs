//! The policy in force with other weights and thresholds: what they would change, and a draft of them.

use super::{Policies, running};
use crate::{
    permission::{self, ActionName, Actor, Scope, ViewWhatIf},
    registers::FormCheck,
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::PolicyVersionId,
    policies::{TrialClause, TrialView, TryNumbers},
};
use kakunin_questionnaires::policy::{Policy, Thresholds};
use std::sync::Arc;

/// A whole in hundredths of a percent.
const WHOLE: u16 = 10_000;

impl Policies<'_> {
    /// The form with the numbers in force, or with `typed` and what they would change.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn trial(&self, actor: &Actor, typed: Option<TryNumbers>) -> Result<TrialView, PortalError> {
        let permit = permission::in_organization(ViewWhatIf, actor)?;
        let in_force = self.0.policy_in_force(permit.organization()).await?;
        let outcome = match typed.as_ref().map(|form| with_numbers(&in_force, form)) {
            Some(Ok(tried)) if tried != *in_force => {
                Some(running::shown(self.0, &permit, Arc::clone(&in_force), Arc::new(tried)).await?)
            }
            _ => None,
        };
        let clauses = in_force.clauses.iter().map(|clause| TrialClause {
            clause: clause.clone(),
            requirements: in_force.requirements.iter().filter(|one| one.clause == clause.id).cloned().collect(),
        });
        Ok(TrialView {
            clauses: clauses.filter(|clause| !clause.requirements.is_empty()).collect(),
            title: in_force.title.clone(),
            version: in_force.version.clone(),
            form: typed.unwrap_or_else(|| numbers(&in_force)),
            outcome,
            may_import: permission::scope(actor, ActionName::ImportPolicy) == Scope::All,
        })
    }

    /// Whether the numbers can be tried.
    ///
    /// # Errors
    /// Forbidden, or Invalid with the fields to correct.
    pub async fn check_numbers(&self, actor: &Actor, form: &TryNumbers) -> Result<(), PortalError> {
        let permit = permission::in_organization(ViewWhatIf, actor)?;
        let in_force = self.0.policy_in_force(permit.organization()).await?;
        with_numbers(&in_force, form).map(|_| ())
    }

    /// Makes a draft of the policy in force with these numbers.
    ///
    /// # Errors
    /// Forbidden, or Invalid with the fields to correct.
    pub async fn draft_of_numbers(&self, actor: &Actor, form: &TryNumbers) -> Result<PolicyVersionId, PortalError> {
        let permit = permission::in_organization(permission::ImportPolicy, actor)?;
        let in_force = self.0.policy_in_force(permit.organization()).await?;
        let mut policy = with_numbers(&in_force, form)?;
        let mut check = FormCheck::default();
        policy.version = check.plain("version", &form.version, 100);
        if policy.version == in_force.version {
            check.refuse("version", FieldProblem::AlreadyImported);
        }
        check.done()?;
        self.keep(&permit, &policy).await
    }
}

/// The numbers of a policy as the form shows them.
fn numbers(policy: &Policy) -> TryNumbers {
    let Thresholds { a, b, c } = policy.thresholds;
    TryNumbers {
        a: percent(a),
        b: percent(b),
        c: percent(c),
        minimum_coverage: percent(policy.minimum_coverage),
        weights: policy.requirements.iter().map(|one| (one.id.clone(), one.weight.to_string())).collect(),
        ..TryNumbers::default()
    }
}

/// A policy with the numbers of the form. A requirement that the form does not name keeps its weight.
fn with_numbers(policy: &Policy, form: &TryNumbers) -> Result<Policy, PortalError> {
    let mut check = FormCheck::default();
    let mut hundredths = |name: &str, typed: &str| {
        check.keep(name, parse_percent(typed).ok_or(FieldProblem::NotInRange)).unwrap_or_default()
    };
    let thresholds =
        Thresholds { a: hundredths("a", &form.a), b: hundredths("b", &form.b), c: hundredths("c", &form.c) };
    let minimum_coverage = hundredths("minimum_coverage", &form.minimum_coverage);
    if thresholds.a < thresholds.b || thresholds.b < thresholds.c {
        check.refuse("a", FieldProblem::ThresholdsNotFalling);
    }
    let mut policy = Policy { thresholds, minimum_coverage, ..policy.clone() };
    for requirement in &mut policy.requirements {
        let Some(typed) = form.weights.get(&requirement.id) else { continue };
        let weight = kakunin_api::normalized::tidy(typed).parse().ok().filter(|weight| (1..=100).contains(weight));
        match weight {
            Some(weight) => requirement.weight = weight,
            None => check.refuse(&format!("weight-{}", requirement.id), FieldProblem::NotInRange),
        }
    }
    check.done()?;
    Ok(policy)
}

/// `90` or `87.5` for hundredths of a percent.
fn percent(hundredths: u16) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}").trim_end_matches('0').to_owned() }
}

/// A percentage of at most two decimals, from 0 to 100, in hundredths.
fn parse_percent(typed: &str) -> Option<u16> {
    let typed = kakunin_api::normalized::tidy(typed);
    let typed = typed.trim_end_matches('%').trim();
    let (whole, rest) = typed.split_once('.').unwrap_or((typed, ""));
    if rest.len() > 2 || !rest.chars().all(|c| c.is_ascii_digit()) || whole.is_empty() {
        return None;
    }
    let whole: u16 = whole.parse().ok()?;
    let rest: u16 = format!("{rest:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(rest).filter(|hundredths| *hundredths <= WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kakunin_questionnaires::catalog;

    #[test]
    fn a_percentage_is_read_as_it_is_shown() {
        for hundredths in [0, 5, 50, 8750, 9000, 10_000] {
            assert_eq!(parse_percent(&percent(hundredths)), Some(hundredths));
        }
        assert_eq!(parse_percent("８７．５％"), Some(8750));
        for wrong in ["", "-1", "100.01", "1.234", "a", "1.x", "655.36"] {
            assert_eq!(parse_percent(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_numbers_in_force_change_nothing() {
        let policy = catalog::policy("nishitokyo").unwrap();
        assert_eq!(&with_numbers(policy, &numbers(policy)).unwrap(), policy);
    }

    #[test]
    fn every_number_that_cannot_be_is_named() {
        let policy = catalog::policy("nishitokyo").unwrap();
        let mut form = TryNumbers { a: "60".to_owned(), b: "75".to_owned(), c: "x".to_owned(), ..numbers(policy) };
        let first = policy.requirements[0].id.clone();
        form.weights.insert(first.clone(), "0".to_owned());
        let Err(PortalError::Invalid(errors)) = with_numbers(policy, &form) else { panic!("refused") };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["c", "a", &format!("weight-{first}")]);
    }
}
