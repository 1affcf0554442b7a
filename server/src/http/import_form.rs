//! The form that brings a list in, read in a process of its own, and the template that comes before it.

use super::{
    download::{Refused, XLSX, noted, streamed},
    registers::language,
    session, upload,
};
use crate::{
    excel::{register_template, sandbox},
    for_register,
    portal::Portal,
};
use axum::{
    extract::{Multipart, Path, Query, State},
    http::{HeaderMap, Uri},
    response::{Redirect, Response},
};
use kakunin_api::PortalError;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tower_sessions::Session;

pub(super) fn routes() -> super::Routes {
    super::Routes::new()
        .get("/registers/{register}/template.xlsx", template)
        .post("/registers/{register}/upload", receive)
        .with_forms_up_to(sandbox::MAX_BYTES + 64 * 1024)
}

/// Whether the template comes with what is there.
#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(default)]
    filled: String,
}

async fn template(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    headers: HeaderMap,
    Path(register): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refused> {
    let actor = session::actor(&portal, &session).await?;
    let (filled, language) = (wanted.filled == "1", language(&headers));
    let made = for_register!(register.as_str(), |K| {
        register_template::template::<K>(&portal, &actor, filled, language).await
    });
    let (file_name, file) = noted(&portal, &actor, &path, made).await?;
    Ok(streamed(file_name, XLSX, file))
}

async fn receive(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    Path(register): Path<String>,
    form: Multipart,
) -> Result<Redirect, Refused> {
    let actor = session::actor(&portal, &session).await?;
    // Asked before anything is read: nobody else's file is unpacked.
    let key = noted(&portal, &actor, &path, portal.imports().may(&actor, &register)).await?.key;
    let outcome = async {
        let (name, bytes) = upload::file(form).await?;
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let grid = sandbox::grid(&bytes).await?;
        drop(bytes);
        portal.imports().upload(&actor, key, (&name, &sha256), &grid).await
    };
    match outcome.await {
        Ok(id) => Ok(Redirect::to(&format!("/imports/{id}"))),
        Err(PortalError::Invalid(errors)) => {
            let code = upload::problem_code(&errors);
            Ok(Redirect::to(&format!("/registers/{key}/import?problem={code}")))
        }
        Err(error) => Err(error.into()),
    }
}
