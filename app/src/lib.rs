//! The full-stack app: pages rendered on the server, islands in the browser.
//!
//! `pages`, `components` and translations compile for the server only; `components::islands` for both sides. Only an
//! island's own arguments are written into a page, so nothing else of a page's data reaches the browser.

#[cfg(feature = "ssr")]
pub mod app;
pub mod components;
#[cfg(feature = "ssr")]
pub mod connections;
pub mod endpoints;
#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod serve;
#[cfg(feature = "ssr")]
pub mod words;

/// Wakes the islands of a page up.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
