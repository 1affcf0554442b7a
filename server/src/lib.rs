//! Everything behind the screen: services, permissions, database, files, workbooks, HTTP. Knows no Leptos.
#![deny(missing_docs)]

pub mod actor;
pub mod assessments;
pub mod audit;
mod child;
pub mod cli;
pub mod clock;
pub mod config;
pub mod criterion_words;
pub mod demo;
pub mod era;
mod error;
pub mod excel;
pub mod grid;
pub mod handovers;
pub mod http;
pub mod imports;
pub mod mail;
pub mod malware;
pub mod organizations;
pub mod people;
pub mod permission;
pub mod policies;
pub mod portal;
pub mod questionnaires;
pub mod registers;
pub mod rng;
pub mod storage;
pub mod store;

pub use portal::Portal;
