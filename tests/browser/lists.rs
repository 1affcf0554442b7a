//! Bringing a list in, handing posts over and searching as one types, in a browser; the first two without JavaScript too.

use crate::{browser::Browser, signs_in};
use kakunin_tests::TestPortal;
use rust_xlsxwriter::Workbook;
use thirtyfour::prelude::*;

fn list(folder: &std::path::Path) -> String {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("一覧").unwrap();
    let rows: [[&str; 7]; 4] = [
        ["所管課", "委託先", "法人番号", "業務名", "自", "至", "個人情報"],
        ["市民課", "甲データ株式会社", "7000012050002", "窓口業務の支援", "R8.4.1", "R9.3.31", "○"],
        ["〃", "乙警備㈱", "7000012050003", "庁舎の警備", "R8.4.1", "R9.3.31", "無"],
        ["納税課", "丙印刷", "", "封入", "R9.4.1", "R8.3.31", "○"],
    ];
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(texts) {
            sheet.write(row, column, text).unwrap();
        }
    }
    let file = folder.join("委託一覧.xlsx");
    book.save(&file).unwrap();
    file.to_str().unwrap().to_owned()
}

/// Brings the list in by the browser's own forms.
async fn brings_in(browser: &Browser, portal: &TestPortal, file: &str, looks: bool) {
    browser.opens(&format!("{}/registers/engagements/import", portal.url)).await;
    if looks {
        browser.looks("80-bring-a-list-in").await;
    }
    browser.driver.find(By::Css("#file")).await.unwrap().send_keys(file).await.unwrap();
    browser.presses("main form button[type=submit]").await;
    if looks {
        browser.looks("81-columns-of-a-list").await;
    }
    browser.presses("main form .button-primary").await;
    browser.waits_for("main", "取り込まない行").await;
    if looks {
        browser.looks("82-what-would-become-of-a-list").await;
    }
    let said = browser.text("main").await;
    assert!(said.contains("一覧!C3") && said.contains("一覧!F4"), "{said}");
    browser.presses("form[action='/api/imports/apply'] button").await;
    browser.waits_for("main", "取り込みました").await;
}

#[tokio::test]
async fn lists_are_brought_in_and_posts_handed_over() {
    let portal = TestPortal::start().await;
    let folder = tempfile::TempDir::new().unwrap();
    let file = list(folder.path());
    let browser = Browser::start(true).await;
    signs_in(&browser, &portal, "admin").await;
    brings_in(&browser, &portal, &file, true).await;
    browser.looks("83-a-list-brought-in").await;

    browser.opens(&format!("{}/handovers", portal.url)).await;
    browser.looks("84-hand-posts-over").await;
    // A cell for each, as it is copied from a sheet: typed keys would move on.
    let pasted = "発令日\\t所属（旧）\\t職（旧）\\t所属（新）\\t職（新）\\t氏名コード\\t氏名\\n\
                  R99.4.1\\t市民課\\t課長\\t納税課\\t主任\\tS1\\t渡辺 誠\\n\
                  R99.4.1\\t広報課\\t主任\\t市民課\\t課長\\tS2\\t山田 花子\\n\
                  R99.4.1\\t広報課\\t主任\\t広報課\\t課長\\tS3\\t川口 次郎\\n\
                  R99.4.1\\t図書館\\t主任\\t広報課\\t課長\\tS4\\t森 三郎";
    let script = format!("document.getElementById('pasted').value = \"{pasted}\";");
    browser.driver.execute(script, vec![]).await.unwrap();
    browser.presses("#paste button[type=submit]").await;
    browser.looks("85-who-follows-whom").await;
    browser.clicks("table#successor tbody tr:first-child option[value='4']").await;
    browser.presses("button[value=apply]").await;
    browser.waits_for("main", "任命に反映しました").await;
    browser.looks("86-posts-handed-over").await;
    browser.opens(&format!("{}/departments", portal.url)).await;
    browser.presses("table.data tbody a").await;
    browser.clicks("main details.archive summary").await;
    browser.looks("87-reorganize-a-department").await;

    // The list follows what is typed, and says in its address what is shown.
    browser.opens(&format!("{}/vendors", portal.url)).await;
    browser.types("#q", "コウデータ").await;
    browser.waits_for("#results", "条件に合うものはありません").await;
    browser.types("#q", "甲ﾃﾞｰﾀ").await;
    browser.waits_for("#results", "甲データ株式会社").await;
    assert!(!browser.text("#results").await.contains("みどり"));
    let address = browser.driver.current_url().await.unwrap();
    assert!(address.query().is_some_and(|query| query.contains("q=")), "{address}");
    let columns = browser.text("#results").await;
    browser.opens(address.as_str()).await;
    assert_eq!(browser.text("#results").await, columns);
    browser.ends().await;

    let portal = TestPortal::start().await;
    let browser = Browser::start(false).await;
    signs_in(&browser, &portal, "admin").await;
    brings_in(&browser, &portal, &file, false).await;
    browser.opens(&format!("{}/vendors", portal.url)).await;
    browser.types("#q", "甲データ").await;
    browser.presses("form.filter button[type=submit]").await;
    assert!(browser.text("#results").await.contains("甲データ株式会社"));
    browser.ends().await;
}
