//! Form controls with their label, hint and error, tied together for screen readers.

use super::text_area::TextArea;
use crate::{
    i18n::{Locale, td_string},
    words,
};
use kakunin_api::{FieldProblem, PortalError};
use leptos::prelude::*;

/// What a form needs to show each field: the language, and what was wrong.
#[derive(Clone, Debug)]
pub struct FormState {
    /// Language.
    pub locale: Locale,
    /// Why the form came back, if it did.
    pub error: Option<PortalError>,
}

impl FormState {
    /// What is wrong with a field.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<FieldProblem> {
        match &self.error {
            Some(PortalError::Invalid(errors)) => errors.iter().find(|e| e.field == field).map(|e| e.problem),
            _ => None,
        }
    }
}

/// The `＊…` under a field.
#[component]
fn FieldError(state: FormState, name: &'static str, #[prop(optional, into)] id: Option<String>) -> impl IntoView {
    let problem = state.problem(name)?;
    let id = id.unwrap_or_else(|| name.to_owned());
    Some(view! { <p class="error-text" id=format!("{id}-error")>"＊"{words::problem(state.locale, problem)}</p> })
}

/// 「※必須」.
#[component]
pub fn Required(locale: Locale) -> impl IntoView {
    view! { <span class="required">{td_string!(locale, required)}</span> }
}

fn described_by(state: &FormState, id: &str, name: &str, hint: bool) -> Option<String> {
    let error = state.problem(name).map(|_| format!("{id}-error"));
    let hint = hint.then(|| format!("{id}-hint"));
    let ids: Vec<String> = [error, hint].into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// One line of text. `name` is the field's name in errors, `form` its name in the form.
#[component]
pub fn TextField(
    state: FormState,
    name: &'static str,
    value: String,
    #[prop(default = "form")] form: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] lines: Option<u8>,
    #[prop(optional, into)] label: Option<String>,
    /// Before its id, where a page has two fields of one name.
    #[prop(optional)]
    prefix: &'static str,
) -> impl IntoView {
    let locale = state.locale;
    let hint = hint.filter(|hint| !hint.is_empty());
    let id = format!("{prefix}{name}");
    let invalid = state.problem(name).is_some();
    let described = described_by(&state, &id, name, hint.is_some());
    let control = if form.is_empty() { name.to_owned() } else { format!("{form}[{name}]") };
    let input = match lines {
        Some(rows) => view! {
            <TextArea id=id.clone() name=control rows value invalid required described_by=described/>
        }
        .into_any(),
        None => view! {
            <input id=id.clone() name=control type=kind value=value autocomplete=autocomplete
                aria-invalid=invalid.then_some("true") aria-required=required.then_some("true") aria-describedby=described/>
        }
        .into_any(),
    };
    view! {
        <div class="field" class:field-invalid=invalid>
            <label class="label" for=id.clone()>
                {label.unwrap_or_else(|| words::field(locale, name))}
                {required.then(|| view! { <Required locale/> })}
            </label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            <FieldError state name id/>
            {input}
        </div>
    }
}

/// One of several, as radio buttons.
#[component]
pub fn ChoiceField(
    state: FormState,
    name: &'static str,
    value: String,
    /// Value and label.
    choices: Vec<(String, String)>,
    #[prop(default = "form")] form: &'static str,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let locale = state.locale;
    let hint = hint.filter(|hint| !hint.is_empty());
    let invalid = state.problem(name).is_some();
    let described = described_by(&state, name, name, hint.is_some());
    let options = choices.into_iter().enumerate().map(|(index, (code, label))| {
        let checked = code == value;
        // The first one carries the field's id, so that the error summary's link lands on it.
        let id = if index == 0 { name.to_owned() } else { format!("{name}-{code}") };
        view! {
            <label class="choice">
                <input type="radio" id=id name=format!("{form}[{name}]") value=code checked=checked/>
                <span>{label}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field" class:field-invalid=invalid aria-describedby=described>
            <legend>{label.unwrap_or_else(|| words::field(locale, name))}{(!optional).then(|| view! { <Required locale/> })}</legend>
            {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            <FieldError state name/>
            <div class="choice-row">{options.collect_view()}</div>
        </fieldset>
    }
}

/// One of many, as a list to choose from.
#[component]
pub fn SelectField(
    state: FormState,
    name: &'static str,
    value: String,
    /// Value and label.
    choices: Vec<(String, String)>,
    #[prop(default = "form")] form: &'static str,
    #[prop(optional)] optional: bool,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let locale = state.locale;
    let invalid = state.problem(name).is_some();
    let described = described_by(&state, name, name, false);
    let options = choices.into_iter().map(|(code, label)| {
        let selected = code == value;
        view! { <option value=code selected=selected>{label}</option> }
    });
    let first = if optional { td_string!(locale, choose_none) } else { td_string!(locale, choose) };
    view! {
        <div class="field" class:field-invalid=invalid>
            <label class="label" for=name>
                {label.unwrap_or_else(|| words::field(locale, name))}
                {(!optional).then(|| view! { <Required locale/> })}
            </label>
            <FieldError state name/>
            <select id=name name=format!("{form}[{name}]") aria-invalid=invalid.then_some("true") aria-describedby=described>
                <option value="">{first.to_string()}</option>
                {options.collect_view()}
            </select>
        </div>
    }
}
