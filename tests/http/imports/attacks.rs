//! What an import must not do, however its form is filled or its cells are written.

use super::{brings_in, counts, offered, posts, sheet, tries, uploads};
use kakunin_tests::TestPortal;

#[tokio::test]
async fn a_field_is_assumed_to_be_what_the_form_offers_and_nothing_else() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let list = sheet(
        "一覧",
        &[&["職", "職の部局・課室", "氏名", "就任日"], &["情報セキュリティ管理者", "広報課", "甲", "2026-04-01"]],
    );
    let page = uploads(&administrator, "appointments", "任命.xlsx", list).await;
    let somebody = "01a1ff3c-0000-7000-8000-000000000001";
    let tried =
        tries(&administrator, &page, &[("form[assumed][account]", somebody), ("form[assumed][person_code]", "X1")])
            .await;
    assert_eq!(counts(&tried)[..2], [1, 0], "{}", tried.text_of("main"));
    brings_in(&administrator, &tried).await;
    let found = administrator.looks_at("/appointments?q=甲").await;
    let link = found.attribute("table.data tbody a", "href");
    let form = administrator.looks_at(&format!("{link}/edit")).await;
    assert!(form.attributes("#account option[selected]", "value").iter().all(String::is_empty), "no account");
    assert_eq!(form.attribute("#person_code", "value"), "");
}

#[tokio::test]
async fn a_subcontract_stands_below_one_of_the_same_engagement_alone() {
    let portal = TestPortal::start().await;
    let (administrator, officer) = (portal.administrator().await, portal.officer().await);
    let vendor = administrator.registers_vendor(&[]).await.id();
    let form = administrator.looks_at(&format!("/engagements/new?vendor={vendor}")).await;
    let other = form.attributes("#department option", "value")[3].clone();
    let secret =
        administrator.registers_engagement(&vendor, &[("title", "よその業務"), ("department", &other)]).await.id();
    let fields = [
        ("form[engagement]", secret.as_str()),
        ("form[company_name]", "秘密再委託㈱"),
        ("form[work]", "x"),
        ("form[confidentiality]", "2"),
        ("form[personal_information]", "no"),
        ("form[specific_personal_information]", "no"),
        ("form[requested_on]", "2026-04-01"),
    ];
    let known = administrator.registers("subcontracts", &fields).await.id();
    officer.registers_engagement(&vendor, &[("title", "自分の業務")]).await;
    for above in ["秘密再委託㈱", known.as_str(), "どこにもない㈱"] {
        let list = sheet(
            "一覧",
            &[
                &["業務委託", "再委託先", "再委託する業務", "申請日", "委託元"],
                &["自分の業務", "孫請㈱", "入力", "2026-04-01", above],
            ],
        );
        let page = uploads(&officer, "subcontracts", "再委託.xlsx", list).await;
        let tried = tries(&officer, &page, &[]).await;
        assert_eq!(counts(&tried)[..4], [0, 0, 0, 1], "{above}: {}", tried.text_of("main"));
        // What is there and what is not are answered alike.
        assert!(tried.text_of("main").contains("この名前の登録がありません"), "{above}: {}", tried.text_of("main"));
    }
}

#[tokio::test]
async fn what_the_whole_organization_brings_in_is_not_shown_to_a_department() {
    let portal = TestPortal::start().await;
    let (administrator, officer) = (portal.administrator().await, portal.officer().await);
    let list = sheet("一覧", &[&["名称"], &["極秘商事"]]);
    let page = uploads(&administrator, "vendors", "極秘.xlsx", list).await;
    assert_eq!(officer.looks_at(&page.path).await.status, 404);
    assert!(!officer.looks_at("/registers/vendors/import").await.body.contains("極秘"));
}

#[tokio::test]
async fn a_number_that_is_taken_refuses_its_row_and_no_other() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let (first, second) = ("7000012050002", "6000012030038");
    let vendor = administrator.registers_vendor(&[("corporate_number", first), ("name", "甲社")]).await.id();
    administrator.registers_vendor(&[("corporate_number", second), ("name", "乙社")]).await;
    let list = sheet(
        "一覧",
        &[&["ID", "法人番号", "名称"], &[&vendor, second, "甲社"], &["", "", "丙社"], &["", "", "\u{200b}"]],
    );
    let page = uploads(&administrator, "vendors", "一覧.xlsx", list).await;
    let tried = tries(&administrator, &page, &[]).await;
    assert_eq!(counts(&tried)[..4], [1, 0, 0, 2], "{}", tried.text_of("main"));
    assert!(tried.text_of("main").contains("一覧!B2"), "{}", tried.text_of("main"));
    // An archived one's number is its own still.
    administrator
        .posts(
            "/api/registers/archive",
            &[("register", "vendors"), ("id", &vendor), ("version", "1"), ("archived", "true")],
        )
        .await;
    let list = sheet(
        "一覧",
        &[
            &["所管課", "委託先", "委託先の法人番号", "業務名", "契約開始日", "契約終了日"],
            &["市民課", "甲社", first, "業務", "2026-04-01", "2027-03-31"],
            &["市民課", "丁社", "", "業務", "2026-04-01", "2027-03-31"],
        ],
    );
    let page = uploads(&administrator, "engagements", "一覧.xlsx", list).await;
    let tried = tries(&administrator, &page, &[]).await;
    assert_eq!(counts(&tried)[..4], [1, 0, 0, 1], "{}", tried.text_of("main"));
    assert!(tried.text_of("main").contains("一覧から外した登録"), "{}", tried.text_of("main"));
}

#[tokio::test]
async fn a_company_of_another_legal_form_is_another_company() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    administrator
        .registers_vendor(&[("corporate_number", ""), ("name", "有限会社栄ソフト"), ("kana", "サカエソフト")])
        .await;
    let list = sheet(
        "一覧",
        &[
            &["所管課", "委託先", "業務名", "契約開始日", "契約終了日"],
            &["市民課", "株式会社栄ソフト", "業務一", "2026-04-01", "2027-03-31"],
            &["市民課", "（有）栄ソフト", "業務二", "2026-04-01", "2027-03-31"],
            &["〃", "〃", "業務三", "同上", "〃"],
            &["未定", "甲社", "業務四", "2026-04-01", "2027-03-31"],
            &["市民課", "㈱A、㈱B", "業務五", "2026-04-01", "2027-03-31"],
        ],
    );
    let page = uploads(&administrator, "engagements", "一覧.xlsx", list).await;
    let tried = tries(&administrator, &page, &[]).await;
    assert_eq!(counts(&tried), [3, 0, 0, 2, 0, 1], "{}", tried.text_of("main"));
    assert!(tried.text_of("ul.names").contains("株式会社栄ソフト"), "{}", tried.text_of("main"));
    let done = brings_in(&administrator, &tried).await;
    assert_eq!(counts(&done)[0], 3);
    let list = administrator.looks_at("/engagements?q=業務三").await.text_of("table.data");
    assert!(list.contains("有限会社栄ソフト") && list.contains("令和8年4月1日"), "{list}");
}

#[tokio::test]
async fn columns_nobody_offered_are_not_told_apart() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let wide: Vec<String> = (0..3_000).map(|n| format!("見出し{n}")).collect();
    let wide: Vec<&str> = wide.iter().map(String::as_str).collect();
    let rows: Vec<&[&str]> = (0..20).map(|_| wide.as_slice()).collect();
    let page = uploads(&officer, "engagements", "広い.xlsx", sheet("一覧", &rows)).await;
    assert_eq!(page.texts_of("table.data tbody tr").len(), 80, "{}", page.path);
    let mut form = offered(&page);
    form.retain(|(name, _)| !name.starts_with("form[columns]"));
    form.extend([
        ("form[columns][A]".to_owned(), "title".to_owned()),
        ("form[columns][DZZ]".to_owned(), "notes".to_owned()),
    ]);
    let refused = posts(&officer, "/api/imports/map", &form).await;
    assert!(!refused.text_of(".error-summary").is_empty(), "{}", refused.text_of("main"));
}

#[tokio::test]
async fn what_a_list_says_twice_is_one_record() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    // Below one of the same list, before and after it.
    let list = sheet("一覧", &[&["名称", "上位の部局"], &["総務課", "総務部"], &["総務部", ""], &["管財課", "総務部"]]);
    let page = uploads(&administrator, "departments", "部局.xlsx", list).await;
    let tried = tries(&administrator, &page, &[]).await;
    brings_in(&administrator, &tried).await;
    let named = administrator.looks_at("/departments?q=総務部").await.texts_of("table.data tbody tr");
    assert_eq!(named.len(), 1, "{named:?}");
    // With its number once, and without it later.
    let list = sheet("一覧", &[&["名称", "法人番号"], &["甲社", "7000012050002"], &["甲社", ""]]);
    let page = uploads(&administrator, "vendors", "委託先.xlsx", list).await;
    let tried = tries(&administrator, &page, &[]).await;
    assert_eq!(counts(&tried)[..3], [1, 0, 1], "{}", tried.text_of("main"));
}
