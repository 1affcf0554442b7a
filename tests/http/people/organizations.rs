use kakunin_tests::TestPortal;

#[tokio::test]
async fn an_operator_creates_organizations_and_sees_none_of_their_content() {
    let portal = TestPortal::start().await;
    let operator = portal.operator().await;
    for path in ["/vendors", "/engagements", "/assessments", "/policies", "/audit-events", "/officers"] {
        assert_eq!(operator.looks_at(path).await.status, 403, "{path}");
    }
    let form = |code: &'static str| {
        [
            ("form[code]", code),
            ("form[organization_name]", "湯沢町"),
            ("form[policy]", "yuzawa"),
            ("form[first_department]", "総務課"),
            ("form[sign_in_name]", "yuzawa-first"),
            ("form[person_name]", "南 一郎"),
        ]
    };
    for (bad, said) in [("12345", "6桁"), ("132292", "すでに使われています"), ("000000", "6桁")] {
        let page = operator.posts("/api/organizations/create", &form(bad)).await;
        assert!(page.text_of(".error-summary").contains(said), "{bad}: {}", page.text_of(".error-summary"));
    }
    let page = operator.posts("/api/organizations/create", &form("154610")).await;
    assert!(page.text_of("table.data").contains("湯沢町"), "{}", page.text_of("main"));
    let password = page.text_of("code.secret").trim().to_owned();
    assert!(operator.looks_at("/organizations").await.texts_of("code.secret").is_empty(), "shown once");
    let administrator = portal.anybody();
    assert_eq!(administrator.signs_in("yuzawa-first", &password).await.path, "/sign-in/first-password");
    assert_eq!(administrator.chooses_password("いろはにほへとちりぬるを").await.path, "/");
    let home = administrator.looks_at("/vendors").await;
    assert!(home.text_of(".organization").contains("湯沢町"));
    assert!(!home.body.contains("みどりデータサービス"), "nothing of another town");
}

#[tokio::test]
async fn whoever_belongs_to_several_organizations_sees_which_one_it_is() {
    let portal = TestPortal::with(&["--towns", "all"]).await;
    let auditor = portal.auditor().await;
    let page = auditor.looks_at("/vendors").await;
    assert_eq!(page.texts_of("#switch-organization option").len(), 5);
    assert!(page.text_of(".organization").contains("西東京市"), "where they have belonged longest");
    assert!(page.text_of(".organization").contains("西東京市"), "{}", page.text_of(".organization"));
    assert!(page.body.contains("有限会社田無印刷"));
    auditor.switches_to("柏市").await;
    assert!(!auditor.looks_at("/vendors").await.body.contains("有限会社田無印刷"));
    // Where they do not belong they cannot go, whatever they post.
    let elsewhere = portal.officer().await;
    let foreign = page.attributes("#switch-organization option", "value");
    for id in &foreign {
        elsewhere.posts("/api/people/switch-organization", &[("organization", id)]).await;
        assert!(elsewhere.looks_at("/vendors").await.text_of(".organization").contains("西東京市"));
    }
}

#[tokio::test]
async fn an_officer_sees_the_work_of_their_own_department_only() {
    let portal = TestPortal::start().await;
    let (officer, administrator) = (portal.officer().await, portal.administrator().await);
    let vendor = administrator.registers_vendor(&[]).await.id();
    let form = administrator.looks_at(&format!("/engagements/new?vendor={vendor}")).await;
    assert!(form.texts_of("#department option").contains(&"納税課".to_owned()));
    let tax = form.attributes("#department option", "value")[3].clone();
    let changes = [("department", tax.as_str()), ("title", "税の通知書の印刷")];
    let engagement = administrator.registers_engagement(&vendor, &changes).await.id();
    let assessment = administrator.sends(&engagement, &[]).await.id();
    for path in ["/engagements", "/assessments", "/", &format!("/vendors/{vendor}")] {
        assert!(!officer.looks_at(path).await.body.contains("税の通知書の印刷"), "{path}");
        let others = if path == "/" { "/engagements" } else { path };
        assert!(administrator.looks_at(others).await.body.contains("税の通知書の印刷"), "{path}");
    }
    assert_eq!(officer.looks_at(&format!("/engagements/{engagement}")).await.status, 404);
    assert_eq!(officer.looks_at(&format!("/assessments/{assessment}")).await.status, 404);
    let own = officer.looks_at(&format!("/engagements/new?vendor={vendor}")).await;
    assert_eq!(
        own.texts_of("#department option").len(),
        2,
        "their own to choose from: {:?}",
        own.texts_of("#department option")
    );
    let page = officer.registers_engagement(&vendor, &[("department", &tax)]).await;
    assert_eq!(page.status, 403, "{}", page.path);
}

#[tokio::test]
async fn an_approver_decides_by_the_post_they_hold() {
    let portal = TestPortal::start().await;
    let (officer, approver, reviewer) = (portal.officer().await, portal.approver().await, portal.reviewer().await);
    let (assessment, link) = officer.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[]).await;
    contractor.submits(&assessment).await;
    reviewer.begins_review(&assessment).await;
    let version = approver.version(&assessment).await;
    let page = approver.decides(&assessment, &version, "fit", "書面で確認した。").await;
    assert!(page.text_of(".decision").contains("渡辺 誠"), "{}: {}", page.path, page.text_of("main"));
}
