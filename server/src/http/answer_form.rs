//! The answering form of a section: answers and files in one multipart POST, so that it works without JavaScript.
//!
//! Answers are saved before they are checked, files after the answers; then the browser is sent to the page the pressed
//! button names, or back to this section where something new is asked or a file was refused.

use super::{
    download::{Refused, noted},
    session,
};
use crate::{assessments::attach::MAX_BYTES, permission::Actor, portal::Portal};
use axum::{
    extract::{Multipart, Path, State, multipart::Field},
    http::Uri,
    response::Redirect,
};
use kakunin_api::{FieldProblem, PortalError, answering::EnteredAnswer, ids::AssessmentId};
use std::{collections::BTreeMap, sync::Arc};
use tower_sessions::Session;

/// Largest form, in bytes: a section has at most a few files.
const MAX_FORM_BYTES: usize = 4 * MAX_BYTES + 1024 * 1024;
/// Longest answer, in bytes.
const MAX_TEXT_BYTES: usize = 64 * 1024;

pub(super) fn routes() -> super::Routes {
    super::Routes::new().post("/answer/{id}/sections/{number}", save).with_forms_up_to(MAX_FORM_BYTES)
}

/// What came with the form.
#[derive(Default)]
struct Received {
    answers: BTreeMap<String, EnteredAnswer>,
    files: Vec<(String, String, Vec<u8>)>,
    too_large: Vec<String>,
    detach: Vec<String>,
    go: String,
}

async fn save(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    Path((id, number)): Path<(AssessmentId, u16)>,
    form: Multipart,
) -> Result<Redirect, Refused> {
    let actor = session::actor(&portal, &session).await?;
    let received = received(form).await?;
    noted(&portal, &actor, &path, taken(&portal, &actor, (id, number), received).await).await
}

/// Saves what came, and says where the browser goes next.
async fn taken(
    portal: &Portal,
    actor: &Actor,
    (id, number): (AssessmentId, u16),
    received: Received,
) -> Result<Redirect, PortalError> {
    let answering = portal.answering();
    let saved = match answering.save_section(actor, id, number, &received.answers).await {
        // Submitted meanwhile, in another window: the receipt says so.
        Err(PortalError::Conflict { .. }) => return Ok(Redirect::to(&format!("/answer/{id}/receipt"))),
        other => other?,
    };
    let mut refused: Vec<(String, FieldProblem)> =
        received.too_large.into_iter().map(|key| (key, FieldProblem::FileTooLarge)).collect();
    for key in &received.detach {
        answering.detach(actor, id, key).await?;
    }
    for (key, name, bytes) in &received.files {
        match answering.attach(actor, id, key, name, bytes).await {
            Err(PortalError::Invalid(errors)) => {
                refused.extend(errors.into_iter().map(|error| (error.field, error.problem)))
            }
            other => other?,
        }
    }
    let here = format!("/answer/{id}/sections/{number}");
    if let Some((key, problem)) = refused.first() {
        // A key that is none of the questionnaire's stands in no address.
        let key: String = key.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')).collect();
        let code = serde_json::to_value(problem).ok().and_then(|code| code.as_str().map(str::to_owned));
        return Ok(Redirect::to(&format!("{here}?refused={key}&problem={}#q-{key}", code.unwrap_or_default())));
    }
    let turns_on = matches!(received.go.as_str(), "next" | "review");
    if turns_on && !saved.newly_asked.is_empty() {
        let first = saved.newly_asked.first().map(String::as_str).unwrap_or_default();
        return Ok(Redirect::to(&format!("{here}?added={}#q-{first}", saved.newly_asked.len())));
    }
    if turns_on && let Some(first) = saved.problems.keys().next() {
        return Ok(Redirect::to(&format!("{here}?check=1#q-{first}")));
    }
    Ok(Redirect::to(&match received.go.as_str() {
        "next" => format!("/answer/{id}/sections/{}", number.saturating_add(1)),
        "previous" => format!("/answer/{id}/sections/{}", number.saturating_sub(1).max(1)),
        "review" => format!("/answer/{id}/review"),
        _ => format!("{here}?saved=1"),
    }))
}

/// Reads the form piece by piece; a file over the limit is not kept in memory.
async fn received(mut form: Multipart) -> Result<Received, PortalError> {
    let broken = |_| PortalError::Invalid(Vec::new());
    let mut received = Received::default();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(key) = name.strip_prefix("file.") {
            let file_name = field.file_name().unwrap_or_default().to_owned();
            match bytes(field, MAX_BYTES).await? {
                Some(bytes) if bytes.is_empty() => {}
                Some(bytes) => received.files.push((key.to_owned(), file_name, bytes)),
                None => received.too_large.push(key.to_owned()),
            }
            continue;
        }
        let text =
            bytes(field, MAX_TEXT_BYTES).await?.ok_or_else(|| PortalError::invalid(&name, FieldProblem::TooLong))?;
        let text = String::from_utf8(text).map_err(|_| PortalError::Invalid(Vec::new()))?;
        match name.split_once('.') {
            Some(("detach", key)) => received.detach.push(key.to_owned()),
            Some(("value", key)) => entered(&mut received, key).value = text,
            Some(("values", key)) => entered(&mut received, key).values.push(text),
            Some(("state", key)) => entered(&mut received, key).state = text,
            Some(("reason", key)) => entered(&mut received, key).reason = text,
            _ if name == "go" => received.go = text,
            _ => {}
        }
    }
    for answer in received.answers.values_mut() {
        // An empty hidden field stands before check boxes, so that unticking all of them is an answer too.
        answer.values.retain(|value| !value.is_empty());
    }
    Ok(received)
}

fn entered<'r>(received: &'r mut Received, key: &str) -> &'r mut EnteredAnswer {
    received.answers.entry(key.to_owned()).or_default()
}

/// The bytes of a field; none where there are more than `limit`.
async fn bytes(mut field: Field<'_>, limit: usize) -> Result<Option<Vec<u8>>, PortalError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| PortalError::Invalid(Vec::new()))? {
        if bytes.len() <= limit {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((bytes.len() <= limit).then_some(bytes))
}
