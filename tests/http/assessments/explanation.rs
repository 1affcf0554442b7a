use kakunin_tests::TestPortal;

#[tokio::test]
async fn every_verdict_is_explained_with_clause_criterion_and_what_would_settle_it() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (assessment, link) = officer.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[("company.policy", "none")]).await;
    contractor.submits(&assessment).await;
    let reviewer = portal.reviewer().await;
    let review = reviewer.looks_at(&format!("/assessments/{assessment}")).await;
    let links = review.attributes("article.requirement a[href*='/requirements/']", "href");
    assert!(links.len() > 30, "one for each verdict, not {}", links.len());
    let rules = links.iter().find(|link| link.ends_with("outsourcing.selection.security_rules")).unwrap();
    let page = reviewer.looks_at(rules).await;
    let said = page.text_of("main");
    for wanted in ["6(8)-1", "令和8年1月1日改定版", "回答 1-1", "文書はない", "判定の基準", "適合の条件"]
    {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    assert_eq!(reviewer.looks_at(&format!("/assessments/{assessment}/requirements/nothing")).await.status, 404);
    let stranger = portal.anybody();
    assert!(!stranger.looks_at(rules).await.body.contains("判定の基準"));
    assert!(!contractor.looks_at(rules).await.body.contains("判定の基準"), "not for contractors");
}

#[tokio::test]
async fn work_begun_before_the_ordinance_says_so() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let vendor = officer.registers_vendor(&[]).await.id();
    let before = officer.registers_engagement(&vendor, &[("starts_on", "2027-06-30"), ("ends_on", "2032-03-31")]).await;
    assert!(before.text_of(".facts").contains("経過措置"), "{}", before.text_of(".facts"));
    let after = officer.registers_engagement(&vendor, &[("starts_on", "2027-07-01"), ("ends_on", "2028-03-31")]).await;
    assert!(after.text_of(".facts").contains("適用：施行後"), "{}", after.text_of(".facts"));
}
