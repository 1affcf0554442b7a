//! People in a browser: the first sign-in, a second factor, colleagues, accounts, operators, and a look at every page of theirs.

use crate::{browser::Browser, signs_in};
use kakunin_tests::TestPortal;
use thirtyfour::prelude::*;
use totp_rs::{Builder, Secret};

const OWN: &str = "いろはにほへとちりぬるを";

#[expect(clippy::disallowed_methods, reason = "an authenticator has a clock of its own")]
fn code(secret: &str) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    Builder::new().with_secret(secret).build_noncompliant().generate(now).to_string()
}

#[tokio::test]
async fn people_come_in_step_by_step_in_a_browser() {
    let portal = TestPortal::start().await;
    let browser = Browser::start(true).await;
    let at = |path: &str| format!("{}{path}", portal.url);

    signs_in(&browser, &portal, "admin").await;
    browser.opens(&at("/people")).await;
    browser.looks("40-people").await;
    browser.presses("main a.button-primary").await;
    browser.presses("main form.register-form button[type=submit]").await;
    browser.looks("41-new-person-errors").await;
    browser.types("#sign_in_name", "shinjin").await;
    browser.types("#person_name", "新任 花子").await;
    browser.clicks("#department option:nth-child(3)").await;
    browser.clicks("#role option:nth-child(4)").await;
    browser.presses("main form.register-form button[type=submit]").await;
    browser.looks("42-first-password-shown").await;
    let given = browser.text("code.secret").await;
    browser.opens(&at("/permissions")).await;
    browser.looks("43-permissions").await;
    browser.opens(&at("/audit-events?action=ManagePeople")).await;
    browser.looks("44-audit-filtered").await;

    browser.driver.delete_all_cookies().await.unwrap();
    browser.opens(&at("/sign-in")).await;
    browser.types("#sign_in_name", "shinjin").await;
    browser.types("#password", &given).await;
    browser.presses("main button[type=submit]").await;
    browser.looks("45-first-password").await;
    browser.types("#new_password", OWN).await;
    browser.types("#new_password_again", OWN).await;
    browser.presses("main button[type=submit]").await;
    assert_eq!(browser.path().await, "/");
    browser.opens(&at("/account")).await;
    browser.looks("46-account").await;
    browser.presses("main .card a.button-secondary").await;
    browser.looks("47-second-factor-set-up").await;
    let secret = browser.text("code.secret").await;
    browser.types("#code", &code(&secret)).await;
    browser.types("#current_password", OWN).await;
    browser.presses("main form button[type=submit]").await;
    browser.looks("48-recovery-codes").await;
    let recovery = browser.text(".recovery-codes code").await;
    browser.driver.delete_all_cookies().await.unwrap();
    browser.opens(&at("/sign-in")).await;
    browser.types("#sign_in_name", "shinjin").await;
    browser.types("#password", OWN).await;
    browser.presses("main button[type=submit]").await;
    browser.looks("49-second-factor").await;
    browser.types("#code", &recovery).await;
    browser.presses("main button[type=submit]").await;
    assert_eq!(browser.path().await, "/");

    browser.driver.delete_all_cookies().await.unwrap();
    browser.opens(&at("/sign-in")).await;
    browser.types("#sign_in_name", "operator").await;
    browser.types("#password", "kakunin-demo-2026").await;
    browser.presses("main button[type=submit]").await;
    assert_eq!(browser.path().await, "/organizations");
    browser.looks("50-organizations").await;
    browser.ends().await;
}

#[tokio::test]
async fn colleagues_answer_together_and_keep_accounts_without_javascript() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let browser = Browser::start(false).await;
    let at = |path: &str| format!("{}{path}", portal.url);
    browser.opens(&at(&link)).await;
    browser.presses("main button[type=submit]").await;
    browser.presses(&format!("main a[href='/answer/{assessment}/colleagues']")).await;
    browser.types("#contact_name", "鈴木 一").await;
    browser.types("#contact_email", "suzuki@example.jp").await;
    browser.presses("main form.card button[type=submit]").await;
    browser.looks("51-colleagues").await;
    let colleague = browser.driver.find(By::Id("link")).await.unwrap().prop("value").await.unwrap().unwrap();
    browser.presses("header a[href='/my-assessments/account']").await;
    browser.looks("52-keep-account").await;
    browser.types("#new_password", OWN).await;
    browser.types("#new_password_again", OWN).await;
    browser.presses("main form button[type=submit]").await;
    assert_eq!(browser.path().await, "/my-assessments");
    browser.looks("53-my-assessments").await;
    browser.presses("main .work-list button").await;
    assert_eq!(browser.path().await, format!("/answer/{assessment}"));

    browser.driver.delete_all_cookies().await.unwrap();
    browser.opens(&at(&colleague[colleague.find("/invitations/").unwrap()..])).await;
    browser.presses("main button[type=submit]").await;
    browser.opens(&at(&format!("/answer/{assessment}/review"))).await;
    browser.looks("54-contributor-review").await;
    browser.ends().await;
}

#[tokio::test]
async fn whoever_belongs_to_several_organizations_switches_in_the_header() {
    let portal = TestPortal::with(&["--towns", "all"]).await;
    let browser = Browser::start(true).await;
    signs_in(&browser, &portal, "kimura").await;
    browser.clicks("#switch-organization option:nth-child(3)").await;
    browser.presses(".switch button").await;
    browser.waits_for(".organization", "柏市").await;
    browser.looks("55-several-organizations").await;
    browser.ends().await;
}
