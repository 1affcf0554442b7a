//! The form of a record, new or there already.

use crate::{
    components::{
        date::minute,
        error_summary::ErrorSummary,
        field::{ChoiceField, FormState, Required, SelectField, TextField},
        islands::keep_draft::KeepDraft,
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    pages::{param, query_text},
    request::{Visit, language},
    routes,
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::RecordId,
    registers::{RecordForm, SaveRecord, Typed},
};
use kakunin_server::{
    clock::minute_in_japan,
    permission::Actor,
    registers::{
        drafts::Draft,
        kinds::RecordKind,
        lists::Options,
        rules::IS_ANOTHER,
        schema::{Choice, Field, Kind, Register},
    },
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Where a form is sent to be kept as a draft.
const DRAFTS: &str = "/api/registers/draft";
/// More choices than this stand in a list to choose from instead of beside each other.
const BESIDE_EACH_OTHER: usize = 5;

/// What a form needs beside what was typed.
struct Offered {
    /// What may be chosen where the choices are the organization's: records, classes.
    choices: Options,
    /// For each fixed link, what the record is called.
    names: BTreeMap<&'static str, String>,
}

/// What a form begins with, and how it came to be so.
struct Begun {
    /// What stands in the fields.
    saved: SaveRecord,
    /// Why it was refused.
    error: Option<PortalError>,
    /// When the draft was kept that it goes on from, ISO in Japan.
    draft: Option<String>,
    /// `kept` or `discarded`, just now.
    done: String,
}

impl Begun {
    /// With what was refused just now; else with what was left as a draft; else with what is there.
    async fn of(visit: &Visit, there: SaveRecord, draft: Option<Draft>, done: String) -> Self {
        if let Some(kept) = visit.rejected::<SaveRecord>("registers/save").await {
            let saved = SaveRecord { form: kept.form.form, ..there };
            return Self { saved, error: Some(kept.error), draft: None, done };
        }
        match draft {
            Some(draft) => {
                // The version it was begun on: what somebody else has saved since is not written over unseen.
                let saved = SaveRecord { version: draft.version, form: draft.form, ..there };
                Self { saved, error: None, draft: Some(minute_in_japan(draft.saved_at)), done }
            }
            None => Self { saved: there, error: None, draft: None, done },
        }
    }
}

/// The form of a new record. Links that stay are named by the address: `?vendor=…`.
pub fn new_record_page<K: RecordKind>() -> AnyView {
    let register = K::REGISTER;
    let given: RecordForm = register
        .fields()
        .filter(|field| field.fixed)
        .map(|field| (field.name.to_owned(), Typed::One(query_text(field.name))))
        .filter(|(_, typed)| !typed.text().is_empty())
        .collect();
    let done = query_text("draft");
    staff_page(move |visit: Visit, actor: Actor| async move {
        let records = visit.portal.records::<K>();
        if !records.may_add(&actor) {
            return Err(PortalError::Forbidden);
        }
        let mut names = BTreeMap::new();
        for field in register.fields().filter(|field| field.fixed) {
            let typed = given.get(field.name).map(Typed::text).unwrap_or_default();
            if let (Kind::Link(target), Ok(id)) = (field.kind, typed.parse::<RecordId>()) {
                names.insert(field.name, records.name_of(&actor, target, id).await?);
            } else if field.required {
                // It is added on the page of the record it belongs to.
                let Kind::Link(target) = field.kind else { return Err(PortalError::NotFound) };
                leptos_axum::redirect(&routes::register(target.register()));
            }
        }
        let offered = Offered { choices: records.choices(&actor, language(visit.locale)).await?, names };
        let draft = records.draft(&actor, "", &given).await?;
        let begun = SaveRecord { register: register.key.to_owned(), form: given, ..SaveRecord::default() };
        let begun = Begun::of(&visit, begun, draft, done).await;
        let title = register.add.say(language(visit.locale)).to_owned();
        Ok(content(register, begun, &offered, visit.locale, title, routes::register(register.key)))
    })
    .into_any()
}

/// The form of a record that is there.
pub fn edit_record_page<K: RecordKind>() -> AnyView {
    let (id, done) = (param::<RecordId>("id"), query_text("draft"));
    let register = K::REGISTER;
    staff_page(move |visit: Visit, actor: Actor| async move {
        let id = id?;
        let records = visit.portal.records::<K>();
        let record = records.record(&actor, id).await?;
        if !record.may_edit {
            return Err(PortalError::Forbidden);
        }
        let choices = records.choices(&actor, language(visit.locale)).await?;
        let offered = Offered { choices, names: record.row.labels.clone() };
        let form = record.row.values.iter().map(|(name, value)| ((*name).to_owned(), value.typed())).collect();
        let begun =
            SaveRecord { register: register.key.to_owned(), id: id.to_string(), version: record.row.version, form };
        let draft = records.draft(&actor, &begun.id, &begun.form).await?;
        let begun = Begun::of(&visit, begun, draft, done).await;
        let title = td_string!(visit.locale, edit_of, name = record.title.clone()).to_string();
        Ok(content(register, begun, &offered, visit.locale, title, routes::record(register.key, id)))
    })
    .into_any()
}

fn content(
    register: &'static Register,
    begun: Begun,
    offered: &Offered,
    locale: Locale,
    title: String,
    back: String,
) -> Content {
    let say = language(locale);
    let Begun { saved, error, draft, done } = begun;
    let state = FormState { locale, error: error.clone() };
    let drafted = drafted(register, &saved, draft, &done, locale);
    let labels = register.fields().map(|field| (field.name, field.words.say(say).to_owned())).collect();
    let groups = register.groups.iter().map(|group| {
        let fields = group.fields.iter().map(|field| input(field, &saved.form, &state, offered, locale));
        view! { <h2>{group.words.say(say)}</h2>{fields.collect_view()} }
    });
    // What stands within an island is made before it.
    let groups = groups.collect_view();
    let is_similar = state.problem("name") == Some(FieldProblem::SimilarRegistered);
    let another = is_similar.then(|| {
        view! {
            <label class="choice">
                <input type="checkbox" name=format!("form[{IS_ANOTHER}]") value="yes"/>
                <span>{td_string!(locale, is_another).to_string()}</span>
            </label>
        }
    });
    let is_new = saved.id.is_empty();
    let submit = if is_new { td_string!(locale, register).to_string() } else { td_string!(locale, save).to_string() };
    let page = Content::new(
        title.clone(),
        view! {
            <h1>{title}</h1>
            <ErrorSummary error locale labels/>
            {drafted}
            <KeepDraft to=DRAFTS.to_owned() kept=td_string!(locale, draft_kept).to_string() failed=td_string!(locale, draft_failed).to_string()>
            <form method="post" action="/api/registers/save" class="register-form">
                <input type="hidden" name="register" value=saved.register.clone()/>
                <input type="hidden" name="id" value=saved.id.clone()/>
                <input type="hidden" name="version" value=saved.version/>
                {groups}
                {another}
                <div class="actions">
                    <button class="button button-primary" type="submit">{submit}</button>
                    <button class="button button-secondary" type="submit" formaction=DRAFTS>{td_string!(locale, keep_draft).to_string()}</button>
                    <a href=back>{td_string!(locale, back).to_string()}</a>
                    <span class="save-status" role="status"></span>
                </div>
            </form>
            </KeepDraft>
        },
    );
    page.below(register.words.say(say), routes::register(register.key))
}

/// Says that the form goes on from a draft, and throws it away where it is not wanted.
fn drafted(
    register: &'static Register,
    saved: &SaveRecord,
    draft: Option<String>,
    done: &str,
    locale: Locale,
) -> Option<AnyView> {
    let said = match (done, draft.clone()) {
        ("discarded", None) => td_string!(locale, draft_discarded).to_string(),
        (_, Some(at)) => td_string!(locale, draft_found, at = minute(&at, locale)).to_string(),
        _ => return None,
    };
    let discard = draft.map(|_| {
        let fixed = register.fields().filter(|field| field.fixed).filter_map(|field| {
            let id = saved.form.get(field.name)?.text().to_owned();
            Some(view! { <input type="hidden" name=format!("form[{}]", field.name) value=id/> })
        });
        view! {
            <form method="post" action=DRAFTS>
                <input type="hidden" name="register" value=register.key/>
                <input type="hidden" name="id" value=saved.id.clone()/>
                <input type="hidden" name="discard" value="yes"/>
                {fixed.collect_view()}
                <button class="button button-secondary" type="submit">{td_string!(locale, discard_draft).to_string()}</button>
            </form>
        }
    });
    Some(view! { <div class="notice notice-info" role="status"><p>{said}</p>{discard}</div> }.into_any())
}

fn input(field: &'static Field, form: &RecordForm, state: &FormState, offered: &Offered, locale: Locale) -> AnyView {
    let say = language(locale);
    let typed = form.get(field.name).cloned().unwrap_or_default();
    let label = field.words.say(say).to_owned();
    let hint = field.hint.map(|hint| hint.say(say).to_owned());
    let (name, required, state) = (field.name, field.required, state.clone());
    if field.fixed {
        let Some(shown) = offered.names.get(name).cloned() else { return ().into_any() };
        return view! {
            <input type="hidden" name=format!("form[{name}]") value=typed.text().to_owned()/>
            <dl class="facts"><div><dt>{label}</dt><dd>{shown}</dd></div></dl>
        }
        .into_any();
    }
    let value = typed.text().to_owned();
    let options = || {
        let said = |choice: &Choice| (choice.code.to_owned(), choice.words.say(say).to_owned());
        offered.choices.get(name).cloned().unwrap_or_else(|| field.choices().iter().map(said).collect())
    };
    match field.kind {
        Kind::Paragraphs(_) => view! { <TextField state name value label lines=3 required hint=hint.unwrap_or_default()/> }.into_any(),
        Kind::Day => {
            let hint = hint.unwrap_or_else(|| td_string!(locale, hint_date).to_string());
            view! { <TextField state name value label required hint/> }.into_any()
        }
        Kind::Email => view! { <TextField state name value label required kind="email" hint=hint.unwrap_or_default()/> }.into_any(),
        Kind::YesNo => view! { <ChoiceField state name value label choices=options() optional=!required hint=hint.unwrap_or_default()/> }.into_any(),
        Kind::One(_) | Kind::Class(_) if options().len() <= BESIDE_EACH_OTHER => {
            view! { <ChoiceField state name value label choices=options() optional=!required hint=hint.unwrap_or_default()/> }.into_any()
        }
        Kind::One(_) | Kind::Class(_) | Kind::Link(_) => {
            view! { <SelectField state name value label choices=options() optional=!required/> }.into_any()
        }
        Kind::Many(_) => boxes(field, &typed, &state, hint, locale),
        Kind::Each(_) => texts(field, &typed, &state, hint, locale),
        _ => view! { <TextField state name value label required hint=hint.unwrap_or_default()/> }.into_any(),
    }
}

/// Several to tick.
fn boxes(field: &'static Field, typed: &Typed, state: &FormState, hint: Option<String>, locale: Locale) -> AnyView {
    let invalid = state.problem(field.name).is_some();
    let chosen = typed.choices();
    let rows = field.choices().iter().enumerate().map(|(index, choice)| {
        let id = if index == 0 { field.name.to_owned() } else { format!("{}-{}", field.name, choice.code) };
        let checked = chosen.contains(&choice.code);
        view! {
            <label class="choice">
                <input type="checkbox" id=id name=format!("form[{}][]", field.name) value=choice.code checked=checked/>
                <span>{choice.words.say(language(locale))}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field" class:field-invalid=invalid>
            <legend>{field.words.say(language(locale))}{field.required.then(|| view! { <Required locale/> })}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            <div class="checklist">{rows.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// A short text for each.
fn texts(field: &'static Field, typed: &Typed, state: &FormState, hint: Option<String>, locale: Locale) -> AnyView {
    let invalid = state.problem(field.name).is_some();
    let entered = |code: &str| match typed {
        Typed::Each(texts) => texts.get(code).cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let rows = field.choices().iter().enumerate().map(|(index, choice)| {
        let id = if index == 0 { field.name.to_owned() } else { format!("{}-{}", field.name, choice.code) };
        view! {
            <div class="each">
                <label for=id.clone()>{choice.words.say(language(locale))}</label>
                <input id=id type="text" name=format!("form[{}][{}]", field.name, choice.code) value=entered(choice.code)/>
            </div>
        }
    });
    view! {
        <fieldset class="field" class:field-invalid=invalid>
            <legend>{field.words.say(language(locale))}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {rows.collect_view()}
        </fieldset>
    }
    .into_any()
}
