//! The texts of `locales/`, with every key checked when this compiles.

include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));

pub use i18n::*;
pub use leptos_i18n::td_string;
