use kakunin_tests::{TestPortal, portal::workspace};

/// The catalogue's policy as a town might sharpen it: a new version in which written security rules are a must.
fn sharpened() -> String {
    let file = workspace().join("questionnaires/catalog/policies/nishitokyo.yaml");
    let yaml = std::fs::read_to_string(file).unwrap();
    let rules = "{use: outsourcing.selection.security_rules, clause: \"6(8)-1\"}";
    assert!(yaml.contains(rules) && yaml.contains("version: 令和8年1月1日改定版"));
    yaml.replace(rules, "{use: outsourcing.selection.security_rules, clause: \"6(8)-1\", level: must}").replacen(
        "version: 令和8年1月1日改定版",
        "version: 令和9年度版",
        1,
    )
}

#[tokio::test]
async fn a_draft_shows_what_it_would_change_before_it_is_published() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (assessment, link) = officer.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[("company.policy", "none")]).await;
    contractor.submits(&assessment).await;

    let administrator = portal.administrator().await;
    let draft = administrator.posts("/api/policies/import", &[("form[yaml]", &sharpened())]).await;
    assert!(draft.path.starts_with("/policies/versions/"), "{} {}", draft.path, draft.text_of("main"));
    assert_eq!(draft.text_of("h1"), "令和9年度版");
    let said = draft.text_of("main");
    assert!(said.contains("評価済みの調査 1件") && said.contains("不適合"), "{said}");
    assert!(said.contains("株式会社確認テスト") && said.contains("異なる要求事項 1件"), "{said}");
    let (status, workbook) = administrator.downloads(&format!("{}/what-if.xlsx", draft.path)).await;
    assert_eq!((status, &workbook[..2]), (200, &b"PK"[..]));

    let id = draft.path.rsplit('/').next().unwrap().to_owned();
    let publish = |day: &'static str| {
        let (administrator, id) = (&administrator, id.clone());
        async move {
            administrator.posts("/api/policies/publish", &[("form[version]", &id), ("form[effective_on]", day)]).await
        }
    };
    assert!(publish("2020-04-01").await.text_of(".error-summary").contains("施行日"), "not in the past");
    publish("2098-04-01").await;
    let versions = portal.auditor().await.looks_at("/policies/versions").await;
    assert!(versions.text_of(".lead").contains("令和8年1月1日改定版"), "not before its day");
    assert!(versions.text_of("table").contains("令和80年4月1日"), "{}", versions.text_of("table"));
    let again = publish("2099-04-01").await;
    assert!(!again.text_of(".error-summary").is_empty(), "what is published stays");
}

#[tokio::test]
async fn a_published_version_holds_for_new_assessments_alone() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (before, _) = officer.prepares_an_assessment().await;
    let administrator = portal.administrator().await;
    let draft = administrator.posts("/api/policies/import", &[("form[yaml]", &sharpened())]).await;
    let id = draft.path.rsplit('/').next().unwrap().to_owned();
    let today = portal.today().await;
    let published =
        administrator.posts("/api/policies/publish", &[("form[version]", &id), ("form[effective_on]", &today)]).await;
    assert_eq!(published.status, 200, "{}", published.text_of("main"));
    let engagement = officer.looks_at(&format!("/assessments/{before}")).await;
    assert!(engagement.text_of("main").contains("令和8年1月1日改定版"));
    let after = officer.sends_again(&before).await;
    let page = officer.looks_at(&format!("/assessments/{after}")).await;
    assert!(page.text_of("main").contains("令和9年度版"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn a_file_with_problems_is_refused_line_by_line_and_kept() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let broken = sharpened().replace("level: must}", "level: perhaps}").replace("weight: 10", "weight: 1000");
    let page = administrator.posts("/api/policies/import", &[("form[yaml]", &broken)]).await;
    assert!(page.text_of(".error-summary").contains("ファイルに問題があります"), "{}", page.text_of("main"));
    let problems = page.text_of(".notice-error");
    assert!(problems.contains("問題が2件") && problems.contains("行目"), "{problems}");
    assert!(page.text_of("#yaml").contains("level: perhaps"), "nothing typed is lost");
    assert!(
        administrator.looks_at("/policies/versions").await.text_of("main").contains("取り込んだ版はまだありません")
    );
}

#[tokio::test]
async fn the_same_version_is_not_imported_twice() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    administrator.posts("/api/policies/import", &[("form[yaml]", &sharpened())]).await;
    let page = administrator.posts("/api/policies/import", &[("form[yaml]", &sharpened())]).await;
    assert!(page.text_of(".error-summary").contains("すでに取り込まれています"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn only_an_administrator_imports_and_publishes() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let draft = administrator.posts("/api/policies/import", &[("form[yaml]", &sharpened())]).await;
    let id = draft.path.rsplit('/').next().unwrap().to_owned();
    for person in [portal.officer().await, portal.reviewer().await, portal.auditor().await] {
        assert_eq!(person.posts("/api/policies/import", &[("form[yaml]", &sharpened())]).await.status, 403);
        let publish = [("form[version]", id.as_str()), ("form[effective_on]", "2099-04-01")];
        assert_eq!(person.posts("/api/policies/publish", &publish).await.status, 403);
        assert_eq!(person.looks_at(&draft.path).await.status, 200, "all staff see what is planned");
    }
}
