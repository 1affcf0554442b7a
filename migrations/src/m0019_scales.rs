//! The classes of information that an organization names itself, as JSON; empty where the national ones are its own.

crate::step!(UP, DOWN);

const UP: &[&str] = &["ALTER TABLE organizations ADD COLUMN scale TEXT NOT NULL DEFAULT ''"];

const DOWN: &[&str] = &["ALTER TABLE organizations DROP COLUMN scale"];
