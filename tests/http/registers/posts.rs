//! What a post is attached to, who may hold it, and who may see and change it.

use super::changes;
use kakunin_tests::{Page, Person, TestPortal, person::fields};

/// Adds a post; these fields replace those of a good form.
async fn adds_post(person: &Person, changes: &[(&str, &str)]) -> Page {
    let good = [("kind", "other"), ("title", "試しの職"), ("may_be_vacant", "yes"), ("may_be_shared", "no")];
    person.registers("posts", &fields(&good, changes)).await
}

/// The post of an engagement's contractor.
async fn contractors_post(person: &Person, engagement: &str, more: &[(&str, &str)]) -> Page {
    let own = [("kind", "contractor_officer"), ("title", "委託先の責任者"), ("engagement", engagement)];
    adds_post(person, &[&own[..], more].concat()).await
}

fn refused(page: &Page) -> Vec<String> {
    page.attributes(".error-summary a", "href")
}

/// An engagement of another department than the officer's.
async fn elsewhere(office: &Person, vendor: &str) -> String {
    let form = office.looks_at(&format!("/engagements/new?vendor={vendor}")).await;
    let (ids, names) = (form.attributes("#department option", "value"), form.texts_of("#department option"));
    let other = ids.iter().zip(&names).find(|(_, name)| name.contains("広報課")).expect("広報課").0.clone();
    office.registers_engagement(vendor, &[("title", "よその課の業務"), ("department", &other)]).await.id()
}

#[tokio::test]
async fn the_contractors_people_are_named_by_whoever_keeps_the_engagement_and_seen_by_nobody_else() {
    let portal = TestPortal::start().await;
    let (office, officer) = (portal.security_office().await, portal.officer().await);
    let vendor = officer.registers_vendor(&[]).await.id();
    let own = officer.registers_engagement(&vendor, &[]).await.id();
    let tab = officer.looks_at(&format!("/engagements/{own}?tab=officers")).await;
    let form = tab.attribute("a[href*='kind=contractor_work_leader']", "href");
    let form = officer.looks_at(&form).await;
    assert_eq!(form.attribute("#title", "value"), "委託先の作業責任者", "called by its kind");
    assert!(form.attributes("#department", "name").is_empty(), "the department is the engagement's");
    let page = contractors_post(&officer, &own, &[]).await;
    assert!(page.path.starts_with("/appointments/new?post="), "{}: who holds it is asked for next", page.path);
    assert!(page.attributes("#account", "name").is_empty() && !page.body.contains("(ito)"), "nobody's account");
    let post = page.path.rsplit('=').next().unwrap().to_owned();
    let appointed = officer.appoints(&post, "山本 太郎", "2026-04-01", "").await;
    assert!(refused(&appointed).is_empty(), "{}", appointed.text_of("main"));
    let form = office.looks_at(&format!("/appointments/{}/edit", appointed.id())).await;
    let account = form.attributes("#account option", "value").into_iter().find(|id| !id.is_empty()).expect("accounts");
    let page = changes(&office, "appointments", &appointed.id(), &[("account", &account)]).await;
    assert_eq!(refused(&page), ["#account"], "nobody decides by it: {}", page.text_of("main"));

    let foreign = elsewhere(&office, &vendor).await;
    let page = contractors_post(&office, &foreign, &[]).await;
    let hidden = page.path.rsplit('=').next().unwrap().to_owned();
    let holder = office.appoints(&hidden, "秘密 先太郎", "2026-04-01", "").await.id();
    for path in
        [format!("/posts/{hidden}"), format!("/appointments/{holder}"), format!("/appointments/new?post={hidden}")]
    {
        assert_eq!(officer.looks_at(&path).await.status, 404, "{path}");
        assert_eq!(office.looks_at(&path).await.status, 200, "{path}");
    }
    for path in ["/posts", "/appointments", "/officers", "/officers?q=先太郎", "/registers/appointments/list.csv", "/"]
    {
        let page = officer.looks_at(path).await;
        // What was searched for stands in its box.
        let said = page.body.replace("value=\"先太郎\"", "");
        let said = said.replace("q=%E5%85%88%E5%A4%AA%E9%83%8E", "");
        assert!(!said.contains("先太郎") && !said.contains(&hidden), "{path}");
    }
    assert!(
        office.looks_at("/officers?q=確認テスト").await.text_of("main").contains("先太郎"),
        "by the contractor's name"
    );
    assert_eq!(officer.appoints(&hidden, "甲", "2027-04-01", "").await.status, 403);
    assert_eq!(contractors_post(&officer, &foreign, &[]).await.status, 403);
    assert_eq!(adds_post(&officer, &[]).await.status, 403, "the town's posts are the office's");
}

#[tokio::test]
async fn a_post_is_the_towns_or_an_engagements_and_an_engagements_decides_nothing() {
    let portal = TestPortal::start().await;
    let (office, officer) = (portal.security_office().await, portal.officer().await);
    let vendor = officer.registers_vendor(&[]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await.id();
    let service = officer.registers_cloud_service(&[]).await.id();
    let form = office.looks_at("/posts/new").await;
    let department = form.attributes("#department option", "value").into_iter().find(|id| !id.is_empty()).unwrap();
    for (fields, field) in [
        (vec![("kind", "contractor_officer")], "#kind"),
        (vec![("kind", "ciso"), ("engagement", engagement.as_str())], "#kind"),
        (
            vec![
                ("kind", "contractor_officer"),
                ("engagement", engagement.as_str()),
                ("department", department.as_str()),
            ],
            "#department",
        ),
        (
            vec![
                ("kind", "contractor_officer"),
                ("engagement", engagement.as_str()),
                ("cloud_service", service.as_str()),
            ],
            "#cloud_service",
        ),
    ] {
        let page = adds_post(&office, &fields).await;
        assert_eq!(refused(&page), [field], "{fields:?}: {}", page.text_of("main"));
    }
}

#[tokio::test]
async fn a_post_is_not_made_for_one_alone_over_those_who_hold_it_and_what_was_can_still_be_ended() {
    let portal = TestPortal::start().await;
    let office = portal.security_office().await;
    let shared = adds_post(&office, &[("title", "窓口"), ("may_be_shared", "yes")]).await.id();
    office.appoints(&shared, "窓口 一郎", "2026-04-01", "").await;
    let page = office.appoints(&shared, "窓口一郎", "2026-05-01", "").await;
    assert_eq!(refused(&page), ["#starts_on"], "nobody holds a post twice");
    office.appoints(&shared, "窓口 二郎", "2026-04-01", "").await;
    let page = changes(&office, "posts", &shared, &[("may_be_shared", "no")]).await;
    assert_eq!(refused(&page), ["#may_be_shared"], "{}", page.text_of("main"));

    let other = adds_post(&office, &[("title", "別の職")]).await.id();
    let held = office.appoints(&other, "窓口　一郎", "2026-04-01", "").await.id();
    let page = changes(&office, "posts", &other, &[("may_be_combined", "no")]).await;
    assert_eq!(refused(&page), ["#may_be_combined"], "{}", page.text_of("main"));
    // Once the other post is left, it may; and the past is not made untrue.
    let page = changes(&office, "appointments", &held, &[("ends_on", "2026-05-31")]).await;
    assert!(refused(&page).is_empty(), "{}", page.text_of("main"));
    let page = changes(&office, "posts", &other, &[("may_be_combined", "no")]).await;
    assert!(refused(&page).is_empty(), "{}", page.text_of("main"));
    let page = changes(&office, "appointments", &held, &[("document_number", "発令第1号")]).await;
    assert!(refused(&page).is_empty(), "what was is corrected: {}", page.text_of("main"));
    let page = changes(&office, "appointments", &held, &[("ends_on", "2026-06-30")]).await;
    assert_eq!(refused(&page), ["#person_name"], "and not made longer");
}

#[tokio::test]
async fn one_person_is_one_however_spelt_and_a_contractors_is_not_the_towns() {
    let portal = TestPortal::start().await;
    let (office, officer) = (portal.security_office().await, portal.officer().await);
    let alone = adds_post(&office, &[("title", "監査責任者"), ("may_be_combined", "no")]).await.id();
    office.appoints(&alone, "渡邊 葛子", "2026-04-01", "").await;
    let form = [("person_code", "１２３")];
    let held = office.looks_at(&format!("/posts/{alone}?tab=appointments")).await;
    let held = held.attribute("table.data a[href^='/appointments/']", "href").rsplit('/').next().unwrap().to_owned();
    changes(&office, "appointments", &held, &form).await;
    let other = adds_post(&office, &[("title", "別の職")]).await.id();
    for name in ["渡邊　葛子", "渡邊葛子", "渡邊\u{ad}葛\u{e0100}子"] {
        let page = office.appoints(&other, name, "2026-05-01", "").await;
        assert_eq!(refused(&page), ["#person_name"], "{name}: {}", page.text_of("main"));
    }
    let coded = [
        ("post", other.as_str()),
        ("person_name", "旧姓 葛子"),
        ("person_code", "123"),
        ("starts_on", "2026-05-01"),
        ("acting", "no"),
    ];
    let page = office.registers("appointments", &fields(&coded, &[])).await;
    assert_eq!(refused(&page), ["#person_name"], "by the number: {}", page.text_of("main"));
    assert!(page.attribute("main a[href^='/officers?q=']", "href").contains("%E6%97%A7%E5%A7%93"), "where to look");
    let vendor = officer.registers_vendor(&[]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await.id();
    let page = contractors_post(&officer, &engagement, &[]).await;
    let contractors = page.path.rsplit('=').next().unwrap().to_owned();
    let page = officer.appoints(&contractors, "渡邊 葛子", "2026-05-01", "").await;
    assert!(refused(&page).is_empty(), "a namesake at a contractor is somebody else: {}", page.text_of("main"));
}

#[tokio::test]
async fn what_comes_back_from_the_archive_takes_nobodys_place() {
    let portal = TestPortal::start().await;
    let office = portal.security_office().await;
    let post = adds_post(&office, &[]).await.id();
    let first = office.appoints(&post, "前の 者", "2026-04-01", "").await.id();
    let archive = async |register: &str, id: &str, archived: &str| {
        let page = office.looks_at(&format!("/{register}/{id}")).await;
        let version = page.attribute("form[action='/api/registers/archive'] input[name=version]", "value");
        let form = [("register", register), ("id", id), ("version", &version), ("archived", archived)];
        office.posts("/api/registers/archive", &form).await
    };
    archive("appointments", &first, "true").await;
    office.appoints(&post, "後の 者", "2026-04-01", "").await;
    let page = archive("appointments", &first, "false").await;
    assert!(page.path.contains(&first) && !page.text_of(".error-summary").is_empty(), "{}", page.text_of("main"));
    assert_eq!(
        office.looks_at(&format!("/posts/{post}?tab=appointments")).await.texts_of("table.data tbody tr").len(),
        1
    );

    let alone = adds_post(&office, &[("title", "監査責任者"), ("may_be_combined", "no")]).await.id();
    let auditor = office.appoints(&alone, "監査 太郎", "2026-04-01", "").await.id();
    archive("posts", &alone, "true").await;
    let other = adds_post(&office, &[("title", "別の職")]).await.id();
    office.appoints(&other, "監査 太郎", "2026-04-01", "").await;
    let page = archive("posts", &alone, "false").await;
    assert!(!page.text_of(".error-summary").is_empty(), "{}", page.text_of("main"));
    archive("appointments", &auditor, "true").await;
    let page = archive("appointments", &auditor, "false").await;
    assert!(!page.text_of(".error-summary").is_empty(), "its post is archived: {}", page.text_of("main"));
}

#[tokio::test]
async fn a_post_is_there_as_long_as_what_it_is_of_and_the_archive_hides_no_day_that_was() {
    let portal = TestPortal::start().await;
    let (office, officer) = (portal.security_office().await, portal.officer().await);
    let vendor = officer.registers_vendor(&[]).await.id();
    let term = [("starts_on", "2020-04-01"), ("ends_on", "2021-03-31"), ("title", "終わった業務")];
    let engagement = officer.registers_engagement(&vendor, &term).await.id();
    let page = contractors_post(&officer, &engagement, &[("may_be_vacant", "no")]).await;
    let post = page.path.rsplit('=').next().unwrap().to_owned();
    let on = async |day: &str, search: &str| {
        office.looks_at(&format!("/officers?on={day}&q={search}")).await.texts_of("table.data tbody tr").join("\n")
    };
    assert_eq!(on("2020-03-31", "終わった業務").await, "", "before the contract");
    assert!(on("2020-04-01", "終わった業務").await.contains("空席"));
    assert_eq!(on("2021-04-01", "終わった業務").await, "", "after it");
    assert!(!office.looks_at("/").await.text_of("main").contains("終わった業務"), "no vacancy of today");
    officer.appoints(&post, "当時 太郎", "2020-04-01", "").await;
    assert!(on("2021-03-31", "終わった業務").await.contains("当時 太郎"));
    assert_eq!(on("2021-04-01", "終わった業務").await, "", "also with an open end");

    let town = adds_post(&office, &[("title", "なくなる職")]).await.id();
    office.appoints(&town, "在職 花子", "2026-04-01", "").await;
    let version = office.looks_at(&format!("/posts/{town}")).await;
    let version = version.attribute("form[action='/api/registers/archive'] input[name=version]", "value");
    let form = [("register", "posts"), ("id", &town), ("version", &version), ("archived", "true")];
    office.posts("/api/registers/archive", &form).await;
    assert!(on("2026-06-01", "なくなる職").await.contains("在職 花子"), "who was responsible then");
    assert_eq!(on("2026-03-01", "なくなる職").await, "", "nobody");
    assert_eq!(office.looks_at("/officers?q=なくなる職").await.texts_of("table.data tbody tr").len(), 0, "today");
}

#[tokio::test]
async fn a_list_of_transfers_leaves_the_contractors_people_alone() {
    let portal = TestPortal::start().await;
    let (office, officer) = (portal.security_office().await, portal.officer().await);
    let vendor = officer.registers_vendor(&[]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await.id();
    let page = contractors_post(&officer, &engagement, &[]).await;
    let post = page.path.rsplit('=').next().unwrap().to_owned();
    let form = [
        ("post", post.as_str()),
        ("person_name", "中野 健"),
        ("person_code", "2001"),
        ("starts_on", "2026-04-01"),
        ("acting", "no"),
    ];
    officer.registers("appointments", &fields(&form, &[])).await;
    let list = "発令日\t所属（旧）\t職（旧）\t所属（新）\t職（新）\t氏名コード\t氏名\n\
                R99.4.1\t納税課\t主任\t広報課\t課長\t2001\t\n\
                R99.4.1\t納税課\t主任\t市民課\t主任\t\t中野 健\n";
    let page = office.posts("/api/handovers/paste", &[("form[pasted]", list)]).await;
    let said = page.text_of("main");
    assert!(
        page.path.starts_with("/handovers/") && !said.contains("委託先の責任者") && !said.contains("中野 健 → "),
        "{said}"
    );
    assert!(
        page.attributes("input", "value").iter().all(|value| value != "中野 健"),
        "no name from the contractor's number"
    );
}

#[tokio::test]
async fn whoever_holds_a_post_on_an_archived_record_decides_nothing() {
    let portal = TestPortal::start().await;
    let (office, officer, approver) = (portal.security_office().await, portal.officer().await, portal.approver().await);
    let service = officer.registers_cloud_service(&[]).await.id();
    let decides = async || {
        let page = approver.looks_at(&format!("/cloud-services/{service}")).await;
        (page.attributes("form[action='/api/registers/decide']", "action").len(), page)
    };
    assert_eq!(decides().await.0, 1, "{}", decides().await.1.text_of("main"));
    let held = office.looks_at("/appointments?q=渡辺").await.attribute("table.data tbody a", "href");
    let version = office.looks_at(&held).await;
    let version = version.attribute("form[action='/api/registers/archive'] input[name=version]", "value");
    let id = held.rsplit('/').next().unwrap();
    let form = [("register", "appointments"), ("id", id), ("version", &version), ("archived", "true")];
    office.posts("/api/registers/archive", &form).await;
    let page = approver.looks_at(&format!("/cloud-services/{service}")).await;
    assert!(page.attributes("form[action='/api/registers/decide']", "action").is_empty(), "{}", page.text_of("main"));
    let form = [("register", "cloud-services"), ("id", service.as_str()), ("version", "1"), ("outcome", "approved")];
    let refused = approver.posts("/api/registers/decide", &form).await.status;
    assert!(refused == 403 || refused == 404, "{refused}");
}
