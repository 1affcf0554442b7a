//! The house itself: arrows between crates, heads of files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use kakunin_tests::portal::workspace;
use std::{path::PathBuf, process::Command};

fn tree(arguments: &[&str]) -> String {
    let output = Command::new("cargo")
        .current_dir(workspace())
        .args(["tree", "--offline", "--prefix", "none", "-e", "normal"])
        .args(arguments)
        .output();
    let output = output.expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_browser_links_neither_the_server_nor_the_database() {
    let browser = tree(&[
        "-p",
        "kakunin-app",
        "--no-default-features",
        "--features",
        "hydrate",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    assert!(browser.contains("kakunin-api "));
    for name in ["kakunin-server ", "sea-orm ", "axum ", "leptos_router ", "leptos_i18n ", "leptos_meta "] {
        assert!(!browser.lines().any(|line| line.starts_with(name)), "the browser links {name}");
    }
}

#[test]
fn nothing_points_back() {
    let questionnaires = tree(&["-p", "kakunin-questionnaires"]);
    let server = tree(&["-p", "kakunin-server"]);
    let tests = tree(&["-p", "kakunin-tests"]);
    assert!(!questionnaires.lines().skip(1).any(|line| line.starts_with("kakunin-")), "questionnaires stands alone");
    assert!(
        !server.lines().any(|line| line.starts_with("leptos ") || line.starts_with("kakunin-app ")),
        "server knows no Leptos"
    );
    assert!(!tests.lines().skip(1).any(|line| line.starts_with("kakunin-")), "tests know HTTP and the binary");
}

fn sources(folder: PathBuf, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            sources(entry, found);
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            found.push(entry);
        }
    }
}

#[test]
fn every_module_says_what_it_is_for_and_stays_one_subject() {
    let mut found = Vec::new();
    for folder in ["app/src", "server/src", "server/api/src", "migrations/src", "questionnaires/src", "tests/src"] {
        sources(workspace().join(folder), &mut found);
    }
    assert!(found.len() > 100);
    for file in found {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{} begins without saying what it is for", file.display());
        assert!(
            text.lines().count() <= 450,
            "{} has {} lines: two subjects in one room?",
            file.display(),
            text.lines().count()
        );
    }
}
