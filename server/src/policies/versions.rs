//! Versions of the organization's own policy: brought in as a file, looked at, published from a day on.

use super::{Policies, running, what_if};
use crate::{
    assessments::catalogue,
    clock, era,
    error::internal,
    permission::{self, ActionName, Actor, Permit, Scope, ViewPolicies, ViewWhatIf},
    portal::Portal,
    questionnaires::file_problems,
    registers::FormCheck,
    store::{AuditEvent, policy_versions::NamedVersion, records::PolicyVersion},
};
use kakunin_api::{
    FieldProblem, PortalError,
    files::FileProblem,
    ids::{OrganizationId, PolicyVersionId},
    policies::{ImportPolicy, PolicyVersionRow, PolicyVersionView, PolicyVersions, PublishPolicy, WhatIf},
};
use kakunin_questionnaires::{
    catalog,
    load::{self, QuestionnaireSource},
    policy::Policy,
};
use serde_json::json;
use std::sync::Arc;

/// How a pasted file is called in its problems.
const FILE: &str = "policy.yaml";

impl Portal {
    /// The policy that an organization goes by today: the last one it has published, else the catalogue's.
    pub(crate) async fn policy_in_force(&self, organization: OrganizationId) -> Result<Arc<Policy>, PortalError> {
        if let Some(sha256) = self.store.policy_in_force(organization, self.clock.today()).await? {
            return self.policy(&sha256).await;
        }
        let key = self.store.organization(organization).await?.policy_key;
        let policy = catalog::policy(&key).ok_or_else(|| internal("policy not in the catalogue"))?;
        Ok(Arc::new(policy.clone()))
    }
}

impl Policies<'_> {
    /// Drafts and published versions.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn versions(&self, actor: &Actor) -> Result<PolicyVersions, PortalError> {
        let permit = permission::in_organization(ViewPolicies, actor)?;
        let in_force = self.0.policy_in_force(permit.organization()).await?;
        let hash = in_force.sha256();
        let rows = self.0.store.policy_versions(&permit).await?;
        Ok(PolicyVersions {
            rows: rows.into_iter().map(|row| version_row(row, &hash)).collect::<Result<_, _>>()?,
            in_force: (in_force.title.clone(), in_force.version.clone()),
            may_import: permission::scope(actor, ActionName::ImportPolicy) == Scope::All,
        })
    }

    /// Everything that is wrong with a policy file.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn problems(&self, actor: &Actor, yaml: &str) -> Result<Vec<FileProblem>, PortalError> {
        let permit = permission::in_organization(ViewPolicies, actor)?;
        Ok(match self.read(permit.organization(), yaml).await? {
            Ok(_) => Vec::new(),
            Err(problems) => file_problems(FILE, problems),
        })
    }

    /// Brings a draft in. Requirements it only names come from the catalogue's library.
    ///
    /// # Errors
    /// Forbidden, or Invalid where the file has problems or is there already.
    pub async fn import(&self, actor: &Actor, form: &ImportPolicy) -> Result<PolicyVersionId, PortalError> {
        let permit = permission::in_organization(permission::ImportPolicy, actor)?;
        if form.yaml.trim().is_empty() {
            return Err(PortalError::invalid("yaml", FieldProblem::Missing));
        }
        let read = self.read(permit.organization(), &form.yaml).await?;
        let policy = read.map_err(|_| PortalError::invalid("yaml", FieldProblem::PolicyUnreadable))?;
        self.keep(&permit, &policy).await
    }

    /// Stores a draft.
    pub(super) async fn keep(
        &self,
        permit: &Permit<permission::ImportPolicy>,
        policy: &Policy,
    ) -> Result<PolicyVersionId, PortalError> {
        let portal = self.0;
        let id = portal.rng.id(&portal.clock);
        let writing = portal.store.write(permit, portal.clock.now_ms()).await?;
        let row = PolicyVersion {
            id,
            organization_id: writing.organization(),
            policy_sha256: policy.sha256(),
            imported_at: writing.at_ms(),
            imported_by: writing.by().to_owned(),
            effective_on: None,
            published_at: None,
            published_by: None,
        };
        let detail = json!({ "policy": row.policy_sha256, "version": policy.version });
        writing.freeze_document(catalogue::frozen_policy(policy)).await?;
        writing.add_policy_version(row).await?;
        writing.commit(AuditEvent::about("policy_version", id, detail)).await?;
        Ok(PolicyVersionId(id))
    }

    /// A policy file that can be read, and whose criteria the questionnaires in use can answer.
    async fn read(
        &self,
        organization: OrganizationId,
        yaml: &str,
    ) -> Result<Result<Policy, Vec<load::Problem>>, PortalError> {
        let source = match load::policy_source(FILE, yaml, catalog::library()) {
            Ok(source) => source,
            Err(problems) => return Ok(Err(problems)),
        };
        let mut questionnaires = catalog::shelf().questionnaires;
        let in_use = self.0.questionnaires_in_use(organization).await?;
        let own: Vec<_> = in_use.into_iter().filter(|(_, own)| *own).map(|(one, _)| one).collect();
        questionnaires.retain(|known| own.iter().all(|one| one.id != known.questionnaire.id));
        questionnaires.extend(own.into_iter().map(QuestionnaireSource::from));
        let problems: Vec<_> = load::cross_check(std::slice::from_ref(&source), &questionnaires)
            .into_iter()
            .filter(|problem| problem.file == FILE)
            .collect();
        Ok(if problems.is_empty() { Ok(source.policy) } else { Err(problems) })
    }

    /// One version: what it says differently from the policy in force, and what it would change.
    ///
    /// # Errors
    /// NotFound.
    pub async fn version(&self, actor: &Actor, id: PolicyVersionId) -> Result<PolicyVersionView, PortalError> {
        let permit = permission::in_organization(ViewPolicies, actor)?;
        let in_force = self.0.policy_in_force(permit.organization()).await?;
        let rows = self.0.store.policy_versions(&permit).await?;
        let row = rows.into_iter().find(|row| row.id == id.0).ok_or(PortalError::NotFound)?;
        let policy = self.0.policy(&row.policy_sha256).await?;
        let what_if = match permission::in_organization(ViewWhatIf, actor) {
            Ok(permit) => Some(running::shown(self.0, &permit, Arc::clone(&in_force), Arc::clone(&policy)).await?),
            Err(_) => None,
        };
        let row = version_row(row, &in_force.sha256())?;
        Ok(PolicyVersionView {
            comparison: super::comparison(&in_force, &policy, ""),
            what_if,
            may_publish: row.effective_on.is_none()
                && permission::scope(actor, ActionName::PublishPolicy) == Scope::All,
            row,
        })
    }

    /// What a version would change in all assessments, and its name.
    ///
    /// # Errors
    /// NotFound.
    pub async fn what_if(&self, actor: &Actor, id: PolicyVersionId) -> Result<(String, WhatIf), PortalError> {
        let (row, permit) = self.0.store.tenant(actor).policy_version(id).to(ViewWhatIf, actor).await?;
        let in_force = self.0.policy_in_force(permit.organization()).await?;
        let policy = self.0.policy(&row.policy_sha256).await?;
        let name = policy.version.clone();
        Ok((name, what_if::what_if(self.0, &permit, in_force, policy, |_| ()).await?))
    }

    /// Publishes a draft from a day on. Assessments under way keep the version they were sent with.
    ///
    /// # Errors
    /// NotFound, Forbidden, Invalid, or Conflict where it is published already.
    pub async fn publish(&self, actor: &Actor, form: &PublishPolicy) -> Result<PolicyVersionId, PortalError> {
        let portal = self.0;
        let id = form.version.parse::<PolicyVersionId>().map_err(|_| PortalError::NotFound)?;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.policy_version(id).to(permission::PublishPolicy, actor).await?;
        let mut check = FormCheck::default();
        let effective_on = check.keep("effective_on", era::parse(&form.effective_on));
        if effective_on.is_some_and(|day| day < portal.clock.today()) {
            check.refuse("effective_on", FieldProblem::InPast);
        }
        check.done()?;
        let effective_on = effective_on.ok_or_else(|| PortalError::invalid("effective_on", FieldProblem::NotDate))?;
        if row.effective_on.is_some() {
            return Err(PortalError::Conflict { current: "published".to_owned(), by: row.published_by });
        }
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.publish_policy_version(effective_on).await?;
        let detail = json!({ "policy": row.policy_sha256, "effective_on": effective_on });
        writing.commit(AuditEvent::about("policy_version", id.0, detail)).await?;
        Ok(id)
    }
}

fn version_row(row: NamedVersion, in_force: &str) -> Result<PolicyVersionRow, PortalError> {
    Ok(PolicyVersionRow {
        id: row.id.into(),
        version: row.version,
        imported_at: clock::minute_in_japan(row.imported_at),
        imported_by: row.imported_by,
        effective_on: row.effective_on.as_deref().map(str::parse).transpose().map_err(internal)?,
        in_force: row.policy_sha256 == in_force,
    })
}
