//! Turns `locales/` into the `i18n` module, with every key checked when the app is compiled.

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};
use std::{env, error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    // The browser has no translations: an island gets its few texts as arguments.
    if env::var_os("CARGO_FEATURE_SSR").is_none() {
        return Ok(());
    }
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("i18n");
    let options = ParseOptions::new().interpolate_display(true);
    let texts = TranslationsInfos::parse(Config::new("ja")?.add_locale("en")?.parse_options(options))?;
    texts.emit_diagnostics();
    texts.rerun_if_locales_changed();
    texts.generate_i18n_module(folder)?;
    Ok(())
}
