//! Departments whose work goes on elsewhere after their last day: which, as a JSON list of ids, the first of them its heir. Empty once it has.

crate::step!(UP, DOWN);

const UP: &[&str] = &["ALTER TABLE departments ADD COLUMN continued_by TEXT NOT NULL DEFAULT ''"];

const DOWN: &[&str] = &["ALTER TABLE departments DROP COLUMN continued_by"];
