//! What somebody has begun to type is there when they come back, and is nobody else's.

use super::sends_form;
use kakunin_tests::{Person, TestPortal};

async fn keeps(person: &Person, fields: &[(&str, &str)]) -> u16 {
    person.posts("/api/registers/draft", fields).await.status
}

#[tokio::test]
async fn a_form_that_was_left_is_there_again_and_gone_once_handed_in() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let form = [("register", "vendors"), ("form[name]", "書きかけ商店"), ("form[kana]", "カキカケ")];
    assert_eq!(keeps(&officer, &form).await, 200);
    // On another machine, signed in anew.
    let elsewhere = portal.officer().await;
    let page = elsewhere.looks_at("/vendors/new").await;
    assert_eq!(page.attribute("#name", "value"), "書きかけ商店");
    assert!(page.text_of(".notice").contains("下書きの続き"), "{}", page.text_of("main"));
    let list = elsewhere.looks_at("/vendors?q=書きかけ").await;
    assert!(list.texts_of("table.data tbody tr").is_empty(), "nothing is registered");
    // The way back stands on the first page.
    let home = elsewhere.looks_at("/").await;
    assert_eq!(home.attribute("main .draft a", "href"), "/vendors/new?", "{}", home.text_of("main"));
    let posts = elsewhere.posts("/api/registers/draft", &[("register", "posts"), ("form[title]", "よその職")]).await;
    assert_eq!(posts.status, 403, "no draft of what they may not add");
    let away = [("register", "vendors"), ("id", ""), ("discard", "yes"), ("then", "home")];
    keeps(&officer, &[("register", "cloud-services"), ("form[name]", "書きかけ")]).await;
    let thrown = [("register", "cloud-services"), away[1], away[2], away[3]];
    let home = elsewhere.posts("/api/registers/draft", &thrown).await;
    assert_eq!((home.path.split('?').next().unwrap(), home.texts_of("main .draft").len()), ("/", 1));
    // Nobody else sees it.
    assert!(portal.security_office().await.looks_at("/").await.texts_of("main .draft").is_empty());
    assert_eq!(portal.security_office().await.looks_at("/vendors/new").await.attribute("#name", "value"), "");
    // Refused: it is kept, also beyond the session.
    let page = elsewhere.registers_vendor(&[("name", ""), ("address", "仮の所在地")]).await;
    assert_eq!(page.attributes(".error-summary a", "href"), ["#name"]);
    assert_eq!(officer.looks_at("/vendors/new").await.attribute("#address", "value"), "仮の所在地");
    elsewhere.registers_vendor(&[]).await;
    let page = elsewhere.looks_at("/vendors/new").await;
    assert_eq!(page.attribute("#name", "value"), "");
    assert!(page.attributes(".notice", "class").is_empty(), "{}", page.text_of("main"));
}

#[tokio::test]
async fn a_change_that_was_begun_does_not_write_over_what_somebody_else_has_saved_since() {
    let portal = TestPortal::start().await;
    let (officer, office) = (portal.officer().await, portal.security_office().await);
    let service = officer.registers_cloud_service(&[]).await.id();
    let edit = format!("/cloud-services/{service}/edit");
    let page =
        sends_form(&officer, "cloud-services", &service, "/api/registers/draft", &[("name", "書きかけの名前")]).await;
    assert!(page.text_of(".notice").contains("下書きの続き"), "{}", page.text_of("main"));
    super::changes(&office, "cloud-services", &service, &[("provider", "別の提供者")]).await;
    // What is registered now stands beside what was begun before.
    let page = officer.looks_at(&edit).await;
    let beside = page.text_of(".notice-warning");
    assert!(beside.contains("別の提供者") && beside.contains("住民票オンライン申請"), "{}", page.text_of("main"));
    assert!(!beside.contains("利用目的"), "and nothing that is the same: {beside}");
    assert_eq!(page.attribute("#name", "value"), "書きかけの名前");
    // Typing on keeps the draft, which departs from the older record still.
    let page =
        sends_form(&officer, "cloud-services", &service, "/api/registers/draft", &[("purpose", "別の目的")]).await;
    assert!(page.text_of(".notice-warning").contains("別の提供者"), "{}", page.text_of("main"));
    let discard = [("register", "cloud-services"), ("id", service.as_str()), ("discard", "yes")];
    let page = officer.posts("/api/registers/draft", &discard).await;
    assert_eq!(page.place(), edit);
    assert!(page.text_of(".notice").contains("捨てました"), "{}", page.text_of("main"));
    assert_eq!(page.attribute("#provider", "value"), "別の提供者");
}

#[tokio::test]
async fn parts_of_different_records_have_drafts_of_their_own() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (one, other) = (
        officer.registers_cloud_service(&[]).await.id(),
        officer.registers_cloud_service(&[("name", "別")]).await.id(),
    );
    let form =
        [("register", "service-uses"), ("form[cloud_service]", one.as_str()), ("form[purpose]", "書きかけの用途")];
    assert_eq!(keeps(&officer, &form).await, 200);
    let purpose = async |service: &str| {
        let page = officer.looks_at(&format!("/service-uses/new?cloud_service={service}")).await;
        page.attribute("#purpose", "value")
    };
    assert_eq!([purpose(&one).await, purpose(&other).await], ["書きかけの用途", ""]);
}

#[tokio::test]
async fn a_draft_asks_for_what_the_form_asks_for() {
    let portal = TestPortal::start().await;
    let (officer, auditor) = (portal.officer().await, portal.auditor().await);
    assert_eq!(keeps(&auditor, &[("register", "vendors"), ("form[name]", "x")]).await, 403);
    assert_eq!(keeps(&officer, &[("register", "departments"), ("form[name]", "x")]).await, 403);
    let long = "x".repeat(100_001);
    let page = officer.posts("/api/registers/draft", &[("register", "vendors"), ("form[notes]", &long)]).await;
    assert!(page.text_of(".error-summary").contains("長"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn a_refused_form_does_not_write_over_what_somebody_else_saved_while_it_was_corrected() {
    let portal = TestPortal::start().await;
    let (officer, office) = (portal.officer().await, portal.security_office().await);
    let service = officer.registers_cloud_service(&[]).await.id();
    let old = [("version", "1"), ("name", "")];
    super::changes(&office, "cloud-services", &service, &[("provider", "別の提供者")]).await;
    let page =
        super::changes(&officer, "cloud-services", &service, &[&old[..], &[("provider", "例示クラウド㈱")]].concat())
            .await;
    assert_eq!(page.attributes(".error-summary a", "href"), ["#name"]);
    assert!(page.text_of(".notice-warning").contains("別の提供者"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn nobody_fills_the_database_with_drafts() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let unknown = [("register", "service-uses"), ("form[cloud_service]", "01900000-0000-7000-8000-000000000000")];
    assert_eq!(officer.posts("/api/registers/draft", &unknown).await.place(), "/not-found");
    let service = officer.registers_cloud_service(&[]).await.id();
    let spelt = service.to_uppercase();
    assert_eq!(keeps(&officer, &[("register", "cloud-services"), ("id", &spelt), ("form[name]", "一つ")]).await, 200);
    let page = officer.looks_at(&format!("/cloud-services/{service}/edit")).await;
    assert_eq!(page.attribute("#name", "value"), "一つ", "one draft, however it is spelt");
}
