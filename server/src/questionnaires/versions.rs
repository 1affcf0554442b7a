//! Versions of the organization's own questionnaires: brought in, held against what is in use, published.

use super::{Questionnaires, file_problems, view};
use crate::{
    assessments::catalogue,
    clock,
    permission::{self, ActionName, Actor, Permit, Scope, ViewPolicies},
    store::{AuditEvent, questionnaire_versions::NamedQuestionnaire, records::QuestionnaireVersion},
};
use kakunin_api::{
    FieldProblem, PortalError,
    files::FileProblem,
    ids::QuestionnaireVersionId,
    questionnaires::{
        ImportQuestionnaire, PublishQuestionnaire, QuestionComparison, QuestionnaireVersionRow,
        QuestionnaireVersionView,
    },
};
use kakunin_questionnaires::{
    difference::{Side, questionnaire},
    load::{self, Problem, QuestionnaireSource},
    questionnaire::Questionnaire,
};
use serde_json::json;
use uuid::Uuid;

/// How a pasted file is called in its problems.
const FILE: &str = "questionnaire.yaml";

impl Questionnaires<'_> {
    /// Everything that is wrong with a questionnaire file.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn problems(&self, actor: &Actor, yaml: &str) -> Result<Vec<FileProblem>, PortalError> {
        Ok(match self.among_others(actor, load::questionnaire_source(FILE, yaml)).await? {
            Ok(_) => Vec::new(),
            Err(problems) => file_problems(FILE, problems),
        })
    }

    /// Brings a draft in.
    ///
    /// # Errors
    /// Forbidden, or Invalid where the file has problems or is there already.
    pub async fn import(
        &self,
        actor: &Actor,
        form: &ImportQuestionnaire,
    ) -> Result<QuestionnaireVersionId, PortalError> {
        let permit = permission::in_organization(permission::ImportQuestionnaire, actor)?;
        if form.yaml.trim().is_empty() {
            return Err(PortalError::invalid("yaml", FieldProblem::Missing));
        }
        let read = self.among_others(actor, load::questionnaire_source(FILE, &form.yaml)).await?;
        let questionnaire = read.map_err(|_| PortalError::invalid("yaml", FieldProblem::QuestionnaireUnreadable))?;
        self.keep(&permit, &questionnaire, None).await
    }

    /// A questionnaire that was read, unless it gives keys of the others in use another meaning.
    pub(super) async fn among_others(
        &self,
        actor: &Actor,
        read: Result<QuestionnaireSource, Vec<Problem>>,
    ) -> Result<Result<Questionnaire, Vec<Problem>>, PortalError> {
        let permit = permission::in_organization(ViewPolicies, actor)?;
        let source = match read {
            Ok(source) => source,
            Err(problems) => return Ok(Err(problems)),
        };
        let in_use = self.0.questionnaires_in_use(permit.organization()).await?;
        let others: Vec<_> =
            in_use.iter().map(|(one, _)| one.as_ref()).filter(|one| one.id != source.questionnaire.id).collect();
        let clashes = load::clashing_keys(&source, &others);
        Ok(if clashes.is_empty() { Ok(source.questionnaire) } else { Err(clashes) })
    }

    /// Stores a draft; the upload it came from, if from one, is forgotten.
    pub(super) async fn keep(
        &self,
        permit: &Permit<permission::ImportQuestionnaire>,
        questionnaire: &Questionnaire,
        upload: Option<Uuid>,
    ) -> Result<QuestionnaireVersionId, PortalError> {
        let portal = self.0;
        let id = portal.rng.id(&portal.clock);
        let writing = portal.store.write(permit, portal.clock.now_ms()).await?;
        let row = QuestionnaireVersion {
            id,
            organization_id: writing.organization(),
            questionnaire_sha256: questionnaire.sha256(),
            imported_at: writing.at_ms(),
            imported_by: writing.by().to_owned(),
            published_at: None,
            published_by: None,
        };
        let detail = json!({
            "questionnaire": row.questionnaire_sha256, "id": questionnaire.id, "version": questionnaire.version,
        });
        writing.freeze_document(catalogue::frozen_questionnaire(questionnaire)).await?;
        writing.add_questionnaire_version(row).await?;
        if let Some(upload) = upload {
            writing.forget_workbook(upload).await?;
        }
        writing.commit(AuditEvent::about("questionnaire_version", id, detail)).await?;
        Ok(QuestionnaireVersionId(id))
    }

    /// One version, beside the one that is in use.
    ///
    /// # Errors
    /// NotFound.
    pub async fn version(
        &self,
        actor: &Actor,
        id: QuestionnaireVersionId,
    ) -> Result<QuestionnaireVersionView, PortalError> {
        let portal = self.0;
        let (row, permit) = portal.store.tenant(actor).questionnaire_version(id).to(ViewPolicies, actor).await?;
        let after = portal.questionnaire(&row.questionnaire_sha256).await?;
        let in_use = portal.questionnaires_in_use(permit.organization()).await?;
        let before = in_use.iter().map(|(one, _)| one).find(|one| one.id == after.id);
        let policy = portal.policy_in_force(permit.organization()).await?;
        let (differences, same) = match before {
            Some(before) => comparisons(before, &after),
            None => (Vec::new(), 0),
        };
        let is_draft = row.published_at.is_none();
        Ok(QuestionnaireVersionView {
            row: version_row(NamedQuestionnaire {
                id: row.id,
                questionnaire: after.id.clone(),
                version: after.version.clone(),
                questionnaire_sha256: row.questionnaire_sha256,
                imported_at: row.imported_at,
                imported_by: row.imported_by,
                published_at: row.published_at,
            }),
            questionnaire: view(&after, true, &policy),
            against: before.map(|before| before.version.clone()),
            differences,
            same,
            may_publish: is_draft && permission::scope(actor, ActionName::PublishQuestionnaire) == Scope::All,
        })
    }

    /// Publishes a draft: from now on it is what is sent. Assessments under way keep the version they were sent with.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Conflict where it is published already.
    pub async fn publish(
        &self,
        actor: &Actor,
        form: &PublishQuestionnaire,
    ) -> Result<QuestionnaireVersionId, PortalError> {
        let portal = self.0;
        let id = form.version.parse::<QuestionnaireVersionId>().map_err(|_| PortalError::NotFound)?;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.questionnaire_version(id).to(permission::PublishQuestionnaire, actor).await?;
        if row.published_at.is_some() {
            return Err(PortalError::Conflict { current: "published".to_owned(), by: row.published_by });
        }
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        writing.publish_questionnaire_version().await?;
        let detail = json!({ "questionnaire": row.questionnaire_sha256 });
        writing.commit(AuditEvent::about("questionnaire_version", id.0, detail)).await?;
        Ok(id)
    }
}

fn comparisons(before: &Questionnaire, after: &Questionnaire) -> (Vec<QuestionComparison>, u32) {
    let (found, same) = questionnaire::questions(before, after);
    let differences = found.into_iter().map(|one| {
        let (was, is) = match one.side {
            Side::First(was) => (Some(was), None),
            Side::Second(is) => (None, Some(is)),
            Side::Both(was, is) => (Some(was), Some(is)),
        };
        let placed =
            |questionnaire: &Questionnaire, key: &str, text| (questionnaire.number_of(key).unwrap_or_default(), text);
        QuestionComparison {
            key: was.or(is).map(|question| question.key.clone()).unwrap_or_default(),
            fields: one.fields,
            before: was.map(|question| placed(before, &question.key, question.text.clone())),
            after: is.map(|question| placed(after, &question.key, question.text.clone())),
        }
    });
    (differences.collect(), super::number(same))
}

pub(super) fn version_row(row: NamedQuestionnaire) -> QuestionnaireVersionRow {
    QuestionnaireVersionRow {
        id: row.id.into(),
        questionnaire: row.questionnaire,
        version: row.version,
        imported_at: clock::minute_in_japan(row.imported_at),
        imported_by: row.imported_by,
        published_at: row.published_at.map(clock::minute_in_japan),
    }
}
