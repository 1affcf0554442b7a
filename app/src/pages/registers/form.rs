//! The form of a record, new or there already.

use super::{
    begun::{Begun, DRAFTS, drafted, meanwhile},
    table::table,
};
use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{ChoiceField, FormState, Required, SelectField, TextField},
        islands::keep_draft::KeepDraft,
        page::{Content, staff_page},
        pager::encoded,
    },
    i18n::{Locale, td_string},
    pages::{param, query_text},
    request::{Visit, language},
    routes,
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::RecordId,
    registers::{ListQuery, RecordForm, SaveRecord, Typed},
};
use kakunin_questionnaires::text::Language;
use kakunin_server::{
    permission::Actor,
    registers::{
        kinds::{AppointmentRecord, RecordKind},
        lists::Options,
        rules::{self, IS_ANOTHER},
        schema::{Choice, Field, Kind, Register},
        values::Value,
    },
    store::registers::Row,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

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
    /// What is worth looking at while the form is filled in.
    beside: AnyView,
}

/// The form of a new record. Links that stay are named by the address: `?vendor=…`.
pub fn new_record_page<K: RecordKind>() -> AnyView {
    let register = K::REGISTER;
    // What kind of thing it is may be named by the address too.
    let given: RecordForm = register
        .fields()
        .filter(|field| field.fixed || matches!(field.kind, Kind::One(_)))
        .map(|field| (field.name.to_owned(), Typed::One(query_text(field.name))))
        .filter(|(_, typed)| !typed.text().is_empty())
        .collect();
    let done = query_text("draft");
    staff_page(move |visit: Visit, actor: Actor| async move {
        let records = visit.portal.records::<K>();
        let above = register.parent.and_then(|name| given.get(name));
        let is_part = above.is_some_and(|typed| typed.text().parse::<RecordId>().is_ok());
        let stands_alone = register.parent.and_then(|name| register.field(name)).is_none_or(|field| !field.required);
        if !records.may_add(&actor) || stands_alone && !is_part && !records.may_add_alone(&actor) {
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
        let beside = holders(&visit, &actor, register, &given).await?;
        let choices = records.choices(&actor, language(visit.locale)).await?;
        let offered = Offered { choices, names, now: None, beside };
        let draft = records.draft(&actor, "", &given).await?;
        let form = usual(register, given, language(visit.locale));
        let begun = SaveRecord { register: register.key.to_owned(), form, ..SaveRecord::default() };
        let begun = Begun::of(&visit, begun, draft, done).await;
        let title = register.add.say(language(visit.locale)).to_owned();
        // Back to what it will be a part of.
        let above = register
            .parent
            .and_then(|name| Some((register.field(name)?, begun.saved.form.get(name)?.text().to_owned())));
        let back = above.and_then(|(field, id)| match field.kind {
            Kind::Link(target) => Some(routes::record(target.register(), id.parse().ok()?)),
            _ => None,
        });
        let back = back.unwrap_or_else(|| routes::register(register.key));
        Ok(content(register, begun, offered, visit.locale, title, back))
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
        let offered =
            Offered { choices, names: record.row.labels.clone(), now: Some(record.row.clone()), beside: ().into_any() };
        let form = record.row.values.iter().map(|(name, value)| ((*name).to_owned(), value.typed())).collect();
        let begun = SaveRecord {
            register: register.key.to_owned(),
            id: id.to_string(),
            version: record.row.version,
            base: 0,
            form,
        };
        let draft = records.draft(&actor, &begun.id, &begun.form).await?;
        let begun = Begun::of(&visit, begun, draft, done).await;
        let title = td_string!(visit.locale, edit_of, name = record.title.clone()).to_string();
        Ok(content(register, begun, offered, visit.locale, title, routes::record(register.key, id)))
    })
    .into_any()
}

/// Who holds and held the post that somebody is to be appointed to: the one before has to leave first.
async fn holders(
    visit: &Visit,
    actor: &Actor,
    register: &'static Register,
    given: &RecordForm,
) -> Result<AnyView, PortalError> {
    let post = given.get("post").and_then(|typed| typed.text().parse::<RecordId>().ok());
    let Some(post) = post.filter(|_| register.key == "appointments") else { return Ok(().into_any()) };
    let held = visit.portal.records::<AppointmentRecord>().list(actor, &ListQuery::default(), Some(post)).await?;
    if held.rows.is_empty() {
        return Ok(().into_any());
    }
    let columns: Vec<_> = register.columns(&[]).into_iter().filter(|field| field.name != "post").collect();
    let listed = table(register, &columns, &held.rows, visit.locale, None);
    Ok(view! { <h2>{td_string!(visit.locale, who_held_it).to_string()}</h2>{listed} }.into_any())
}

/// What a new form begins with: among offices what is usual, and of a post whose kind is known that it is called so.
fn usual(register: &'static Register, mut form: RecordForm, say: Language) -> RecordForm {
    if matches!(register.key, "departments" | "posts" | "appointments") {
        for field in register.fields().filter(|field| !field.assumed.is_empty()) {
            form.entry(field.name.to_owned()).or_insert_with(|| Typed::One(field.assumed.to_owned()));
        }
    }
    let kind = form.get("kind").map(|typed| typed.text().to_owned()).filter(|_| register.key == "posts");
    let kind = kind.and_then(|code| register.field("kind")?.choices().iter().find(|choice| choice.code == code));
    if let Some(choice) = kind {
        form.insert("title".to_owned(), Typed::One(choice.words.say(say).to_owned()));
    }
    form
}

fn content(
    register: &'static Register,
    begun: Begun,
    offered: Offered,
    locale: Locale,
    title: String,
    back: String,
) -> Content {
    let say = language(locale);
    let Begun { saved, error, draft, done, changed } = begun;
    let changed = meanwhile(register, &changed, offered.now.as_ref(), locale);
    let is_approved =
        offered.now.as_ref().and_then(|row| row.decision.as_ref()).is_some_and(|one| one.state == "approved");
    let approved = is_approved.then(
        || view! { <p class="notice notice-warning">{td_string!(locale, approved_form_warning).to_string()}</p> },
    );
    let state = FormState { locale, error: error.clone() };
    let drafted = drafted(register, &saved, draft, &done, locale);
    let labels = register.fields().map(|field| (field.name, field.words.say(say).to_owned())).collect();
    let groups = register.groups.iter().map(|group| {
        let offers = |field: &&Field| {
            field.fixed || !matches!(field.kind, Kind::Link(_)) || offered.choices.contains_key(field.name)
        };
        let asked = group.fields.iter().filter(|field| rules::is_asked(register, &saved.form, field)).filter(offers);
        let fields = asked.map(|field| input(register, field, &saved.form, &state, &offered, locale));
        view! { <h2>{group.words.say(say)}</h2>{fields.collect_view()} }
    });
    // What stands within an island is made before it.
    let groups = groups.collect_view();
    let holds_another = (state.problem("person_name") == Some(FieldProblem::HeldWithAnother)).then(|| {
        let name = saved.form.get("person_name").map(Typed::text).unwrap_or_default();
        let posts = format!("{}?q={}", routes::OFFICERS, encoded(name));
        view! { <p><a href=posts>{td_string!(locale, see_posts_of).to_string()}</a></p> }
    });
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
            {holds_another}
            {drafted}
            {changed}
            {approved}
            {offered.beside}
            <KeepDraft to=DRAFTS.to_owned() kept=td_string!(locale, draft_kept).to_string() failed=td_string!(locale, draft_failed).to_string()>
            <form method="post" action="/api/registers/save" class="register-form">
                <input type="hidden" name="register" value=saved.register.clone()/>
                <input type="hidden" name="id" value=saved.id.clone()/>
                <input type="hidden" name="version" value=saved.version/>
                <input type="hidden" name="base" value=saved.base/>
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

fn input(
    register: &'static Register,
    field: &'static Field,
    form: &RecordForm,
    state: &FormState,
    offered: &Offered,
    locale: Locale,
) -> AnyView {
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
        let fits = |choice: &&Choice| rules::is_offered(register, form, field, choice.code);
        offered.choices.get(name).cloned().unwrap_or_else(|| field.choices().iter().filter(fits).map(said).collect())
    };
    // Where there is but one to choose, it is that one.
    let value = match (field.kind, options().as_slice()) {
        (Kind::Link(_), [(only, _)]) if required && value.is_empty() => only.clone(),
        _ => value,
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
