use kakunin_tests::TestPortal;

#[tokio::test]
async fn a_wrong_check_digit_is_named_and_nothing_typed_is_lost() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let page = officer.registers_vendor(&[("corporate_number", "7000012050003")]).await;
    assert!(page.text_of(".error-summary").contains("検査用の数字"), "{}", page.text_of("main"));
    assert_eq!(page.attribute("#corporate_number", "value"), "7000012050003");
    assert_eq!(page.attribute("#name", "value"), "株式会社確認テスト");
    assert_eq!(page.attribute("#corporate_number", "aria-invalid"), "true");
    assert!(!officer.looks_at("/vendors").await.body.contains("株式会社確認テスト"));
}

#[tokio::test]
async fn the_same_company_is_not_registered_twice() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    officer.registers_vendor(&[]).await;
    let page = officer.registers_vendor(&[]).await;
    assert!(page.text_of(".error-summary").contains("すでに登録されています"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn every_missing_field_is_named_at_once() {
    let portal = TestPortal::start().await;
    let page = portal.officer().await.registers("vendors", &[("form[name]", "")]).await;
    assert_eq!(page.attributes(".error-summary a", "href").len(), 5, "{}", page.text_of(".error-summary"));
}

#[tokio::test]
async fn a_search_finds_across_widths_and_kana() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    officer.registers_vendor(&[]).await;
    let page = officer.looks_at("/vendors?q=%EF%BD%B6%EF%BD%B8%EF%BE%86%EF%BE%9D").await;
    assert!(page.text_of("table").contains("株式会社確認テスト"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn control_characters_are_left_out() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let page =
        officer.registers_vendor(&[("name", "株式会社\u{0}確認\u{7}テスト"), ("notes", "一行目\r\n二行目\u{0}")]).await;
    assert_eq!(page.text_of("h1"), "株式会社確認テスト");
    assert!(page.body.contains("一行目\n二行目"), "the lines of a note are kept");
    assert_eq!(officer.looks_at("/vendors?q=%00").await.status, 200);
}

#[tokio::test]
async fn a_script_in_a_name_is_text() {
    let portal = TestPortal::start().await;
    let page = portal.officer().await.registers_vendor(&[("name", "<script>alert(1)</script>")]).await;
    assert!(!page.body.contains("<script>alert"));
    assert!(page.text_of("h1").contains("<script>alert(1)</script>"));
}

#[tokio::test]
async fn an_auditor_cannot_register() {
    let portal = TestPortal::start().await;
    let auditor = portal.auditor().await;
    assert_eq!(auditor.looks_at("/vendors/new").await.status, 403);
    assert_eq!(auditor.registers_vendor(&[]).await.status, 403);
    assert!(!auditor.looks_at("/vendors").await.body.contains("株式会社確認テスト"));
}
