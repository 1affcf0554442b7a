//! Workbooks. An edge: calls services, and no service calls it.

mod cell;
pub mod coverage_book;
pub mod evidence_book;
mod inspect;
pub mod officers_book;
pub mod questionnaire_book;
pub mod read;
pub mod register_book;
pub mod register_template;
pub mod sandbox;
pub mod what_if_book;
