//! Finding who has a file attached, before its bytes are removed.

crate::step!(UP, DOWN);

const UP: &[&str] = &["CREATE INDEX evidence_files_by_content ON evidence_files (sha256)"];

const DOWN: &[&str] = &["DROP INDEX evidence_files_by_content"];
