//! What ホーム says should be looked at, and who was responsible on a day as a sheet.

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use kakunin_tests::TestPortal;
use std::io::Cursor;

#[tokio::test]
async fn home_tells_of_what_runs_out_and_what_fell_silent() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let vendor = administrator.registers_vendor(&[]).await.id();
    let certificate = |standard: &'static str, expires: &'static str| {
        [
            ("form[vendor]", vendor.clone()),
            ("form[standard]", standard.to_owned()),
            ("form[expires_on]", expires.to_owned()),
        ]
    };
    for fields in [certificate("iso27001", "2020-01-01"), certificate("privacy_mark", "2099-01-01")] {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        administrator.registers("certifications", &fields).await;
    }
    let page = administrator.looks_at("/social-accounts/new").await;
    let department =
        page.attributes("#department option", "value").into_iter().find(|value| !value.is_empty()).unwrap();
    for (handle, last, state) in
        [("@silent", "H31.3.29", "active"), ("@talks", "2099-01-01", "active"), ("@gone", "H31.3.29", "closed")]
    {
        let fields = [
            ("form[platform]", "x"),
            ("form[handle]", handle),
            ("form[url]", "https://social.example/1"),
            ("form[department]", &department),
            ("form[procedure]", "written"),
            ("form[second_factor]", "yes"),
            ("form[state]", state),
            ("form[state_since]", "2026-04-01"),
            ("form[state_reason]", "終了"),
            ("form[last_post_on]", last),
        ];
        administrator.registers("social-accounts", &fields).await;
    }
    let page = administrator.looks_at("/").await;
    let (home, silent) = (page.text_of("main"), page.texts_of("main a[href^='/social-accounts/']").join(" "));
    assert!(home.contains("ISMS（ISO/IEC 27001）") && !home.contains("プライバシーマーク"), "{home}");
    assert!(silent.contains("@silent") && !silent.contains("@talks") && !home.contains("@gone"), "{home}");
    // Of several posts of one name each says of what it is.
    let vacant = page.texts_of("main li").into_iter().filter(|one| one.contains("ソーシャルメディア責任者"));
    let vacant: Vec<String> = vacant.collect();
    assert!(vacant.len() == 2 && vacant.iter().all(|one| one.contains('@')), "{vacant:?}");
    // An account comes with its officer's post, and nobody holds it yet.
    let account = administrator.looks_at("/social-accounts?q=silent").await.attribute("table.data tbody a", "href");
    let page = administrator.looks_at(&account).await;
    assert!(page.text_of(".notice-error").contains("ソーシャルメディア責任者"), "{}", page.text_of("main"));
    // Whoever works for another department does not see it.
    let auditor = portal.auditor().await;
    assert!(auditor.looks_at("/").await.text_of("main").contains("@silent"));
}

#[tokio::test]
async fn who_was_responsible_on_a_day_is_found_and_taken_away() {
    let portal = TestPortal::start().await;
    let auditor = portal.auditor().await;
    let found = |page: &kakunin_tests::Page| page.texts_of("table.data tbody tr");
    let rows = found(&auditor.looks_at("/officers?q=市民課").await);
    assert!(rows.len() == 1 && rows[0].contains("渡辺 誠"), "{rows:?}");
    let rows = found(&auditor.looks_at("/officers?q=ﾅｶﾑﾗ").await);
    assert!(rows.is_empty(), "{rows:?}");
    let rows = found(&auditor.looks_at("/officers?q=中村").await);
    assert!(rows.len() == 1 && rows[0].contains("納税課"), "{rows:?}");
    // Before their time nobody is found by their name.
    assert!(found(&auditor.looks_at("/officers?on=2020-01-01&q=中村").await).is_empty());
    let (status, bytes) = auditor.downloads("/officers/officers.xlsx?on=R8.4.1&q=%E5%B8%82%E6%B0%91%E8%AA%B2").await;
    assert_eq!(status, 200);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["責任者 2026-04-01"]);
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    assert_eq!(rows[1][..4], ["市民課", "情報セキュリティ管理者", "", "渡辺 誠"].map(str::to_owned));
    let before = auditor.downloads("/officers/officers.xlsx?on=2020-01-01").await.1;
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(before)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    assert!(range.rows().skip(1).all(|row| row[3] == "空席"), "{range:?}");
}
