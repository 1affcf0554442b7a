use super::changes;
use kakunin_tests::{Person, TestPortal};

/// The post of this title, by its page.
async fn post(person: &Person, title: &str) -> String {
    let page = person.looks_at("/posts").await;
    let titles = page.texts_of("table.data tbody tr td:first-child a");
    let at = titles.iter().position(|known| known == title).unwrap_or_else(|| panic!("{title} in {titles:?}"));
    page.attributes("table.data tbody tr td:first-child a", "href")[at].rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_post_for_one_has_one_holder_at_a_time_and_every_day_has_its_answer() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let form = [
        ("form[kind]", "system_officer"),
        ("form[title]", "住民情報システム管理者"),
        ("form[may_be_vacant]", "no"),
        ("form[may_be_shared]", "no"),
    ];
    let post = administrator.registers("posts", &form).await.id();
    administrator.appoints(&post, "前任 太郎", "令和6年4月1日", "令和8年3月31日").await;
    let page = administrator.appoints(&post, "後任 花子", "令和8年3月31日", "").await;
    assert!(page.text_of(".error-summary").contains("ほかの方がこの職に就いています"), "{}", page.text_of("main"));
    let page = administrator.appoints(&post, "後任 花子", "令和8年5月1日", "").await;
    assert!(page.attributes(".error-summary a", "href").is_empty(), "{}", page.text_of("main"));
    let on = async |day: &str| {
        let page = administrator.looks_at(&format!("/officers?on={day}")).await;
        let rows = page.texts_of("table.data tbody tr");
        rows.into_iter().find(|row| row.contains("住民情報システム管理者")).unwrap()
    };
    assert!(on("2024-03-31").await.contains("空席"));
    assert!(on("2024-04-01").await.contains("前任 太郎"));
    assert!(on("R8.3.31").await.contains("前任 太郎"));
    assert!(on("2026-04-15").await.contains("空席"), "the gap between the two");
    assert!(on("2026-05-01").await.contains("後任 花子"));
    let unread = administrator.looks_at("/officers?on=itsuka").await;
    assert!(unread.text_of("[role=alert]").contains("itsuka"));
}

#[tokio::test]
async fn two_who_appoint_at_once_appoint_one() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let form = [
        ("form[kind]", "other"),
        ("form[title]", "一人の職"),
        ("form[may_be_vacant]", "no"),
        ("form[may_be_shared]", "no"),
    ];
    let post = administrator.registers("posts", &form).await.id();
    let (one, two, three, four) = (
        administrator.appoints(&post, "甲", "2026-04-01", ""),
        administrator.appoints(&post, "乙", "2026-04-01", ""),
        administrator.appoints(&post, "丙", "2026-04-01", ""),
        administrator.appoints(&post, "丁", "2026-04-01", ""),
    );
    let _ = tokio::join!(one, two, three, four);
    let page = administrator.looks_at(&format!("/posts/{post}?tab=appointments")).await;
    assert_eq!(page.texts_of("table.data tbody tr").len(), 1, "{}", page.text_of("main"));
}

#[tokio::test]
async fn a_social_account_without_its_officer_is_a_vacancy_at_once() {
    let portal = TestPortal::start().await;
    let (office, officer) = (portal.security_office().await, portal.officer().await);
    let form = officer.looks_at("/social-accounts/new").await;
    let department = form.attributes("#department option", "value")[1].clone();
    let form = [
        ("form[platform]", "x"),
        ("form[handle]", "@example_city"),
        ("form[url]", "https://social.example/1"),
        ("form[department]", department.as_str()),
        ("form[procedure]", "written"),
        ("form[second_factor]", "yes"),
        ("form[state]", "active"),
    ];
    let account = officer.registers("social-accounts", &form).await.id();
    let officers = officer.looks_at(&format!("/social-accounts/{account}?tab=officers")).await;
    assert!(officers.text_of("table.data").contains("空席"), "{}", officers.text_of("main"));
    assert!(office.looks_at("/").await.text_of("main").contains("ソーシャルメディア責任者"), "on the home page");
    let post = officers.attribute("table.data a", "href").rsplit('/').next().unwrap().to_owned();
    assert_eq!(officer.looks_at(&format!("/appointments/new?post={post}")).await.status, 403);
    office.appoints(&post, "広報 課長", "2026-04-01", "").await;
    let officers = officer.looks_at(&format!("/social-accounts/{account}?tab=officers")).await;
    assert!(officers.text_of("table.data").contains("広報 課長"));
    assert!(!office.looks_at("/").await.text_of("main").contains("ソーシャルメディア責任者"));
}

#[tokio::test]
async fn a_department_is_no_part_of_itself_and_stays_out_of_scope_for_a_reason() {
    let portal = TestPortal::start().await;
    let office = portal.security_office().await;
    let page = office.looks_at("/departments").await;
    let ids = page.attributes("table.data tbody tr td:first-child a", "href");
    let id = |index: usize| ids[index].rsplit('/').next().unwrap().to_owned();
    // 市民部 stands above 市民課.
    let page = changes(&office, "departments", &id(0), &[("above", &id(1))]).await;
    assert!(page.text_of(".error-summary").contains("自分自身"), "{}", page.text_of("main"));
    let page = changes(&office, "departments", &id(3), &[("in_scope", "no")]).await;
    assert_eq!(page.attributes(".error-summary a", "href"), ["#scope_reason"]);
    let page = changes(&office, "departments", &id(3), &[("in_scope", "no"), ("scope_reason", "学校")]).await;
    assert!(page.attributes(".error-summary a", "href").is_empty(), "{}", page.text_of("main"));
    let officer = portal.officer().await;
    assert_eq!(officer.looks_at(&format!("/departments/{}/edit", id(3))).await.status, 403);
    let form = [("id", id(3)), ("version", "2".to_owned()), ("form[name]", "改称".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(officer.registers("departments", &form).await.status, 403);
}

#[tokio::test]
async fn a_town_that_was_created_from_nothing_reaches_a_decision() {
    let portal = TestPortal::start().await;
    let operator = portal.operator().await;
    let form = [
        ("form[code]", "154610"),
        ("form[organization_name]", "湯沢町"),
        ("form[policy]", "yuzawa"),
        ("form[first_department]", "総務課"),
        ("form[sign_in_name]", "yuzawa-first"),
        ("form[person_name]", "南 一郎"),
    ];
    let page = operator.posts("/api/organizations/create", &form).await;
    let password = page.text_of("code.secret").trim().to_owned();
    let administrator = portal.anybody();
    administrator.signs_in("yuzawa-first", &password).await;
    administrator.chooses_password("いろはにほへとちりぬるを").await;
    let form = [
        ("form[kind]", "chief_officer"),
        ("form[title]", "統括情報セキュリティ責任者"),
        ("form[may_be_vacant]", "no"),
        ("form[may_be_shared]", "no"),
    ];
    let chief = administrator.registers("posts", &form).await.id();
    assert_eq!(post(&administrator, "統括情報セキュリティ責任者").await, chief);
    administrator.appoints(&chief, "副町長 春子", "2026-04-01", "").await;
    let (_, given) = administrator.adds_person("yuzawa-office", "security_office").await;
    let office = portal.anybody();
    office.signs_in("yuzawa-office", &given).await;
    office.chooses_password("ちりぬるをわかよたれそつ").await;
    let (assessment, link) = office.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[]).await;
    contractor.submits(&assessment).await;
    office.begins_review(&assessment).await;
    let version = office.version(&assessment).await;
    let page = office.decides(&assessment, &version, "fit_with_conditions", "条件").await;
    assert!(page.text_of("main").contains("副町長 春子"), "{}: {}", page.path, page.text_of("main"));
}

#[tokio::test]
async fn the_contractors_side_of_an_engagement_is_dated_and_found_for_any_day() {
    let portal = TestPortal::start().await;
    let office = portal.security_office().await;
    let officer = portal.officer().await;
    let vendor = officer.registers_vendor(&[]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await.id();
    let form = [
        ("form[kind]", "contractor_officer"),
        ("form[title]", "委託先の責任者"),
        ("form[engagement]", engagement.as_str()),
        ("form[may_be_vacant]", "no"),
        ("form[may_be_shared]", "no"),
    ];
    let page = office.registers("posts", &form).await;
    let post = page.path.rsplit('=').next().unwrap().to_owned();
    office.appoints(&post, "山本 前任", "2026-04-01", "2026-09-30").await;
    office.appoints(&post, "山本 後任", "2026-10-01", "").await;
    let tab = office.looks_at(&format!("/engagements/{engagement}?tab=officers")).await.text_of("table.data");
    assert!(
        tab.contains("委託先の責任者") && tab.contains("山本 後任") && tab.contains("情報セキュリティ管理者"),
        "{tab}"
    );
    let on = async |day: &str| {
        let rows =
            office.looks_at(&format!("/officers?on={day}&q=住民情報システム")).await.texts_of("table.data tbody tr");
        rows.into_iter().find(|row| row.contains("委託先の責任者")).unwrap_or_default()
    };
    assert!(on("2026-05-01").await.contains("山本 前任") && on("2026-10-01").await.contains("山本 後任"));
    // Whoever sees the work of one department alone is not told of every engagement by its posts.
    assert!(!officer.looks_at("/posts").await.text_of("main").contains("住民情報システム運用保守業務（"));
}

#[tokio::test]
async fn a_post_that_is_held_with_no_other_is_not() {
    let portal = TestPortal::start().await;
    let office = portal.security_office().await;
    let post = async |title: &str, combined: &str| {
        let form = [
            ("form[kind]", "other"),
            ("form[title]", title),
            ("form[may_be_vacant]", "yes"),
            ("form[may_be_shared]", "no"),
            ("form[may_be_combined]", combined),
        ];
        office.registers("posts", &form).await.id()
    };
    let (audit, other, third) =
        (post("監査責任者", "no").await, post("運用責任者", "yes").await, post("窓口", "").await);
    office.appoints(&other, "兼務 太郎", "2026-04-01", "2026-09-30").await;
    let page = office.appoints(&audit, "兼務 太郎", "2026-09-30", "").await;
    assert_eq!(page.attributes(".error-summary a", "href"), ["#person_name"], "{}", page.text_of("main"));
    let page = office.appoints(&audit, "兼務 太郎", "2026-10-01", "").await;
    assert!(page.attributes(".error-summary a", "href").is_empty(), "after the other: {}", page.text_of("main"));
    let page = office.appoints(&third, "兼務 太郎", "2026-11-01", "").await;
    assert_eq!(page.attributes(".error-summary a", "href"), ["#person_name"], "nor the other way round");
    let page = office.appoints(&third, "別人 花子", "2026-11-01", "").await;
    assert!(page.attributes(".error-summary a", "href").is_empty(), "{}", page.text_of("main"));
}
