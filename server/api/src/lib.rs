//! What the screen and the house behind it say to each other: ids, forms, views, states and errors.
//!
//! Compiles for the browser, so nothing in here may hold what a contractor must not see: a view for a contractor
//! (`answering`) has no field for a criterion, a weight or a verdict. This crate knows no database and no page.
#![deny(missing_docs)]

pub mod answering;
pub mod assessments;
pub mod attention;
pub mod corporate_number;
pub mod engagements;
pub mod error;
pub mod files;
pub mod handovers;
pub mod ids;
pub mod imports;
pub mod listing;
pub mod normalized;
pub mod officers;
pub mod organizations;
pub mod people;
pub mod policies;
pub mod questionnaires;
pub mod registers;
pub mod state;
pub mod subject;

pub use corporate_number::CorporateNumber;
pub use error::{FieldError, FieldProblem, PortalError};
