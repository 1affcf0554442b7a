//! What comes to and from registers beside their pages: lists to take away, files filed with a record.

use super::{
    download::{Refused, XLSX, attachment, noted, streamed},
    session,
};
use crate::{
    assessments::attach::MAX_BYTES,
    era,
    excel::{
        officers_book,
        register_book::{self, Taken},
    },
    for_register,
    portal::Portal,
    registers::{filings::FileForm, kinds::RecordKind},
};
use axum::{
    extract::{Multipart, Path, RawQuery, State},
    http::{HeaderMap, Uri, header},
    response::{Redirect, Response},
};
use kakunin_api::{FieldProblem, PortalError, ids::RecordId, registers::ListQuery};
use kakunin_questionnaires::text::Language;
use std::sync::Arc;
use tower_sessions::Session;
use uuid::Uuid;

pub(super) fn routes() -> super::Routes {
    super::Routes::new()
        .get("/registers/{register}/list.xlsx", excel)
        .get("/registers/{register}/list.csv", csv)
        .get("/officers/officers.xlsx", officers)
        .get("/registers/{register}/{id}/files/{file}", filed)
        .post("/registers/{register}/{id}/files", file)
        .with_forms_up_to(MAX_BYTES + 64 * 1024)
}

async fn excel(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    headers: HeaderMap,
    Path(register): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    list(&portal, &session, (&path, &headers), &register, query, Taken::Excel).await
}

async fn csv(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    headers: HeaderMap,
    Path(register): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    list(&portal, &session, (&path, &headers), &register, query, Taken::Csv).await
}

async fn list(
    portal: &Portal,
    session: &Session,
    (path, headers): (&Uri, &HeaderMap),
    register: &str,
    query: Option<String>,
    taken: Taken,
) -> Result<Response, Refused> {
    let actor = session::actor(portal, session).await?;
    let query = read_query(&query.unwrap_or_default());
    let language = language(headers);
    let made = for_register!(register, |K| register_book::export::<K>(portal, &actor, &query, taken, language).await);
    let (file_name, file) = noted(portal, &actor, path, made).await?;
    let media_type = if taken == Taken::Excel { XLSX } else { "text/csv; charset=utf-8" };
    Ok(streamed(file_name, media_type, file))
}

/// Who was responsible on a day: `?on=…&q=…`, as the page's own address.
async fn officers(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let actor = session::actor(&portal, &session).await?;
    let query = query.unwrap_or_default();
    let asked = |wanted: &str| {
        let found = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let day = era::parse(&asked("on")).unwrap_or_else(|_| portal.clock().today());
    let made = officers_book::export(&portal, &actor, (day, &asked("q")), language(&headers)).await;
    let (file_name, file) = noted(&portal, &actor, &path, made).await?;
    Ok(streamed(file_name, XLSX, file))
}

/// The same names as the list's own address.
fn read_query(text: &str) -> ListQuery {
    let mut query = ListQuery::default();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        match &*name {
            "q" => query.search = value.into_owned(),
            "sort" => query.sort = value.into_owned(),
            "c" => query.columns.push(value.into_owned()),
            "archived" => query.archived = value == "1",
            name => {
                if let Some(field) = name.strip_prefix("f.") {
                    query.filters.insert(field.to_owned(), value.into_owned());
                }
            }
        }
    }
    query
}

/// The language that the page is in: what was chosen, else what the browser asks for.
pub(super) fn language(headers: &HeaderMap) -> Language {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let chosen = text(header::COOKIE).split(';').find_map(|pair| {
        let pair = pair.trim();
        pair.strip_prefix("__Host-").unwrap_or(pair).strip_prefix("kakunin-language=")
    });
    let wanted = chosen.unwrap_or_else(|| text(header::ACCEPT_LANGUAGE));
    if wanted.trim_start().starts_with("en") { Language::En } else { Language::Ja }
}

async fn filed(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    Path((register, id, file)): Path<(String, RecordId, Uuid)>,
) -> Result<Response, Refused> {
    let actor = session::actor(&portal, &session).await?;
    let content = for_register!(register.as_str(), |K| portal.filings().content::<K>(&actor, id, file).await);
    Ok(attachment(noted(&portal, &actor, &path, content).await?))
}

async fn file(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    Path((register, id)): Path<(String, RecordId)>,
    form: Multipart,
) -> Result<Redirect, Refused> {
    let actor = session::actor(&portal, &session).await?;
    // Asked before anything is read.
    let may = for_register!(register.as_str(), |K| {
        portal.store.tenant(&actor).record::<K>(id).to(K::EDIT, &actor).await.map(|_| K::REGISTER.key)
    });
    let key = noted(&portal, &actor, &path, may).await?;
    let form = received(form).await?;
    let outcome = for_register!(key, |K| portal.filings().file::<K>(&actor, id, form).await);
    let page = format!("/{key}/{id}?tab=files");
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{page}&done=saved"))),
        Err(PortalError::Invalid(errors)) => {
            let field = errors.first().map_or("file", |error| error.field.as_str());
            Ok(Redirect::to(&format!("{page}&refused={field}&problem={}", super::upload::problem_code(&errors))))
        }
        Err(error) => Err(error.into()),
    }
}

/// Reads the form piece by piece; a file over the limit is not kept in memory.
async fn received(mut form: Multipart) -> Result<FileForm, PortalError> {
    let broken = |_| PortalError::invalid("file", FieldProblem::FileTooLarge);
    let mut received = FileForm::default();
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            if bytes.len() <= MAX_BYTES {
                bytes.extend_from_slice(&chunk);
            }
        }
        match name.as_str() {
            "purpose" => received.purpose = String::from_utf8_lossy(&bytes).into_owned(),
            "version" => received.version = String::from_utf8_lossy(&bytes).into_owned(),
            "file" => {
                received.file_name = file_name;
                received.bytes = (bytes.len() <= MAX_BYTES).then_some(bytes);
            }
            _ => {}
        }
    }
    Ok(received)
}
