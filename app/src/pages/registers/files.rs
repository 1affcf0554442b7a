//! The files filed with a record: what is there, and filing one more.

use crate::{
    components::{date::Minute, error_summary::ErrorSummary},
    i18n::td_string,
    request::{Visit, language},
    routes,
};
use kakunin_api::PortalError;
use kakunin_server::{
    clock::minute_in_japan,
    registers::{filings::FiledFile, records::RecordView, schema::Register},
};
use leptos::prelude::*;

/// Why a file was not taken, as the address says: `…&refused=file&problem=file_too_large`.
fn refused(address: &str) -> Option<PortalError> {
    let said = |name: &str| address.split(['?', '&']).find_map(|part| part.strip_prefix(name));
    let problem = serde_json::from_value(said("problem=")?.into()).ok()?;
    let field = ["purpose", "version", "file"].into_iter().find(|field| Some(*field) == said("refused="))?;
    Some(PortalError::invalid(field, problem))
}

/// The files of a record.
pub fn files(visit: &Visit, register: &'static Register, record: &RecordView, filed: Vec<FiledFile>) -> AnyView {
    let locale = visit.locale;
    let say = language(locale);
    let word = |code: &str| {
        let found = register.files.iter().find(|choice| choice.code == code);
        found.map_or_else(|| code.to_owned(), |choice| choice.words.say(say).to_owned())
    };
    let rows = filed.into_iter().map(|file| {
        let path = routes::filed(register.key, record.id, file.id);
        view! {
            <tr>
                <td data-label=td_string!(locale, column_purpose).to_string()>{word(&file.purpose)}</td>
                <td data-label=td_string!(locale, column_file).to_string()><a href=path rel="external">{file.file_name}</a></td>
                <td data-label=td_string!(locale, column_version).to_string()>{file.version}</td>
                <td data-label=td_string!(locale, column_when).to_string()><Minute at=minute_in_japan(file.filed_at) locale/>" "{file.filed_by}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let listed = if rows.is_empty() {
        view! { <p class="empty">{td_string!(locale, no_files).to_string()}</p> }.into_any()
    } else {
        view! {
            <table class="data">
                <thead><tr>
                    <th scope="col">{td_string!(locale, column_purpose).to_string()}</th>
                    <th scope="col">{td_string!(locale, column_file).to_string()}</th>
                    <th scope="col">{td_string!(locale, column_version).to_string()}</th>
                    <th scope="col">{td_string!(locale, column_when).to_string()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let error = refused(&visit.address);
    let form = record.may_edit.then(|| {
        let options = register.files.iter().map(|choice| view! { <option value=choice.code>{choice.words.say(say)}</option> });
        view! {
            <section class="card">
                <h2>{td_string!(locale, file_one).to_string()}</h2>
                <ErrorSummary error locale/>
                <form method="post" action=routes::file_with(register.key, record.id) enctype="multipart/form-data">
                    <div class="field">
                        <label class="label" for="purpose">{td_string!(locale, column_purpose).to_string()}</label>
                        <select id="purpose" name="purpose">{options.collect_view()}</select>
                    </div>
                    <div class="field">
                        <label class="label" for="version">{td_string!(locale, column_version).to_string()}</label>
                        <input id="version" name="version" type="text"/>
                    </div>
                    <div class="field">
                        <label class="label" for="file">{td_string!(locale, column_file).to_string()}</label>
                        <p class="hint">{td_string!(locale, hint_file).to_string()}</p>
                        <input id="file" name="file" type="file"/>
                    </div>
                    <button class="button button-primary" type="submit">{td_string!(locale, file_one).to_string()}</button>
                </form>
            </section>
        }
    });
    view! { {listed}{form} }.into_any()
}
