//! The form that brings a workbook in: read in a process of its own, then handed on.

use super::{
    download::{Refused, noted},
    session, upload,
};
use crate::{excel::sandbox, portal::Portal, questionnaires::Uploaded};
use axum::{
    extract::{Multipart, State},
    http::Uri,
    response::Redirect,
};
use kakunin_api::PortalError;
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
        let (name, bytes) = upload::file(form).await?;
        let sheets = sandbox::sheets(&bytes).await?;
        portal.questionnaires().upload(&actor, &name, &sheets).await
    };
    match outcome.await {
        Ok(Uploaded::Version(id)) => Ok(Redirect::to(&format!("/questionnaires/versions/{id}"))),
        Ok(Uploaded::Upload(id)) => Ok(Redirect::to(&format!("/questionnaires/uploads/{id}"))),
        Err(PortalError::Invalid(errors)) => {
            Ok(Redirect::to(&format!("/questionnaires/import?problem={}", upload::problem_code(&errors))))
        }
        Err(error) => Err(error.into()),
    }
}
