//! Workbooks. An edge: calls services, and no service calls it.

pub mod evidence_book;
