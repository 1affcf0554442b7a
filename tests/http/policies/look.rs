use kakunin_tests::TestPortal;

#[tokio::test]
async fn staff_see_clauses_with_requirements_criteria_and_questions() {
    let portal = TestPortal::start().await;
    let auditor = portal.auditor().await;
    let list = auditor.looks_at("/policies").await;
    assert!(list.text_of("table").contains("西東京市情報セキュリティ基本方針"), "{}", list.text_of("main"));
    assert!(list.text_of("table").contains("この団体のポリシー"));
    let policy = auditor.looks_at("/policies/nishitokyo").await;
    for said in ["令和8年1月1日改定版", "6(8)-1", "適合の条件", "業務委託調査票 1-1", "庁内限り"]
    {
        assert!(policy.text_of("main").contains(said), "{said}");
    }
    assert_eq!(auditor.looks_at("/policies/nowhere").await.status, 404);
}

#[tokio::test]
async fn two_policies_are_shown_beside_each_other() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let same = officer.looks_at("/policies/compare?first=nishitokyo&second=nishitokyo").await;
    assert!(same.text_of("main").contains("異なる要求事項 0件"), "{}", same.text_of("main"));
    let other = officer.looks_at("/policies/compare?first=nishitokyo&second=obihiro").await;
    assert!(other.text_of("main").contains("この要求事項はありません"), "西東京 alone has contractors told the policy");
    assert_eq!(officer.looks_at("/policies/compare?first=nishitokyo&second=nowhere").await.status, 404);
}

#[tokio::test]
async fn the_coverage_is_a_workbook_too() {
    let portal = TestPortal::start().await;
    let auditor = portal.auditor().await;
    let (status, workbook) = auditor.downloads("/policies/nishitokyo/coverage.xlsx").await;
    assert_eq!((status, &workbook[..2]), (200, &b"PK"[..]));
}

#[tokio::test]
async fn a_contractor_sees_no_policy() {
    let portal = TestPortal::start().await;
    let (_, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    for path in ["/policies", "/policies/nishitokyo", "/policies/compare?first=nishitokyo&second=nishitokyo"] {
        let page = contractor.looks_at(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(!page.body.contains("適合の条件"), "{path}");
    }
    let (_, body) = contractor.downloads("/policies/nishitokyo/coverage.xlsx").await;
    assert!(!body.starts_with(b"PK"), "a contractor gets no coverage");
}

#[tokio::test]
async fn the_command_line_prints_the_coverage_with_nothing_unlinked() {
    let portal = TestPortal::start().await;
    let (status, table, summary) = portal.runs(&["catalogue", "--coverage"]).await;
    assert_eq!(status, 0, "{summary}");
    assert!(table.lines().all(|line| line.split('\t').count() == 11));
    assert!(table.contains("outsourcing 1-1") && !summary.contains("linked to nothing"), "{summary}");
    let (status, _, said) = portal.runs(&["catalogue", "--coverage", "--policy", "nowhere"]).await;
    assert_eq!(status, 2);
    assert!(said.contains("nishitokyo"), "{said}");
}
