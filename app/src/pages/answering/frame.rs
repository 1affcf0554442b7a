//! The frame of the answering pages: due date, progress, sections.

use crate::{
    components::date::Day,
    i18n::{Locale, td_string},
    routes, words,
};
use kakunin_api::{answering::Answering, state::AssessmentState};
use leptos::prelude::*;

/// The column at the side. `here` is the section that is open, counted from 1.
#[component]
pub fn Aside(frame: Answering, here: u16, locale: Locale) -> impl IntoView {
    let (answered, asked) = frame.sections.iter().fold((0, 0), |sum, row| (sum.0 + row.answered, sum.1 + row.asked));
    let days = match frame.days_left {
        days if days < 0 => td_string!(locale, days_over, days = -days),
        days => td_string!(locale, days_left, days = days),
    };
    let id = frame.assessment;
    let sections = frame.sections.into_iter().map(|row| {
        let (current, complete) = (row.number == here, row.answered >= row.asked);
        view! {
            <li class:section-complete=complete>
                <a href=routes::section(id, row.number) aria-current=current.then_some("page")>
                    <span>{row.number}" "{words::text(locale, &row.title)}</span>
                    <span class="section-count" data-count=current.then_some("section")>{format!("{}/{}", row.answered, row.asked)}</span>
                </a>
            </li>
        }
    }).collect_view();
    view! {
        <aside class="answer-aside">
            <p class="due"><span class="muted">{words::field(locale, "due_on")}</span><br/>
                <strong><Day date=frame.invitation.due_on locale/>" "{days}</strong></p>
            <p class="progress-text">
                <span data-count="answered">{answered}</span>" / "<span data-count="asked">{asked}</span>" "
                {td_string!(locale, questions_answered).to_string()}
            </p>
            <progress data-count="bar" value=answered max=asked.max(1) aria-label=td_string!(locale, progress).to_string()></progress>
            <nav aria-label=td_string!(locale, sections).to_string()>
                <ol class="section-list">{sections}</ol>
            </nav>
            <p><a href=routes::submission(id)>{td_string!(locale, check_and_submit).to_string()}</a></p>
        </aside>
    }
}

/// The questions a reviewer sent back, for `section` or for all.
#[component]
pub fn Returned(frame: Answering, locale: Locale) -> impl IntoView {
    let returned =
        matches!(frame.state, AssessmentState::Returned | AssessmentState::Answering) && !frame.returned.is_empty();
    let id = frame.assessment;
    returned.then(|| {
        let items = frame.returned.into_iter().map(|row| {
            let link = row.section.zip(row.question_key).map(|(section, key)| {
                view! { <a href=format!("{}#q-{key}", routes::section(id, section))>{row.question_number}</a>" " }
            });
            view! { <li class="return-item"><Day date=row.on locale/>" "{link}<span class="plain">{row.message}</span></li> }
        }).collect_view();
        view! {
            <section class="notice notice-warning">
                <h2>{td_string!(locale, returned_title).to_string()}</h2>
                <ul>{items}</ul>
            </section>
        }
    })
}
