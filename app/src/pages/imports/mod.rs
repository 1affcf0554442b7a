//! Lists as people keep them, brought into a register: uploaded, their columns told apart, tried, and brought in.

pub mod detail;
pub mod upload;

mod columns;
mod outcome;
