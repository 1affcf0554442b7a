//! One question with its control, its file, and 該当なし／回答を控える.

use crate::{
    components::{field::Required, text_area::TextArea},
    i18n::{Locale, td_string},
    words,
};
use kakunin_api::{
    FieldProblem,
    answering::{Control, EnteredAnswer, EvidenceView, FileWish, QuestionView},
    ids::AssessmentId,
};
use leptos::prelude::*;

/// One question.
#[component]
pub fn QuestionField(
    question: QuestionView,
    file_problem: Option<FieldProblem>,
    assessment: AssessmentId,
    locale: Locale,
) -> impl IntoView {
    let key = question.key.clone();
    let (legend, guidance, errors) = (format!("q-{key}-text"), format!("q-{key}-guidance"), format!("q-{key}-error"));
    let mut problems: Vec<String> =
        question.problems.iter().map(|problem| words::answer_problem(locale, *problem)).collect();
    problems.extend(file_problem.map(|problem| words::problem(locale, problem)));
    let invalid = !problems.is_empty();
    let described = match (question.guidance.is_some(), invalid) {
        (true, true) => Some(format!("{errors} {guidance}")),
        (true, false) => Some(guidance.clone()),
        (false, true) => Some(errors.clone()),
        (false, false) => None,
    };
    let file = (question.file != FileWish::None).then(|| {
        view! {
            <FileField key=key.clone() wish=question.file file=question.evidence.clone() assessment locale/>
        }
    });
    let other = (question.may_be_not_applicable || question.may_be_undisclosed).then(|| {
        view! {
            <OtherAnswers question=question.clone() locale/>
        }
    });
    view! {
        <fieldset class="question" class:field-invalid=invalid id=format!("q-{key}") data-question=key.clone()
            hidden=!question.asked aria-describedby=described>
            <legend id=legend.clone()>
                <span class="question-number">{question.number.clone()}</span>" "
                {words::text(locale, &question.text)}
                {question.required.then(|| view! { <Required locale/> })}
            </legend>
            {question.guidance.as_ref().map(|text| view! { <p class="hint" id=guidance>{words::text(locale, text)}</p> })}
            {invalid.then(|| view! {
                <div id=errors>{problems.into_iter().map(|text| view! { <p class="error-text">"＊"{text}</p> }).collect_view()}</div>
            })}
            <ControlField key=key.clone() control=question.control entered=question.entered legend invalid locale/>
            {file}
            {other}
            <p class="save-status" role="status"></p>
        </fieldset>
    }
}

#[component]
fn ControlField(
    key: String,
    control: Control,
    entered: EnteredAnswer,
    legend: String,
    invalid: bool,
    locale: Locale,
) -> impl IntoView {
    let name = format!("value.{key}");
    match control {
        Control::Choice(choices) => {
            let options = choices.into_iter().map(|(code, label)| {
                let checked = code == entered.value;
                view! {
                    <label class="choice"><input type="radio" name=name.clone() value=code checked=checked/><span>{words::text(locale, &label)}</span></label>
                }
            }).collect_view();
            view! { <div class="choice-row">{options}</div> }.into_any()
        }
        Control::Choices(choices) => {
            let name = format!("values.{key}");
            let options = choices.into_iter().map(|(code, label)| {
                let checked = entered.values.contains(&code);
                view! {
                    <label class="choice"><input type="checkbox" name=name.clone() value=code checked=checked/><span>{words::text(locale, &label)}</span></label>
                }
            }).collect_view();
            view! { <input type="hidden" name=name.clone() value=""/><div class="choice-row">{options}</div> }.into_any()
        }
        Control::Text { max_characters } if max_characters > 200 => view! {
            <TextArea name rows=4 value=entered.value labelled_by=Some(legend) invalid/>
        }.into_any(),
        Control::Text { .. } => view! {
            <input type="text" name=name value=entered.value aria-labelledby=legend aria-invalid=invalid.then_some("true")/>
        }.into_any(),
        Control::Number { unit } => view! {
            <span class="number-input">
                <input type="text" inputmode="numeric" name=name value=entered.value aria-labelledby=legend aria-invalid=invalid.then_some("true")/>
                " "{unit.map(|unit| words::text(locale, &unit))}
            </span>
        }.into_any(),
        Control::Date => view! {
            <input class="date-input" type="text" name=name value=entered.value placeholder="2026-11-20" aria-labelledby=legend
                aria-invalid=invalid.then_some("true")/>
            <span class="hint">" "{td_string!(locale, hint_date).to_string()}</span>
        }.into_any(),
    }
}

#[component]
fn FileField(
    key: String,
    wish: FileWish,
    file: Option<EvidenceView>,
    assessment: AssessmentId,
    locale: Locale,
) -> impl IntoView {
    let label = match (wish, file.is_some()) {
        (_, true) => td_string!(locale, replace_file).to_string(),
        (FileWish::Required, false) => td_string!(locale, attach_required).to_string(),
        _ => td_string!(locale, attach_wanted).to_string(),
    };
    let id = format!("file-{key}");
    let attached = file.map(|file| view! {
        <div class="evidence-row">
            <span>
                <a href=format!("/answer/{assessment}/files/{}", file.id)>{file.file_name}</a>
                " "<span class="muted">{words::size(file.size_bytes)}</span>
            </span>
            <label class="detach"><input type="checkbox" name=format!("detach.{key}") value="1"/>" "{td_string!(locale, detach).to_string()}</label>
        </div>
    });
    view! {
        {attached}
        <div class="file-input">
            <label class="label" for=id.clone()>{label}</label>
            <input type="file" id=id name=format!("file.{key}") accept=".pdf,.png,.jpg,.jpeg,.xlsx,.docx,.pptx,.zip"/>
            <p class="hint">{td_string!(locale, hint_file).to_string()}</p>
        </div>
    }
}

#[component]
fn OtherAnswers(question: QuestionView, locale: Locale) -> impl IntoView {
    let (key, entered) = (question.key, question.entered);
    let explained = matches!(entered.state.as_str(), "not_applicable" | "undisclosed");
    let reason = format!("reason-{key}");
    let choice = |code: &'static str, label: String| {
        let checked = if code == "given" { !explained } else { entered.state == code };
        view! {
            <label class="choice"><input type="radio" name=format!("state.{key}") value=code checked=checked/><span>{label}</span></label>
        }
    };
    let name = format!("reason.{key}");
    view! {
        <details class="other-answers" open=explained>
            <summary>{td_string!(locale, other_answers).to_string()}</summary>
            <div class="choice-row">
                {choice("given", td_string!(locale, answer_it).to_string())}
                {question.may_be_not_applicable.then(|| choice("not_applicable", td_string!(locale, verdict_not_applicable).to_string()))}
                {question.may_be_undisclosed.then(|| choice("undisclosed", td_string!(locale, do_not_disclose).to_string()))}
            </div>
            <div class="field">
                <label class="label" for=reason.clone()>{td_string!(locale, reason_of_other).to_string()}</label>
                <TextArea id=reason name rows=2 value=entered.reason.clone()/>
            </div>
        </details>
    }
}
