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
    assert_eq!(second.looks_at(&format!("/answer/{assessment}")).await.path, "/sign-in");
    let forged = second.looks_at(&format!("/invitations/{}", "0".repeat(64))).await;
    assert_eq!(forged.status, 404);
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
