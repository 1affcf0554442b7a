//! One section of the questionnaire: one form for all its answers and files.

use super::{
    frame::{Aside, Returned},
    question::QuestionField,
};
use crate::{
    components::{
        islands::self_saving::SelfSaving,
        page::{Content, contractor_page},
    },
    i18n::td_string,
    pages::{param, query_text},
    request::Visit,
    routes, words,
};
use kakunin_api::{FieldProblem, ids::AssessmentId};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// One section.
#[component]
pub fn SectionPage() -> impl IntoView {
    let (id, number) = (param::<AssessmentId>("id"), param::<u16>("number"));
    let (saved, added, check) = (query_text("saved"), query_text("added"), query_text("check"));
    let refused_key = query_text("refused");
    let refused = serde_json::from_value::<FieldProblem>(query_text("problem").into()).ok();
    contractor_page(move |visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let section = visit.portal.answering().section(&actor, id?, number?).await?;
        let (id, number) = (section.frame.assessment, section.number);
        if !section.frame.state.is_answerable() {
            leptos_axum::redirect(&routes::receipt(id));
        }
        let title = format!("{number} {}", words::text(locale, &section.title));
        let asked = section.questions.iter().filter(|question| question.asked).count();
        let lead = match asked {
            0 => td_string!(locale, section_nothing_asked).to_string(),
            _ => td_string!(locale, section_lead, questions = asked, minutes = section.minutes).to_string(),
        };
        let notice = if !added.is_empty() {
            Some(("notice notice-info", td_string!(locale, questions_added).to_string()))
        } else if !check.is_empty() {
            Some(("notice notice-error", td_string!(locale, please_check).to_string()))
        } else if !saved.is_empty() {
            Some(("notice notice-success", td_string!(locale, saved_all).to_string()))
        } else {
            None
        };
        let notice = notice.map(|(class, text)| view! { <p class=class role="status">{text}</p> });
        let last = usize::from(number) >= section.frame.sections.len();
        let title_of = |number: u16| {
            let found = section.frame.sections.iter().find(|row| row.number == number);
            found.map(|row| format!("{number} {}", words::text(locale, &row.title))).unwrap_or_default()
        };
        let (before, after) = (title_of(number.saturating_sub(1)), title_of(number + 1));
        let questions = section
            .questions
            .into_iter()
            .map(|question| {
                let file_problem = refused.filter(|_| question.key == refused_key);
                view! { <QuestionField question file_problem assessment=id locale/> }
            })
            .collect_view();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="answer-shell">
                    <Aside frame=section.frame.clone() here=number locale/>
                    <div>
                        <h1>{title}</h1>
                        <p class="lead">{words::text(locale, &section.introduction)}</p>
                        <p class="muted">{lead}</p>
                        <Returned frame=section.frame locale/>
                        {notice}
                        <SelfSaving assessment=id number saved=td_string!(locale, saved).to_string() failed=td_string!(locale, save_failed).to_string() live=section.live>
                            <form method="post" action=routes::section(id, number) enctype="multipart/form-data">
                                // Return in a text field presses the first button: it only saves.
                                <button class="save-first" type="submit" name="go" value="stay" tabindex="-1">{td_string!(locale, save).to_string()}</button>
                                {questions}
                                <div class="turn">
                                    {(number > 1).then(|| view! {
                                        <button class="button button-secondary" type="submit" name="go" value="previous">{td_string!(locale, save_previous, section = before)}</button>
                                    })}
                                    <button class="button button-secondary" type="submit" name="go" value="stay">{td_string!(locale, save).to_string()}</button>
                                    {if last {
                                        view! { <button class="button button-primary" type="submit" name="go" value="review">{td_string!(locale, save_review).to_string()}</button> }
                                    } else {
                                        view! { <button class="button button-primary" type="submit" name="go" value="next">{td_string!(locale, save_next, section = after)}</button> }
                                    }}
                                </div>
                            </form>
                        </SelfSaving>
                    </div>
                </div>
            },
        ))
    })
}
