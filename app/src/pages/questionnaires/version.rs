//! A draft or published version of an own questionnaire, beside the one in use.

use super::detail::QuestionnaireBody;
use crate::{
    components::{
        date::Minute,
        error_summary::ErrorSummary,
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    pages::param,
    request::Visit,
    routes, words,
};
use kakunin_api::{
    ids::QuestionnaireVersionId,
    questionnaires::{PublishQuestionnaire, QuestionComparison},
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// The version.
#[component]
pub fn QuestionnaireVersionPage() -> impl IntoView {
    let id = param::<QuestionnaireVersionId>("id");
    staff_page(|visit: Visit, actor: Actor| async move {
        let (locale, id) = (visit.locale, id?);
        let version = visit.portal.questionnaires().version(&actor, id).await?;
        let error = visit.rejected::<PublishQuestionnaire>("questionnaires/publish").await.map(|kept| kept.error);
        let title = format!("{} {}", words::text(locale, &version.questionnaire.row.title), version.row.version);
        let standing = match version.row.published_at.clone() {
            Some(at) => view! { <p class="subtitle">{td_string!(locale, questionnaire_published).to_string()}" "<Minute at locale/></p> }.into_any(),
            None => view! { <p class="subtitle"><span class="tag">{td_string!(locale, policy_draft).to_string()}</span></p> }.into_any(),
        };
        let publish = version.may_publish.then(|| view! {
            <form method="post" action="/api/questionnaires/publish" class="card">
                <h2>{td_string!(locale, policy_publish).to_string()}</h2>
                <p>{td_string!(locale, questionnaire_publish_note).to_string()}</p>
                <input type="hidden" name="form[version]" value=id.to_string()/>
                <button class="button button-primary" type="submit">{td_string!(locale, questionnaire_publish_button).to_string()}</button>
            </form>
        });
        let differences = version.row.published_at.is_none().then(|| match version.against {
            Some(against) => {
                view! { <Differences against rows=version.differences same=version.same locale/> }.into_any()
            }
            None => view! { <p>{td_string!(locale, questionnaire_is_new).to_string()}</p> }.into_any(),
        });
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1>{standing}</div>
                <ErrorSummary error locale/>
                {differences}
                {publish}
                <h2>{td_string!(locale, questionnaire_content).to_string()}</h2>
                <QuestionnaireBody view=version.questionnaire locale/>
            },
        )
        .below(td_string!(locale, nav_questionnaires).to_string(), routes::QUESTIONNAIRES))
    })
}

#[component]
fn Differences(against: String, rows: Vec<QuestionComparison>, same: u32, locale: Locale) -> impl IntoView {
    let summary = td_string!(locale, questionnaire_differs, version = against, differing = rows.len(), same = same);
    let labels = [
        td_string!(locale, what_if_before).to_string(),
        td_string!(locale, what_if_after).to_string(),
        td_string!(locale, questionnaire_change).to_string(),
    ];
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    let is_empty = rows.is_empty();
    let rows = rows
        .into_iter()
        .map(|row| {
            let [before, after, change] = labels.clone();
            let said = |side: Option<(String, kakunin_questionnaires::text::Text)>| match side {
                Some((number, text)) => format!("{number} {}", words::text(locale, &text)),
                None => "—".to_owned(),
            };
            let what = match (&row.before, &row.after) {
                (None, _) => td_string!(locale, question_added).to_string(),
                (_, None) => td_string!(locale, question_removed).to_string(),
                _ => {
                    row.fields.iter().map(|field| words::question_field(locale, *field)).collect::<Vec<_>>().join("、")
                }
            };
            view! {
                <tr>
                    <td data-label=before>{said(row.before)}</td>
                    <td data-label=after>{said(row.after)}</td>
                    <td data-label=change>{what}<br/><code class="muted">{row.key}</code></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{td_string!(locale, questionnaire_changes).to_string()}</h2>
        <p>{summary.to_string()}</p>
        {(!is_empty).then(|| view! { <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> })}
    }
}
