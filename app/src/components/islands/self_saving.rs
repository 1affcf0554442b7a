//! A section of the questionnaire that saves each answer as it is given, and shows or hides what follows from it.
//!
//! The form inside works without this: it posts as a whole. One listener serves all questions.

use kakunin_api::{answering::LiveConditions, ids::AssessmentId};
use leptos::prelude::*;

/// Wraps the form of section `number`.
#[island]
pub fn SelfSaving(
    assessment: AssessmentId,
    number: u16,
    /// 「保存しました」
    saved: String,
    /// 「保存できませんでした。…」
    failed: String,
    /// What the display of questions hangs on.
    live: Option<LiveConditions>,
    children: Children,
) -> impl IntoView {
    let on_change = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        browser::changed(&event, assessment, number, live.as_ref(), saved.clone(), failed.clone());
        #[cfg(not(feature = "hydrate"))]
        let _ = (event, assessment, number, &live, &saved, &failed);
    };
    view! { <div class="self-saving" on:change=on_change>{children()}</div> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::endpoints::save_answer;
    use kakunin_api::{
        answering::{EnteredAnswer, LiveConditions, SaveAnswer, SavedAnswer},
        ids::AssessmentId,
    };
    use leptos::{task::spawn_local, wasm_bindgen::JsCast, web_sys};

    /// Shows what is asked now, by the rules the server goes by too, and saves the question in which something changed.
    pub(super) fn changed(
        event: &leptos::ev::Event,
        assessment: AssessmentId,
        section: u16,
        live: Option<&LiveConditions>,
        saved: String,
        failed: String,
    ) {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(question) = target.and_then(|target| target.closest("[data-question]").ok().flatten()) else { return };
        let Some(key) = question.get_attribute("data-question") else { return };
        let Some(status) = question.query_selector(".save-status").ok().flatten() else { return };
        if let (Some(live), Some(document)) = (live, question.owner_document()) {
            let here = questions(&document)
                .filter_map(|question| {
                    let key = question.get_attribute("data-question")?;
                    let entered = entered(&question, &key);
                    Some((key, entered))
                })
                .collect();
            if let Some(asked) = live.asked(&here) {
                show_asked(&document, &asked);
            }
        }
        let entered = entered(&question, &key);
        spawn_local(async move {
            match save_answer(SaveAnswer { assessment, section, key, entered }).await {
                Ok(answer) => {
                    status.set_text_content(Some(&format!("{saved} {}", answer.at)));
                    show(&question, &answer);
                }
                Err(_) => status.set_text_content(Some(&failed)),
            }
        });
    }

    /// What the controls of a question say.
    fn entered(question: &web_sys::Element, key: &str) -> EnteredAnswer {
        let mut entered = EnteredAnswer::default();
        let Ok(controls) = question.query_selector_all("input, textarea, select") else { return entered };
        for control in (0..controls.length()).filter_map(|index| controls.item(index)) {
            let (name, value) = if let Some(input) = control.dyn_ref::<web_sys::HtmlInputElement>() {
                if matches!(input.type_().as_str(), "radio" | "checkbox") && !input.checked() {
                    continue;
                }
                (input.name(), input.value())
            } else if let Some(area) = control.dyn_ref::<web_sys::HtmlTextAreaElement>() {
                (area.name(), area.value())
            } else {
                continue;
            };
            match name.strip_suffix(key) {
                Some("value.") => entered.value = value,
                Some("values.") if !value.is_empty() => entered.values.push(value),
                Some("state.") => entered.state = value,
                Some("reason.") => entered.reason = value,
                _ => {}
            }
        }
        entered
    }

    fn questions(document: &web_sys::Document) -> impl Iterator<Item = web_sys::Element> {
        let found = document.query_selector_all("[data-question]").ok();
        let count = found.as_ref().map_or(0, web_sys::NodeList::length);
        (0..count).filter_map(move |index| found.as_ref()?.item(index)?.dyn_into().ok())
    }

    /// Shows the questions that are asked now and hides the others.
    fn show_asked(document: &web_sys::Document, asked: &[String]) {
        for element in questions(document) {
            let is_asked = element.get_attribute("data-question").is_some_and(|key| asked.contains(&key));
            let _ = if is_asked { element.remove_attribute("hidden") } else { element.set_attribute("hidden", "") };
        }
    }

    /// What the server says is asked, and the counts.
    fn show(question: &web_sys::Element, answer: &SavedAnswer) {
        let Some(document) = question.owner_document() else { return };
        show_asked(&document, &answer.asked);
        let put = |selector: &str, text: String| {
            if let Ok(Some(element)) = document.query_selector(selector) {
                element.set_text_content(Some(&text));
            }
        };
        put("[data-count=section]", format!("{}/{}", answer.section.0, answer.section.1));
        put("[data-count=answered]", answer.all.0.to_string());
        put("[data-count=asked]", answer.all.1.to_string());
        if let Ok(Some(bar)) = document.query_selector("progress[data-count=bar]") {
            let _ = bar.set_attribute("value", &answer.all.0.to_string());
            let _ = bar.set_attribute("max", &answer.all.1.max(1).to_string());
        }
    }
}
