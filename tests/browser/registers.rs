//! The registers in a browser: every page at both widths, with axe; and that they work without JavaScript.

use crate::browser::Browser;
use kakunin_tests::TestPortal;

#[tokio::test]
async fn the_registers_are_looked_at() {
    let portal = TestPortal::start().await;
    let office = portal.security_office().await;
    let form = office.looks_at("/cloud-services/new").await;
    let department = form.attributes("#department option", "value")[2].clone();
    let service = [
        ("form[name]", "住民票オンライン申請"),
        ("form[provider]", "例示クラウド㈱"),
        ("form[kind]", "saas"),
        ("form[department]", department.as_str()),
        ("form[purpose]", "申請の受付\n二行目"),
        ("form[ismap]", "none"),
        ("form[confidentiality]", "2"),
        ("form[integrity]", "2"),
        ("form[availability]", "1"),
        ("form[zone]", "internet"),
        ("form[personal_information]", "yes"),
        ("form[specific_personal_information]", "no"),
        ("form[rule_of_use]", "missing"),
    ];
    let service = office.registers("cloud-services", &service).await.id();
    let engagement = office.looks_at("/engagements").await.attribute("table.data a[href^='/engagements/']", "href");
    let post = office.looks_at("/posts").await.attribute("table.data a[href^='/posts/']", "href");

    let browser = Browser::start(true).await;
    let at = |path: &str| format!("{}{path}", portal.url);
    browser.opens(&at("/sign-in")).await;
    browser.types("#sign_in_name", "ito").await;
    browser.types("#password", "kakunin-demo-2026").await;
    browser.presses("main button[type=submit]").await;
    // What is typed is kept, and is there again.
    browser.opens(&at("/vendors/new")).await;
    browser.types("#name", "書きかけ商店").await;
    browser.waits_for(".save-status", "下書きを保存しました").await;
    browser.opens(&at("/vendors/new")).await;
    assert_eq!(browser.value("#name").await, "書きかけ商店");
    browser.looks("59-draft").await;
    for (path, name) in [
        ("/".to_owned(), "60-home-with-approvals"),
        ("/cloud-services?f.kind=saas&c=name&c=provider".to_owned(), "61-cloud-services"),
        ("/cloud-services/new".to_owned(), "62-new-cloud-service"),
        (format!("/cloud-services/{service}"), "63-cloud-service"),
        (format!("/cloud-services/{service}?tab=officers"), "64-officers-of-a-service"),
        (format!("/cloud-services/{service}?tab=assessments"), "64-assessments-of-a-service"),
        (format!("/cloud-services/{service}?tab=service-uses"), "65-who-uses-a-service"),
        (format!("/cloud-services/{service}?tab=files"), "66-files-of-a-service"),
        (format!("/cloud-services/{service}?tab=history"), "67-history-of-a-service"),
        (format!("/cloud-services/{service}/edit"), "68-change-a-service"),
        (format!("{engagement}/edit"), "69-change-an-engagement"),
        (format!("{engagement}?tab=subcontracts"), "70-subcontracts"),
        ("/social-accounts".to_owned(), "71-social-accounts"),
        ("/social-accounts/new".to_owned(), "72-new-social-account"),
        ("/departments".to_owned(), "73-departments"),
        ("/posts".to_owned(), "74-posts"),
        (format!("{post}?tab=appointments"), "75-appointments"),
        ("/officers?on=2020-04-01".to_owned(), "76-officers-on-a-day"),
    ] {
        browser.opens(&at(&path)).await;
        browser.looks(name).await;
    }
    browser.ends().await;

    // The whole of it is forms and links.
    let browser = Browser::start(false).await;
    browser.opens(&at("/sign-in")).await;
    browser.types("#sign_in_name", "ito").await;
    browser.types("#password", "kakunin-demo-2026").await;
    browser.presses("main button[type=submit]").await;
    browser.opens(&at(&format!("/cloud-services/{service}/edit"))).await;
    browser.types("#provider", "別のクラウド株式会社").await;
    browser.presses("main button[type=submit]").await;
    assert!(browser.text("main").await.contains("別のクラウド株式会社"));
    browser.types("#note", "多要素認証を必須とすること").await;
    browser.presses("button[value=approved]").await;
    assert!(browser.text("main .card").await.contains("多要素認証を必須とすること"));
    browser.ends().await;
}
