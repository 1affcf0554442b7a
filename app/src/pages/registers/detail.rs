//! One record: what it holds, what belongs to it, its officers, its files and its history, each behind a tab.

use super::{assessments, beside, files, history, table, value::shown};
use crate::{
    components::{
        date::Day,
        done::Done,
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    pages::{param, query_text},
    request::{Visit, language},
    routes, words,
};
use kakunin_api::{PortalError, ids::RecordId, registers::ListQuery, subject::SubjectKind};
use kakunin_server::{
    for_register,
    permission::Actor,
    registers::{
        kinds::RecordKind,
        records::RecordView,
        schema::{Kind, REGISTERS, Register},
    },
};
use leptos::prelude::*;

/// The tab of what was asked about a record.
const ASSESSMENTS: &str = "assessments";

/// The registers of which records are a part of one of this.
fn parts_of(register: &'static Register) -> impl Iterator<Item = &'static Register> {
    let is_part = move |one: &&'static Register| {
        let parent = one.parent.and_then(|name| one.field(name));
        parent.is_some_and(|field| matches!(field.kind, Kind::Link(target) if target.register() == register.key))
    };
    // The posts of an engagement stand with its other officers.
    REGISTERS.into_iter().filter(is_part).filter(|one| one.key != "posts")
}

/// One record.
pub fn record_page<K: RecordKind>() -> AnyView {
    let (id, tab, done) = (param::<RecordId>("id"), query_text("tab"), query_text("done"));
    staff_page(move |visit: Visit, actor: Actor| async move {
        let (id, register, locale) = (id?, K::REGISTER, visit.locale);
        let records = visit.portal.records::<K>();
        let record = records.record(&actor, id).await?;
        let body = match tab.as_str() {
            "history" => history::history(register, records.history(&actor, id).await?, actor.scale(), locale),
            "files" if !register.files.is_empty() => {
                let filed = visit.portal.filings().of::<K>(&actor, id).await?;
                files::files(&visit, register, &record, filed)
            }
            ASSESSMENTS if SubjectKind::of_register(register.key).is_some() => {
                let about = visit.portal.subjects().assessments(&actor, register, &record).await?;
                assessments::assessments(&visit, about.ok_or(PortalError::NotFound)?).await
            }
            "officers" if !beside::officers_of(register, &record).is_empty() => {
                beside::officers(&visit, &actor, register, &record).await?
            }
            part if parts_of(register).any(|one| one.key == part) => part_of(&visit, &actor, part, id, &record).await?,
            _ => {
                let missing = beside::missing_officer(&visit, &actor, register, &record).await?;
                let beside = beside::beside(&visit, &actor, register, &record).await?;
                let facts = facts(register, &record, beside, &visit).await;
                view! { {missing}{facts} }.into_any()
            }
        };
        let said = match done.as_str() {
            "saved" => Some(td_string!(locale, saved).to_string()),
            "asked-again" => Some(td_string!(locale, saved_asked_again).to_string()),
            "registered" if register.decided => Some(td_string!(locale, applied).to_string()),
            "registered" => Some(td_string!(locale, registered).to_string()),
            "taken-back" => Some(td_string!(locale, reorganization_taken_back).to_string()),
            "decided" => Some(td_string!(locale, decision_kept).to_string()),
            "archived" => Some(td_string!(locale, was_archived).to_string()),
            "restored" => Some(td_string!(locale, was_restored).to_string()),
            _ => None,
        };
        let refused = visit.rejected::<()>("registers/archive").await.map(|kept| kept.error);
        let body = view! { <ErrorSummary error=refused locale labels=vec![("archived", td_string!(locale, archive).to_string())]/>{body} };
        Ok(frame(register, record, &tab, said, body.into_any(), locale))
    })
    .into_any()
}

/// The records of another register that are a part of this one.
async fn part_of(
    visit: &Visit,
    actor: &Actor,
    part: &str,
    id: RecordId,
    record: &RecordView,
) -> Result<AnyView, PortalError> {
    for_register!(part, |P| {
        let register = P::REGISTER;
        let records = visit.portal.records::<P>();
        let page = records.list(actor, &ListQuery::default(), Some(id)).await?;
        let columns = register.columns(&[]);
        let say = language(visit.locale);
        let listed = if page.rows.is_empty() {
            view! { <p class="empty">{register.empty.say(say)}</p> }.into_any()
        } else {
            table::table(register, &columns, &page.rows, visit.locale, None)
        };
        let more =
            (page.pages() > 1).then(|| td_string!(visit.locale, first_of, shown = page.rows.len(), total = page.total));
        let parent = register.parent.unwrap_or_default();
        let may_add = records.may_add(actor) && record.row.archived_at.is_none() && record.may_edit;
        let add = may_add.then(|| {
            let path = format!("{}?{parent}={id}", routes::new_record(register.key));
            let import = td_string!(visit.locale, import_list).to_string();
            view! {
                <div class="actions">
                    <a class="button button-secondary" href=path>{register.add.say(say)}</a>
                    <a href=routes::import_into(register.key)>{import}</a>
                </div>
            }
        });
        let violations = (register.key == "subcontracts").then(|| beside::unapproved(&page.rows, visit.locale));
        Ok(view! { {violations}{listed}{more.map(|more| view! { <p class="hint">{more}</p> })}{add} }.into_any())
    })
}

async fn facts(register: &'static Register, record: &RecordView, beside: AnyView, visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let say = language(locale);
    let groups = register.groups.iter().map(|group| {
        let fields = group
            .fields
            .iter()
            .filter(|field| record.row.values.get(field.name).is_some_and(|value| !value.is_empty()));
        let rows = fields.map(|field| {
            let wide = matches!(field.kind, Kind::Many(_) | Kind::Each(_) | Kind::Paragraphs(_));
            view! { <div class:wide=wide><dt>{field.words.say(say)}</dt><dd>{shown(field, &record.row, locale)}</dd></div> }
        });
        let rows = rows.collect_view();
        (!rows.is_empty()).then(|| view! { <h2>{group.words.say(say)}</h2><dl class="facts">{rows}</dl> })
    });
    let groups = groups.collect_view();
    let decision = decision(register, record, visit).await;
    let gaps: Vec<&str> = register.gaps(&record.row.values).map(|field| field.words.say(say)).collect();
    let gaps = (!gaps.is_empty()).then(|| {
        let said = td_string!(locale, record_gaps, fields = gaps.join("、")).to_string();
        view! { <p class="notice notice-warning">{said}</p> }
    });
    view! { {gaps}{decision}{groups}{beside} }.into_any()
}

/// How far an application has come, and the form that decides about it.
async fn decision(register: &'static Register, record: &RecordView, visit: &Visit) -> Option<AnyView> {
    let (locale, decision) = (visit.locale, record.row.decision.clone()?);
    let day = decision.decided_on.as_deref().and_then(|day| day.parse().ok()).map(|date| view! { <Day date locale/> });
    let by = (!decision.decided_by.is_empty()).then(|| view! { <p>{day}" "{decision.decided_by.clone()}</p> });
    let note = (!decision.note.is_empty()).then(|| view! { <p class="plain">{decision.note.clone()}</p> });
    let rejected = visit.rejected::<()>("registers/decide").await.map(|kept| kept.error);
    let state = FormState { locale, error: rejected.clone() };
    let choices = match decision.state.as_str() {
        "requested" => vec!["approved", "refused"],
        "approved" => vec!["ended"],
        _ => Vec::new(),
    };
    let hint = match decision.state.as_str() {
        "requested" => td_string!(locale, hint_decision_note).to_string(),
        _ => td_string!(locale, hint_end_note).to_string(),
    };
    let form = (record.may_decide && !choices.is_empty()).then(|| {
        let buttons = choices.into_iter().map(|outcome| {
            view! {
                <button class="button button-secondary" type="submit" name="outcome" value=outcome>
                    {words::decision_verb(locale, outcome)}
                </button>
            }
        });
        view! {
            <ErrorSummary error=rejected locale labels=vec![("note", td_string!(locale, decision_note).to_string())]/>
            {record.decided_as.clone().map(|officer| view! { <p>{td_string!(locale, decided_as, officer = officer).to_string()}</p> })}
            <form method="post" action="/api/registers/decide">
                <input type="hidden" name="register" value=register.key/>
                <input type="hidden" name="id" value=record.id.to_string()/>
                <input type="hidden" name="version" value=record.row.version/>
                <TextField state name="note" form="" value=String::new() lines=2 label=td_string!(locale, decision_note).to_string()
                    hint/>
                <div class="actions">{buttons.collect_view()}</div>
            </form>
        }
    });
    Some(
        view! {
            <section class="card">
                <h2>{td_string!(locale, column_state).to_string()}": "{words::decision_state(locale, &decision.state)}</h2>
                {by}
                {note}
                {form}
            </section>
        }
        .into_any(),
    )
}

/// Heading, tabs and what can be done, around the tab that is open.
fn frame(
    register: &'static Register,
    record: RecordView,
    tab: &str,
    said: Option<String>,
    body: AnyView,
    locale: Locale,
) -> Content {
    let say = language(locale);
    let path = routes::record(register.key, record.id);
    let mut tabs = vec![(String::new(), td_string!(locale, tab_facts).to_string())];
    if !beside::officers_of(register, &record).is_empty() {
        tabs.push(("officers".to_owned(), td_string!(locale, nav_officers).to_string()));
    }
    let is_subject = SubjectKind::of_register(register.key).is_some();
    if is_subject {
        tabs.push((ASSESSMENTS.to_owned(), td_string!(locale, tab_assessments).to_string()));
    }
    tabs.extend(parts_of(register).map(|part| (part.key.to_owned(), part.words.say(say).to_owned())));
    if !register.files.is_empty() {
        tabs.push(("files".to_owned(), td_string!(locale, tab_files).to_string()));
    }
    tabs.push(("history".to_owned(), td_string!(locale, tab_history).to_string()));
    let open = tabs.iter().find(|(key, _)| key == tab).map(|(key, _)| key.clone()).unwrap_or_default();
    let tabs = tabs.into_iter().map(|(key, label)| {
        let current = (key == open).then_some("page");
        let href = if key.is_empty() { path.clone() } else { format!("{path}?tab={key}") };
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    });
    let edit = record.may_edit.then(|| {
        view! { <a class="button button-secondary" href=routes::edit_record(register.key, record.id)>{td_string!(locale, edit).to_string()}</a> }
    });
    let send = (is_subject && open.is_empty() && record.may_edit).then(|| {
        let form = format!("{path}?tab={ASSESSMENTS}#send");
        view! { <a class="button button-primary" href=form>{td_string!(locale, send_questionnaire).to_string()}</a> }
    });
    let is_archived = record.row.archived_at.is_some();
    let archived = is_archived.then(|| view! { <span class="tag">{td_string!(locale, archived).to_string()}</span> });
    let archive = (record.may_edit || is_archived).then(|| {
        let label = if is_archived {
            td_string!(locale, unarchive).to_string()
        } else {
            td_string!(locale, archive).to_string()
        };
        view! {
            <details class="archive">
                <summary>{label.clone()}"…"</summary>
                <p>{td_string!(locale, archive_text).to_string()}</p>
                <form method="post" action="/api/registers/archive">
                    <input type="hidden" name="register" value=register.key/>
                    <input type="hidden" name="id" value=record.id.to_string()/>
                    <input type="hidden" name="version" value=record.row.version/>
                    <input type="hidden" name="archived" value=if is_archived { "false" } else { "true" }/>
                    <button class="button button-danger" type="submit">{label}</button>
                </form>
            </details>
        }
    });
    let said = said.map(|said| view! { <Done said=said/> });
    let heading = title_of(register, &record, locale);
    let content = Content::new(
        heading.clone(),
        view! {
            <div class="page-head"><h1>{heading}</h1>{archived}{send}{edit}</div>
            {said}
            <nav class="tabs" aria-label=td_string!(locale, tabs).to_string()><ul>{tabs.collect_view()}</ul></nav>
            {body}
            {archive}
        },
    );
    match &record.parent {
        Some((target, id, name)) => {
            let above = REGISTERS.iter().find(|one| one.key == target.register());
            let label = above.map_or("", |above| above.words.say(say));
            let tab = if register.key == "posts" { "officers" } else { register.key };
            let page = format!("{}?tab={tab}", routes::record(target.register(), *id));
            content.below(label, routes::register(target.register())).below(name.clone(), page)
        }
        None => content.below(register.words.say(say), routes::register(register.key)),
    }
}

/// What a record is called, in words where its title is a choice.
fn title_of(register: &'static Register, record: &RecordView, locale: Locale) -> String {
    let field = register.field(register.title);
    let said = field.and_then(|field| Some(super::value::text(field, record.row.values.get(field.name)?, locale)));
    said.unwrap_or_else(|| record.title.clone())
}
