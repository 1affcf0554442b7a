//! Questionnaires: brought in as files and workbooks, compared, published, sent.

mod import;
mod workbooks;

use kakunin_tests::{Page, Person, portal::workspace};
use reqwest::multipart::{Form, Part};

/// The catalogue's questionnaire about outsourced work, as its file.
fn outsourcing() -> String {
    std::fs::read_to_string(workspace().join("questionnaires/catalog/questionnaires/outsourcing.yaml")).unwrap()
}

/// The next version of it: one question with other words.
fn reworded() -> String {
    let yaml = outsourcing();
    let (version, question) = ("version: \"2026.2\"", "情報セキュリティに関する会社の方針や規程はありますか。");
    assert!(yaml.contains(version) && yaml.contains(question));
    yaml.replace(version, "version: \"2027.1\"")
        .replace(question, "会社の情報セキュリティの規程は文書になっていますか。")
}

async fn uploads(person: &Person, name: &str, bytes: Vec<u8>) -> Page {
    let part = Part::bytes(bytes).file_name(name.to_owned());
    person.posts_files("/questionnaires/upload", Form::new().part("file", part)).await
}

/// The id at the end of a path.
fn id_of(page: &Page) -> String {
    page.path.rsplit('/').next().unwrap_or_default().split('?').next().unwrap_or_default().to_owned()
}
