//! Bringing a list in: the file, our own template, and what was brought in lately.

use crate::{
    components::{
        date::Minute,
        error_summary::ErrorSummary,
        field::FormState,
        page::{Content, staff_page},
        workbook_field::WorkbookField,
    },
    i18n::{Locale, td_string},
    pages::{param, query_text},
    request::{Visit, language},
    routes, words,
};
use kakunin_api::{FieldProblem, PortalError, ids::ImportId};
use kakunin_server::{clock::minute_in_japan, permission::Actor, registers::schema::Register, store::records::Import};
use leptos::prelude::*;

/// The form, and what came before.
#[component]
pub fn ImportPage() -> impl IntoView {
    let (register, refused) = (param::<String>("register"), query_text("problem"));
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let key = register?;
        let imports = visit.portal.imports();
        let register = imports.may(&actor, &key)?;
        let lately = imports.list(&actor, &key).await?;
        let say = language(locale);
        let refused: Option<FieldProblem> = serde_json::from_value(serde_json::Value::String(refused)).ok();
        let error = refused.map(|problem| PortalError::invalid("file", problem));
        let state = FormState { locale, error: error.clone() };
        let name = register.words.say(say);
        let title = td_string!(locale, import_title, register = name).to_string();
        let template = routes::template_of(register.key);
        let filled = format!("{template}?filled=1");
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1></div>
                <ErrorSummary error locale/>
                <form method="post" action=routes::upload_into(register.key) enctype="multipart/form-data" class="card">
                    <p class="lead">{td_string!(locale, import_lead).to_string()}</p>
                    <WorkbookField state/>
                    <button class="button button-primary" type="submit">{td_string!(locale, import_read).to_string()}</button>
                </form>
                <section class="card">
                    <h2>{td_string!(locale, import_template).to_string()}</h2>
                    <p>{td_string!(locale, import_template_lead).to_string()}</p>
                    <ul>
                        <li><a href=template rel="external" download="">{td_string!(locale, import_template_empty).to_string()}</a></li>
                        <li><a href=filled rel="external" download="">{td_string!(locale, import_template_filled).to_string()}</a></li>
                    </ul>
                </section>
                {before(register, lately, locale)}
            },
        )
        .below(name, routes::register(register.key)))
    })
}

fn before(register: &'static Register, lately: Vec<Import>, locale: Locale) -> Option<AnyView> {
    if lately.is_empty() {
        return None;
    }
    let labels = [
        td_string!(locale, column_file).to_string(),
        td_string!(locale, column_when).to_string(),
        td_string!(locale, column_who).to_string(),
        td_string!(locale, column_state).to_string(),
    ];
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    let rows = lately.into_iter().map(|import| {
        let [file, when, who, state] = labels.clone();
        let said = words::import_state(locale, &import.state);
        view! {
            <tr>
                <td data-label=file><a href=routes::import(ImportId(import.id))>{import.file_name}</a></td>
                <td data-label=when><Minute at=minute_in_japan(import.uploaded_at) locale/></td>
                <td data-label=who>{import.uploaded_by}</td>
                <td data-label=state>{said}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let heading = td_string!(locale, import_before, register = register.words.say(language(locale))).to_string();
    Some(
        view! { <h2>{heading}</h2><table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }
            .into_any(),
    )
}
