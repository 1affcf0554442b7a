//! An organization's own classes of information, each standing for a national one.

use super::changes;
use crate::imports::{counts, sheet, tries, uploads};
use kakunin_tests::{Page, Person, TestPortal};

async fn names(person: &Person, classes: &[(&str, &str)]) -> Page {
    let before = person.looks_at("/organization/classes").await.attributes("input[name='form[before]']", "value");
    let mut fields: Vec<(String, &str)> =
        classes.iter().map(|(name, lines)| (format!("form[names][{name}]"), *lines)).collect();
    let before = before.into_iter().next().unwrap_or_default();
    fields.push(("form[before]".to_owned(), &before));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, lines)| (name.as_str(), *lines)).collect();
    person.posts("/api/organizations/scale", &fields).await
}

const OWN: [(&str, &str); 3] = [
    ("confidentiality_3a", "機密性3\n機密性3（特）"),
    ("confidentiality_2", "機密性2"),
    ("confidentiality_1", "機密性1"),
];

#[tokio::test]
async fn what_the_town_calls_its_classes_is_chosen_shown_taken_away_and_judged_by_the_national_one() {
    let portal = TestPortal::start().await;
    let (office, officer) = (portal.security_office().await, portal.officer().await);
    let before = officer.registers_cloud_service(&[("name", "前からのサービス"), ("confidentiality", "3b")]).await.id();
    let page = names(&office, &OWN).await;
    assert!(page.text_of("main").contains("保存しました"), "{}", page.text_of("main"));
    assert_eq!(page.text_of("#confidentiality_3a"), "機密性3\n機密性3（特）");

    let form = officer.looks_at("/cloud-services/new").await;
    assert_eq!(form.attributes("input[name='form[confidentiality]']", "value"), ["3a", "3a.2", "2", "1"]);
    assert_eq!(form.attributes("input[name='form[integrity]']", "value"), ["2", "1"], "nothing named: as before");
    let page = officer.registers_cloud_service(&[("confidentiality", "3b")]).await;
    assert_eq!(page.attributes(".error-summary a", "href"), ["#confidentiality"], "no class of the town");
    let service = officer.registers_cloud_service(&[("confidentiality", "3a.2")]).await.id();
    for (path, said) in [
        (format!("/cloud-services/{service}"), "機密性3（特）"),
        ("/cloud-services?f.confidentiality=3a.2&c=confidentiality".to_owned(), "機密性3（特）"),
        // What was classified before is still called by what it was.
        (format!("/cloud-services/{before}"), "自治体機密性3B"),
    ] {
        let page = officer.looks_at(&path).await;
        assert!(page.text_of("main").contains(said), "{path}: {}", page.text_of("main"));
    }
    let (_, list) = officer.downloads("/registers/cloud-services/list.csv?c=confidentiality").await;
    let list = String::from_utf8(list).unwrap();
    assert!(list.contains("機密性3（特）") && list.contains("自治体機密性3B"), "{list}");
    // And keeps it when something else is corrected.
    let page = changes(&officer, "cloud-services", &before, &[("notes", "直した")]).await;
    assert!(page.text_of("main").contains("直した"), "{}", page.text_of("main"));
    changes(&officer, "cloud-services", &service, &[("confidentiality", "3a")]).await;
    let history = officer.looks_at(&format!("/cloud-services/{service}?tab=history")).await.text_of("main");
    assert!(history.contains("機密性3（特）"), "{history}");

    // The evaluator knows it as the national class that it stands for.
    let sent = officer.sends_about("cloud-services", &service, &[]).await;
    let path = format!("/assessments/{}/requirements/cloud.use.own_judgement", sent.id());
    let explained = office.looks_at(&path).await;
    assert_eq!(explained.status, 200);
    assert!(explained.text_of("main").contains("自治体機密性3A"), "{}", explained.text_of("main"));
}

#[tokio::test]
async fn a_list_is_read_by_the_towns_own_names_and_no_others() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    names(&administrator, &OWN).await;
    let list = sheet(
        "一覧",
        &[
            &["サービス名", "提供者", "所管課", "機密性"],
            &["一", "甲社", "市民課", "機密性３（特）"],
            &["二", "甲社", "市民課", "機密性2"],
            &["三", "甲社", "市民課", "自治体機密性3B"],
        ],
    );
    let page = uploads(&administrator, "cloud-services", "一覧.xlsx", list).await;
    let tried = tries(&administrator, &page, &[]).await;
    let said = tried.text_of("main");
    assert_eq!(counts(&tried)[..4], [2, 0, 0, 1], "{said}");
    assert!(said.contains("機密性3（特）／機密性2"), "the choices are named: {said}");
}

#[tokio::test]
async fn only_who_settles_it_names_classes_and_no_name_stands_for_two() {
    let portal = TestPortal::start().await;
    let office = portal.security_office().await;
    for person in [portal.officer().await, portal.reviewer().await, portal.auditor().await] {
        assert_eq!(names(&person, &OWN).await.status, 403);
        assert_eq!(person.looks_at("/organization/classes").await.status, 403);
    }
    let page = names(&office, &[("confidentiality_3a", "秘"), ("confidentiality_3b", "秘")]).await;
    assert_eq!(page.attributes(".error-summary a", "href"), ["#confidentiality_3b"], "{}", page.text_of("main"));
    assert_eq!(page.text_of("#confidentiality_3b"), "秘", "what was typed is there");
    let old = office.looks_at("/organization/classes").await.attribute("input[name='form[before]']", "value");
    names(&office, &OWN).await;
    let late = [("form[names][confidentiality_3a]", "秘"), ("form[before]", old.as_str())];
    let page = office.posts("/api/organizations/scale", &late).await;
    assert!(page.text_of(".error-summary").contains("先に更新"), "{}", page.text_of("main"));
}
