//! The form that brings a workbook in: read in a process of its own, then handed on.

use super::{
    download::{Refused, noted},
    session,
};
use crate::{excel::sandbox, portal::Portal, questionnaires::Uploaded};
use axum::{
    extract::{Multipart, State, multipart::MultipartError},
    http::{StatusCode, Uri},
    response::Redirect,
};
use kakunin_api::{FieldProblem, PortalError};
use std::sync::Arc;
use tower_sessions::Session;

pub(super) fn routes() -> super::Routes {
    super::Routes::new().post("/questionnaires/upload", upload).with_forms_up_to(sandbox::MAX_BYTES + 64 * 1024)
}

async fn upload(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    form: Multipart,
) -> Result<Redirect, Refused> {
    let actor = session::actor(&portal, &session).await?;
    // Asked before anything is read: nobody else's file is unpacked.
    noted(&portal, &actor, &path, portal.questionnaires().may_import(&actor).map(|_| ())).await?;
    let outcome = async {
        let (name, bytes) = file(form).await?;
        let sheets = sandbox::sheets(&bytes).await?;
        portal.questionnaires().upload(&actor, &name, &sheets).await
    };
    match outcome.await {
        Ok(Uploaded::Version(id)) => Ok(Redirect::to(&format!("/questionnaires/versions/{id}"))),
        Ok(Uploaded::Upload(id)) => Ok(Redirect::to(&format!("/questionnaires/uploads/{id}"))),
        Err(PortalError::Invalid(errors)) => {
            let problem = errors.first().map_or(FieldProblem::Missing, |error| error.problem);
            let code = serde_json::to_value(problem).ok().and_then(|code| code.as_str().map(str::to_owned));
            Ok(Redirect::to(&format!("/questionnaires/import?problem={}", code.unwrap_or_default())))
        }
        Err(error) => Err(error.into()),
    }
}

/// Name and bytes of the file.
async fn file(mut form: Multipart) -> Result<(String, Vec<u8>), PortalError> {
    while let Some(field) = form.next_field().await.map_err(|error| refused(&error))? {
        if field.name() != Some("file") {
            continue;
        }
        let name = kakunin_api::normalized::tidy(field.file_name().unwrap_or_default());
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(120).collect();
        let bytes = field.bytes().await.map_err(|error| refused(&error))?;
        if !bytes.is_empty() {
            return Ok((name, bytes.to_vec()));
        }
    }
    Err(PortalError::invalid("file", FieldProblem::Missing))
}

/// A body over the limit is too large; any other fault of the form is a broken upload.
fn refused(error: &MultipartError) -> PortalError {
    let problem = match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => FieldProblem::FileTooLarge,
        _ => FieldProblem::WorkbookBroken,
    };
    PortalError::invalid("file", problem)
}
