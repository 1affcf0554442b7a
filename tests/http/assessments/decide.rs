use kakunin_tests::TestPortal;

#[tokio::test]
async fn two_reviewers_at_once_get_a_conflict_and_lose_nothing() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[]).await;
    contractor.submits(&assessment).await;
    let (sato, suzuki) = (portal.reviewer().await, portal.other_reviewer().await);
    sato.begins_review(&assessment).await;
    let version = sato.version(&assessment).await;
    assert_eq!(version, suzuki.version(&assessment).await);
    let first = sato.decides(&assessment, &version, "fit", "問題なし").await;
    assert!(first.text_of(".decision").contains("適合"), "{}", first.text_of("main"));
    let second = suzuki.decides(&assessment, &version, "unfit", "長い理由を書きました").await;
    let summary = second.text_of(".error-summary");
    assert!(summary.contains("佐藤 健") && summary.contains("決裁済み"), "{}", second.text_of("main"));
    assert!(second.text_of("#comment").contains("長い理由を書きました"), "nothing is lost");
    let now = sato.looks_at(&format!("/assessments/{assessment}")).await;
    assert!(now.text_of(".decision").contains("問題なし"));
}

#[tokio::test]
async fn nothing_is_decided_before_it_is_reviewed() {
    let portal = TestPortal::start().await;
    let (assessment, _) = portal.officer().await.prepares_an_assessment().await;
    let reviewer = portal.reviewer().await;
    let page = reviewer.decides(&assessment, "1", "fit", "早すぎる").await;
    assert!(page.text_of(".error-summary").contains("送付済み"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn an_officer_and_an_auditor_cannot_decide() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (assessment, _) = officer.prepares_an_assessment().await;
    assert_eq!(officer.decides(&assessment, "1", "fit", "x").await.status, 403);
    assert_eq!(portal.auditor().await.decides(&assessment, "1", "fit", "x").await.status, 403);
}
