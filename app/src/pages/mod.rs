//! The pages, a folder an area. They read through services and post to server functions.

pub mod answering;
pub mod assessments;
pub mod audit;
pub mod handovers;
pub mod home;
pub mod imports;
pub mod organizations;
pub mod people;
pub mod policies;
pub mod questionnaires;
pub mod refused;
pub mod registers;

use kakunin_api::{PortalError, listing::Query};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::str::FromStr;

/// A part of the path; what is no such thing is NotFound.
fn param<T: FromStr>(name: &str) -> Result<T, PortalError> {
    let text = use_params_map().with_untracked(|map| map.get(name)).unwrap_or_default();
    text.parse().map_err(|_| PortalError::NotFound)
}

/// A part of the query; empty where it is not there.
fn query_text(name: &str) -> String {
    use_query_map().with_untracked(|map| map.get(name)).unwrap_or_default()
}

/// What a list is asked for by `?q=…&page=…`.
fn list_query() -> Query {
    Query { search: query_text("q"), page: query_text("page").parse().unwrap_or(1) }
}
