//! What the portal is as a server: its answers' types, its log, its disk, and clients that do not play by the rules.

use kakunin_tests::TestPortal;
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

#[tokio::test]
async fn every_body_says_what_it_is_and_in_which_charset() {
    let portal = TestPortal::start().await;
    let anybody = portal.anybody();
    let page = anybody.looks_at("/sign-in").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let bundle = page.attribute("link[rel=stylesheet]", "href");
    for (path, kind) in [
        (bundle.clone(), "text/css; charset=utf-8"),
        (bundle.replace("kakunin.css", "kakunin-app.js"), "text/javascript; charset=utf-8"),
        (bundle.replace("kakunin.css", "kakunin-app_bg.wasm"), "application/wasm"),
        ("/.well-known/security.txt".to_owned(), "text/plain; charset=utf-8"),
        ("/health".to_owned(), "text/plain; charset=utf-8"),
    ] {
        let answer = anybody.looks_at(&path).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
}

#[tokio::test]
async fn half_a_request_is_not_waited_for() {
    let portal = TestPortal::start().await;
    let begun = ["GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "P", ""];
    let waiting = begun.map(|begun| {
        let address = portal.address().to_owned();
        tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
            stream.write_all(begun.as_bytes()).unwrap();
            let mut rest = Vec::new();
            // Closed by the portal: an end or a refusal, not our own patience.
            (begun, stream.read_to_end(&mut rest).is_ok() && !rest.starts_with(b"HTTP/1.1 200"))
        })
    });
    for ended in waiting {
        let (begun, ended) = ended.await.unwrap();
        assert!(ended, "the connection that said {begun:?} was left open");
    }
    assert_eq!(portal.anybody().looks_at("/sign-in").await.status, 200);
}

#[tokio::test]
async fn programs_can_read_the_log_and_the_chain_of_events_leaves_with_it() {
    let portal = TestPortal::with(&["--log-format", "json"]).await;
    portal.officer().await.looks_at("/audit-events").await;
    let lines: Vec<serde_json::Value> =
        portal.log().lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let events: Vec<_> = lines.iter().filter(|line| line["target"] == "audit").collect();
    assert!(events.iter().all(|event| event["hash"].as_str().is_some_and(|hash| hash.len() == 64)), "{events:?}");
    assert!(events.iter().any(|event| event["action"] == "BeRefused"), "{events:?}");
    let refused = lines.iter().find(|line| line["target"] == "security").expect("a refusal");
    assert_eq!((&refused["level"], &refused["message"]), (&"WARN".into(), &"refused".into()));
    assert!(refused["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')));
}

#[tokio::test]
async fn a_file_that_the_disk_lost_is_a_fault_that_the_log_names() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    let (page, file) = contractor.attaches(&assessment, "規程.pdf", b"%PDF-1.7 lost".to_vec()).await;
    assert_eq!(contractor.downloads(&file).await.0, 200, "{}", page.path);
    std::fs::remove_dir_all(portal.folder().join("evidence")).unwrap();
    let answer = contractor.looks_at(&file).await;
    assert_eq!(answer.status, 500);
    assert!(portal.log().lines().any(|line| line.contains("ERROR") && line.contains("No such file")), "not in the log");
}

#[tokio::test]
async fn a_file_with_malware_is_refused() {
    let folder = tempfile::TempDir::new().unwrap();
    let program = folder.path().join("search");
    // Like clamdscan: 1 where something was found, by the string that every scanner knows.
    let eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
    std::fs::write(&program, "if grep -q EICAR-STANDARD-ANTIVIRUS-TEST-FILE; then exit 1; else exit 0; fi").unwrap();
    let command = format!("sh {}", program.display());
    let portal = TestPortal::with(&["--scan-command", &command]).await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    let (page, file) = contractor.attaches(&assessment, "規程.pdf", format!("%PDF-1.7 {eicar}").into_bytes()).await;
    assert!(page.text_of("[data-question='company.policy']").contains("不正プログラム"), "{}", page.path);
    assert_eq!(file, "");
    let (_, file) = contractor.attaches(&assessment, "規程.pdf", b"%PDF-1.7 clean".to_vec()).await;
    assert_eq!(contractor.downloads(&file).await.0, 200);
    assert!(portal.log().contains("malware"));
    // A search that fails lets nothing through.
    std::fs::write(&program, "exit 2").unwrap();
    let (page, _) = contractor.attaches(&assessment, "規程2.pdf", b"%PDF-1.7 not searched".to_vec()).await;
    assert_eq!(page.status, 500);
}

#[tokio::test]
async fn a_role_that_may_change_no_table_and_no_event_serves_the_portal() {
    let Ok(socket) = std::env::var("KAKUNIN_TEST_POSTGRES") else { return };
    let psql = |database: &str, sql: &str| {
        let arguments = ["-h", &socket, "-U", "kakunin", "-d", database, "-v", "ON_ERROR_STOP=1", "-c", sql];
        let output = std::process::Command::new("psql").args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let role = format!("serving_{}", std::process::id());
    // The owner migrates and sets the demo up; the statements are those of docs/operating.md.
    let mut portal = TestPortal::start().await;
    portal.kill().await;
    let name = portal.database_name().expect("a database");
    assert!(psql(&name, &format!("CREATE ROLE {role} LOGIN")).0);
    let operating = std::fs::read_to_string(kakunin_tests::portal::workspace().join("docs/operating.md")).unwrap();
    let statements = operating.split("```sql").nth(1).unwrap().split("```").next().unwrap();
    let (done, said) = psql(&name, &statements.replace("kakunin_serving", &role));
    assert!(done, "{said}");
    portal.serves_as(&role).await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[]).await;
    assert!(contractor.submits(&assessment).await.path.ends_with("/receipt"));
    for sql in ["DELETE FROM audit_events", "DROP TABLE answers", "ALTER TABLE audit_events DISABLE TRIGGER ALL"] {
        let (done, said) = psql(&name, &format!("SET ROLE {role}; {sql}"));
        assert!(!done && (said.contains("permission denied") || said.contains("must be owner")), "{sql}: {said}");
    }
}
