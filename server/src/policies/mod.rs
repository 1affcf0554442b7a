//! ポリシー: the catalogue's policies, what each rests on, and two beside each other.

mod criterion;
mod running;
mod trial;
mod versions;
mod what_if;

use crate::{
    permission::{self, Actor, ViewPolicies},
    portal::Portal,
};
pub(crate) use criterion::{condition_lines, criterion};
use kakunin_api::{
    PortalError,
    policies::{
        ClauseView, PolicyComparison, PolicyRow, PolicyView, QuestionReference, RequirementComparison, RequirementSide,
        RequirementView,
    },
};
use kakunin_questionnaires::{
    catalog,
    coverage::{self, Coverage, RequirementCoverage},
    difference::{Side, difference},
    policy::{Policy, Requirement},
    questionnaire::Questionnaire,
    text::Text,
};
pub(crate) use running::WhatIfs;
use std::sync::Arc;

/// The service of policies.
#[derive(Clone, Copy, Debug)]
pub struct Policies<'p>(pub(crate) &'p Arc<Portal>);

impl Policies<'_> {
    /// The policies of the catalogue, the organization's own first.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn list(&self, actor: &Actor) -> Result<Vec<PolicyRow>, PortalError> {
        let own = self.own(actor).await?;
        let mut rows: Vec<_> = catalog::policies().map(|policy| row(policy, &own)).collect();
        rows.sort_by_key(|row| !row.own);
        Ok(rows)
    }

    /// One policy with everything it rests on.
    ///
    /// # Errors
    /// NotFound.
    pub async fn policy(&self, actor: &Actor, id: &str) -> Result<PolicyView, PortalError> {
        let own = self.own(actor).await?;
        let policy = catalog::policy(id).ok_or(PortalError::NotFound)?;
        let all = questionnaires();
        let coverage = coverage::coverage(policy, &all);
        let read = coverage.questions();
        let read_of = |questionnaire: &&Questionnaire| {
            let asked = questionnaire.questions().count();
            let read = questionnaire.questions().filter(|question| read.contains(question.key.as_str())).count();
            (questionnaire.title.clone(), number(read), number(asked))
        };
        Ok(PolicyView {
            row: row(policy, &own),
            adopted_on: policy.adopted_on,
            revised_on: policy.revised_on,
            history: policy.history.clone(),
            scope: policy.scope.clone(),
            minimum_coverage: policy.minimum_coverage,
            thresholds: policy.thresholds,
            questionnaires: all.iter().map(read_of).filter(|(_, read, _)| *read > 0).collect(),
            clauses: coverage
                .clauses
                .into_iter()
                .map(|one| ClauseView {
                    clause: one.clause.clone(),
                    requirements: one.requirements.into_iter().map(requirement_view).collect(),
                })
                .collect(),
        })
    }

    /// Two policies beside each other.
    ///
    /// # Errors
    /// NotFound.
    pub async fn compare(&self, actor: &Actor, first: &str, second: &str) -> Result<PolicyComparison, PortalError> {
        let own = self.own(actor).await?;
        let policy = |id| catalog::policy(id).ok_or(PortalError::NotFound);
        Ok(comparison(policy(first)?, policy(second)?, &own))
    }

    /// Which clause rests on which requirements, questions and facts.
    ///
    /// # Errors
    /// NotFound.
    pub async fn coverage(&self, actor: &Actor, id: &str) -> Result<Coverage<'static>, PortalError> {
        permission::in_organization(ViewPolicies, actor)?;
        let policy = catalog::policy(id).ok_or(PortalError::NotFound)?;
        Ok(coverage::coverage(policy, &questionnaires()))
    }

    /// The id of the policy that the actor's organization goes by.
    async fn own(&self, actor: &Actor) -> Result<String, PortalError> {
        let permit = permission::in_organization(ViewPolicies, actor)?;
        Ok(self.0.store.organization(permit.organization()).await?.policy_key)
    }
}

fn comparison(first: &Policy, second: &Policy, own: &str) -> PolicyComparison {
    let found = difference(first, second);
    let requirements = found.requirements.into_iter().map(|one| {
        let (id, first, second) = match one.side {
            Side::First(first) => (&first.id, Some(first), None),
            Side::Second(second) => (&second.id, None, Some(second)),
            Side::Both(first, second) => (&first.id, Some(first), Some(second)),
        };
        RequirementComparison {
            id: id.clone(),
            fields: one.fields,
            first: first.map(requirement_side),
            second: second.map(requirement_side),
        }
    });
    PolicyComparison {
        requirements: requirements.collect(),
        numbers: found.numbers.iter().map(|one| (one.number, one.first, one.second)).collect(),
        same: number(found.same),
        first: row(first, own),
        second: row(second, own),
    }
}

fn questionnaires() -> Vec<&'static Questionnaire> {
    catalog::questionnaires().collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn row(policy: &Policy, own: &str) -> PolicyRow {
    PolicyRow {
        id: policy.id.clone(),
        title: policy.title.clone(),
        organization: policy.organization_name.clone(),
        version: policy.version.clone(),
        effective_on: policy.effective_on,
        clauses: number(policy.clauses.len()),
        requirements: number(policy.requirements.len()),
        own: policy.id == own,
    }
}

fn requirement_view(one: RequirementCoverage<'_>) -> RequirementView {
    RequirementView {
        criterion: criterion(one.requirement, &questionnaires()),
        requirement: one.requirement.clone(),
        questions: one
            .questions
            .into_iter()
            .map(|place| QuestionReference {
                questionnaire: place.questionnaire.title.clone(),
                number: place.number,
                text: place.question.text.clone(),
            })
            .collect(),
        facts: one.facts.into_iter().map(|fact| Text::new(fact.ja, fact.en)).collect(),
    }
}

fn requirement_side(requirement: &Requirement) -> RequirementSide {
    RequirementSide {
        clause: requirement.clause.clone(),
        title: requirement.title.clone(),
        text: requirement.text.clone(),
        level: requirement.level,
        weight: requirement.weight,
        owed_by: requirement.owed_by,
        criterion: criterion(requirement, &questionnaires()),
    }
}
