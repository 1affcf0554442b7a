//! What would become, or has become, of the rows of a list.

use crate::{
    i18n::{Locale, td_string},
    request::language,
    routes, words,
};
use kakunin_api::{FieldProblem, ids::ImportId};
use kakunin_server::{
    imports::{
        held::Held,
        outcome::{Outcome, Problem, Remark, RemarkKind, SHOWN, Told},
    },
    registers::{
        scale::Scale,
        schema::{REGISTERS, Register},
    },
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The outcome; `again` leads back to the columns while it is only a trial.
pub(super) fn outcome(
    register: &'static Register,
    id: ImportId,
    (sheet, outcome): (&str, Outcome),
    again: Option<String>,
    (scale, locale): (&Scale, Locale),
) -> AnyView {
    let say = language(locale);
    let is_trial = again.is_some();
    let lead = if is_trial {
        td_string!(locale, import_tried).to_string()
    } else {
        td_string!(locale, import_done).to_string()
    };
    let count = |label: String, number: u32| view! { <div><dt>{label}</dt><dd class="count">{number}</dd></div> };
    let beside = outcome.beside.iter().map(|(key, named)| {
        let of = REGISTERS.iter().find(|one| one.key == key).map_or(key.as_str(), |one| one.words.say(say));
        count(
            td_string!(locale, import_beside, register = of).to_string(),
            u32::try_from(named.len()).unwrap_or(u32::MAX),
        )
    });
    let beside = beside.collect_view();
    let does_something = outcome.does_something();
    let (added, changed, rejected, approved) = (outcome.added, outcome.changed, outcome.rejected, outcome.approved);
    let apply = again.map(|again| {
        let button = does_something.then(|| {
            let label = td_string!(locale, import_apply, added = added, changed = changed).to_string();
            view! { <button class="button button-primary" type="submit">{label}</button> }
        });
        let left = (rejected > 0 && does_something)
            .then(|| view! { <p class="hint">{td_string!(locale, import_rejected_hint, count = rejected).to_string()}</p> });
        let nothing = (!does_something && rejected == 0)
            .then(|| view! { <p class="notice notice-info">{td_string!(locale, import_nothing).to_string()}</p> });
        let as_approved = (approved > 0).then(|| {
            let said = td_string!(locale, import_as_approved, count = approved).to_string();
            view! { <p class="notice notice-warning">{said}</p> }
        });
        view! {
            {nothing}
            {as_approved}
            <form method="post" action="/api/imports/apply">
                <input type="hidden" name="import" value=id.to_string()/>
                <div class="actions">{button}<a class="button button-secondary" href=again>{td_string!(locale, import_columns_again).to_string()}</a></div>
                {left}
            </form>
        }
        .into_any()
    });
    let done = (!is_trial).then(|| {
        view! { <p><a class="button button-primary" href=routes::register(register.key)>{td_string!(locale, import_to_register, register = register.words.say(say)).to_string()}</a></p> }
    });
    view! {
        <div class="notice" class:notice-success=!is_trial class:notice-info=is_trial role="status"><p>{lead}</p></div>
        <dl class="facts counts">
            {count(td_string!(locale, import_added).to_string(), outcome.added)}
            {count(td_string!(locale, import_changed).to_string(), outcome.changed)}
            {count(td_string!(locale, import_unchanged).to_string(), outcome.unchanged)}
            {count(td_string!(locale, import_rejected).to_string(), outcome.rejected)}
            {count(td_string!(locale, import_skipped).to_string(), outcome.skipped)}
            {beside}
        </dl>
        {apply}
        {done}
        {problems(register, sheet, outcome.problems, (scale, locale))}
        {beside_named(&outcome.beside, locale)}
        {remarks(outcome.remarks, locale)}
        {gaps(register, &outcome.gaps, locale)}
        {rows(register, outcome.rows, (scale, locale))}
    }
    .into_any()
}

fn table(labels: &[String], rows: impl IntoView + 'static) -> AnyView {
    let head = labels.iter().map(|label| view! { <th scope="col">{label.clone()}</th> }).collect_view();
    view! { <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }.into_any()
}

/// 「はじめの…件」 where not all are shown.
fn first(shown: usize, locale: Locale) -> Option<AnyView> {
    (shown >= SHOWN)
        .then(|| view! { <p class="hint">{td_string!(locale, import_first, shown = shown).to_string()}</p> }.into_any())
}

fn problems(
    register: &'static Register,
    sheet: &str,
    problems: Vec<Problem>,
    (scale, locale): (&Scale, Locale),
) -> Option<AnyView> {
    if problems.is_empty() {
        return None;
    }
    let labels = [
        td_string!(locale, import_place).to_string(),
        td_string!(locale, import_item).to_string(),
        td_string!(locale, import_text).to_string(),
        td_string!(locale, import_what_to_do).to_string(),
    ];
    let shown = problems.len();
    let rows = problems.into_iter().map(|problem| {
        let [place, item, text, what] = labels.clone();
        let at = match &problem.column {
            Some(column) => format!("{sheet}!{column}{}", problem.row),
            None => td_string!(locale, import_row, sheet = sheet, row = problem.row).to_string(),
        };
        let held = Held::from_code(register, &problem.held);
        let label = held.map_or_else(|| problem.held.clone(), |held| held.words(language(locale)));
        let choices = match held {
            Some(Held::Field(field)) if problem.problem == FieldProblem::NotAChoice => {
                let choices = scale.choices(field, language(locale)).into_iter();
                let words: Vec<String> = choices.map(|(_, words)| words).collect();
                (!words.is_empty()).then(
                    || view! { <br/>{td_string!(locale, import_choices, choices = words.join("／")).to_string()} },
                )
            }
            _ => None,
        };
        view! {
            <tr>
                <td data-label=place>{at}</td>
                <td data-label=item>{label}</td>
                <td data-label=text>{problem.text}</td>
                <td data-label=what>{words::problem(locale, problem.problem)}{choices}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(view! { <h2>{td_string!(locale, import_rejected).to_string()}</h2>{table(&labels, rows)}{first(shown, locale)} }.into_any())
}

/// What is added to other registers on the way, by name.
fn beside_named(beside: &BTreeMap<String, Vec<(u32, String)>>, locale: Locale) -> Option<AnyView> {
    let all = beside.iter().map(|(key, named)| {
        let of =
            REGISTERS.iter().find(|one| one.key == key).map_or(key.as_str(), |one| one.words.say(language(locale)));
        let heading = td_string!(locale, import_beside, register = of).to_string();
        let names = named.iter().take(SHOWN).map(|(row, name)| {
            let row = td_string!(locale, import_row_number, row = *row).to_string();
            view! { <li>{name.clone()}" "<span class="muted">{row}</span></li> }
        });
        // A handful is read; many are looked up.
        let open = named.len() <= 20;
        view! {
            <details open=open>
                <summary>{heading}" ("{named.len()}")"</summary>
                <ul class="names">{names.collect_view()}</ul>
            </details>
        }
    });
    let all = all.collect_view();
    (!all.is_empty()).then(|| view! { <h2>{td_string!(locale, import_on_the_way).to_string()}</h2>{all} }.into_any())
}

/// What should be looked at, each reason once with its rows.
fn remarks(remarks: Vec<Remark>, locale: Locale) -> Option<AnyView> {
    if remarks.is_empty() {
        return None;
    }
    let shown = remarks.len();
    let groups = RemarkKind::ALL.into_iter().filter_map(|kind| {
        let of_kind: Vec<&Remark> = remarks.iter().filter(|remark| remark.kind == kind).collect();
        let rows = of_kind.iter().map(|remark| {
            let row = td_string!(locale, import_row_number, row = remark.row).to_string();
            view! { <li>{remark.title.clone()}" "<span class="muted">{row}</span></li> }
        });
        let rows = rows.collect_view();
        let open = of_kind.len() <= 10;
        (!of_kind.is_empty()).then(|| {
            view! {
                <details open=open>
                    <summary>{words::import_remark(locale, kind)}" ("{of_kind.len()}")"</summary>
                    <ul class="names">{rows}</ul>
                </details>
            }
        })
    });
    let groups = groups.collect_view();
    Some(view! { <h2>{td_string!(locale, import_remarks).to_string()}</h2>{groups}{first(shown, locale)} }.into_any())
}

fn gaps(register: &'static Register, gaps: &BTreeMap<String, u32>, locale: Locale) -> Option<AnyView> {
    if gaps.is_empty() {
        return None;
    }
    // In the order of the form.
    let rows = register.fields().filter_map(|field| Some((field, gaps.get(field.name)?))).map(|(field, count)| {
        let words = field.words.say(language(locale));
        view! { <li>{td_string!(locale, import_gap, field = words, count = *count).to_string()}</li> }
    });
    Some(
        view! {
            <h2>{td_string!(locale, import_gaps).to_string()}</h2>
            <p>{td_string!(locale, import_gaps_lead).to_string()}</p>
            <ul class="gaps">{rows.collect_view()}</ul>
        }
        .into_any(),
    )
}

fn rows(register: &'static Register, rows: Vec<Told>, (scale, locale): (&Scale, Locale)) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let labels = [
        td_string!(locale, import_place).to_string(),
        td_string!(locale, import_record).to_string(),
        td_string!(locale, column_change).to_string(),
    ];
    let shown = rows.len();
    // What is changed or approved is looked at; what is new only if it is wanted.
    let open = rows.iter().any(|told| !told.changes.is_empty() || told.approved.is_some());
    let body = rows.into_iter().map(|told| {
        let [place, record, change] = labels.clone();
        let is_new = told
            .changes
            .is_empty()
            .then(|| view! { <span class="tag">{td_string!(locale, import_new).to_string()}</span>" " });
        // As it was understood: what a list shows.
        let understood = told.shown.into_iter().filter_map(|(name, text)| {
            let field = register.field(&name)?;
            let said =
                text.split(", ").map(|part| scale.word(field, part, language(locale))).collect::<Vec<_>>().join("、");
            Some(format!("{}: {said}", field.words.say(language(locale))))
        });
        let understood = understood.collect::<Vec<_>>().join("／");
        let approved = told.approved.map(|(by, on)| {
            let said = td_string!(locale, import_approved_row, on = on, by = by).to_string();
            view! { " "<strong>{said}</strong> }
        });
        let title_field = register.field(register.title);
        let title = title_field.map_or(told.title.clone(), |field| scale.word(field, &told.title, language(locale)));
        let changes = told.changes.into_iter().map(|(name, before, after)| {
            let field = register.field(&name);
            let label = field.map_or(name.clone(), |field| field.words.say(language(locale)).to_owned());
            let said = |text: &str| match field {
                Some(_) if text.is_empty() => td_string!(locale, nothing_entered).to_string(),
                Some(field) => text
                    .split(", ")
                    .map(|part| scale.word(field, part, language(locale)))
                    .collect::<Vec<_>>()
                    .join("、"),
                None => text.to_owned(),
            };
            view! { <li>{label}": "<del>{said(&before)}</del>" → "<ins>{said(&after)}</ins></li> }
        });
        view! {
            <tr>
                <td data-label=place>{td_string!(locale, import_row_number, row = told.row).to_string()}</td>
                <td data-label=record>{title}</td>
                <td data-label=change>{is_new}{understood}{approved}<ul class="bare">{changes.collect_view()}</ul></td>
            </tr>
        }
    });
    let body = body.collect_view();
    let summary = td_string!(locale, import_rows, count = shown).to_string();
    Some(
        view! { <details open=open><summary>{summary}</summary>{table(&labels, body)}{first(shown, locale)}</details> }
            .into_any(),
    )
}
