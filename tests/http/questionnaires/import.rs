use super::{id_of, outsourcing, reworded};
use kakunin_tests::TestPortal;

const NEW_WORDS: &str = "会社の情報セキュリティの規程は文書になっていますか。";

#[tokio::test]
async fn a_draft_shows_its_differences_and_assessments_under_way_keep_their_version() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (before, link) = officer.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;

    let administrator = portal.administrator().await;
    let draft = administrator.posts("/api/questionnaires/import", &[("form[yaml]", &reworded())]).await;
    assert!(draft.path.starts_with("/questionnaires/versions/"), "{} {}", draft.path, draft.text_of("main"));
    let said = draft.text_of("main");
    assert!(said.contains("異なる設問 1件") && said.contains(NEW_WORDS) && said.contains("文言"), "{said}");
    let listed = portal.auditor().await.looks_at("/questionnaires/outsourcing").await;
    assert!(!listed.text_of("main").contains(NEW_WORDS), "a draft is not in use");

    let id = id_of(&draft);
    let published = administrator.posts("/api/questionnaires/publish", &[("form[version]", &id)]).await;
    assert_eq!(published.status, 200, "{}", published.text_of("main"));
    let again = administrator.posts("/api/questionnaires/publish", &[("form[version]", &id)]).await;
    assert!(!again.text_of(".error-summary").is_empty(), "what is published stays");
    let listed = portal.auditor().await.looks_at("/questionnaires/outsourcing").await;
    assert!(listed.text_of("main").contains(NEW_WORDS));

    let section = contractor.looks_at(&format!("/answer/{before}/sections/1")).await;
    assert!(!section.text_of("main").contains(NEW_WORDS), "sent with the version before");
    let after = officer.sends_again(&before).await;
    let page = officer.looks_at(&format!("/assessments/{after}")).await;
    assert!(page.text_of("main").contains("2027.1"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn a_file_with_problems_is_refused_line_by_line_and_kept() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let broken = reworded().replacen("type: choice\n", "type: chioce\n", 1);
    assert_ne!(broken, reworded());
    let page = administrator.posts("/api/questionnaires/import", &[("form[yaml]", &broken)]).await;
    assert!(page.text_of(".error-summary").contains("内容に問題があります"), "{}", page.text_of("main"));
    assert!(page.text_of(".notice-error").contains("行目"), "{}", page.text_of(".notice-error"));
    assert!(page.text_of("#yaml").contains("chioce"), "nothing typed is lost");
}

#[tokio::test]
async fn a_key_keeps_its_meaning_across_questionnaires() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let other = outsourcing().replace("questionnaire: outsourcing", "questionnaire: another");
    let same = administrator.posts("/api/questionnaires/import", &[("form[yaml]", &other)]).await;
    assert!(same.path.starts_with("/questionnaires/versions/"), "{}", same.text_of("main"));
    let clashing = "questionnaire: clashing\nversion: \"1\"\ntitle: {ja: 見本, en: Sample}\nintroduction: {ja: 説明, en: Introduction}\nsections:\n  - id: only\n    title: {ja: 一, en: One}\n    introduction: {ja: 説明, en: Introduction}\n    minutes: 1\n    questions:\n      - {key: company.policy, text: {ja: 日, en: Day}, type: date}\n";
    let page = administrator.posts("/api/questionnaires/import", &[("form[yaml]", clashing)]).await;
    assert!(page.text_of(".notice-error").contains("別の種類の回答"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn the_same_version_is_not_imported_twice() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    administrator.posts("/api/questionnaires/import", &[("form[yaml]", &reworded())]).await;
    let page = administrator.posts("/api/questionnaires/import", &[("form[yaml]", &reworded())]).await;
    assert!(page.text_of(".error-summary").contains("すでに取り込まれています"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn only_an_administrator_imports_and_publishes() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let draft = administrator.posts("/api/questionnaires/import", &[("form[yaml]", &reworded())]).await;
    let id = id_of(&draft);
    for person in [portal.officer().await, portal.reviewer().await, portal.auditor().await] {
        assert_eq!(person.posts("/api/questionnaires/import", &[("form[yaml]", &reworded())]).await.status, 403);
        assert_eq!(person.posts("/api/questionnaires/publish", &[("form[version]", &id)]).await.status, 403);
        assert_eq!(super::uploads(&person, "調査票.xlsx", b"PK\x03\x04".to_vec()).await.status, 403);
        assert_eq!(person.looks_at("/questionnaires/import").await.status, 403);
        assert_eq!(person.looks_at(&draft.path).await.status, 200, "all staff see what is planned");
    }
}
