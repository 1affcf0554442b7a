//! Downloads: files attached to answers, and the evidence workbook.

use super::session;
use crate::{
    assessments::attach::FileContent,
    excel::{coverage_book, evidence_book, questionnaire_book, what_if_book},
    permission::Actor,
    portal::Portal,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use kakunin_api::{
    PortalError,
    ids::{AssessmentId, EvidenceId, PolicyVersionId},
};
use std::{fs::File, sync::Arc};
use tokio_util::io::ReaderStream;
use tower_sessions::Session;

/// Media type of a workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) fn routes() -> super::Routes {
    super::Routes::new()
        .get("/assessments/{id}/evidence.xlsx", evidence_workbook)
        .get("/policies/{id}/coverage.xlsx", coverage_workbook)
        .get("/policies/versions/{id}/what-if.xlsx", what_if_workbook)
        .get("/questionnaires/{id}/questionnaire.xlsx", questionnaire_workbook)
        .get("/assessments/{id}/files/{file}", file_for_staff)
        .get("/answer/{id}/files/{file}", file_for_contractor)
}

async fn evidence_workbook(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    Path(id): Path<AssessmentId>,
) -> Result<Response, Refused> {
    let actor = session::actor(&portal, &session).await?;
    let book = noted(&portal, &actor, &path, evidence_book::export(&portal, &actor, id).await).await?;
    Ok(attachment(FileContent { file_name: book.file_name, media_type: XLSX.to_owned(), bytes: book.bytes }))
}

async fn coverage_workbook(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let actor = session::actor(&portal, &session).await?;
    let made = coverage_book::export(&portal, &actor, &id).await;
    let (file_name, bytes) = noted(&portal, &actor, &path, made).await?;
    Ok(attachment(FileContent { file_name, media_type: XLSX.to_owned(), bytes }))
}

async fn what_if_workbook(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    Path(id): Path<PolicyVersionId>,
) -> Result<Response, Refused> {
    let actor = session::actor(&portal, &session).await?;
    let made = what_if_book::export(&portal, &actor, id).await;
    let (file_name, bytes) = noted(&portal, &actor, &path, made).await?;
    Ok(attachment(FileContent { file_name, media_type: XLSX.to_owned(), bytes }))
}

async fn questionnaire_workbook(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let actor = session::actor(&portal, &session).await?;
    let made = questionnaire_book::export(&portal, &actor, &id).await;
    let (file_name, bytes) = noted(&portal, &actor, &path, made).await?;
    Ok(attachment(FileContent { file_name, media_type: XLSX.to_owned(), bytes }))
}

async fn file_for_staff(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    Path((_, file)): Path<(AssessmentId, EvidenceId)>,
) -> Result<Response, Refused> {
    let actor = session::actor(&portal, &session).await?;
    Ok(attachment(noted(&portal, &actor, &path, portal.assessments().file(&actor, file).await).await?))
}

async fn file_for_contractor(
    State(portal): State<Arc<Portal>>,
    session: Session,
    path: Uri,
    Path((_, file)): Path<(AssessmentId, EvidenceId)>,
) -> Result<Response, Refused> {
    let actor = session::actor(&portal, &session).await?;
    Ok(attachment(noted(&portal, &actor, &path, portal.answering().file(&actor, file).await).await?))
}

/// What came of a request, with a refusal noted in the log.
pub(super) async fn noted<T>(
    portal: &Portal,
    actor: &Actor,
    path: &Uri,
    outcome: Result<T, PortalError>,
) -> Result<T, Refused> {
    if matches!(outcome, Err(PortalError::Forbidden)) {
        portal.audit().refused(actor, path.path()).await;
    }
    Ok(outcome?)
}

/// A file to be saved, never shown: what a contractor attached does not run in anybody's browser.
pub(super) fn attachment(file: FileContent) -> Response {
    let encoded: String = file.file_name.bytes().map(encoded_byte).collect();
    let disposition = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}"));
    let media_type = HeaderValue::from_str(&file.media_type);
    let mut response = Response::new(Body::from(file.bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    headers.insert(header::CONTENT_TYPE, media_type.unwrap_or(HeaderValue::from_static("application/octet-stream")));
    response
}

/// The same for a file that may be large: it is sent piece by piece.
pub(super) fn streamed(file_name: String, media_type: &str, file: File) -> Response {
    let pieces = Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file)));
    let empty = FileContent { file_name, media_type: media_type.to_owned(), bytes: Vec::new() };
    attachment(empty).map(|_| pieces)
}

/// Percent-encoding of RFC 8187.
fn encoded_byte(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// A refusal outside a page: to the page that explains it.
pub(super) struct Refused(PortalError);

impl From<PortalError> for Refused {
    fn from(error: PortalError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self.0 {
            PortalError::SignedOut => Redirect::to("/sign-in").into_response(),
            PortalError::Forbidden => Redirect::to("/forbidden").into_response(),
            PortalError::NotFound | PortalError::Invalid(_) => Redirect::to("/not-found").into_response(),
            PortalError::Conflict { .. } => StatusCode::CONFLICT.into_response(),
            PortalError::TooMany { retry_after_seconds } => {
                (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, retry_after_seconds.to_string())])
                    .into_response()
            }
            PortalError::Unavailable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            PortalError::Internal(id) => (StatusCode::INTERNAL_SERVER_ERROR, format!("error {id}")).into_response(),
        }
    }
}
