//! What a reorganization that was settled ahead has made, as JSON, to be taken back until its day. Empty once it has come about.

crate::step!(UP, DOWN);

const UP: &[&str] = &["ALTER TABLE departments ADD COLUMN settled TEXT NOT NULL DEFAULT ''"];

const DOWN: &[&str] = &["ALTER TABLE departments DROP COLUMN settled"];
