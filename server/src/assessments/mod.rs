//! 調査: sending, answering, submitting, evaluating, reviewing, deciding.

pub mod answer;
pub mod attach;
pub mod catalogue;
pub mod decide;
pub mod evaluate;
pub mod explain;
pub mod home;
pub mod invite;
pub mod replay;
pub mod review;
pub mod review_view;
pub mod send;
pub mod stage;
pub mod submit;
pub mod words;

use crate::{error::internal, portal::Portal, store::records::Assessment};
use jiff::civil::Date;
use kakunin_api::PortalError;

/// The staff's side of assessments.
#[derive(Clone, Copy, Debug)]
pub struct Assessments<'p>(pub(crate) &'p Portal);

/// The contractor's side of assessments.
#[derive(Clone, Copy, Debug)]
pub struct Answering<'p>(pub(crate) &'p Portal);

/// The due date of a row.
fn due_on(row: &Assessment) -> Result<Date, PortalError> {
    row.due_on.parse().map_err(internal)
}

/// Somebody else changed the assessment since the page was made that this form came from.
fn changed_meanwhile(row: &Assessment) -> PortalError {
    PortalError::Conflict { current: row.state.clone(), by: Some(row.changed_by.clone()) }
}
