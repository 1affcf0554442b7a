//! The form of a record, new or there already.

use super::value::shown;
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
        values::Value,
    },
    store::registers::Row,
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
    /// The record as it is, where there is one.
    now: Option<Row>,
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
    /// The fields that hold something else in the record, where somebody has saved it since.
    changed: Vec<String>,
}

impl Begun {
    /// With what was refused just now; else with what was left as a draft; else with what is there.
    async fn of(visit: &Visit, there: SaveRecord, draft: Option<Draft>, done: String) -> Self {
        let (typed, version, error, draft) = match (visit.rejected::<SaveRecord>("registers/save").await, draft) {
            (Some(kept), _) => (kept.form.form, kept.form.version, Some(kept.error), None),
            (None, Some(draft)) => (draft.form, draft.version, None, Some(minute_in_japan(draft.saved_at))),
            (None, None) => return Self { saved: there, error: None, draft: None, done, changed: Vec::new() },
        };
        // What somebody else has saved since is shown beside, before it is written over.
        let is_older = !there.id.is_empty() && version != there.version;
        let differs = |name: &&String| said(there.form.get(*name)) != said(typed.get(*name));
        let changed: Vec<String> =
            if is_older { there.form.keys().filter(differs).cloned().collect() } else { Vec::new() };
        let saved = SaveRecord { form: typed, ..there };
        Self { saved, error, draft, done, changed }
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
        let offered = Offered { choices: records.choices(&actor, language(visit.locale)).await?, names, now: None };
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
        let mut choices = records.choices(&actor, language(visit.locale)).await?;
        for field in register.fields().filter(|field| matches!(field.kind, Kind::Class(_))) {
            // A record keeps a class that is no longer on the scale.
            let code = record.row.values.get(field.name).map(Value::text).unwrap_or_default();
            let options = choices.entry(field.name).or_default();
            if !code.is_empty() && options.iter().all(|(known, _)| *known != code) {
                options.push((code.clone(), actor.scale().word(field, &code, language(visit.locale))));
            }
        }
        let offered = Offered { choices, names: record.row.labels.clone(), now: Some(record.row.clone()) };
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
    let Begun { saved, error, draft, done, changed } = begun;
    let changed = meanwhile(register, &changed, offered, locale);
    let is_approved =
        offered.now.as_ref().and_then(|row| row.decision.as_ref()).is_some_and(|one| one.state == "approved");
    let approved = is_approved.then(
        || view! { <p class="notice notice-warning">{td_string!(locale, approved_form_warning).to_string()}</p> },
    );
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
    let submit = match (is_new, register.decided) {
        (true, true) => td_string!(locale, apply_for_it).to_string(),
        (true, false) => td_string!(locale, register).to_string(),
        (false, _) => td_string!(locale, save).to_string(),
    };
    let page = Content::new(
        title.clone(),
        view! {
            <h1>{title}</h1>
            <ErrorSummary error locale labels/>
            {drafted}
            {changed}
            {approved}
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

/// What was typed, as two forms are compared: what a browser adds makes no difference.
fn said(typed: Option<&Typed>) -> Vec<String> {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let said = match typed {
        None => Vec::new(),
        Some(Typed::One(text)) => vec![plain(text)],
        Some(Typed::Many(codes)) => codes.clone(),
        Some(Typed::Each(texts)) => texts
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(code, text)| format!("{code}: {}", plain(text)))
            .collect(),
    };
    said.into_iter().filter(|text| !text.is_empty()).collect()
}

/// What the record holds now where the form says otherwise.
fn meanwhile(register: &'static Register, changed: &[String], offered: &Offered, locale: Locale) -> Option<AnyView> {
    let row = offered.now.as_ref().filter(|_| !changed.is_empty())?;
    let fields = register.fields().filter(|field| changed.iter().any(|name| name == field.name));
    let rows = fields.map(|field| {
        let wide = matches!(field.kind, Kind::Many(_) | Kind::Each(_) | Kind::Paragraphs(_));
        view! { <div class:wide=wide><dt>{field.words.say(language(locale))}</dt><dd>{shown(field, row, locale)}</dd></div> }
    });
    let (said, now) =
        (td_string!(locale, form_changed_meanwhile).to_string(), td_string!(locale, form_registered_now).to_string());
    Some(
        view! {
            <section class="notice notice-warning">
                <p>{said}</p>
                <h2>{now}</h2>
                <dl class="facts">{rows.collect_view()}</dl>
            </section>
        }
        .into_any(),
    )
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
