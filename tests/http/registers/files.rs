use kakunin_tests::TestPortal;
use reqwest::multipart::{Form, Part};

#[tokio::test]
async fn a_file_is_filed_beside_its_earlier_version() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let id = officer.registers_cloud_service(&[]).await.id();
    let file = async |purpose: &'static str, version: &'static str, name: &'static str, bytes: &'static [u8]| {
        let part = Part::bytes(bytes).file_name(name);
        let form = Form::new().text("purpose", purpose).text("version", version).part("file", part);
        officer.posts_files(&format!("/registers/cloud-services/{id}/files"), form).await
    };
    file("rule_of_use", "1.0", "利用規程.pdf", b"%PDF-1.7 first").await;
    let page = file("rule_of_use", "2.0", "利用規程.pdf", b"%PDF-1.7 second").await;
    let rows = page.texts_of("table.data tbody tr");
    assert!(rows.len() == 2 && rows[0].contains("2.0") && rows[1].contains("1.0"), "{rows:?}");
    let links = page.attributes("table.data a", "href");
    assert_eq!(officer.downloads(&links[1]).await, (200, b"%PDF-1.7 first".to_vec()));
    for (purpose, name, bytes, said) in [
        ("rule_of_use", "規程.pdf", b"MZ a program" as &[u8], "中身が名前と合わない"),
        ("no_such_purpose", "規程.pdf", b"%PDF-1.7", "選択肢"),
        ("rule_of_use", "規程.pdf", b"", "入力"),
    ] {
        let page = file(purpose, "", name, bytes).await;
        assert!(page.text_of(".error-summary").contains(said), "{said}: {}", page.text_of("main"));
    }
    let stranger = portal.anybody();
    assert_eq!(stranger.looks_at(&links[0]).await.place(), "/sign-in");
    // It stays while the record has it.
    assert_eq!(officer.downloads(&links[0]).await.1, b"%PDF-1.7 second");
}
