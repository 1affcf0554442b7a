use super::changes;
use kakunin_tests::TestPortal;

#[tokio::test]
async fn a_change_says_who_changed_what_from_what_to_what() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let id = officer.registers_cloud_service(&[]).await.id();
    let page = changes(&officer, "cloud-services", &id, &[("name", "証明書オンライン申請"), ("kind", "paas")]).await;
    assert_eq!(page.text_of("h1"), "証明書オンライン申請", "{}: {}", page.path, page.text_of(".error-summary"));
    let history = officer.looks_at(&format!("/cloud-services/{id}?tab=history")).await;
    let newest = &history.texts_of("table.data tbody tr")[0];
    for word in ["田中", "サービス名: 住民票オンライン申請 → 証明書オンライン申請", "種類: SaaS → PaaS"]
    {
        assert!(newest.contains(word), "{word}: {newest}");
    }
    assert!(!newest.contains("利用目的"), "what did not change is not said: {newest}");
    // Nothing changed, nothing said.
    changes(&officer, "cloud-services", &id, &[]).await;
    let again = officer.looks_at(&format!("/cloud-services/{id}?tab=history")).await;
    assert_eq!(again.texts_of("table.data tbody tr").len(), 2, "{}", again.text_of("main"));
}

#[tokio::test]
async fn whoever_was_slower_loses_nothing_and_overwrites_nothing() {
    let portal = TestPortal::start().await;
    let (officer, office) = (portal.officer().await, portal.security_office().await);
    let id = officer.registers_cloud_service(&[]).await.id();
    changes(&office, "cloud-services", &id, &[("provider", "別のクラウド株式会社")]).await;
    let page = changes(&officer, "cloud-services", &id, &[("version", "1"), ("name", "遅い変更")]).await;
    assert!(page.text_of(".error-summary").contains("変更"), "{}: {}", page.path, page.text_of("main"));
    assert_eq!(page.attribute("#name", "value"), "遅い変更", "what was typed is still there");
    let now = officer.looks_at(&format!("/cloud-services/{id}")).await;
    assert!(now.text_of("main").contains("別のクラウド株式会社") && !now.text_of("main").contains("遅い変更"));
}

#[tokio::test]
async fn what_follows_from_an_answer_is_asked_for() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    for (changes, field) in [
        (vec![("ismap", "ismap")], "#ismap_number"),
        (vec![("rule_of_use", "not_needed")], "#rule_absence_reason"),
        (vec![("rule_of_use", "filed")], "#rule_version"),
        (vec![("kind", "unknown")], "#kind"),
        (vec![("starts_on", "昨日")], "#starts_on"),
    ] {
        let page = officer.registers_cloud_service(&changes).await;
        assert_eq!(page.attributes(".error-summary a", "href"), [field], "{changes:?}: {}", page.text_of("main"));
    }
}

#[tokio::test]
async fn an_archived_record_leaves_the_list_and_comes_back() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let id = officer.registers_cloud_service(&[]).await.id();
    let archive = async |archived: &str| {
        let page = officer.looks_at(&format!("/cloud-services/{id}")).await;
        let version = page.attribute("form[action='/api/registers/archive'] input[name=version]", "value");
        let form = [("register", "cloud-services"), ("id", &id), ("version", &version), ("archived", archived)];
        officer.posts("/api/registers/archive", &form).await
    };
    archive("true").await;
    assert!(!officer.looks_at("/cloud-services").await.body.contains("住民票オンライン申請"));
    assert!(officer.looks_at("/cloud-services?archived=1").await.body.contains("住民票オンライン申請"));
    assert_eq!(
        officer.looks_at(&format!("/cloud-services/{id}/edit")).await.status,
        403,
        "what is archived stays as it is"
    );
    archive("false").await;
    assert!(officer.looks_at("/cloud-services").await.body.contains("住民票オンライン申請"));
}

#[tokio::test]
async fn a_service_is_approved_by_the_officer_who_holds_the_post() {
    let portal = TestPortal::start().await;
    let (officer, approver) = (portal.officer().await, portal.approver().await);
    // 市民課, of which 渡辺 is the officer.
    let form = officer.looks_at("/cloud-services/new").await;
    let names = form.texts_of("#department option");
    let at = names.iter().position(|name| name == "市民課").unwrap();
    let department = form.attributes("#department option", "value")[at].clone();
    let id = officer.registers_cloud_service(&[("department", &department)]).await.id();
    let decide = async |person: &kakunin_tests::Person, outcome: &str, note: &str| {
        let page = person.looks_at(&format!("/cloud-services/{id}")).await;
        let versions = page.attributes("form[action='/api/registers/decide'] input[name=version]", "value");
        let version = versions.first().cloned().unwrap_or_else(|| "1".to_owned());
        let form =
            [("register", "cloud-services"), ("id", &id), ("version", &version), ("outcome", outcome), ("note", note)];
        person.posts("/api/registers/decide", &form).await
    };
    assert_eq!(decide(&officer, "approved", "").await.status, 403, "nobody approves what they applied for");
    let page = decide(&approver, "refused", "").await;
    assert!(page.text_of(".error-summary").contains("入力"), "a refusal needs a reason: {}", page.text_of("main"));
    let page = decide(&approver, "approved", "多要素認証を必須とすること").await;
    let said = page.text_of("main");
    for word in ["情報セキュリティ管理者 渡辺 誠", "多要素認証を必須とすること"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert!(decide(&approver, "approved", "").await.text_of("main").contains("選択肢"), "once");
    // What was approved is not swapped afterwards.
    changes(&officer, "cloud-services", &id, &[("notes", "連絡済み")]).await;
    assert!(
        officer.looks_at(&format!("/cloud-services/{id}")).await.text_of("main").contains("渡辺 誠"),
        "a note changes nothing"
    );
    let page = changes(&officer, "cloud-services", &id, &[("provider", "別の会社"), ("confidentiality", "3a")]).await;
    let said = page.text_of("main");
    assert!(said.contains("申請中") && !said.contains("渡辺 誠"), "{said}");
    assert!(
        approver.looks_at("/").await.text_of("main").contains("住民票オンライン申請"),
        "it waits for whoever decides"
    );
    // Whoever holds no post enters the decision for the officer, and stands beside them.
    let office = portal.security_office().await;
    let page = decide(&office, "refused", "国外に保存されるため").await;
    assert!(page.text_of("main").contains("渡辺 誠（代行入力：伊藤 文子）"), "{}", page.text_of("main"));
    let page = changes(&officer, "cloud-services", &id, &[("rule_of_use", "filed"), ("rule_version", "1.0")]).await;
    assert!(page.text_of("main").contains("申請中"), "what was refused is asked for again");
}

#[tokio::test]
async fn what_others_decide_about_hides_nothing_that_waits_for_oneself() {
    let portal = TestPortal::start().await;
    let office = portal.security_office().await;
    let form = office.looks_at("/cloud-services/new").await;
    let (names, ids) = (form.texts_of("#department option"), form.attributes("#department option", "value"));
    let of = |name: &str| ids[names.iter().position(|known| known == name).unwrap()].clone();
    let (library, residents) = (of("図書館"), of("市民課"));
    for number in 0..21 {
        let name = format!("あとのサービス{number:02}");
        office.registers_cloud_service(&[("name", &name), ("department", &library)]).await;
    }
    office.registers_cloud_service(&[("name", "んばんめのサービス"), ("department", &residents)]).await;
    let home = portal.approver().await.looks_at("/").await;
    assert!(home.text_of("main").contains("んばんめのサービス"), "{}", home.text_of("main"));
    let waits = home.texts_of("main a[href^='/cloud-services/']").join(" ");
    assert!(!waits.contains("あとのサービス"), "what is not theirs to decide does not wait for them");
}

#[tokio::test]
async fn an_unapproved_subcontract_is_seen_at_every_level() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let vendor = officer.registers_vendor(&[]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await.id();
    let add = async |name: &str, above: &str| {
        let form = [
            ("form[engagement]", engagement.as_str()),
            ("form[above]", above),
            ("form[company_name]", name),
            ("form[work]", "封入"),
            ("form[confidentiality]", "3b"),
            ("form[personal_information]", "yes"),
            ("form[specific_personal_information]", "yes"),
            ("form[requested_on]", "R8.11.1"),
        ];
        officer.registers("subcontracts", &form).await.id()
    };
    let first = add("下請印刷", "").await;
    add("孫請運送", &first).await;
    let page = officer.looks_at(&format!("/engagements/{engagement}?tab=subcontracts")).await;
    let warning = page.text_of("[role=alert]");
    assert!(warning.contains("下請印刷") && warning.contains("孫請運送"), "{warning}");
    // Nobody hangs a subcontract under one of another engagement.
    let other = officer.registers_engagement(&vendor, &[("title", "別の業務")]).await.id();
    let form = [
        ("form[engagement]", other.as_str()),
        ("form[above]", first.as_str()),
        ("form[company_name]", "x"),
        ("form[work]", "x"),
        ("form[confidentiality]", "2"),
        ("form[personal_information]", "no"),
        ("form[specific_personal_information]", "no"),
        ("form[requested_on]", "R8.11.1"),
    ];
    let page = officer.registers("subcontracts", &form).await;
    assert!(!page.attributes(".error-summary a", "href").is_empty(), "{}: {}", page.path, page.text_of("main"));
}

#[tokio::test]
async fn two_records_of_one_company_become_one_and_keep_their_histories() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let first = officer.registers_vendor(&[("corporate_number", "")]).await.id();
    let similar = [("corporate_number", ""), ("name", "㈱確認ﾃｽﾄ")];
    let page = officer.registers_vendor(&similar).await;
    assert!(page.text_of(".error-summary").contains("よく似た名称"), "{}", page.text_of("main"));
    let confirmed = [&similar[..], &[("is_another", "yes")][..]].concat();
    let second = officer.registers_vendor(&confirmed).await.id();
    let engagement = officer.registers_engagement(&second, &[]).await.id();
    let form = [("from", second.as_str()), ("into", first.as_str())];
    assert_eq!(officer.posts("/api/vendors/merge", &form).await.status, 403, "the work of every department moves");
    let office = portal.security_office().await;
    assert!(
        officer
            .looks_at(&format!("/vendors/{second}"))
            .await
            .attributes("form[action='/api/vendors/merge']", "action")
            .is_empty()
    );
    let page = office.looks_at(&format!("/vendors/{second}")).await;
    let from = page.attribute("form[action='/api/vendors/merge'] input[name=from]", "value");
    let nowhere = office.posts("/api/vendors/merge", &[("from", &from), ("into", "どこか")]).await;
    assert!(nowhere.text_of(".error-summary").contains("統合先"), "{}", nowhere.text_of("main"));
    // As the form asks for it: the address of the other one's page.
    let address = format!("http://localhost/vendors/{first}?tab=history");
    let page = office.posts("/api/vendors/merge", &[("from", &from), ("into", &address)]).await;
    assert!(page.text_of("main").contains("住民情報システム運用保守業務"), "{}: {}", page.path, page.text_of("main"));
    let engagement = officer.looks_at(&format!("/engagements/{engagement}")).await;
    assert!(engagement.attributes("main a", "href").contains(&format!("/vendors/{first}")));
    let gone = officer.looks_at(&format!("/vendors/{second}?tab=history")).await;
    assert!(gone.text_of("main").contains("一覧外") && gone.texts_of("table.data tbody tr").len() == 2);
    let version = gone.attribute("form[action='/api/registers/archive'] input[name=version]", "value");
    let back = [("register", "vendors"), ("id", &second), ("version", &version), ("archived", "false")];
    assert_eq!(office.posts("/api/registers/archive", &back).await.status, 403, "what was merged does not come back");
}

#[tokio::test]
async fn what_is_typed_into_several_lines_is_text() {
    let portal = TestPortal::start().await;
    let (officer, office) = (portal.officer().await, portal.security_office().await);
    let typed = "</textarea></form><form method=\"post\" action=\"/api/registers/decide\"><b>保存</b> &amp;";
    let id = officer.registers_cloud_service(&[("purpose", typed)]).await.id();
    let page = office.looks_at(&format!("/cloud-services/{id}/edit")).await;
    assert!(page.attributes("form[action='/api/registers/decide']", "action").is_empty(), "nothing of it is a form");
    assert_eq!(page.text_of("#purpose").trim(), typed);
    let (assessment, link) = officer.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    let form = reqwest::multipart::Form::new().text("state.company.policy", "undisclosed");
    let form = form.text("reason.company.policy", typed.to_owned()).text("go", "stay");
    contractor.posts_files(&format!("/answer/{assessment}/sections/1"), form).await;
    let page = contractor.looks_at(&format!("/answer/{assessment}/sections/1")).await;
    assert!(page.attributes("form[action='/api/registers/decide']", "action").is_empty());
    assert!(page.texts_of("textarea").iter().any(|text| text.trim() == typed), "{:?}", page.texts_of("textarea"));
}

#[tokio::test]
async fn what_is_archived_is_neither_changed_nor_decided_nor_built_upon() {
    let portal = TestPortal::start().await;
    let (officer, office) = (portal.officer().await, portal.security_office().await);
    let id = officer.registers_cloud_service(&[]).await.id();
    let form = [("register", "cloud-services"), ("id", &id), ("version", "1"), ("archived", "true")];
    officer.posts("/api/registers/archive", &form).await;
    let save = [("register", "cloud-services"), ("id", &id), ("version", "2"), ("form[name]", "別名")];
    officer.posts("/api/registers/save", &save).await;
    let decide = [("register", "cloud-services"), ("id", &id), ("version", "2"), ("outcome", "approved")];
    office.posts("/api/registers/decide", &decide).await;
    let page = officer.looks_at(&format!("/cloud-services/{id}")).await;
    assert!(
        page.text_of("main").contains("申請中") && !page.text_of("main").contains("別名"),
        "{}",
        page.text_of("main")
    );
    let form = officer.looks_at("/cloud-services/new").await;
    let department = form.attributes("#department option", "value")[1].clone();
    let form = [
        ("form[cloud_service]", id.as_str()),
        ("form[user]", &department),
        ("form[confidentiality]", "2"),
        ("form[purpose]", "試し"),
    ];
    let page = officer.registers("service-uses", &form).await;
    assert!(!page.attributes(".error-summary a", "href").is_empty(), "{}: {}", page.path, page.text_of("main"));
    // What others rest on is not archived at all.
    let vendor = officer.registers_vendor(&[]).await.id();
    officer.registers_engagement(&vendor, &[]).await;
    let form = [("register", "vendors"), ("id", &vendor), ("version", "1"), ("archived", "true")];
    let page = officer.posts("/api/registers/archive", &form).await;
    assert!(page.text_of(".error-summary").contains("使用中の記録"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn one_towns_spelling_of_a_company_is_not_shown_to_another() {
    let portal = TestPortal::with(&["--towns", "all"]).await;
    let (here, there) = (portal.officer().await, portal.signed_in("kashiwa-admin").await);
    here.registers_vendor(&[("name", "ひどい会社"), ("address", "ここだけの話")]).await;
    let page = there.registers_vendor(&[("name", "株式会社確認テスト")]).await;
    assert_eq!(page.text_of("h1"), "株式会社確認テスト");
    assert!(!page.body.contains("ひどい会社") && !page.body.contains("ここだけの話"));
}

#[tokio::test]
async fn an_approval_ends_with_what_it_was_given_for_and_says_so() {
    let portal = TestPortal::start().await;
    let (officer, office) = (portal.officer().await, portal.security_office().await);
    let service = officer.registers_cloud_service(&[]).await.id();
    let approval = [
        ("register", "cloud-services"),
        ("id", service.as_str()),
        ("version", "1"),
        ("outcome", "approved"),
        ("note", "可"),
    ];
    office.posts("/api/registers/decide", &approval).await;
    // What was not asked then is answered.
    let page = changes(&officer, "cloud-services", &service, &[("data_country", "japan")]).await;
    assert!(page.text_of("main .card h2").contains("承認"), "{}", page.text_of("main"));
    assert!(page.text_of(".notice-success").contains("保存しました"), "{}", page.text_of("main"));
    let form = officer.looks_at(&format!("/cloud-services/{service}/edit")).await;
    assert!(form.text_of(".notice-warning").contains("承認されています"), "{}", form.text_of("main"));
    let page = changes(&officer, "cloud-services", &service, &[("data_country", "abroad")]).await;
    assert!(page.text_of(".notice-success").contains("承認は効力を失い"), "{}", page.text_of("main"));
    let history = officer.looks_at(&format!("/cloud-services/{service}?tab=history")).await;
    assert!(
        history.text_of("main").contains("承認 : 承認 → 申請中") || history.text_of("del").contains("承認"),
        "{}",
        history.text_of("main")
    );
}
