use kakunin_tests::TestPortal;

#[tokio::test]
async fn refusals_sign_ins_and_looks_at_confidential_work_stand_in_the_log() {
    let portal = TestPortal::start().await;
    let (officer, auditor) = (portal.officer().await, portal.auditor().await);
    let (assessment, _) = officer.prepares_an_assessment().await;
    officer.looks_at("/audit-events").await;
    auditor.registers("vendors", &[("form[name]", "x")]).await;
    portal.reviewer().await.looks_at(&format!("/assessments/{assessment}/evidence.xlsx")).await;
    for _ in 0..3 {
        officer.looks_at(&format!("/assessments/{assessment}")).await;
    }
    let log = |action: &'static str, who: &'static str| {
        let auditor = &auditor;
        async move {
            auditor.looks_at(&format!("/audit-events?action={action}&who={who}")).await.texts_of("table.data tbody tr")
        }
    };
    let refused = log("BeRefused", "").await;
    assert!(
        refused.len() == 2 && refused[0].contains("/api/registers/save") && refused[1].contains("/audit-events"),
        "{refused:?}"
    );
    assert_eq!(log("ViewAssessment", "田中").await.len(), 1, "one look in ten minutes is noted once");
    assert_eq!(log("ExportEvidence", "佐藤").await.len(), 1);
    assert!(log("SignIn", "").await.len() >= 3);
    let signed_in = log("SignIn", "田中").await;
    assert!(
        !signed_in.is_empty() && signed_in[0].contains("(tanaka)"),
        "checked by the portal, about them: {signed_in:?}"
    );
    assert!(log("", "%").await.is_empty(), "what is typed is looked for as it is");
    let page = auditor.looks_at("/audit-events?action=SendAssessment").await;
    assert!(page.attribute("table.data tbody a", "href").ends_with(&assessment), "the object has a page");
    let unread = auditor.looks_at("/audit-events?from=yesterday").await;
    assert!(unread.text_of("[role=alert]").contains("yesterday"));
    let none = auditor.looks_at("/audit-events?from=2099-01-01").await;
    assert!(none.texts_of("table.data tbody tr").is_empty() && none.text_of(".empty").contains("条件に合う"));
}

#[tokio::test]
async fn a_log_that_was_changed_is_found_and_the_database_refuses_to_change_it() {
    let mut portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (assessment, _) = officer.prepares_an_assessment().await;
    // An export signs the end of the log.
    assert_eq!(officer.downloads(&format!("/assessments/{assessment}/evidence.xlsx")).await.0, 200);
    portal.kill().await;
    let (status, said, _) = portal.runs(&["verify-log"]).await;
    assert!(status == 0 && said.contains("西東京市") && said.contains("checkpoints fit"), "{status}: {said}");
    let checkpoints = std::fs::read_to_string(portal.folder().join("checkpoints.jsonl")).unwrap();
    assert!(checkpoints.lines().count() >= 1);

    if std::env::var_os("KAKUNIN_TEST_POSTGRES").is_some() {
        return;
    }
    let file = portal.folder().join("kakunin.sqlite");
    let sql = |statement: &str| {
        let script = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\ntry:\n c.executescript(sys.argv[2]); c.commit()\nexcept Exception as e:\n print(e); sys.exit(1)";
        let output =
            std::process::Command::new("python3").args(["-c", script]).arg(&file).arg(statement).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for statement in ["UPDATE audit_events SET actor_name = 'x'", "DELETE FROM audit_events WHERE sequence = 2"] {
        let (done, said) = sql(statement);
        assert!(!done && said.contains("append-only"), "{statement}: {said}");
    }
    // Whoever owns the file can take the triggers away; then it is found.
    let free = "DROP TRIGGER audit_events_never_change; DROP TRIGGER audit_events_never_go;";
    assert!(sql(&format!("{free} DELETE FROM audit_events WHERE sequence > 5; DELETE FROM audit_checkpoints;")).0);
    let (status, _, said) = portal.runs(&["verify-log"]).await;
    assert!(status == 1 && said.contains("cut off"), "{said}");
}
