use kakunin_tests::TestPortal;

#[tokio::test]
async fn a_stored_evaluation_is_replayed_byte_for_byte() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let (status, _, said) = portal.runs(&["verify", "--assessment", &assessment]).await;
    assert_eq!(status, 1, "nothing is stored before it is submitted");
    assert!(said.contains("no evaluation"), "{said}");
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[]).await;
    contractor.submits(&assessment).await;
    let reviewer = portal.reviewer().await;
    reviewer.begins_review(&assessment).await;
    let version = reviewer.version(&assessment).await;
    reviewer.decides(&assessment, &version, "fit", "問題なし").await;
    let (status, said, complaint) = portal.runs(&["verify", "--assessment", &assessment]).await;
    assert_eq!(status, 0, "{complaint}");
    assert_eq!(said.lines().filter(|line| line.ends_with("byte-identical")).count(), 2, "{said}");
}
