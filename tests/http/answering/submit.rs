use kakunin_tests::TestPortal;

#[tokio::test]
async fn an_incomplete_questionnaire_lists_what_is_missing() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    let page = contractor.submits(&assessment).await;
    assert!(page.text_of(".error-summary").contains("未回答の設問があります"), "{}", page.text_of("main"));
    let links = page.attributes("#answers a", "href");
    assert!(links.len() > 25, "{} missing", links.len());
    assert!(links[0].contains("/sections/1#q-"));
}

#[tokio::test]
async fn a_second_submission_changes_nothing() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[]).await;
    let (first, second) = tokio::join!(contractor.submits(&assessment), contractor.submits(&assessment));
    let third = contractor.submits(&assessment).await;
    for page in [&first, &second, &third] {
        assert_eq!(page.text_of(".receipt strong"), third.text_of(".receipt strong"), "{}", page.text_of("main"));
    }
    let section = contractor.looks_at(&format!("/answer/{assessment}/sections/1")).await;
    assert!(section.path.ends_with("/receipt"), "nothing can be changed afterwards: {}", section.path);
    let log = portal.auditor().await.looks_at("/audit-events").await;
    assert_eq!(log.text_of("table.data").matches("回答の提出").count(), 1);
}

#[tokio::test]
async fn a_submitted_questionnaire_survives_a_kill() {
    let mut portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[]).await;
    let number = contractor.submits(&assessment).await.text_of(".receipt strong");
    portal.kill().await;
    let check = std::process::Command::new(kakunin_tests::portal::binary())
        .args(["verify-log", "--data"])
        .arg(portal.folder())
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    assert!(!number.is_empty());
}

#[tokio::test]
async fn a_condition_adds_its_questions_before_the_page_is_turned() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    let path = format!("/answer/{assessment}/sections/4");
    let before = contractor.looks_at(&path).await;
    assert!(before.attributes("fieldset[hidden]", "data-question").contains(&"subcontract.companies".to_owned()));
    let form = reqwest::multipart::Form::new().text("value.subcontract.used", "yes").text("go", "next");
    let after = contractor.posts_files(&path, form).await;
    assert!(after.path.contains("/sections/4?added="), "{}", after.path);
    assert!(!after.attributes("fieldset[hidden]", "data-question").contains(&"subcontract.companies".to_owned()));
}
