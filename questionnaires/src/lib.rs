//! The vocabulary of assurance (questionnaires, answers, facts, policies) and the evaluator that gives a verdict on every requirement.
//!
//! What this crate does not know: files, clocks, randomness, databases, networks, users and their rights. "Today" is an input.
//! It compiles natively and for wasm, and gives the same bytes on both.
#![deny(missing_docs)]

pub mod answer;
#[cfg(feature = "catalog")]
pub mod catalog;
pub mod check;
pub mod command;
pub mod compile;
pub mod condition;
pub mod coverage;
pub mod difference;
pub mod display;
mod domain;
pub mod evaluate;
pub mod fact;
pub mod hash;
pub mod load;
pub mod policy;
pub mod questionnaire;
pub mod score;
pub mod text;
pub mod trace;
