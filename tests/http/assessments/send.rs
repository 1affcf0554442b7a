use kakunin_tests::TestPortal;

#[tokio::test]
async fn a_due_date_in_the_past_is_refused() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let vendor = officer.registers_vendor(&[]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await.id();
    let page = officer.sends(&engagement, &[("due_on", "R2.1.1")]).await;
    assert!(page.text_of(".error-summary").contains("過ぎた日です"), "{}", page.text_of("main"));
    assert_eq!(page.attribute("#due_on", "value"), "R2.1.1");
}

#[tokio::test]
async fn the_link_is_shown_once() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (assessment, link) = officer.prepares_an_assessment().await;
    let again = officer.looks_at(&format!("/assessments/{assessment}/invitation")).await;
    assert!(again.text_of("main").contains("リンクは一度だけ表示されます"));
    assert!(!again.body.contains(link.trim_start_matches("/invitations/")));
    assert!(!portal.log().contains(link.trim_start_matches("/invitations/")), "a token stands in the log");
}

#[tokio::test]
async fn a_new_link_ends_the_old_one() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (assessment, old) = officer.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&old).await;
    let page = officer.posts("/api/assessments/invite-again", &[("assessment", &assessment)]).await;
    let link = page.attribute("#link", "value");
    assert!(!link.ends_with(&old));
    let ended = contractor.looks_at(&format!("/answer/{assessment}")).await;
    assert_eq!(ended.place(), "/sign-in");
    let new = link.find("/invitations/").map(|at| link[at..].to_owned()).unwrap();
    assert_eq!(contractor.accepts(&new).await.path, format!("/answer/{assessment}"));
}
