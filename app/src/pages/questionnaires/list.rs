//! The questionnaires in use, and the organization's own versions.

use crate::{
    components::{
        date::Minute,
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    request::Visit,
    routes, words,
};
use kakunin_api::questionnaires::{QuestionnaireRow, QuestionnaireVersionRow};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// 調査票.
#[component]
pub fn QuestionnairesPage() -> impl IntoView {
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let list = visit.portal.questionnaires().list(&actor).await?;
        let title = td_string!(locale, nav_questionnaires).to_string();
        let own = list.may_import || !list.versions.is_empty();
        let versions = own.then(|| {
            let versions = if list.versions.is_empty() {
                view! { <p class="empty">{td_string!(locale, no_questionnaire_versions).to_string()}</p> }.into_any()
            } else {
                view! { <VersionTable rows=list.versions locale/> }.into_any()
            };
            view! { <h2>{td_string!(locale, questionnaire_versions).to_string()}</h2>{versions} }
        });
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    {list.may_import.then(|| view! {
                        <a class="button button-primary" href=routes::IMPORT_QUESTIONNAIRE>{td_string!(locale, questionnaire_import).to_string()}</a>
                    })}
                </div>
                <p class="lead">{td_string!(locale, questionnaires_lead).to_string()}</p>
                <InUseTable rows=list.in_use locale/>
                {versions}
            },
        ))
    })
}

#[component]
fn InUseTable(rows: Vec<QuestionnaireRow>, locale: Locale) -> impl IntoView {
    let labels = [
        td_string!(locale, questionnaire).to_string(),
        td_string!(locale, policy_version).to_string(),
        td_string!(locale, questionnaire_audience).to_string(),
        td_string!(locale, questionnaire_questions).to_string(),
        td_string!(locale, questionnaire_read).to_string(),
    ];
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    let rows = rows
        .into_iter()
        .map(|row| {
            let [title, version, audience, questions, read] = labels.clone();
            let own =
                row.own.then(|| view! { " "<span class="tag">{td_string!(locale, questionnaire_own).to_string()}</span> });
            view! {
                <tr>
                    <td data-label=title><a href=routes::questionnaire(&row.id)>{words::text(locale, &row.title)}</a>{own}</td>
                    <td data-label=version>{row.version}</td>
                    <td data-label=audience>{words::audience(locale, row.audience)}</td>
                    <td data-label=questions>{td_string!(locale, questionnaire_count, questions = row.questions, sections = row.sections).to_string()}</td>
                    <td data-label=read>{row.read}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }
}

#[component]
fn VersionTable(rows: Vec<QuestionnaireVersionRow>, locale: Locale) -> impl IntoView {
    let labels = [
        td_string!(locale, policy_version).to_string(),
        td_string!(locale, questionnaire_published).to_string(),
        td_string!(locale, policy_imported).to_string(),
    ];
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    let rows = rows
        .into_iter()
        .map(|row| {
            let [version, published, imported] = labels.clone();
            let standing = match row.published_at {
                Some(at) => view! { <Minute at locale/> }.into_any(),
                None => view! { <span class="tag">{td_string!(locale, policy_draft).to_string()}</span> }.into_any(),
            };
            view! {
                <tr>
                    <td data-label=version><a href=routes::questionnaire_version(row.id)>{format!("{} {}", row.questionnaire, row.version)}</a></td>
                    <td data-label=published>{standing}</td>
                    <td data-label=imported><Minute at=row.imported_at locale/>" "{row.imported_by}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }
}
