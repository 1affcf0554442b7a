//! In headless Chromium: the whole job with JavaScript, answering without, and a look at every page.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod browser;
mod lists;
mod people;
mod registers;

use browser::{Browser, is_as_reviewed};
use kakunin_tests::TestPortal;
use thirtyfour::prelude::*;

async fn signs_in(browser: &Browser, portal: &TestPortal, name: &str) {
    browser.driver.delete_all_cookies().await.unwrap();
    browser.opens(&format!("{}/sign-in", portal.url)).await;
    browser.types("#sign_in_name", name).await;
    browser.types("#password", "kakunin-demo-2026").await;
    browser.presses("main button[type=submit]").await;
    assert_eq!(browser.path().await, "/", "{name} signs in");
}

/// Chooses the first option of every question on the page, writes where something is to be written.
async fn answers_the_page(browser: &Browser, file: &str) {
    // Answers bring new questions: go over the page until none is left.
    for _ in 0..4 {
        let mut open = 0;
        for question in browser.driver.find_all(By::Css("fieldset[data-question]:not([hidden])")).await.unwrap() {
            let key = question.attr("data-question").await.unwrap().unwrap();
            let controls = question
                .find_all(By::Css("[name^='value.']:not([name^='value.state']), input[type=checkbox][name^='values.']"))
                .await
                .unwrap();
            let first = controls.first().unwrap();
            let kind = first.attr("type").await.unwrap().unwrap_or_default();
            if kind == "radio" || kind == "checkbox" {
                let mut chosen = false;
                for control in &controls {
                    chosen |= control.is_selected().await.unwrap();
                }
                if chosen {
                    continue;
                }
                first.scroll_into_view().await.unwrap();
                first.click().await.unwrap();
            } else {
                if !first.prop("value").await.unwrap().unwrap_or_default().is_empty() {
                    continue;
                }
                let class = first.attr("class").await.unwrap().unwrap_or_default();
                let numeric = first.attr("inputmode").await.unwrap().is_some();
                first
                    .send_keys(if class.contains("date") {
                        "R8.4.1"
                    } else if numeric {
                        "12"
                    } else {
                        "公共部 山本"
                    })
                    .await
                    .unwrap();
            }
            open += 1;
            let upload = question.find_all(By::Css("input[type=file]")).await.unwrap();
            if let Some(upload) = upload.first() {
                upload.send_keys(file).await.unwrap();
            }
            if browser.driver.find_all(By::Css("leptos-island")).await.unwrap().is_empty() {
                continue;
            }
            let _ = key;
        }
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        if open == 0 {
            return;
        }
    }
}

#[tokio::test]
async fn the_whole_job_is_done_in_a_browser() {
    let portal = TestPortal::start().await;
    let browser = Browser::start(true).await;
    let at = |path: &str| format!("{}{path}", portal.url);
    let file = portal.folder().join("規程.pdf");
    std::fs::write(&file, b"%PDF-1.7 test").unwrap();

    browser.opens(&at("/sign-in")).await;
    browser.looks("01-sign-in").await;
    is_as_reviewed!(browser, "sign_in");
    signs_in(&browser, &portal, "tanaka").await;
    browser.looks("02-home").await;
    browser.opens(&at("/vendors")).await;
    browser.looks("03-vendors").await;
    is_as_reviewed!(browser, "vendors");
    browser.presses("a[href='/vendors/new']").await;
    browser.types("#corporate_number", "1180301018770").await;
    browser.presses("main button[type=submit]").await;
    browser.looks("04-new-vendor-errors").await;
    is_as_reviewed!(browser, "new_vendor_errors");
    browser.types("#corporate_number", "１１８０３０１０１８７７１").await;
    browser.types("#name", "株式会社青空システム").await;
    browser.types("#kana", "ｶﾌﾞｼｷｶﾞｲｼｬアオゾラシステム").await;
    browser.types("#contact_department", "公共営業部").await;
    browser.types("#contact_name", "山本 様").await;
    browser.types("#contact_email", "yamamoto@example.jp").await;
    browser.presses("main button[type=submit]").await;
    assert_eq!(browser.text("h1").await, "株式会社青空システム");
    browser.looks("05-vendor").await;
    browser.presses("main a.button-primary").await;
    browser.types("#title", "図書館システム運用保守業務").await;
    browser.clicks("#department option:nth-child(2)").await;
    browser.types("#starts_on", "R8.4.1").await;
    browser.types("#ends_on", "令和9年3月31日").await;
    for css in [
        "#confidentiality",
        "#integrity",
        "#availability",
        "#zone",
        "#personal_information",
        "#specific_personal_information-no",
        "#selection_criteria_recorded",
        "#policy_told",
        "#contract_items",
    ] {
        browser.clicks(css).await;
    }
    browser.looks("06-new-engagement").await;
    browser.presses("main button[type=submit]").await;
    assert_eq!(browser.text("h1").await, "図書館システム運用保守業務");
    browser.looks("07-engagement").await;
    is_as_reviewed!(browser, "engagement");
    browser.presses(".page-head a.button-primary").await;
    browser.types("#due_on", "2099-12-18").await;
    browser.looks("07-send-a-questionnaire").await;
    is_as_reviewed!(browser, "send_a_questionnaire");
    browser.presses("#send button[type=submit]").await;
    browser.looks("08-invitation-link").await;
    is_as_reviewed!(browser, "invitation_link");
    let link = browser.driver.find(By::Id("link")).await.unwrap().prop("value").await.unwrap().unwrap();
    let link = at(&link[link.find("/invitations/").unwrap()..]);
    browser.presses("main p:last-child a").await;
    browser.looks("09-assessment-sent").await;
    let assessment = browser.path().await;

    browser.driver.delete_all_cookies().await.unwrap();
    browser.opens(&link).await;
    browser.looks("10-invitation").await;
    is_as_reviewed!(browser, "invitation");
    browser.presses("main button[type=submit]").await;
    assert!(browser.path().await.starts_with("/answer/"));
    browser.looks("11-answer-start").await;
    browser.presses("main a.button-primary").await;
    browser.clicks("[data-question] input[type=radio]").await;
    browser.waits_for("[data-question] .save-status", "保存しました").await;
    browser.looks("12-answer-section").await;
    for section in 1..=8 {
        answers_the_page(&browser, file.to_str().unwrap()).await;
        if section == 4 {
            browser.looks("13-answer-conditions").await;
            is_as_reviewed!(browser, "answer_section");
        }
        for _ in 0..3 {
            browser.presses(".turn .button-primary").await;
            let path = browser.path().await;
            if path.ends_with("/review") || !path.ends_with(&format!("/sections/{section}")) {
                break;
            }
            answers_the_page(&browser, file.to_str().unwrap()).await;
        }
    }
    assert!(browser.path().await.ends_with("/review"), "{}", browser.path().await);
    browser.looks("14-answer-review").await;
    browser.types("#submitted_by", "山本 花子").await;
    browser.presses("main form.card button[type=submit]").await;
    browser.looks("15-receipt").await;
    is_as_reviewed!(browser, "receipt");

    let contractor = browser.driver.get_named_cookie("kakunin").await.unwrap();

    signs_in(&browser, &portal, "sato").await;
    browser.opens(&at(&assessment)).await;
    browser.looks("16-review-submitted").await;
    browser.presses("form[action='/api/assessments/begin-review'] button").await;
    browser.looks("17-review").await;
    is_as_reviewed!(browser, "review");
    browser.clicks(".requirement .override-form summary").await;
    browser.clicks(".requirement .override-form option:nth-child(2)").await;
    browser.types(".requirement .override-form textarea", "契約の別紙で確認した").await;
    browser.presses(".requirement .override-form button").await;
    browser.clicks("details.card > summary").await;
    browser.types("#message", "最新の規程はどれですか").await;
    browser.types("details.card #due_on", "2099-12-25").await;
    browser.presses("form[action='/api/assessments/return'] button").await;
    browser.waits_for(".state", "差戻し中").await;
    browser.looks("18-returned").await;

    browser.driver.delete_all_cookies().await.unwrap();
    browser.driver.add_cookie(contractor).await.unwrap();
    let answer = assessment.replace("/assessments/", "/answer/");
    browser.opens(&at(&answer)).await;
    browser.waits_for(".notice-warning", "最新の規程はどれですか").await;
    browser.looks("19-answer-returned").await;
    browser.opens(&at(&format!("{answer}/review"))).await;
    browser.types("#submitted_by", "山本 花子").await;
    browser.presses("main form.card button[type=submit]").await;

    signs_in(&browser, &portal, "sato").await;
    browser.opens(&at(&assessment)).await;
    browser.presses("form[action='/api/assessments/begin-review'] button").await;
    browser.clicks("#outcome").await;
    browser.types("#comment", "問題ありません").await;
    browser.presses("form[action='/api/assessments/decide'] button").await;
    browser.waits_for(".decision", "情報セキュリティ管理者").await;
    browser.looks("20-decided").await;
    is_as_reviewed!(browser, "decided");

    signs_in(&browser, &portal, "kimura").await;
    browser.opens(&at(&assessment)).await;
    let script = "const done = arguments[arguments.length - 1]; fetch(document.querySelector('a[download]').href).then(r => r.blob()).then(b => b.slice(0, 2).text()).then(done);";
    let begins: String = browser.driver.execute_async(script, vec![]).await.unwrap().convert().unwrap();
    assert_eq!(begins, "PK", "the auditor takes the evidence workbook away");
    for (path, name) in [
        ("/assessments", "21-assessments"),
        ("/engagements", "22-engagements"),
        ("/officers", "23-officers"),
        ("/audit-events", "24-audit-events"),
        ("/policies", "25-policies"),
        ("/policies/nishitokyo", "26-policy"),
        ("/policies/compare?first=nishitokyo&second=fuchu", "27-policies-compared"),
        ("/policies/trial", "28-policy-trial"),
        ("/questionnaires", "29-questionnaires"),
        ("/questionnaires/outsourcing", "30-questionnaire"),
        (&format!("{assessment}/requirements/outsourcing.selection.security_rules"), "31-explanation"),
    ] {
        browser.opens(&at(path)).await;
        browser.looks(name).await;
    }

    signs_in(&browser, &portal, "admin").await;
    browser.opens(&at("/questionnaires/import")).await;
    browser.looks("32-questionnaire-import").await;
    let workbook = portal.folder().join("確認票.xlsx");
    let mut own = rust_xlsxwriter::Workbook::new();
    let sheet = own.add_worksheet();
    for (row, [section, question, kind]) in (0..).zip([
        ["大項目", "確認内容", "回答方法"],
        ["体制", "責任者を置いていますか", "はい・いいえ"],
        ["", "規程の名称", "自由記述"],
    ]) {
        sheet.write(row, 0, section).unwrap().write(row, 1, question).unwrap().write(row, 2, kind).unwrap();
    }
    own.save(&workbook).unwrap();
    browser.types("#file", workbook.to_str().unwrap()).await;
    browser.presses("form[action='/questionnaires/upload'] button").await;
    browser.looks("33-columns").await;
    browser.types("#questionnaire", "own_check").await;
    browser.presses("main form .button-primary").await;
    browser.waits_for("h1", "確認票 1").await;
    browser.looks("34-questionnaire-draft").await;
    browser.presses("form[action='/api/questionnaires/publish'] button").await;
    browser.looks("35-questionnaire-published").await;
    browser.ends().await;
}

#[tokio::test]
async fn the_browser_shows_what_follows_from_an_answer_without_waiting_for_the_portal() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let browser = Browser::start(true).await;
    browser.opens(&format!("{}{link}", portal.url)).await;
    browser.presses("main button[type=submit]").await;
    browser.opens(&format!("{}/answer/{assessment}/sections/2", portal.url)).await;
    // The portal is not heard of any more; what is asked is told by the page itself.
    // Its own files still come: the page may not have woken up yet.
    let deaf = "const real = window.fetch; window.fetch = (asked, ...rest) => \
                String(asked.url ?? asked).includes('/api/') ? new Promise(() => {}) : real(asked, ...rest);";
    browser.driver.execute(deaf, vec![]).await.unwrap();
    let hidden = "return document.querySelector(\"[data-question='engagement.telework']\").hidden";
    let is_hidden = async || browser.driver.execute(hidden, vec![]).await.unwrap().convert::<bool>().unwrap();
    assert!(is_hidden().await, "nobody works from home yet");
    let home = "input[name='values.engagement.places'][value='home']";
    // The first clicks may come before the page is awake.
    let mut clicks = 0;
    while is_hidden().await && clicks < 50 {
        browser.clicks(home).await;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        clicks += 1;
    }
    assert!(!is_hidden().await, "asked as soon as somebody does");
    browser.clicks(home).await;
    assert!(is_hidden().await, "and no longer when nobody does");
    browser.ends().await;
}

#[tokio::test]
async fn a_contractor_answers_without_javascript() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let browser = Browser::start(false).await;
    let file = portal.folder().join("規程.pdf");
    std::fs::write(&file, b"%PDF-1.7 test").unwrap();
    browser.opens(&format!("{}{link}", portal.url)).await;
    browser.presses("main button[type=submit]").await;
    assert_eq!(browser.path().await, format!("/answer/{assessment}"));
    browser.presses("main a.button-primary").await;
    browser.looks("answer-section").await;
    for section in 1..=8 {
        for _ in 0..5 {
            answers_the_page(&browser, file.to_str().unwrap()).await;
            browser.presses(".turn .button-primary").await;
            let path = browser.path().await;
            if path.ends_with("/review") || !path.ends_with(&format!("/sections/{section}")) {
                break;
            }
        }
    }
    assert!(browser.path().await.ends_with("/review"), "{}", browser.path().await);
    browser.types("#submitted_by", "山本 花子").await;
    browser.presses("main form.card button[type=submit]").await;
    assert!(browser.path().await.ends_with("/receipt"), "{}", browser.path().await);
    browser.looks("receipt").await;
    browser.ends().await;
}
