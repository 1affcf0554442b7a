//! An uploaded workbook: what is wrong with the template, or the step in which a person says what the columns hold.

use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, SelectField, TextField},
        file_problems::FileProblems,
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    pages::param,
    request::Visit,
    routes, words,
};
use kakunin_api::{
    PortalError,
    ids::WorkbookUploadId,
    questionnaires::{AnswerKind, ColumnView, MAPPABLE, MapColumns, MappingView},
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// The workbook.
#[component]
pub fn UploadPage() -> impl IntoView {
    let id = param::<WorkbookUploadId>("id");
    staff_page(|visit: Visit, actor: Actor| async move {
        let (locale, id) = (visit.locale, id?);
        let rejected = visit.rejected::<MapColumns>("questionnaires/map").await;
        let (typed, error) = rejected.map(|kept| (Some(kept.form), Some(kept.error))).unwrap_or_default();
        // Looking at another sheet is no mistake.
        let error = error.filter(|error| !matches!(error, PortalError::Invalid(fields) if fields.is_empty()));
        let upload = visit.portal.questionnaires().uploaded(&actor, id, typed).await?;
        let title = upload.file_name.clone();
        let state = FormState { locale, error: error.clone() };
        let step = match upload.mapping {
            Some(mapping) => view! { <MappingForm id mapping state locale/> }.into_any(),
            None => view! {
                <p>{td_string!(locale, upload_again).to_string()}</p>
                <a class="button button-primary" href=routes::IMPORT_QUESTIONNAIRE>{td_string!(locale, questionnaire_import).to_string()}</a>
            }
            .into_any(),
        };
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1></div>
                <ErrorSummary error locale/>
                <FileProblems problems=upload.problems locale/>
                {step}
            },
        )
        .below(td_string!(locale, nav_questionnaires).to_string(), routes::QUESTIONNAIRES)
        .below(td_string!(locale, questionnaire_import).to_string(), routes::IMPORT_QUESTIONNAIRE))
    })
}

#[component]
fn MappingForm(id: WorkbookUploadId, mapping: MappingView, state: FormState, locale: Locale) -> impl IntoView {
    let MappingView { sheets, columns, rows, form } = mapping;
    let sheets = sheets.into_iter().map(|name| (name.clone(), name)).collect();
    let kinds = [AnswerKind::YesNo, AnswerKind::Text, AnswerKind::Number, AnswerKind::Date]
        .map(|kind| (kind.code().to_owned(), words::answer_kind(locale, kind)));
    let held = form.columns.clone();
    let columns = columns
        .into_iter()
        .map(|column| {
            let chosen = held.get(&column.name).cloned().unwrap_or_default();
            view! { <ColumnRow column chosen locale/> }
        })
        .collect_view();
    let labels = [
        td_string!(locale, column_name).to_string(),
        td_string!(locale, column_heading).to_string(),
        td_string!(locale, column_samples).to_string(),
        td_string!(locale, column_holds).to_string(),
    ];
    let head = labels.map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    view! {
        <form method="post" action="/api/questionnaires/map" class="card">
            <p class="lead">{td_string!(locale, mapping_lead, rows = rows).to_string()}</p>
            <input type="hidden" name="form[upload]" value=id.to_string()/>
            <input type="hidden" name="form[shown]" value=form.sheet.clone()/>
            <div class="field-row">
                <SelectField state=state.clone() name="sheet" value=form.sheet choices=sheets/>
                <TextField state=state.clone() name="heading_row" value=form.heading_row required=true/>
                <button class="button button-secondary" type="submit" name="form[step]" value="look">{td_string!(locale, mapping_look).to_string()}</button>
            </div>
            <h2 id="columns">{td_string!(locale, mapping_columns).to_string()}</h2>
            <table class="data"><thead><tr>{head}</tr></thead><tbody>{columns}</tbody></table>
            <SelectField state=state.clone() name="kind" value=form.kind choices=kinds.to_vec()/>
            <h2>{td_string!(locale, mapping_names).to_string()}</h2>
            <TextField state=state.clone() name="title" value=form.title required=true label=td_string!(locale, field_questionnaire_title).to_string()/>
            <TextField state=state.clone() name="questionnaire" value=form.questionnaire required=true label=td_string!(locale, field_questionnaire_id).to_string() hint=td_string!(locale, hint_questionnaire_id).to_string()/>
            <TextField state name="version" value=form.version required=true hint=td_string!(locale, hint_questionnaire_version).to_string()/>
            <button class="button button-primary" type="submit">{td_string!(locale, mapping_make).to_string()}</button>
        </form>
    }
}

#[component]
fn ColumnRow(column: ColumnView, chosen: String, locale: Locale) -> impl IntoView {
    let options = MAPPABLE.into_iter().map(|held| {
        let selected = held.code() == chosen;
        view! { <option value=held.code() selected=selected>{words::column(locale, held)}</option> }
    });
    let label = td_string!(locale, column_holds_of, column = column.name.clone()).to_string();
    let samples = column.samples.into_iter().map(|sample| view! { <li>{sample}</li> });
    view! {
        <tr>
            <td data-label=td_string!(locale, column_name).to_string()>{column.name.clone()}</td>
            <td data-label=td_string!(locale, column_heading).to_string()>{column.heading}</td>
            <td data-label=td_string!(locale, column_samples).to_string()><ul class="samples">{samples.collect_view()}</ul></td>
            <td data-label=td_string!(locale, column_holds).to_string()>
                <select name=format!("form[columns][{}]", column.name) aria-label=label>
                    <option value="">{td_string!(locale, column_ignored).to_string()}</option>
                    {options.collect_view()}
                </select>
            </td>
        </tr>
    }
}
