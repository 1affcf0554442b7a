//! The rows of the tables, one table a file. Private to `store`: no service sees a row it did not get from a query.

pub mod answer;
pub mod appointment;
pub mod assessment;
pub mod audit_checkpoint;
pub mod audit_event;
pub mod company;
pub mod decision;
pub mod department;
pub mod document;
pub mod engagement;
pub mod evaluation;
pub mod evidence_file;
pub mod identity;
pub mod invitation;
pub mod membership;
pub mod organization;
pub mod r#override;
pub mod policy_version;
pub mod post;
pub mod questionnaire_version;
pub mod recovery_code;
pub mod r#return;
pub mod session;
pub mod user;
pub mod vendor;
pub mod workbook_upload;
