use kakunin_tests::{Person, TestPortal};

async fn begun(portal: &TestPortal) -> (Person, String) {
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    (contractor, assessment)
}

#[tokio::test]
async fn a_mislabelled_file_is_refused_and_the_answer_kept() {
    let portal = TestPortal::start().await;
    let (contractor, assessment) = begun(&portal).await;
    let (page, _) = contractor.attaches(&assessment, "規程.pdf", b"MZ this is a program".to_vec()).await;
    let question = page.text_of("[data-question='company.policy']");
    assert!(question.contains("ファイルの中身が名前と合わない"), "{question}");
    assert_eq!(page.attributes("[data-question='company.policy'] input[type=radio][checked]", "value").len(), 2);
    assert!(page.attributes("[data-question='company.policy'] .evidence-row", "class").is_empty());
}

#[tokio::test]
async fn an_oversized_file_is_refused() {
    let portal = TestPortal::start().await;
    let (contractor, assessment) = begun(&portal).await;
    let mut bytes = b"%PDF-1.7 ".to_vec();
    bytes.resize(10 * 1024 * 1024 + 1, b'x');
    let (page, _) = contractor.attaches(&assessment, "大きい.pdf", bytes).await;
    assert!(page.text_of("[data-question='company.policy']").contains("10 MBを超えています"), "{}", page.path);
}

#[tokio::test]
async fn an_attached_file_comes_back_byte_for_byte_and_to_nobody_else() {
    let portal = TestPortal::start().await;
    let (contractor, assessment) = begun(&portal).await;
    let (page, _) = contractor.attaches(&assessment, "../規程 第3版.pdf", b"%PDF-1.7 body".to_vec()).await;
    let link = page.attribute(".evidence-row a", "href");
    assert_eq!(page.text_of(".evidence-row a"), "規程 第3版.pdf");
    assert_eq!(contractor.downloads(&link).await, (200, b"%PDF-1.7 body".to_vec()));
    let stranger = portal.anybody().looks_at(&link).await;
    assert_eq!(stranger.place(), "/sign-in");
}
