//! A workbook that comes with a form: its name and bytes, and what the page says where it cannot be read.

use axum::{
    extract::{
        Multipart,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use kakunin_api::{FieldProblem, PortalError};

/// Longest name of a file that is kept, in characters.
const NAME_CHARACTERS: usize = 120;

/// Name and bytes of the file in the field `file`.
///
/// # Errors
/// Invalid where there is none, or it is too large.
pub(super) async fn file(mut form: Multipart) -> Result<(String, Vec<u8>), PortalError> {
    while let Some(field) = form.next_field().await.map_err(|error| refused(&error))? {
        if field.name() != Some("file") {
            continue;
        }
        let (name, bytes) = named(field).await?;
        if !bytes.is_empty() {
            return Ok((name, bytes));
        }
    }
    Err(PortalError::invalid("file", FieldProblem::Missing))
}

/// Name and bytes of a file field.
pub(super) async fn named(field: Field<'_>) -> Result<(String, Vec<u8>), PortalError> {
    let name = kakunin_api::normalized::tidy(field.file_name().unwrap_or_default());
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(NAME_CHARACTERS).collect();
    let bytes = field.bytes().await.map_err(|error| refused(&error))?;
    Ok((name, bytes.to_vec()))
}

/// A body over the limit is too large; any other fault of the form is a broken upload.
pub(super) fn refused(error: &MultipartError) -> PortalError {
    let problem = match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => FieldProblem::FileTooLarge,
        _ => FieldProblem::WorkbookBroken,
    };
    PortalError::invalid("file", problem)
}

/// The first problem of a refused form, as an address carries it.
pub(super) fn problem_code(errors: &[kakunin_api::FieldError]) -> String {
    let problem = errors.first().map_or(FieldProblem::Missing, |error| error.problem);
    let code = serde_json::to_value(problem).ok().and_then(|code| code.as_str().map(str::to_owned));
    code.unwrap_or_default()
}
