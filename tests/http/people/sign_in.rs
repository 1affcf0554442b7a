use kakunin_tests::TestPortal;

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_look_the_same() {
    let portal = TestPortal::start().await;
    let person = portal.anybody();
    let wrong = person.signs_in("tanaka", "nope").await.text_of(".error-summary");
    let unknown = person.signs_in("nobody", "nope").await.text_of(".error-summary");
    assert!(wrong.contains("利用者IDまたはパスワードが違います"), "{wrong}");
    assert_eq!(wrong, unknown);
    assert!(!person.received().contains("nope"), "a password is not sent back");
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let portal = TestPortal::start().await;
    let person = portal.anybody();
    for _ in 0..5 {
        person.signs_in("tanaka", "nope").await;
    }
    let page = person.signs_in("tanaka", "kakunin-demo-2026").await;
    assert!(page.text_of(".error-summary").contains("回数が多すぎます"), "{}", page.text_of("main"));
}

#[tokio::test]
async fn another_site_cannot_act_in_somebodys_name() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    for origin in [Some("https://evil.example"), None] {
        let page = officer.is_tricked_into_posting("/api/people/sign-out", &[], origin).await;
        assert_eq!(page.status, 403, "{origin:?}");
    }
    assert_eq!(officer.looks_at("/vendors").await.status, 200);
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_the_door() {
    let portal = TestPortal::start().await;
    for path in ["/", "/vendors", "/vendors/new", "/engagements", "/assessments", "/officers", "/audit-events"] {
        assert_eq!(portal.anybody().looks_at(path).await.place(), "/sign-in", "{path}");
    }
}

#[tokio::test]
async fn every_page_carries_the_security_headers() {
    let portal = TestPortal::start().await;
    let page = portal.officer().await.looks_at("/vendors").await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("referrer-policy"), Some("same-origin"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_page_that_is_not_there_helps() {
    let portal = TestPortal::start().await;
    let page = portal.officer().await.looks_at("/no/such/page").await;
    assert_eq!(page.status, 404);
    assert!(page.text_of("h1").contains("ページが見つかりません"), "{}", page.body);
}

#[tokio::test]
async fn an_oversized_form_is_not_read() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    // The portal may hang up while the form is still being written.
    let status = officer.tries_to_post("/api/registers/save", &[("form[notes]", &"x".repeat(300_000))]).await;
    assert!(matches!(status, None | Some(413)), "{status:?}");
    assert!(!portal.officer().await.looks_at("/vendors").await.body.contains("株式会社確認テスト"));
}

#[tokio::test]
async fn no_file_of_the_servers_folder_is_served() {
    let portal = TestPortal::start().await;
    // The test's portal runs in a folder with a Cargo.toml.
    for path in
        ["/Cargo.toml", "/src/lib.rs", "/./Cargo.toml", "/%2e/Cargo.toml", "/kakunin.sqlite", "/data/kakunin.sqlite"]
    {
        let page = portal.anybody().looks_at(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(!page.body.contains("[package]"), "{path}");
    }
}

#[tokio::test]
async fn nobody_is_sent_elsewhere_by_a_crafted_form() {
    let portal = TestPortal::start().await;
    let person = portal.anybody();
    for back in
        ["https://evil.example/", "//evil.example/", "/\t/evil.example/", "/\\evil.example/", "/\r\nX: y", "/市"]
    {
        let page = person.posts("/api/people/language", &[("language", "ja"), ("back", back)]).await;
        assert_eq!(page.place(), "/sign-in", "{back:?}: home, and from there to the door");
    }
    let page = person.posts("/api/people/language", &[("language", "ja"), ("back", "/health")]).await;
    assert_eq!(page.path, "/health");
}

#[tokio::test]
async fn too_many_workbooks_at_once_are_told_when_to_come_back() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let mut refused = None;
    for _ in 0..12 {
        let page = officer.looks_at("/policies/nishitokyo/coverage.xlsx").await;
        if page.status == 429 {
            refused = Some(page);
            break;
        }
        assert_eq!(page.status, 200);
    }
    let refused = refused.expect("ten at once are enough");
    assert!(refused.header("retry-after").and_then(|seconds| seconds.parse::<u32>().ok()).is_some_and(|s| s > 0));
}

#[tokio::test]
async fn outside_the_demo_a_published_password_refuses_to_start() {
    let mut portal = TestPortal::start().await;
    portal.kill().await;
    let (status, _, said) = portal.runs(&["serve", "--listen", "127.0.0.1:0"]).await;
    assert_eq!(status, 1);
    assert!(said.contains("demo account") && said.contains("empty database"), "{said}");
}

#[tokio::test]
async fn an_installation_begins_with_one_operator_made_on_the_command_line() {
    let mut portal = TestPortal::start().await;
    portal.kill().await;
    let operator = ["add-operator", "--sign-in-name", "second", "--name", "二人目"];
    let (status, _, said) = portal.runs(&operator).await;
    assert!(status == 1 && said.contains("already"), "the demo has one: {said}");
    let empty = tempfile::TempDir::new().unwrap();
    let output = std::process::Command::new(kakunin_tests::portal::binary())
        .args(operator)
        .args(["--data", &empty.path().display().to_string()])
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.starts_with("second signs in with "), "{said}");
}
