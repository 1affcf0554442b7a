//! The registers: one list, one page and one form for all of them, made from what their schema says.

pub mod detail;
pub mod form;
pub mod list;
pub mod table;
pub mod value;

mod assessments;
pub mod begun;
mod beside;
mod files;
mod history;

use crate::components::pager::encoded;
use kakunin_api::registers::ListQuery;
use kakunin_server::{registers::schema::Register, store::registers::GAPS};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What a list is asked for by its address: `?q=…&page=…&sort=…&c=…&f.zone=…&archived=1`.
fn query_of(register: &'static Register) -> ListQuery {
    use_query_map().with_untracked(|map| {
        let text = |name: &str| map.get(name).unwrap_or_default();
        let filters = register.fields().filter(|field| field.filter).map(|field| field.name).chain(["decision", GAPS]);
        let columns = map.get_all("c").unwrap_or_default();
        let chosen: Vec<_> = register.columns(&columns).iter().map(|field| field.name).collect();
        let usual: Vec<_> = register.columns(&[]).iter().map(|field| field.name).collect();
        ListQuery {
            search: text("q"),
            page: text("page").parse().unwrap_or(1),
            sort: text("sort"),
            // The form names them all: the usual ones are no choice.
            columns: if chosen == usual { Vec::new() } else { columns },
            filters: filters
                .map(|name| (name.to_owned(), text(&format!("f.{name}"))))
                .filter(|(_, code)| !code.is_empty())
                .collect(),
            archived: text("archived") == "1",
        }
    })
}

/// What stands behind the `?` for a page of a list.
fn address_of(query: &ListQuery) -> String {
    let mut parts = Vec::new();
    let mut put = |name: String, value: &str| {
        if !value.is_empty() {
            parts.push(format!("{name}={}", encoded(value)));
        }
    };
    put("q".to_owned(), &query.search);
    put("sort".to_owned(), &query.sort);
    for column in &query.columns {
        put("c".to_owned(), column);
    }
    for (name, code) in &query.filters {
        put(format!("f.{name}"), code);
    }
    put("archived".to_owned(), if query.archived { "1" } else { "" });
    if query.page > 1 {
        parts.push(format!("page={}", query.page));
    }
    parts.join("&")
}
