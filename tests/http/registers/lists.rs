use calamine::{Data, Reader, Xlsx};
use kakunin_tests::TestPortal;
use std::io::Cursor;

#[tokio::test]
async fn a_list_is_searched_filtered_sorted_and_taken_away_as_it_is_shown() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    for (name, kind, provider) in [
        ("文書管理サービス", "saas", "=1+1クラウド"),
        ("仮想サーバー", "iaas", "武蔵クラウド"),
        ("地図サービス", "saas", "㈱多摩地図"),
    ] {
        officer.registers_cloud_service(&[("name", name), ("kind", kind), ("provider", provider)]).await;
    }
    let names = async |query: &str| {
        officer.looks_at(&format!("/cloud-services?{query}")).await.texts_of("table.data tbody tr td:first-child")
    };
    assert_eq!(names("f.kind=saas&sort=name").await, ["地図サービス", "文書管理サービス"]);
    assert_eq!(names("f.kind=saas&sort=-name").await, ["文書管理サービス", "地図サービス"]);
    // Widths, kana and the legal form do not matter.
    assert_eq!(names("q=%EF%BD%B8%EF%BE%97%EF%BD%B3%EF%BE%84%EF%BE%9E&sort=kind").await.len(), 2);
    assert_eq!(names("q=%E6%A0%AA%E5%BC%8F%E4%BC%9A%E7%A4%BE%E5%A4%9A%E6%91%A9").await, ["地図サービス"]);
    assert!(names("f.kind=nonsense").await.is_empty(), "what is no kind finds nothing");
    assert_eq!(names("sort=nonsense%3B+DROP").await.len(), 3, "what is no field sorts nothing");
    assert_eq!(names("f.decision=approved").await.len(), 0);
    let page = officer.looks_at("/cloud-services?f.kind=saas&sort=name&c=provider").await;
    let headings = page.texts_of("table.data thead th");
    assert_eq!(headings.len(), 3, "the name, what was chosen, and the state: {headings:?}");
    let path = page.attribute(".take-away a[href*='.xlsx']", "href");
    let (status, bytes) = officer.downloads(&path).await;
    assert_eq!(status, 200);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    assert_eq!(
        rows,
        [
            ["サービス名", "提供者", "状態"],
            ["地図サービス", "㈱多摩地図", "申請中"],
            ["文書管理サービス", "'=1+1クラウド", "申請中"],
        ]
    );
    let (status, bytes) = officer.downloads(&path.replace(".xlsx", ".csv")).await;
    let csv = String::from_utf8(bytes).unwrap();
    assert_eq!(status, 200);
    assert_eq!(csv.lines().count(), 3);
    assert!(csv.starts_with("\u{feff}サービス名,提供者,状態\r\n") && csv.contains("'=1+1"), "{csv}");
    let log = portal.auditor().await.looks_at("/audit-events?action=ViewServices").await;
    assert_eq!(log.texts_of("table.data tbody tr").len(), 2, "each taking away is noted");
}

#[tokio::test]
async fn what_is_taken_away_has_every_page_of_the_list() {
    let portal = TestPortal::with_vendors(620).await;
    let officer = portal.officer().await;
    let (_, bytes) = officer.downloads("/registers/vendors/list.csv?").await;
    assert_eq!(String::from_utf8(bytes).unwrap().lines().count(), 1 + 3 + 620);
    let page = officer.looks_at("/vendors?page=13").await;
    assert_eq!(page.texts_of("table.data tbody tr").len(), 23);
}

#[tokio::test]
async fn a_list_is_sorted_by_the_reading_of_the_contractor_wherever_it_stands() {
    let portal = TestPortal::start().await;
    let office = portal.security_office().await;
    let vendor = office
        .registers_vendor(&[
            ("corporate_number", ""),
            ("name", "亜細亜印刷㈱"),
            ("kana", "アジアインサツ"),
            ("is_another", "yes"),
        ])
        .await
        .id();
    office.registers_engagement(&vendor, &[("title", "先頭に立つ業務")]).await;
    office.registers_engagement(&vendor, &[("title", "その次の業務")]).await;
    let titles = async |query: &str| {
        office.looks_at(&format!("/engagements?{query}")).await.texts_of("table.data tbody tr td:first-child")
    };
    let (all, up, mut down) = (titles("").await, titles("sort=vendor").await, titles("sort=-vendor").await);
    assert_eq!((up.len(), all.len()), (all.len(), down.len()), "every row, once");
    assert!(up[..2].contains(&"先頭に立つ業務".to_owned()) && up[..2].contains(&"その次の業務".to_owned()), "{up:?}");
    down.reverse();
    assert_eq!(up, down);
    assert_eq!(titles("q=亜細亜印刷&sort=vendor").await.len(), 2);
}

#[tokio::test]
async fn a_list_sorted_by_any_column_has_every_row_once_on_every_page() {
    let portal = TestPortal::start().await;
    let office = portal.security_office().await;
    let vendor = office.registers_vendor(&[]).await.id();
    let form = office.looks_at(&format!("/engagements/new?vendor={vendor}")).await;
    let departments: Vec<String> =
        form.attributes("#department option", "value").into_iter().filter(|id| !id.is_empty()).collect();
    for number in 0..60 {
        let title = format!("並べる業務{:02}", number * 37 % 60);
        let department = &departments[number % departments.len()];
        office.registers_engagement(&vendor, &[("title", &title), ("department", department)]).await;
    }
    for column in ["title", "vendor", "department", "starts_on", "ends_on", "confidentiality", "zone", "notes"] {
        for search in ["", "並べる", "並べる業務0"] {
            let rows = async |sort: &str| {
                let mut links = Vec::new();
                for page in 1..=3 {
                    let path = format!("/engagements?q={search}&sort={sort}&page={page}");
                    let cells = office.looks_at(&path).await.attributes("table.data tbody td:first-child a", "href");
                    links.extend(cells);
                }
                links
            };
            let (up, mut down) = (rows(column).await, rows(&format!("-{column}")).await);
            down.reverse();
            assert_eq!(up, down, "{column} {search}");
            let wanted = match search {
                "" => 63,
                "並べる" => 60,
                _ => 10,
            };
            let once: std::collections::BTreeSet<&String> = up.iter().collect();
            assert_eq!((up.len(), once.len()), (wanted, wanted), "{column} {search}");
        }
    }
    let titles = office.looks_at("/engagements?q=並べる&sort=title").await.texts_of("table.data tbody td:first-child");
    assert_eq!(titles[..3], ["並べる業務00", "並べる業務01", "並べる業務02"]);
    let by = office.looks_at("/engagements?q=並べる&sort=department&c=title&c=department").await;
    // How names are ordered is the database's; those of one department stand together.
    let mut names = by.texts_of("table.data tbody td:nth-child(2)");
    names.dedup();
    let once: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!(names.len(), once.len(), "{names:?}");
}
