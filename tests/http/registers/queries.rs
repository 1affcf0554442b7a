//! However many rows there are, a page asks the database a fixed number of times.

use kakunin_tests::TestPortal;

/// Most statements of a list or a page, with those that find out who asks.
const MOST: usize = 5;

#[tokio::test]
async fn a_page_asks_the_database_five_times_at_most() {
    let portal = TestPortal::with_statements_logged(&["--vendors", "60"]).await;
    if portal.database_name().is_some() {
        // Only SQLite's statements are logged; PostgreSQL gets the same ones.
        return;
    }
    let administrator = portal.administrator().await;
    let vendor = administrator.registers_vendor(&[]).await.id();
    let engagement = administrator.registers_engagement(&vendor, &[]).await.id();
    let service = administrator.registers_cloud_service(&[]).await.id();
    administrator.sends(&engagement, &[]).await;
    let office = portal.security_office().await;
    let mut over = Vec::new();
    for path in [
        "/".to_owned(),
        "/vendors".to_owned(),
        "/vendors?q=%E8%A9%A6%E9%A8%93&sort=-name&page=2".to_owned(),
        format!("/vendors/{vendor}"),
        format!("/vendors/{vendor}?tab=certifications"),
        format!("/vendors/{vendor}?tab=history"),
        "/engagements?sort=vendor".to_owned(),
        "/engagements?f.gaps=1".to_owned(),
        format!("/engagements/{engagement}"),
        format!("/engagements/{engagement}?tab=subcontracts"),
        format!("/engagements/{engagement}?tab=officers"),
        format!("/engagements/{engagement}?tab=files"),
        "/cloud-services".to_owned(),
        format!("/cloud-services/{service}"),
        format!("/cloud-services/{service}?tab=officers"),
        format!("/cloud-services/{service}?tab=service-uses"),
        "/social-accounts".to_owned(),
        "/departments".to_owned(),
        "/posts".to_owned(),
        "/appointments".to_owned(),
        "/officers".to_owned(),
        "/officers?on=2020-01-01&q=%E8%AA%B2".to_owned(),
        "/assessments".to_owned(),
        "/registers/vendors/import".to_owned(),
        "/handovers".to_owned(),
    ] {
        // The first look may open a connection, or load what is kept.
        office.looks_at(&path).await;
        let statements =
            |log: &str| log.lines().filter(|line| line.contains("db.statement") && line.contains("SELECT")).count();
        let before = statements(&portal.log());
        let page = office.looks_at(&path).await;
        let asked = statements(&portal.log()) - before;
        assert!(page.status == 200 || page.status == 403, "{path}: {}", page.status);
        if asked > MOST {
            over.push(format!("{path}: {asked}"));
        }
        assert!(asked > 0, "{path}: statements are logged");
    }
    assert!(over.is_empty(), "{over:?}");
}
