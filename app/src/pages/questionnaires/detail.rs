//! One questionnaire with all its questions.

use crate::{
    components::page::{Content, staff_page},
    i18n::{Locale, td_string},
    pages::{param, policies::criterion::nested},
    request::Visit,
    routes, words,
};
use kakunin_api::questionnaires::{QuestionLine, QuestionnaireSection, QuestionnaireView};
use kakunin_questionnaires::questionnaire::EvidenceWish;
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// A questionnaire as it is sent today.
#[component]
pub fn QuestionnairePage() -> impl IntoView {
    let id = param::<String>("id");
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let view = visit.portal.questionnaires().questionnaire(&actor, &id?).await?;
        let title = words::text(locale, &view.row.title);
        let workbook = routes::questionnaire_workbook(&view.row.id);
        Ok(Content::new(title.clone(), view! {
            <div class="page-head">
                <h1>{title}</h1>
                <p class="subtitle">{td_string!(locale, policy_version).to_string()}" "{view.row.version.clone()}</p>
                <a class="button button-secondary" href=workbook download="" rel="external">{td_string!(locale, questionnaire_download).to_string()}</a>
            </div>
            <QuestionnaireBody view locale/>
        })
        .below(td_string!(locale, nav_questionnaires).to_string(), routes::QUESTIONNAIRES))
    })
}

/// Everything a questionnaire asks.
#[component]
pub fn QuestionnaireBody(view: QuestionnaireView, locale: Locale) -> impl IntoView {
    let audience = words::audience(locale, view.row.audience);
    let counts = td_string!(locale, questionnaire_count, questions = view.row.questions, sections = view.row.sections);
    let sections = view.sections.into_iter().map(|section| view! { <SectionPart section locale/> });
    view! {
        <p class="lead">{words::text(locale, &view.introduction)}</p>
        <dl class="facts">
            <div><dt>{td_string!(locale, questionnaire_audience).to_string()}</dt><dd>{audience}</dd></div>
            <div><dt>{td_string!(locale, questionnaire_questions).to_string()}</dt><dd>{counts.to_string()}</dd></div>
            <div><dt>{td_string!(locale, questionnaire_read).to_string()}</dt><dd>{view.row.read}</dd></div>
        </dl>
        {sections.collect_view()}
    }
}

#[component]
fn SectionPart(section: QuestionnaireSection, locale: Locale) -> impl IntoView {
    let title = format!("{}. {}", section.number, words::text(locale, &section.title));
    let minutes = td_string!(locale, section_minutes, minutes = section.minutes).to_string();
    let questions = section.questions.into_iter().map(|question| view! { <QuestionPart question locale/> });
    view! {
        <section class="questions">
            <h2>{title}" "<span class="muted">{minutes}</span></h2>
            <ul class="question-list">{questions.collect_view()}</ul>
        </section>
    }
}

#[component]
fn QuestionPart(question: QuestionLine, locale: Locale) -> impl IntoView {
    let choices = question.choices.iter().map(|choice| words::text(locale, choice)).collect::<Vec<_>>();
    let separator = if locale == Locale::ja { "／" } else { " / " };
    let kind = words::answer_kind(locale, question.kind);
    let kind = if choices.is_empty() || question.kind == kakunin_api::questionnaires::AnswerKind::YesNo {
        kind
    } else {
        td_string!(locale, question_choices, kind = kind, choices = choices.join(separator)).to_string()
    };
    let evidence = match question.evidence {
        EvidenceWish::None => None,
        EvidenceWish::Wanted => Some(td_string!(locale, question_evidence_wanted).to_string()),
        EvidenceWish::Required => Some(td_string!(locale, question_evidence_required).to_string()),
    };
    let optional = (!question.required).then(|| td_string!(locale, question_optional).to_string());
    let read = if question.read_by == 0 {
        td_string!(locale, question_read_by_none).to_string()
    } else {
        td_string!(locale, question_read_by, count = question.read_by).to_string()
    };
    let facts = [Some(kind), evidence, optional, Some(read)].into_iter().flatten().collect::<Vec<_>>().join(" ・ ");
    let condition = (!question.shown_when.is_empty()).then(|| {
        let label = td_string!(locale, question_shown_when).to_string();
        view! { <dl class="criterion"><div><dt>{label}</dt><dd>{nested(&question.shown_when, locale)}</dd></div></dl> }
    });
    view! {
        <li>
            <p><strong>{question.number}</strong>" "{words::text(locale, &question.text)}</p>
            {question.guidance.map(|guidance| view! { <p class="hint">{words::text(locale, &guidance)}</p> })}
            <p class="muted">{facts}</p>
            {condition}
            <p class="muted"><code>{question.key}</code></p>
        </li>
    }
}
