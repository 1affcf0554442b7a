//! An organization may demand that whoever signs in to it with a password has a second factor too.

crate::step!(UP, DOWN);

const UP: &[&str] = &["ALTER TABLE organizations ADD COLUMN demands_second_factor BOOLEAN NOT NULL DEFAULT FALSE"];

const DOWN: &[&str] = &["ALTER TABLE organizations DROP COLUMN demands_second_factor"];
