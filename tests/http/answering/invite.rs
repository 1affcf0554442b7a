use kakunin_tests::TestPortal;

#[tokio::test]
async fn a_link_works_once_and_a_forged_one_never() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let first = portal.anybody();
    assert_eq!(first.accepts(&link).await.path, format!("/answer/{assessment}"));
    let second = portal.anybody();
    let used = second.looks_at(&link).await;
    assert_eq!(used.status, 404);
    assert!(used.text_of("main").contains("使用済み"), "{}", used.text_of("main"));
    let token = link.trim_start_matches("/invitations/");
    let page = second.posts("/api/invitations/redeem", &[("token", token)]).await;
    assert_eq!(page.status, 404);
    assert_eq!(second.looks_at(&format!("/answer/{assessment}")).await.place(), "/sign-in");
    let forged = second.looks_at(&format!("/invitations/{}", "0".repeat(64))).await;
    assert_eq!(forged.status, 404);
}

#[tokio::test]
async fn a_link_expires_a_fortnight_after_the_due_date() {
    let mut portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let token = link.trim_start_matches("/invitations/").to_owned();
    // Due on 2099-12-18: the last day is 2100-01-01, in Japan.
    portal.restarts_at("2100-01-01T14:59:00Z").await;
    assert_eq!(portal.anybody().looks_at(&link).await.status, 200, "late answers are better than none");
    portal.restarts_at("2100-01-01T15:00:00Z").await;
    let contractor = portal.anybody();
    let page = contractor.looks_at(&link).await;
    assert_eq!(page.status, 404, "{}", page.text_of("main"));
    assert!(page.text_of("main").contains("期限"), "{}", page.text_of("main"));
    assert_eq!(contractor.posts("/api/invitations/redeem", &[("token", &token)]).await.status, 404);
    assert_eq!(contractor.looks_at(&format!("/answer/{assessment}")).await.place(), "/sign-in");
    let listed = portal.officer().await.looks_at(&format!("/assessments/{assessment}")).await;
    assert!(listed.text_of("main").contains("期限切れ"), "{}", listed.text_of("main"));
}

#[tokio::test]
async fn looking_at_a_link_does_not_use_it_up() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    for _ in 0..3 {
        assert_eq!(portal.anybody().looks_at(&link).await.status, 200);
    }
    assert_eq!(portal.anybody().accepts(&link).await.path, format!("/answer/{assessment}"));
}

#[tokio::test]
async fn the_link_leads_its_own_browser_back() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    assert_eq!(contractor.looks_at(&link).await.path, format!("/answer/{assessment}"));
    assert_eq!(portal.anybody().looks_at(&link).await.status, 404);
}
