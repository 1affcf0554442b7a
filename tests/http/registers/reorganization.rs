//! Departments renamed, merged and split on a day: the work goes on, and what was stays on record.

use kakunin_tests::{Page, Person, TestPortal};

async fn department(person: &Person, name: &str) -> String {
    person.looks_at(&format!("/departments?q={name}")).await.attribute("table.data tbody a", "href")
}

async fn reorganizes(person: &Person, name: &str, day: &str, successors: &str) -> Page {
    let page = department(person, name).await;
    let id = page.rsplit('/').next().unwrap().to_owned();
    person.posts("/api/departments/reorganize", &[("department", &id), ("day", day), ("successors", successors)]).await
}

async fn officers(person: &Person, day: &str) -> Vec<String> {
    person.looks_at(&format!("/officers?on={day}")).await.texts_of("table.data tbody tr")
}

fn holds(rows: &[String], department: &str, name: &str) -> bool {
    rows.iter().any(|row| row.contains(department) && row.contains(name))
}

#[tokio::test]
async fn a_renamed_department_keeps_its_work_its_people_and_its_past() {
    let portal = TestPortal::start().await;
    let (administrator, officer) = (portal.administrator().await, portal.officer().await);
    let vendor = officer.registers_vendor(&[]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await.id();
    let ended = [("title", "終わった業務"), ("starts_on", "2020-04-01"), ("ends_on", "2021-03-31")];
    officer.registers_engagement(&vendor, &ended).await;
    let refused = reorganizes(&administrator, "市民課", "2099-04-01", "市民窓口課").await;
    assert_eq!(refused.attributes(".error-summary a", "href"), ["#day"], "{}", refused.text_of("main"));
    let refused = reorganizes(&administrator, "市民課", "2026-10-01", "市民課").await;
    assert!(!refused.text_of(".error-summary").is_empty());

    let page = reorganizes(&administrator, "市民課", "R8.10.1", "市民窓口課\n").await;
    assert!(page.text_of("h1").contains("市民窓口課"), "{}", page.text_of("main"));
    let before = officers(&administrator, "R8.9.30").await;
    assert!(holds(&before, "市民課", "渡辺 誠") && !before.iter().any(|row| row.contains("市民窓口課")), "{before:?}");
    let after = officers(&administrator, "R8.10.1").await;
    assert!(holds(&after, "市民窓口課", "渡辺 誠") && !after.iter().any(|row| row.contains("市民課")), "{after:?}");
    // Whoever works there goes on with its work, and sees what had ended.
    let page = officer.looks_at(&format!("/engagements/{engagement}")).await;
    assert!(page.text_of("main").contains("市民窓口課"), "{}", page.text_of("main"));
    let list = officer.looks_at("/engagements").await.text_of("table.data");
    assert!(list.contains("終わった業務") && list.contains("市民課"), "{list}");
    let history = administrator.looks_at(&format!("/engagements/{engagement}?tab=history")).await;
    assert!(history.text_of("main").contains("改称・統合・分割"), "{}", history.text_of("main"));
    let (status, said, _) = portal.runs(&["verify-log"]).await;
    assert_eq!(status, 0, "{said}");
}

#[tokio::test]
async fn departments_are_merged_and_split() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    // 図書館 goes into 納税課, whose own officer stays.
    let page = reorganizes(&administrator, "図書館", "R8.10.1", "納税課").await;
    assert!(page.text_of("h1").contains("納税課"), "{}", page.text_of("main"));
    let after = officers(&administrator, "R8.10.1").await;
    assert!(holds(&after, "納税課", "中村 由美") && !after.iter().any(|row| row.contains("小林 進")), "{after:?}");
    assert_eq!(after.iter().filter(|row| row.contains("納税課")).count(), 1, "{after:?}");
    // 納税課 is split: whoever held the post goes on in the first, the second is vacant.
    reorganizes(&administrator, "納税課", "R8.11.1", "市税課\n債権管理課").await;
    let after = officers(&administrator, "R8.11.1").await;
    assert!(holds(&after, "市税課", "中村 由美") && holds(&after, "債権管理課", "空席"), "{after:?}");
    let before = officers(&administrator, "R8.9.1").await;
    assert!(holds(&before, "図書館", "小林 進") && holds(&before, "納税課", "中村 由美"), "{before:?}");
    // A name that was used before is another department than the one that ended.
    reorganizes(&administrator, "市税課", "R8.11.10", "納税課").await;
    let after = officers(&administrator, "R8.11.10").await;
    assert!(holds(&after, "納税課", "中村 由美"), "{after:?}");
    let early = reorganizes(&administrator, "債権管理課", "R8.11.1", "債権課").await;
    assert!(!early.text_of(".error-summary").is_empty(), "it has not existed for a day");
    let (status, said, _) = portal.runs(&["verify-log"]).await;
    assert_eq!(status, 0, "{said}");
}

#[tokio::test]
async fn what_is_settled_ahead_is_dated_at_once_and_moves_on_the_day() {
    let portal = TestPortal::start().await;
    let (administrator, officer) = (portal.administrator().await, portal.officer().await);
    let vendor = officer.registers_vendor(&[]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[("ends_on", "2099-03-31")]).await.id();
    let in_a_month = portal.day(30).await;
    let page = reorganizes(&administrator, "市民課", &in_a_month, "市民窓口課").await;
    assert!(page.text_of("h1").contains("市民課"), "what is settled is said there: {}", page.text_of("main"));
    // Officers of any day are known already.
    let after = officers(&administrator, &in_a_month).await;
    assert!(holds(&after, "市民窓口課", "渡辺 誠"), "{after:?}");
    let today = officers(&administrator, &portal.today().await).await;
    assert!(holds(&today, "市民課", "渡辺 誠") && !today.iter().any(|row| row.contains("市民窓口課")), "{today:?}");
    // The work is the old department's until then, and says what will become of it.
    let page = officer.looks_at(&format!("/engagements/{engagement}")).await;
    assert!(!page.text_of("main").contains("市民窓口課"), "{}", page.text_of("main"));
    let old = administrator.looks_at(&department(&administrator, "市民課").await).await;
    assert!(old.text_of(".notice").contains("市民窓口課へ引き継ぐ"), "{}", old.text_of("main"));
    assert!(old.attributes("form[action='/api/departments/reorganize']", "action").is_empty());
}

#[tokio::test]
async fn what_is_settled_ahead_is_settled_once_and_taken_back_until_its_day() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let (in_a_month, in_two) = (portal.day(30).await, portal.day(60).await);
    let before = officers(&administrator, &in_two).await;
    reorganizes(&administrator, "市民課", &in_two, "市民窓口課\n市民相談課").await;
    let again = reorganizes(&administrator, "市民課", &in_a_month, "暮らしの課").await;
    assert!(again.text_of(".notice").contains("市民相談課へ引き継ぐ"), "{}", again.text_of("main"));
    assert!(!officers(&administrator, &in_a_month).await.iter().any(|row| row.contains("暮らしの課")));
    let id = department(&administrator, "市民課").await.rsplit('/').next().unwrap().to_owned();
    let page = super::changes(&administrator, "departments", &id, &[("ends_on", "")]).await;
    assert_eq!(page.attributes(".error-summary a", "href"), ["#ends_on"], "{}", page.text_of("main"));
    let heir = department(&administrator, "市民相談課").await;
    let version = administrator.looks_at(&heir).await;
    let version = version.attribute("form[action='/api/registers/archive'] input[name=version]", "value");
    let heir_id = heir.rsplit('/').next().unwrap();
    let form = [("register", "departments"), ("id", heir_id), ("version", &version), ("archived", "true")];
    let page = administrator.posts("/api/registers/archive", &form).await;
    assert!(!page.text_of(".error-summary").is_empty(), "work is to come to it: {}", page.text_of("main"));

    let page = administrator.posts("/api/departments/take-back", &[("department", &id)]).await;
    assert!(page.text_of("main").contains("取りやめ"), "{}", page.text_of("main"));
    assert_eq!(officers(&administrator, &in_two).await, before);
    let list = administrator.looks_at("/departments").await.text_of("table.data");
    assert!(!list.contains("市民窓口課") && !list.contains("市民相談課"), "{list}");
    let page = administrator.posts("/api/departments/take-back", &[("department", &id)]).await;
    assert!(!page.text_of("main").contains("元に戻しました"), "once: {}", page.text_of("main"));
    reorganizes(&administrator, "市民課", &in_a_month, "暮らしの課").await;
    assert!(holds(&officers(&administrator, &in_a_month).await, "暮らしの課", "渡辺 誠"));
    let (status, said, _) = portal.runs(&["verify-log"]).await;
    assert_eq!(status, 0, "{said}");
}

#[tokio::test]
async fn what_is_taken_back_takes_nobodys_place() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let day = portal.day(60).await;
    let posts = administrator.looks_at("/posts?q=&f.kind=section_officer").await;
    let rows = posts.texts_of("table.data tbody tr");
    let links = posts.attributes("table.data tbody td:first-child a", "href");
    let post = rows.iter().zip(&links).find(|(row, _)| row.contains("市民課")).expect("its officer").1;
    let post = post.rsplit('/').next().unwrap().to_owned();
    reorganizes(&administrator, "市民課", &day, "市民窓口課").await;
    let come = administrator.appoints(&post, "後任 花子", &day, "").await;
    assert!(come.attributes(".error-summary a", "href").is_empty(), "{}", come.text_of("main"));
    let id = department(&administrator, "市民課").await.rsplit('/').next().unwrap().to_owned();
    let page = administrator.posts("/api/departments/take-back", &[("department", &id)]).await;
    assert!(page.text_of(".error-summary").contains("ほかの方がこの職に就いています"), "{}", page.text_of("main"));
    // What was made of it is changed meanwhile: that is archived with its changes.
    let come = come.id();
    let version = administrator.looks_at(&format!("/appointments/{come}")).await;
    let version = version.attribute("form[action='/api/registers/archive'] input[name=version]", "value");
    let form = [("register", "appointments"), ("id", come.as_str()), ("version", &version), ("archived", "true")];
    administrator.posts("/api/registers/archive", &form).await;
    let heir = department(&administrator, "市民窓口課").await.rsplit('/').next().unwrap().to_owned();
    super::changes(&administrator, "departments", &heir, &[("name", "市民の窓口課")]).await;
    let page = administrator.posts("/api/departments/take-back", &[("department", &id)]).await;
    assert!(page.text_of("main").contains("元に戻しました"), "{}", page.text_of("main"));
    assert!(holds(&officers(&administrator, &day).await, "市民課", "渡辺 誠"));
    // Nobody comes to work where nobody works any more.
    assert!(!administrator.looks_at("/people/new").await.body.contains("市民の窓口課"));
}

#[tokio::test]
async fn who_answered_for_a_service_is_found_before_and_after_it_moved() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let form = administrator.looks_at("/cloud-services/new").await;
    let (ids, names) = (form.attributes("#department option", "value"), form.texts_of("#department option"));
    let library = ids.iter().zip(&names).find(|(_, name)| name.contains("図書館")).expect("図書館").0.clone();
    let service = administrator.registers_cloud_service(&[("department", &library), ("name", "蔵書検索")]).await.id();
    let post = administrator.looks_at(&format!("/cloud-services/{service}?tab=officers")).await;
    let post = post.attribute("table.data a[href^='/posts/']", "href").rsplit('/').next().unwrap().to_owned();
    administrator.appoints(&post, "蔵書 管理", "2026-01-01", "").await;
    reorganizes(&administrator, "図書館", "R8.10.1", "中央図書館").await;
    for day in ["2026-06-01", "2026-09-30", "2026-10-01", "2026-11-01"] {
        let rows = officers(&administrator, day).await;
        assert!(rows.iter().any(|row| row.contains("蔵書 管理")), "{day}: {rows:?}");
    }
}
