//! The form that brings a list of transfers in a workbook, read in a process of its own.

use super::{
    download::{Refused, noted},
    session, upload,
};
use crate::{excel::sandbox, handovers::Received, portal::Portal};
use axum::{
    extract::{Multipart, State},
    http::Uri,
    response::Redirect,
};
use kakunin_api::{FieldProblem, PortalError};
use std::sync::Arc;
use tower_sessions::Session;

/// The fields of the form.
const FIELDS: [&str; 4] = ["file", "day", "document_number", "names"];
/// Longest text that comes with the file, in bytes.
const MAX_TEXT: usize = 256 * 1024;

pub(super) fn routes() -> super::Routes {
    super::Routes::new().post("/handovers/upload", receive).with_forms_up_to(sandbox::MAX_BYTES + 3 * MAX_TEXT)
}

async fn receive(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    form: Multipart,
) -> Result<Redirect, Refused> {
    let actor = session::actor(&portal, &session).await?;
    // Asked before anything is read: nobody else's file is unpacked.
    noted(&portal, &actor, &path, portal.handovers().may(&actor)).await?;
    let outcome = async {
        let received = received(form).await?;
        portal.handovers().receive(&actor, &received).await
    };
    match outcome.await {
        Ok(id) => Ok(Redirect::to(&format!("/handovers/{id}"))),
        Err(PortalError::Invalid(errors)) => {
            let named = errors.first().map_or("file", |error| error.field.as_str());
            let field = FIELDS.into_iter().find(|field| *field == named).unwrap_or("file");
            Ok(Redirect::to(&format!("/handovers?refused={field}&problem={}", upload::problem_code(&errors))))
        }
        Err(error) => Err(error.into()),
    }
}

async fn received(mut form: Multipart) -> Result<Received, PortalError> {
    let mut received = Received::default();
    while let Some(field) = form.next_field().await.map_err(|error| upload::refused(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let (file_name, bytes) = upload::named(field).await?;
            if !bytes.is_empty() {
                received.source = file_name;
                received.sheets = sandbox::sheets(&bytes).await?;
            }
            continue;
        }
        let bytes = field.bytes().await.map_err(|error| upload::refused(&error))?;
        if bytes.len() > MAX_TEXT {
            return Err(PortalError::invalid(name, FieldProblem::TooLong));
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "day" => received.day = text,
            "document_number" => received.document_number = text,
            "names" => received.names = text,
            _ => {}
        }
    }
    if received.sheets.is_empty() {
        return Err(PortalError::invalid("file", FieldProblem::Missing));
    }
    Ok(received)
}
