//! Workbooks that become questionnaires: the portal's own template at once, any other after a person has said what its columns hold.

use super::{Questionnaires, file_problems, mapping, template};
use crate::{
    error::internal,
    grid::Sheet,
    permission::{self, Actor},
    registers::FormCheck,
    store::{AuditEvent, records::WorkbookUpload},
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::{QuestionnaireVersionId, WorkbookUploadId},
    questionnaires::{MapColumns, UploadView},
};
use kakunin_questionnaires::load::table;
use serde_json::json;

/// What became of an uploaded workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uploaded {
    /// A draft.
    Version(QuestionnaireVersionId),
    /// Something a person has to look at.
    Upload(WorkbookUploadId),
}

impl Questionnaires<'_> {
    /// Takes an uploaded workbook in: the portal's template without problems becomes a draft, anything else is kept to be looked at.
    ///
    /// # Errors
    /// Forbidden, or Invalid where the same questionnaire is there already.
    pub async fn upload(&self, actor: &Actor, file_name: &str, sheets: &[Sheet]) -> Result<Uploaded, PortalError> {
        let portal = self.0;
        let permit = permission::in_organization(permission::ImportQuestionnaire, actor)?;
        if template::is_template(sheets) {
            let read = table::questionnaire_table(&template::table(file_name, sheets));
            if let Ok(questionnaire) = self.among_others(actor, read).await? {
                return Ok(Uploaded::Version(self.keep(&permit, &questionnaire, None).await?));
            }
        }
        let id = portal.rng.id(&portal.clock);
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let row = WorkbookUpload {
            id,
            organization_id: writing.organization(),
            file_name: file_name.to_owned(),
            sheets: serde_json::to_string(sheets).map_err(internal)?,
            uploaded_at: writing.at_ms(),
            uploaded_by: writing.by().to_owned(),
        };
        writing.keep_workbook(row).await?;
        writing.commit(AuditEvent::about("workbook_upload", id, json!({ "sheets": sheets.len() }))).await?;
        Ok(Uploaded::Upload(WorkbookUploadId(id)))
    }

    /// An uploaded workbook: what is wrong with the template, or the step in which columns are told apart. `typed` is the form as it was refused or as
    /// another sheet was chosen in it.
    ///
    /// # Errors
    /// NotFound.
    pub async fn uploaded(
        &self,
        actor: &Actor,
        id: WorkbookUploadId,
        typed: Option<MapColumns>,
    ) -> Result<UploadView, PortalError> {
        let tenant = self.0.store.tenant(actor);
        let (row, _) = tenant.workbook_upload(id).to(permission::ImportQuestionnaire, actor).await?;
        let sheets: Vec<Sheet> = serde_json::from_str(&row.sheets).map_err(internal)?;
        if template::is_template(&sheets) {
            let read = table::questionnaire_table(&template::table(&row.file_name, &sheets));
            let read = self.among_others(actor, read).await?;
            let problems = read.err().map(|problems| file_problems(&row.file_name, problems)).unwrap_or_default();
            return Ok(UploadView { id, file_name: row.file_name, problems, mapping: None });
        }
        let problems = match &typed {
            Some(form) if form.step != "look" && checked(form).is_ok() => {
                let read = table::questionnaire_table(&mapping::table(&row.file_name, &sheets, form));
                let read = self.among_others(actor, read).await?;
                read.err().map(|problems| file_problems(&row.file_name, problems)).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let mapping = Some(mapping::view(&row.file_name, &sheets, typed));
        Ok(UploadView { id, file_name: row.file_name, problems, mapping })
    }

    /// Makes a draft of a workbook whose columns have been told apart.
    ///
    /// # Errors
    /// NotFound, or Invalid where the form or the workbook has problems.
    pub async fn map(&self, actor: &Actor, form: &MapColumns) -> Result<QuestionnaireVersionId, PortalError> {
        let id = form.upload.parse::<WorkbookUploadId>().map_err(|_| PortalError::NotFound)?;
        let tenant = self.0.store.tenant(actor);
        let (row, _) = tenant.workbook_upload(id).to(permission::ImportQuestionnaire, actor).await?;
        checked(form)?;
        let sheets: Vec<Sheet> = serde_json::from_str(&row.sheets).map_err(internal)?;
        let read = table::questionnaire_table(&mapping::table(&row.file_name, &sheets, form));
        let read = self.among_others(actor, read).await?;
        let questionnaire = read.map_err(|_| PortalError::invalid("columns", FieldProblem::QuestionnaireUnreadable))?;
        let permit = permission::in_organization(permission::ImportQuestionnaire, actor)?;
        self.keep(&permit, &questionnaire, Some(id.0)).await
    }
}

/// The form alone, without the workbook.
fn checked(form: &MapColumns) -> Result<(), PortalError> {
    let mut check = FormCheck::default();
    check.required("title", &form.title, 200);
    check.plain("version", &form.version, 50);
    let questionnaire = check.plain("questionnaire", &form.questionnaire, 60);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let is_id = questionnaire.chars().all(plain) && questionnaire.starts_with(|c: char| c.is_ascii_lowercase());
    if !questionnaire.is_empty() && !is_id {
        check.refuse("questionnaire", FieldProblem::NotAnId);
    }
    if !form.columns.values().any(|held| held == table::Column::Text.code()) {
        check.refuse("columns", FieldProblem::NoQuestionColumn);
    }
    check.done()
}
