//! The house itself: arrows between crates, heads of files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use kakunin_tests::portal::workspace;
use std::{collections::BTreeSet, path::PathBuf, process::Command};

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

fn tests_there_are() -> BTreeSet<String> {
    let mut files = Vec::new();
    for folder in ["app/src", "server/src", "server/api/src", "migrations/src", "questionnaires", "tests"] {
        sources(workspace().join(folder), &mut files);
    }
    let mut names = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (at, _) in text.match_indices("#[test]").chain(text.match_indices("#[tokio::test")) {
            let Some((_, rest)) = text[at..].split_once("fn ") else { continue };
            names.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

#[test]
fn every_requirement_of_the_ledger_names_what_shows_it() {
    let ledger = std::fs::read_to_string(workspace().join("docs/asvs.md")).unwrap();
    let (tests, mut rows) = (tests_there_are(), 0);
    for line in ledger.lines().filter(|line| line.starts_with("| V")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [id, level, _, shown] = cells.as_slice() else { panic!("not four cells: {line}") };
        rows += 1;
        assert!(matches!(*level, "1" | "2"), "{id}");
        let begins =
            ["n/a: ", "by construction: ", "document: ", "open: "].iter().any(|begin| shown.starts_with(begin));
        let named: Vec<&str> = shown.split('`').skip(1).step_by(2).filter(|name| is_test_name(name)).collect();
        assert!(begins || shown.starts_with('`') && !named.is_empty(), "{id} does not say what shows it: {shown}");
        for name in named {
            assert!(tests.contains(name), "{id}: there is no test {name}");
        }
        if let Some(document) = shown.strip_prefix("document: ") {
            let file = document.split([',', ':', ';']).next().unwrap_or_default().trim();
            assert!(workspace().join(file).is_file(), "{id}: there is no {file}");
        }
    }
    // Levels 1 and 2 of ASVS 5.0.0.
    assert_eq!(rows, 253);
}

/// Names of tests are sentences; other words in backticks are no tests.
fn is_test_name(name: &str) -> bool {
    name.matches('_').count() >= 3 && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[test]
fn every_library_comes_from_where_libraries_come_from() {
    let lock = std::fs::read_to_string(workspace().join("Cargo.lock")).unwrap();
    let sources: BTreeSet<&str> = lock.lines().filter(|line| line.starts_with("source = ")).collect();
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert!(sources.iter().all(|source| source.starts_with("source = \"registry+")), "{sources:?}");
    let packages = lock.matches("[[package]]").count();
    assert!(lock.matches("checksum = ").count() + 6 >= packages, "all but the workspace's own have a checksum");
    let node = std::fs::read_to_string(workspace().join("package-lock.json")).unwrap();
    assert!(!node.contains("git+") && !node.contains("\"link\": true"));
}
