use kakunin_tests::TestPortal;

#[tokio::test]
async fn an_end_before_the_start_is_named() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let vendor = officer.registers_vendor(&[]).await.id();
    let page = officer.registers_engagement(&vendor, &[("ends_on", "令和8年3月31日")]).await;
    assert!(page.text_of(".error-summary").contains("終了日が開始日より前です"), "{}", page.text_of("main"));
    assert_eq!(page.attribute("#ends_on", "value"), "令和8年3月31日");
    assert_eq!(page.attributes("input[name='form[contract_items][]'][checked]", "value").len(), 9);
}

#[tokio::test]
async fn an_engagement_of_an_unknown_vendor_is_not_found() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let page = officer.looks_at("/engagements/new?vendor=0195d3a0-0000-7000-8000-000000000000").await;
    assert_eq!(page.status, 404);
}
