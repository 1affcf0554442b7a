//! Bringing a questionnaire in: a workbook, or the text of a file.

use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        file_problems::FileProblems,
        page::{Content, staff_page},
        workbook_field::WorkbookField,
    },
    i18n::td_string,
    pages::query_text,
    request::Visit,
    routes,
};
use kakunin_api::{FieldProblem, PortalError, questionnaires::ImportQuestionnaire};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// The two ways in.
#[component]
pub fn ImportQuestionnairePage() -> impl IntoView {
    let refused = query_text("problem");
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        visit.portal.questionnaires().may_import(&actor)?;
        let rejected = visit.rejected::<ImportQuestionnaire>("questionnaires/import").await;
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let problems = if form.yaml.is_empty() {
            Vec::new()
        } else {
            visit.portal.questionnaires().problems(&actor, &form.yaml).await?
        };
        let refused: Option<FieldProblem> = serde_json::from_value(serde_json::Value::String(refused)).ok();
        let error = error.or_else(|| refused.map(|problem| PortalError::invalid("file", problem)));
        let state = FormState { locale, error: error.clone() };
        let title = td_string!(locale, questionnaire_import).to_string();
        Ok(Content::new(title.clone(), view! {
            <div class="page-head"><h1>{title}</h1></div>
            <ErrorSummary error locale/>
            <form method="post" action=routes::UPLOAD_QUESTIONNAIRE enctype="multipart/form-data" class="card">
                <h2>{td_string!(locale, questionnaire_from_workbook).to_string()}</h2>
                <p>{td_string!(locale, questionnaire_from_workbook_lead).to_string()}</p>
                <p><a href=routes::questionnaire_workbook("template") download="" rel="external">{td_string!(locale, questionnaire_template).to_string()}</a></p>
                <WorkbookField state=state.clone()/>
                <button class="button button-primary" type="submit">{td_string!(locale, questionnaire_upload_button).to_string()}</button>
            </form>
            <form method="post" action="/api/questionnaires/import" class="card">
                <h2>{td_string!(locale, questionnaire_from_yaml).to_string()}</h2>
                <FileProblems problems locale/>
                <TextField state name="yaml" value=form.yaml required=true lines=14 label=td_string!(locale, field_questionnaire_yaml).to_string()/>
                <button class="button button-secondary" type="submit">{td_string!(locale, policy_import_button).to_string()}</button>
            </form>
        })
        .below(td_string!(locale, nav_questionnaires).to_string(), routes::QUESTIONNAIRES))
    })
}
