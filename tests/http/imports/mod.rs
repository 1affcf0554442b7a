//! Lists as people keep them, brought into registers.

mod attacks;
mod hostile;
mod lists;
mod template;

use kakunin_tests::{Page, Person};
use reqwest::multipart::{Form, Part};
use rust_xlsxwriter::Workbook;

/// Uploads a workbook for a register; ends at the page that asks what its columns hold.
pub async fn uploads(person: &Person, register: &str, name: &str, bytes: Vec<u8>) -> Page {
    let form = Form::new().part("file", Part::bytes(bytes).file_name(name.to_owned()));
    person.posts_files(&format!("/registers/{register}/upload"), form).await
}

/// The form that tells columns apart, as the page offers it.
pub fn offered(page: &Page) -> Vec<(String, String)> {
    let mut form: Vec<(String, String)> = Vec::new();
    for name in page.attributes("main form select", "name") {
        let chosen = page.attributes(&format!("select[name='{name}'] option[selected]"), "value");
        form.push((name, chosen.into_iter().next().unwrap_or_default()));
    }
    for css in ["main form input[type=hidden]", "main form input[type=text]", "main form input[checked]"] {
        form.extend(page.attributes(css, "name").into_iter().zip(page.attributes(css, "value")));
    }
    form.retain(|(name, _)| name.starts_with("form["));
    form
}

/// Posts a form about an import, and waits until it is no longer running.
pub async fn posts(person: &Person, path: &str, form: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut page = person.posts(path, &fields).await;
    while !page.attributes("progress", "max").is_empty() {
        page = person.looks_at(&page.path).await;
    }
    page
}

/// Tries an uploaded list with what is offered.
pub async fn tries(person: &Person, page: &Page, changes: &[(&str, &str)]) -> Page {
    let mut form = offered(page);
    for (name, value) in changes {
        form.retain(|(known, _)| known != name);
        form.push(((*name).to_owned(), (*value).to_owned()));
    }
    posts(person, "/api/imports/map", &form).await
}

/// Brings in what has been tried.
pub async fn brings_in(person: &Person, page: &Page) -> Page {
    let import = page.attribute("form[action='/api/imports/apply'] input[name=import]", "value");
    posts(person, "/api/imports/apply", &[("import".to_owned(), import)]).await
}

/// The counts: added, changed, unchanged, refused, skipped, and what is added on the way.
pub fn counts(page: &Page) -> Vec<u32> {
    page.texts_of("dl.counts dd").iter().map(|text| text.trim().parse().unwrap()).collect()
}

/// A workbook of one sheet with these texts.
pub fn sheet(name: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(name).unwrap();
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*texts).filter(|(_, text)| !text.is_empty()) {
            sheet.write(row, column, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
