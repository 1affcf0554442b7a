//! The main job, from registration to evidence.

use kakunin_tests::TestPortal;

#[tokio::test]
async fn an_assessment_goes_from_registration_to_evidence() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (assessment, link) = officer.prepares_an_assessment().await;
    let listed = officer.looks_at(&format!("/assessments/{assessment}")).await;
    assert!(listed.text_of("main").contains("リンクを発行済み"), "{}", listed.text_of("main"));

    let contractor = portal.anybody();
    let invitation = contractor.looks_at(&link).await;
    for told in ["西東京市", "市民課", "株式会社確認テスト", "対策の確認のため", "令和81年12月18日（金）"]
    {
        assert!(invitation.text_of("main").contains(told), "{told}: {}", invitation.text_of("main"));
    }
    assert_eq!(contractor.accepts(&link).await.path, format!("/answer/{assessment}"));
    let review = contractor.answers_everything(&assessment, &[("subcontract.prior_approval", "case_by_case")]).await;
    assert!(review.text_of("main").contains("すべての設問に回答済みです"), "{}", review.text_of("main"));
    let receipt = contractor.submits(&assessment).await;
    assert_eq!(receipt.path, format!("/answer/{assessment}/receipt"));
    assert!(receipt.text_of("main").contains("山本 花子"));

    let reviewer = portal.reviewer().await;
    let home = reviewer.looks_at("/").await;
    assert!(home.text_of(".work-list").contains("株式会社確認テスト"));
    let page = reviewer.begins_review(&assessment).await;
    assert!(page.text_of(".state").contains("審査中"), "{}", page.text_of("main"));
    let requirement =
        page.attribute("article.requirement-not_met, article.requirement-partly_met, article.requirement", "id");
    let requirement = requirement.trim_start_matches("r-").to_owned();
    let version = reviewer.version(&assessment).await;
    let changed = reviewer
        .posts(
            "/api/assessments/override-verdict",
            &[
                ("form[assessment]", &assessment),
                ("form[version]", &version),
                ("form[requirement]", &requirement),
                ("form[verdict]", "met"),
                ("form[reason]", "契約の別紙で確認した"),
            ],
        )
        .await;
    assert!(changed.text_of(".requirement").contains("契約の別紙で確認した"), "{}", changed.text_of("main"));

    let version = reviewer.version(&assessment).await;
    let returned = reviewer
        .posts(
            "/api/assessments/return",
            &[
                ("form[assessment]", &assessment),
                ("form[version]", &version),
                ("form[question_key]", "company.policy"),
                ("form[message]", "最新の規程はどれですか"),
                ("form[due_on]", "2099-12-25"),
            ],
        )
        .await;
    assert!(returned.text_of(".state").contains("差戻し中"), "{}", returned.text_of("main"));
    let section = contractor.looks_at(&format!("/answer/{assessment}/sections/1")).await;
    assert!(section.text_of("main").contains("最新の規程はどれですか"));
    contractor.answers_everything(&assessment, &[]).await;
    contractor.submits(&assessment).await;

    reviewer.begins_review(&assessment).await;
    let version = reviewer.version(&assessment).await;
    let decided = reviewer.decides(&assessment, &version, "fit_with_conditions", "年度内に再確認する").await;
    assert!(decided.text_of(".decision").contains("渡辺 誠"), "{}", decided.text_of("main"));
    assert!(decided.text_of(".decision").contains("条件付適合"));

    let auditor = portal.auditor().await;
    let (status, workbook) = auditor.downloads(&format!("/assessments/{assessment}/evidence.xlsx")).await;
    assert_eq!((status, &workbook[..2]), (200, &b"PK"[..]));
    let log = auditor.looks_at("/audit-events").await;
    for action in ["調査票の送付", "招待リンクの使用", "回答の提出", "判定の変更", "差戻し", "決裁", "証跡の取出し"]
    {
        let everywhere = format!("{}{}", log.body, auditor.looks_at("/audit-events?page=2").await.body);
        assert!(everywhere.contains(action), "{action}");
    }
}
