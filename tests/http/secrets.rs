//! What is internal stays inside.

use kakunin_tests::{TestPortal, portal::workspace};

/// Words that only requirements have: their ids' begins, internal texts, and the names of criteria.
fn internal_texts() -> Vec<String> {
    let folder = workspace().join("questionnaires/catalog/requirements");
    let mut words =
        vec!["met_when".to_owned(), "partly_when".to_owned(), "applies_when".to_owned(), "owed_by".to_owned()];
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text.lines().map(str::trim) {
            if let Some(id) = line.strip_prefix("- id: ") {
                words.push(id.to_owned());
            }
            // The texts of requirements; the titles are short words that a question may use too.
            if let Some(text) = line.strip_prefix("ja: ") {
                words.push(text.chars().take(20).collect());
            }
        }
    }
    assert!(words.len() > 100, "the catalogue was read: {}", words.len());
    words
}

#[tokio::test]
async fn a_contractor_receives_no_criterion_weight_or_verdict() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[]).await;
    contractor.submits(&assessment).await;
    for path in ["", "/review", "/receipt", "/sections/1"] {
        contractor.looks_at(&format!("/answer/{assessment}{path}")).await;
    }
    for path in [
        format!("/assessments/{assessment}"),
        format!("/assessments/{assessment}/evidence.xlsx"),
        "/vendors".into(),
        "/officers".into(),
        "/audit-events".into(),
    ] {
        let page = contractor.looks_at(&path).await;
        assert!(matches!(page.status, 403 | 404), "{path}: {}", page.status);
    }
    let received = contractor.received();
    for word in internal_texts() {
        assert!(!received.contains(&word), "a contractor received {word:?}");
    }
    for word in ["不適合", "一部適合", "重み", "得点", "確認率"] {
        assert!(!received.contains(word), "a contractor received {word}");
    }
}

#[test]
fn the_browser_bundle_holds_no_catalogue() {
    let folder = workspace().join("dist");
    for file in std::fs::read_dir(folder).expect("the bundle; `make bundle` makes it") {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for word in internal_texts() {
            assert!(!text.contains(&word), "the bundle holds {word:?}");
        }
    }
}
