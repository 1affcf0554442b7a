//! placeholder
use crate::{permission::Actor, portal::Portal};
use kakunin_api::{PortalError, ids::AssessmentId};
/// A finished workbook.
#[derive(Debug)]
pub struct EvidenceBook { /// name
 pub file_name: String, /// bytes
 pub bytes: Vec<u8> }
/// x
/// # Errors
/// x
pub async fn export(_: &Portal, _: &Actor, _: AssessmentId) -> Result<EvidenceBook, PortalError> { Err(PortalError::Unavailable) }
