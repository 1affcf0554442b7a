//! Lists with the faults of real ones: named with their cells, and nothing else refused.

use super::{brings_in, counts, offered, posts, sheet, tries, uploads};
use kakunin_tests::TestPortal;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// A list of contracts as a town hall keeps it: a title, two rows of headings with merged cells, the department once for a
/// block of rows, numbers as texts and numbers, days in four spellings, totals, and a second sheet.
fn contracts() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("委託先一覧").unwrap();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 9, "令和8年度　業務委託一覧", &plain).unwrap();
    sheet.write(1, 8, "作成日").unwrap().write(1, 9, "R8.11.20").unwrap();
    sheet.write(3, 0, "所管課").unwrap().write(3, 4, "業務").unwrap().write(3, 9, "備考").unwrap();
    sheet.merge_range(3, 1, 3, 3, "委託先", &plain).unwrap().merge_range(3, 5, 3, 6, "契約期間", &plain).unwrap();
    sheet.merge_range(3, 7, 3, 8, "取扱情報", &plain).unwrap();
    let second = ["", "名称", "法人番号", "所在地", "業務名", "自", "至", "機密性", "個人情報"];
    for (column, heading) in (0..).zip(second).filter(|(_, heading)| !heading.is_empty()) {
        sheet.write(4, column, heading).unwrap();
    }
    let rows: [[&str; 10]; 7] = [
        [
            "市民課",
            "有限会社共立計算　",
            "7000012050002",
            "東京都",
            "印刷封入",
            "R6.9.1",
            "DAY",
            "自治体機密性3A",
            "○",
            "継続",
        ],
        [
            "",
            "㈱向台通信",
            "６０００-０１２０-３００３８",
            "東京都",
            "庁内LAN保守",
            "令和8年4月1日",
            "2027/03/31",
            "３Ｂ",
            "無",
            "",
        ],
        ["", "みどり測量", "", "", "航空写真", "46113", "46477", "２", "", ""],
        ["", "㈱向台通信", "6000012030038", "東京都", "施設警備", "2026/04/01", "R9.3.31", "1", "×", ""],
        ["", "検査㈱", "7000012050003", "東京都", "調査", "R8.4.1", "R9.3.31", "1", "×", ""],
        ["", "逆順㈱", "", "東京都", "清掃", "R9.4.1", "R8.3.31", "1", "×", ""],
        ["計", "", "", "", "", "", "", "", "", ""],
    ];
    for (row, texts) in (5..).zip(rows) {
        for (column, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            match text {
                "DAY" => {
                    let day = ExcelDateTime::from_ymd(2027, 3, 31).unwrap();
                    sheet.write_with_format(row, column, &day, &Format::new().set_num_format("yyyy/m/d")).unwrap();
                }
                "7000012050002" | "46113" | "46477" => {
                    _ = sheet.write(row, column, text.parse::<f64>().unwrap()).unwrap()
                }
                text => _ = sheet.write(row, column, text).unwrap(),
            }
        }
    }
    // One department over three rows.
    sheet.merge_range(8, 0, 10, 0, "環境課", &plain).unwrap();
    sheet.write_formula(11, 1, "=COUNTA(B6:B11)").unwrap();
    book.add_worksheet().set_name("記入要領").unwrap().write(0, 0, "機密性は3A等を記入してください。").unwrap();
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_list_of_contracts_becomes_contractors_and_engagements_in_one_sitting() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let registered = administrator.looks_at("/vendors").await.texts_of("table.data tbody tr").len();
    let engagements = administrator.looks_at("/engagements").await.texts_of("table.data tbody tr").len();
    let page = uploads(&administrator, "engagements", "委託一覧.xlsx", contracts()).await;
    let form = offered(&page);
    let held = |column: &str| {
        let name = format!("form[columns][{column}]");
        form.iter().find(|(known, _)| *known == name).map(|(_, held)| held.clone()).unwrap_or_default()
    };
    let columns = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"].map(held);
    let expected = [
        "department",
        "vendor",
        "vendor.number",
        "vendor.address",
        "title",
        "starts_on",
        "ends_on",
        "confidentiality",
        "personal_information",
        "notes",
    ];
    assert_eq!(columns, expected);
    let tried = tries(&administrator, &page, &[]).await;
    // Two departments are not registered yet; 環境課 is one, the other is there.
    assert_eq!(counts(&tried), [4, 0, 0, 2, 1, 1, 3], "{}", tried.text_of("main"));
    let problems = tried.texts_of("h2 + table.data tbody tr");
    let named = |cell: &str, said: &str| problems.iter().any(|row| row.contains(cell) && row.contains(said));
    assert!(named("委託先一覧!C10", "検査用の数字"), "{problems:?}");
    assert!(named("委託先一覧!G11", "終了日が開始日より前"), "{problems:?}");
    assert!(tried.text_of("ul.gaps").contains("ネットワークの区分（4件）"), "{}", tried.text_of("main"));
    assert!(!administrator.looks_at("/engagements").await.text_of("main").contains("施設警備"), "nothing stays");

    let done = brings_in(&administrator, &tried).await;
    assert_eq!(counts(&done), [4, 0, 0, 2, 1, 1, 3]);
    let list = administrator.looks_at("/engagements?sort=title").await;
    let rows = list.texts_of("table.data tbody tr");
    assert_eq!(rows.len(), engagements + 4, "{rows:?}");
    let security = rows.iter().find(|row| row.contains("施設警備")).unwrap();
    // The second row of a block belongs to the block's department; a contractor is known by number, whatever its width.
    assert!(security.contains("環境課") && security.contains("㈱向台通信"), "{security}");
    let photographs = rows.iter().find(|row| row.contains("航空写真")).unwrap();
    assert!(photographs.contains("市民課") && photographs.contains("令和8年4月1日"), "{photographs}");
    assert_eq!(administrator.looks_at("/vendors").await.texts_of("table.data tbody tr").len(), registered + 3);

    let list = administrator.looks_at("/engagements?q=施設警備").await;
    let link = list.attribute("table.data tbody a", "href");
    let record = administrator.looks_at(&link).await;
    assert!(record.text_of(".notice-warning").contains("完全性"), "{}", record.text_of("main"));
    let history = administrator.looks_at(&format!("{link}?tab=history")).await;
    assert!(history.text_of("main").contains("台帳へのExcelの取込み"), "{}", history.text_of("main"));
    assert_eq!(administrator.looks_at("/engagements?f.gaps=1").await.texts_of("table.data tbody tr").len(), 4);
    let (status, said, _) = portal.runs(&["verify-log"]).await;
    assert_eq!(status, 0, "{said}");

    // The same file again changes nothing; how its columns are told apart is remembered.
    let again = uploads(&administrator, "engagements", "委託一覧.xlsx", contracts()).await;
    assert!(again.text_of("main").contains("前回"), "{}", again.text_of("main"));
    let tried = tries(&administrator, &again, &[]).await;
    assert_eq!(counts(&tried), [0, 0, 4, 2, 1]);
    assert!(tried.attributes("form[action='/api/imports/apply'] button", "type").is_empty(), "nothing to bring in");
}

#[tokio::test]
async fn a_list_of_accounts_names_missing_officers_and_dead_accounts() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let list = sheet(
        "SNS",
        &[
            &[
                "No.",
                "所管課",
                "サービス",
                "アカウント名",
                "URL",
                "責任者（職）",
                "責任者（氏名）",
                "運用手順",
                "最終投稿",
                "認証",
                "公式HP掲載",
            ],
            &[
                "1",
                "広報課",
                "Ｘ（旧Twitter）",
                "@pr",
                "https://s.example/1",
                "課長",
                "山田 花子",
                "作成中",
                "2099/1/1",
                "済",
                "○",
            ],
            &["2", "図書館", "Facebook", "図書館", "https://s.example/2", "", "", "有", "H31.3.29", "", "○"],
            &["3", "図書館", "MySpace", "図書館", "https://s.example/3", "課長", "（別表）", "無", "", "", ""],
        ],
    );
    let page = uploads(&administrator, "social-accounts", "SNS.xlsx", list).await;
    let tried = tries(&administrator, &page, &[]).await;
    assert_eq!(counts(&tried), [2, 0, 0, 1, 0], "{}", tried.text_of("main"));
    let said = tried.text_of("main");
    assert!(said.contains("SNS!C4") && said.contains("書けるもの：X（旧Twitter）"), "{said}");
    assert!(said.contains("責任者の氏名がありません") && said.contains("最終投稿から1年以上"), "{said}");
    brings_in(&administrator, &tried).await;
    let accounts = administrator.looks_at("/social-accounts?q=pr").await;
    let link = accounts.attribute("table.data tbody a", "href");
    let officers = administrator.looks_at(&format!("{link}?tab=officers")).await;
    assert!(officers.text_of("main").contains("山田 花子"), "{}", officers.text_of("main"));
    let notes = administrator.looks_at(&link).await;
    assert!(notes.text_of("main").contains("公式HP掲載: ○"), "{}", notes.text_of("main"));
}

#[tokio::test]
async fn an_officer_brings_in_the_work_of_their_own_department_alone() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let list = sheet(
        "一覧",
        &[
            &["所管課", "委託先", "業務名", "契約開始日", "契約終了日"],
            &["市民課", "甲社", "受付", "2026-04-01", "2027-03-31"],
            &["納税課", "甲社", "徴収", "2026-04-01", "2027-03-31"],
            &["どこかの課", "甲社", "何か", "2026-04-01", "2027-03-31"],
        ],
    );
    let page = uploads(&officer, "engagements", "一覧.xlsx", list).await;
    let tried = tries(&officer, &page, &[("form[add_departments]", "yes")]).await;
    assert_eq!(counts(&tried), [1, 0, 0, 2, 0, 1], "{}", tried.text_of("main"));
    assert!(tried.text_of("main").contains("一覧!A3"), "{}", tried.text_of("main"));
    for register in ["posts", "departments", "appointments"] {
        let page = uploads(&officer, register, "一覧.xlsx", sheet("一覧", &[&["名称"], &["x"]])).await;
        assert_eq!(page.place(), "/forbidden", "{register}");
    }
    // Somebody of another department does not see it, and an auditor brings nothing in.
    let auditor = portal.auditor().await;
    assert_eq!(auditor.looks_at(&tried.path).await.status, 404);
}

#[tokio::test]
async fn what_changed_after_the_trial_is_tried_again() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let list = sheet("一覧", &[&["名称", "法人番号"], &["甲社", "7000012050002"], &["乙社", ""]]);
    let page = uploads(&administrator, "vendors", "一覧.xlsx", list).await;
    let registered = administrator.looks_at("/vendors").await.texts_of("table.data tbody tr").len();
    let tried = tries(&administrator, &page, &[]).await;
    assert_eq!(counts(&tried), [2, 0, 0, 0, 0]);
    administrator.registers_vendor(&[("name", "甲社")]).await;
    let stopped = brings_in(&administrator, &tried).await;
    assert!(!stopped.text_of(".error-summary").is_empty(), "{}", stopped.text_of("main"));
    assert_eq!(counts(&stopped), [1, 0, 1, 0, 0], "{}", stopped.text_of("main"));
    let done = brings_in(&administrator, &stopped).await;
    assert_eq!(counts(&done), [1, 0, 1, 0, 0]);
    // It is in; once.
    let import = done.path.rsplit('/').next().unwrap().to_owned();
    let twice = posts(&administrator, "/api/imports/apply", &[("import".to_owned(), import)]).await;
    assert!(!twice.text_of(".error-summary").is_empty(), "{}", twice.text_of("main"));
    assert_eq!(administrator.looks_at("/vendors").await.texts_of("table.data tbody tr").len(), registered + 2);
}

#[tokio::test]
async fn columns_that_cannot_be_told_apart_are_asked_for() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let page = uploads(&administrator, "vendors", "一覧.xlsx", sheet("一覧", &[&["甲", "乙"], &["x", "y"]])).await;
    let refused = tries(&administrator, &page, &[]).await;
    assert!(refused.text_of(".error-summary").contains("記録の名前"), "{}", refused.text_of("main"));
    let twice = [("form[columns][A]", "name"), ("form[columns][B]", "name")];
    let refused = tries(&administrator, &refused, &twice).await;
    assert!(refused.text_of(".error-summary").contains("2つの列"), "{}", refused.text_of("main"));
    // The earlier row counts where contractors are named again; elsewhere two that differ are refused.
    let list = sheet(
        "一覧",
        &[&["職名", "種類", "氏名"], &["課長", "その他", ""], &["課長", "その他", ""], &["部長", "王様", ""]],
    );
    let page = uploads(&administrator, "posts", "職.xlsx", list).await;
    let tried = tries(&administrator, &page, &[]).await;
    assert_eq!(counts(&tried), [1, 0, 1, 1, 0], "{}", tried.text_of("main"));
}

#[tokio::test]
async fn an_approval_given_on_paper_is_brought_in_by_whoever_may_approve() {
    let portal = TestPortal::start().await;
    let (office, administrator) = (portal.security_office().await, portal.administrator().await);
    let vendor = office.registers_vendor(&[]).await.id();
    let engagement = office.registers_engagement(&vendor, &[]).await.id();
    let list = |company: &str| {
        sheet(
            "再委託",
            &[
                &["業務名", "再委託先", "再委託内容", "機密性", "申請日", "承諾年月日", "承認者"],
                &["住民情報システム運用保守業務", company, "入力", "2", "R8.4.1", "令和8年4月3日", "市民課長"],
                &["住民情報システム運用保守業務", "未承認㈱", "印刷", "2", "R8.4.1", "", ""],
                &["住民情報システム運用保守業務", "先の日㈱", "印刷", "2", "R8.4.1", "2099-04-01", ""],
            ],
        )
    };
    // An administrator registers, and approves nothing.
    let page = uploads(&administrator, "subcontracts", "再委託.xlsx", list("甲社")).await;
    let tried = tries(&administrator, &page, &[]).await;
    assert!(tried.text_of("main").contains("承認する権限がない"), "{}", tried.text_of("main"));
    let page = uploads(&office, "subcontracts", "再委託.xlsx", list("甲社")).await;
    let tried = tries(&office, &page, &[]).await;
    let said = tried.text_of("main");
    assert_eq!(counts(&tried).get(..4), Some(&[2, 0, 0, 1][..]), "{said}");
    assert!(said.contains("2099-04-01") && !said.contains("承認する権限がない"), "{said}");
    assert!(said.contains("1件は、あなたの名前で承認済みとして") && said.contains("承認済み：2026-04-03"), "{said}");
    brings_in(&office, &tried).await;
    let page = office.looks_at(&format!("/engagements/{engagement}?tab=subcontracts")).await;
    let states = page.texts_of("table.data tbody tr");
    let of = |name: &str| states.iter().find(|row| row.contains(name)).cloned().unwrap_or_default();
    assert!(of("甲社").contains("承認") && of("未承認㈱").contains("申請中"), "{states:?}");
    let path = page.attributes("table.data tbody a[href^='/subcontracts/']", "href");
    let mut whole = String::new();
    for path in path {
        whole.push_str(&office.looks_at(&path).await.text_of("main"));
    }
    assert!(whole.contains("一覧から登録（伊藤 文子）：市民課長") && whole.contains("令和8年4月3日"), "{whole}");
}

#[tokio::test]
async fn nobody_approves_by_a_list_that_somebody_else_has_tried() {
    let portal = TestPortal::start().await;
    let (officer, office) = (portal.officer().await, portal.security_office().await);
    let list = || {
        sheet(
            "一覧",
            &[
                &["サービス名", "提供者", "所管課", "更新予定日"],
                &["甲", "甲社", "市民課", "R8.4.1"],
                &["乙", "甲社", "市民課", ""],
            ],
        )
    };
    let page = uploads(&officer, "cloud-services", "一覧.xlsx", list()).await;
    let tried = tries(&officer, &page, &[("form[columns][D]", "approved_on"), ("form[fill][D]", "yes")]).await;
    assert!(tried.text_of("main").contains("承認する権限がない"), "{}", tried.text_of("main"));
    // Whoever may approve is shown what they would approve before it is done.
    let seen = office.looks_at(&tried.path).await;
    let page = brings_in(&office, &seen).await;
    let said = page.text_of("main");
    assert!(said.contains("まだ登録していません") && said.contains("1件は、あなたの名前で"), "{said}");
    // And what one person has said of a column is nobody else's approval.
    let page = uploads(&office, "cloud-services", "別.xlsx", list()).await;
    assert!(page.attributes("select[name='form[columns][D]'] option[value=approved_on][selected]", "value").is_empty());
}

#[tokio::test]
async fn whoever_holds_a_post_with_no_other_is_not_appointed_by_a_list() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let post = [
        ("form[kind]", "other"),
        ("form[title]", "監査責任者"),
        ("form[may_be_vacant]", "yes"),
        ("form[may_be_shared]", "no"),
        ("form[may_be_combined]", "no"),
    ];
    let post = administrator.registers("posts", &post).await.id();
    administrator.appoints(&post, "専任 花子", "2026-04-01", "").await;
    let list = sheet(
        "SNS",
        &[
            &["部署", "媒体", "アカウント名", "URL", "責任者（氏名）"],
            &["市民課", "X", "@shimin", "https://s.example/1", "専任花子"],
            &["市民課", "X", "@koho", "https://s.example/2", "別人 次郎"],
        ],
    );
    let page = uploads(&administrator, "social-accounts", "SNS.xlsx", list).await;
    let tried = tries(&administrator, &page, &[]).await;
    assert_eq!(counts(&tried)[..2], [2, 0], "{}", tried.text_of("main"));
    assert!(tried.text_of("main").contains("兼務を認めていない"), "{}", tried.text_of("main"));
    brings_in(&administrator, &tried).await;
    let officers = administrator.looks_at("/officers?q=ソーシャルメディア責任者").await.texts_of("table.data tbody tr");
    let of = |handle: &str| officers.iter().find(|row| row.contains(handle)).unwrap();
    assert!(of("@shimin").contains("空席") && of("@koho").contains("別人 次郎"), "{officers:?}");
}
