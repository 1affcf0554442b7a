//! 調査票: those in use, drafts of the organization's own, and workbooks on their way to becoming one.

pub mod mapping;
pub mod template;
mod uploads;
mod versions;

pub use uploads::Uploaded;

use crate::{
    permission::{self, ActionName, Actor, Scope, ViewPolicies},
    policies::condition_lines,
    portal::Portal,
};
use kakunin_api::{
    PortalError,
    files::{FilePlace, FileProblem},
    ids::OrganizationId,
    questionnaires::{
        AnswerKind, QuestionLine, QuestionnaireList, QuestionnaireRow, QuestionnaireSection, QuestionnaireView,
    },
};
use kakunin_questionnaires::{
    catalog,
    condition::{Condition, Key},
    load::Problem,
    policy::Policy,
    questionnaire::{Question, QuestionKind, Questionnaire},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

/// The service of questionnaires.
#[derive(Clone, Copy, Debug)]
pub struct Questionnaires<'p>(pub(crate) &'p Portal);

/// The catalogue's questionnaires.
static SHIPPED: LazyLock<Vec<Arc<Questionnaire>>> =
    LazyLock::new(|| catalog::questionnaires().map(|questionnaire| Arc::new(questionnaire.clone())).collect());

impl Portal {
    /// The questionnaires an organization sends today, by id: the last version of each that it has published, and the catalogue's others.
    pub(crate) async fn questionnaires_in_use(
        &self,
        organization: OrganizationId,
    ) -> Result<Vec<(Arc<Questionnaire>, bool)>, PortalError> {
        let mut in_use = BTreeMap::new();
        for row in self.store.published_questionnaires(organization).await? {
            in_use.insert(row.questionnaire, (self.questionnaire(&row.questionnaire_sha256).await?, true));
        }
        let shipped = SHIPPED.iter().map(|one| (Arc::clone(one), false));
        // The catalogue's order first, then the organization's own by id.
        let mut found: Vec<_> = shipped.map(|(one, own)| in_use.remove(&one.id).unwrap_or((one, own))).collect();
        found.extend(in_use.into_values());
        Ok(found)
    }
}

impl Questionnaires<'_> {
    /// Those in use, and the organization's own versions.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn list(&self, actor: &Actor) -> Result<QuestionnaireList, PortalError> {
        let permit = permission::in_organization(ViewPolicies, actor)?;
        let organization = permit.organization();
        let policy = self.0.policy_in_force(organization).await?;
        let reads = reads(&policy);
        let in_use = self.0.questionnaires_in_use(organization).await?;
        let versions = self.0.store.questionnaire_versions(&permit).await?;
        Ok(QuestionnaireList {
            in_use: in_use.iter().map(|(one, own)| row(one, *own, &reads)).collect(),
            versions: versions.into_iter().map(versions::version_row).collect(),
            may_import: permission::scope(actor, ActionName::ImportQuestionnaire) == Scope::All,
        })
    }

    /// One questionnaire as it is sent today.
    ///
    /// # Errors
    /// NotFound.
    pub async fn questionnaire(&self, actor: &Actor, id: &str) -> Result<QuestionnaireView, PortalError> {
        let (questionnaire, own, policy) = self.in_use(actor, id).await?;
        Ok(view(&questionnaire, own, &policy))
    }

    /// One questionnaire as it is sent today, for a workbook.
    ///
    /// # Errors
    /// NotFound.
    pub async fn exported(&self, actor: &Actor, id: &str) -> Result<Arc<Questionnaire>, PortalError> {
        Ok(self.in_use(actor, id).await?.0)
    }

    /// Whether the actor may bring questionnaires in.
    ///
    /// # Errors
    /// Forbidden.
    pub fn may_import(&self, actor: &Actor) -> Result<(), PortalError> {
        permission::in_organization(permission::ImportQuestionnaire, actor).map(|_| ())
    }

    async fn in_use(&self, actor: &Actor, id: &str) -> Result<(Arc<Questionnaire>, bool, Arc<Policy>), PortalError> {
        let permit = permission::in_organization(ViewPolicies, actor)?;
        let in_use = self.0.questionnaires_in_use(permit.organization()).await?;
        let (found, own) = in_use.into_iter().find(|(one, _)| one.id == id).ok_or(PortalError::NotFound)?;
        Ok((found, own, self.0.policy_in_force(permit.organization()).await?))
    }
}

/// How many requirements of a policy read each question.
type Reads = BTreeMap<String, u32>;

fn reads(policy: &Policy) -> Reads {
    let mut reads = Reads::new();
    for requirement in &policy.requirements {
        let mut keys: Vec<_> = requirement
            .conditions()
            .flat_map(Condition::comparisons)
            .filter_map(|one| if let Key::Answer(key) = &one.key { Some(key) } else { None })
            .collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let count = reads.entry(key.clone()).or_default();
            *count = count.saturating_add(1);
        }
    }
    reads
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn row(questionnaire: &Questionnaire, own: bool, reads: &Reads) -> QuestionnaireRow {
    QuestionnaireRow {
        id: questionnaire.id.clone(),
        title: questionnaire.title.clone(),
        version: questionnaire.version.clone(),
        audience: questionnaire.audience,
        sections: number(questionnaire.sections.len()),
        questions: number(questionnaire.questions().count()),
        read: number(questionnaire.questions().filter(|question| reads.contains_key(&question.key)).count()),
        own,
    }
}

fn view(questionnaire: &Questionnaire, own: bool, policy: &Policy) -> QuestionnaireView {
    let reads = reads(policy);
    let line = |question: &Question| QuestionLine {
        number: questionnaire.number_of(&question.key).unwrap_or_default(),
        key: question.key.clone(),
        text: question.text.clone(),
        guidance: question.guidance.clone(),
        kind: kind(&question.kind),
        choices: question.kind.choices().iter().map(|choice| choice.label.clone()).collect(),
        shown_when: question.shown_when.as_ref().map(|one| condition_lines(one, &[questionnaire])).unwrap_or_default(),
        required: question.required,
        evidence: question.evidence,
        read_by: reads.get(&question.key).copied().unwrap_or_default(),
    };
    QuestionnaireView {
        row: row(questionnaire, own, &reads),
        introduction: questionnaire.introduction.clone(),
        sections: (1..)
            .zip(&questionnaire.sections)
            .map(|(number, section)| QuestionnaireSection {
                number,
                title: section.title.clone(),
                minutes: section.minutes,
                questions: section.questions.iter().map(line).collect(),
            })
            .collect(),
    }
}

fn kind(kind: &QuestionKind) -> AnswerKind {
    match kind {
        kind if *kind == QuestionKind::yes_no() => AnswerKind::YesNo,
        QuestionKind::Choice { .. } => AnswerKind::Choice,
        QuestionKind::Choices { .. } => AnswerKind::Choices,
        QuestionKind::Text { .. } => AnswerKind::Text,
        QuestionKind::Number { .. } => AnswerKind::Number,
        QuestionKind::Date => AnswerKind::Date,
    }
}

/// Problems of a file as a page shows them; `file` is what the whole of it is called.
pub(crate) fn file_problems(file: &str, problems: Vec<Problem>) -> Vec<FileProblem> {
    let place = |problem: &Problem| match problem.line {
        Some(line) => FilePlace::Line(line),
        None if problem.file == file => FilePlace::Whole,
        None => FilePlace::Cell(problem.file.clone()),
    };
    problems
        .into_iter()
        .map(|problem| FileProblem { place: place(&problem), message: problem.message, remedy: problem.remedy })
        .collect()
}
