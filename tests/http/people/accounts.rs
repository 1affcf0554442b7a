use kakunin_tests::{Page, Person, TestPortal};
use totp_rs::{Builder, Secret};

const OWN: &str = "いろはにほへとちりぬるを";

/// The code of an authenticator at this moment, or so many steps later.
#[expect(clippy::disallowed_methods, reason = "an authenticator has a clock of its own")]
fn code(secret: &str, steps: u64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).build_noncompliant();
    let seconds = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    // A code at the end of its thirty seconds would be too old by the time it is typed.
    while seconds() % 30 > 25 {
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    let now = seconds();
    totp.generate(now + steps * 30).to_string()
}

/// The form that ends a session.
fn ending(id_hash: &str) -> [(&str, &str); 2] {
    [("form[id_hash]", id_hash), ("form[current_password]", "kakunin-demo-2026")]
}

async fn proves(person: &Person, code: &str) -> Page {
    person.posts("/api/people/second-factor", &[("form[code]", code)]).await
}

/// 佐藤 with a second factor: the browser that set it up, the secret, the recovery codes.
async fn with_second_factor(portal: &TestPortal) -> (Person, String, Vec<String>) {
    let reviewer = portal.reviewer().await;
    let secret = reviewer.looks_at("/account/second-factor").await.text_of("code.secret").replace(' ', "");
    let now = code(&secret, 0);
    let form = |password: &'static str| [("form[code]", now.clone()), ("form[current_password]", password.to_owned())];
    let typed = form("wrong");
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = reviewer.posts("/api/people/keep-second-factor", &typed).await;
    assert!(page.text_of(".error-summary").contains("現在のパスワードが違います"), "an open browser is not enough");
    let typed = form("kakunin-demo-2026");
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = reviewer.posts("/api/people/keep-second-factor", &typed).await;
    let codes = page.texts_of(".recovery-codes code");
    assert_eq!(codes.len(), 10, "{}: {}", page.path, page.text_of("main"));
    assert!(reviewer.looks_at("/account/recovery-codes").await.texts_of(".recovery-codes code").is_empty(), "once");
    (reviewer, secret, codes)
}

#[tokio::test]
async fn a_first_password_has_to_be_changed() {
    let portal = TestPortal::start().await;
    let (_, given) = portal.administrator().await.adds_person("shinjin", "reviewer").await;
    let person = portal.anybody();
    assert_eq!(person.signs_in("shinjin", &given).await.path, "/sign-in/first-password");
    assert_eq!(person.looks_at("/vendors").await.place(), "/sign-in", "half signed in is not in");
    for bad in ["short", "password1234", "shinjin-shinjin", &given] {
        let page = person.chooses_password(bad).await;
        assert!(page.path.starts_with("/sign-in/first-password?rejected"), "{bad}: {}", page.path);
    }
    assert_eq!(person.chooses_password(OWN).await.path, "/");
    let again = portal.anybody();
    assert!(again.signs_in("shinjin", &given).await.text_of(".error-summary").contains("違います"));
    assert_eq!(again.signs_in("shinjin", OWN).await.path, "/");
}

#[tokio::test]
async fn a_changed_password_ends_every_other_session() {
    let portal = TestPortal::start().await;
    let (here, elsewhere) = (portal.reviewer().await, portal.reviewer().await);
    let change = |current: &'static str| {
        [("form[current_password]", current), ("form[new_password]", OWN), ("form[new_password_again]", OWN)]
    };
    let page = here.posts("/api/people/change-password", &change("wrong")).await;
    assert!(page.text_of(".error-summary").contains("現在のパスワードが違います"), "{}", page.text_of("main"));
    let page = here.posts("/api/people/change-password", &change("kakunin-demo-2026")).await;
    assert!(page.text_of("main").contains("パスワードを変更しました"), "{}", page.text_of("main"));
    assert_eq!(here.looks_at("/vendors").await.path, "/vendors");
    assert_eq!(elsewhere.looks_at("/vendors").await.place(), "/sign-in");
    assert!(!here.received().contains(OWN), "a password is not sent back");
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_a_code_works_once() {
    let portal = TestPortal::start().await;
    let elsewhere = portal.reviewer().await;
    let (_, secret, codes) = with_second_factor(&portal).await;
    assert_eq!(elsewhere.looks_at("/vendors").await.place(), "/sign-in", "sessions from before end");
    let person = portal.anybody();
    assert_eq!(person.signs_in("sato", "kakunin-demo-2026").await.path, "/sign-in/second-factor");
    assert_eq!(person.looks_at("/vendors").await.place(), "/sign-in", "half signed in is not in");
    let used = proves(&person, &code(&secret, 0)).await;
    assert!(used.text_of(".error-summary").contains("使用済み"), "the code that set it up is used up");
    assert!(proves(&person, "000000").await.path.contains("rejected"));
    assert!(proves(&person, &code(&secret, 20)).await.path.contains("rejected"), "a code of later");
    assert_eq!(proves(&person, &codes[0].to_uppercase().replace('-', " ")).await.path, "/", "a recovery code");
    let thief = portal.anybody();
    thief.signs_in("sato", "kakunin-demo-2026").await;
    assert!(proves(&thief, &codes[0]).await.path.contains("rejected"), "a recovery code works once");
    assert_eq!(proves(&thief, &codes[1]).await.path, "/");
    let left = person.looks_at("/account").await.text_of("main");
    assert!(left.contains("未使用の回復コード：8個"), "{left}");
}

#[tokio::test]
async fn guessing_codes_is_slowed_down_though_the_password_is_right() {
    let portal = TestPortal::start().await;
    let (_, _, codes) = with_second_factor(&portal).await;
    let thief = portal.anybody();
    for guess in ["111111", "222222", "333333", "444444", "555555"] {
        thief.signs_in("sato", "kakunin-demo-2026").await;
        proves(&thief, guess).await;
    }
    let page = proves(&thief, &codes[0]).await;
    assert!(page.text_of(".error-summary").contains("回数が多すぎます"), "{}: {}", page.path, page.text_of("main"));
}

#[tokio::test]
async fn a_second_factor_is_removed_with_the_password_alone() {
    let portal = TestPortal::start().await;
    let (reviewer, _, _) = with_second_factor(&portal).await;
    let remove = |password: &'static str| [("form[current_password]", password)];
    let page = reviewer.posts("/api/people/remove-second-factor", &remove("wrong")).await;
    assert!(page.text_of(".error-summary").contains("現在のパスワードが違います"));
    reviewer.posts("/api/people/remove-second-factor", &remove("kakunin-demo-2026")).await;
    assert_eq!(portal.anybody().signs_in("sato", "kakunin-demo-2026").await.path, "/");
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let portal = TestPortal::start().await;
    let (here, elsewhere, third) = (portal.reviewer().await, portal.reviewer().await, portal.reviewer().await);
    let page = here.looks_at("/account").await;
    assert_eq!(page.texts_of("table.data tbody tr").len(), 3);
    assert!(page.text_of("table.data").contains("127.0.0.1"), "{}", page.text_of("table.data"));
    let others = page.attributes("table.data input[type=radio]", "value");
    assert_eq!(others.len(), 2, "one's own is not ended here");
    let page = here.posts("/api/people/end-session", &[("form[id_hash]", ""), ("form[current_password]", "x")]).await;
    assert!(page.text_of(".error-summary").contains("現在のパスワード"), "{}", page.text_of("main"));
    assert_eq!(
        here.looks_at("/account").await.texts_of("table.data tbody tr").len(),
        3,
        "an open browser is not enough"
    );
    here.posts("/api/people/end-session", &ending(&others[0])).await;
    assert_eq!(here.looks_at("/account").await.texts_of("table.data tbody tr").len(), 2);
    let stranger = portal.officer().await.posts("/api/people/end-session", &ending(&others[1])).await;
    assert_eq!(stranger.status, 404, "nobody ends somebody else's");
    here.posts("/api/people/end-session", &ending("")).await;
    assert_eq!(elsewhere.looks_at("/vendors").await.place(), "/sign-in");
    assert_eq!(third.looks_at("/vendors").await.place(), "/sign-in");
    assert_eq!(here.looks_at("/vendors").await.path, "/vendors");
}

#[tokio::test]
async fn a_sign_in_begins_a_new_session_and_signing_out_ends_it() {
    let portal = TestPortal::start().await;
    let person = portal.anybody();
    let fields = [("form[sign_in_name]", "sato"), ("form[password]", "kakunin-demo-2026")];
    let before = person.cookie_set_by("/api/people/sign-in", &[("form[sign_in_name]", "x")]).await.expect("a cookie");
    let after = person.cookie_set_by("/api/people/sign-in", &fields).await.expect("a cookie");
    let id = |line: &str| line.split(';').next().unwrap().to_owned();
    assert_ne!(id(&before), id(&after), "a new id at sign-in");
    assert!(after.contains("HttpOnly") && after.contains("SameSite=Lax") && after.contains("Path=/"), "{after}");
    assert_eq!(person.looks_with_cookie("/vendors", &id(&before)).await, 302);
    assert_eq!(person.looks_with_cookie("/vendors", &id(&after)).await, 200);
    person.posts("/api/people/sign-out", &[]).await;
    assert_eq!(
        person.looks_with_cookie("/vendors", &id(&after)).await,
        302,
        "signed out is out, with the old cookie too"
    );
}

#[tokio::test]
async fn whoever_signs_out_is_out() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    assert_eq!(officer.posts("/api/people/sign-out", &[]).await.place(), "/sign-in");
    assert_eq!(officer.looks_at("/vendors").await.place(), "/sign-in");
}

#[tokio::test]
async fn behind_tls_the_cookie_and_the_address_are_bound_to_it() {
    let portal = TestPortal::with(&["--public-url", "https://kakunin.example.jp"]).await;
    let person = portal.anybody();
    let cookie = person.cookie_set_by("/api/people/sign-in", &[("form[sign_in_name]", "x")]).await.expect("a cookie");
    assert!(cookie.starts_with("__Host-kakunin=") && cookie.contains("Secure"), "{cookie}");
    let language = [("language", "en"), ("back", "/sign-in")];
    let cookie = person.cookie_set_by("/api/people/language", &language).await.expect("a cookie");
    assert!(cookie.contains("Secure"), "{cookie}");
    let page = person.looks_at("/sign-in").await;
    assert_eq!(page.header("strict-transport-security"), Some("max-age=63072000; includeSubDomains"));
}

#[tokio::test]
async fn staff_sign_in_again_after_two_hours_of_rest_and_after_twelve_in_all() {
    let mut portal = TestPortal::start().await;
    let reviewer = portal.reviewer().await;
    let later = |minutes: u32| {
        let mut date = std::process::Command::new("date");
        let date = date.args(["-u", "-d", &format!("+{minutes} minutes"), "+%FT%TZ"]).output().unwrap();
        String::from_utf8(date.stdout).unwrap().trim().to_owned()
    };
    portal.restarts_at(&later(110)).await;
    let here = reviewer.moved_to(&portal);
    assert_eq!(here.looks_at("/vendors").await.path, "/vendors");
    portal.restarts_at(&later(110 + 121)).await;
    assert_eq!(here.moved_to(&portal).looks_at("/vendors").await.place(), "/sign-in", "two hours of rest");
}

#[tokio::test]
async fn an_administrator_resets_a_sign_in_but_not_that_of_whoever_belongs_elsewhere_too() {
    let portal = TestPortal::with(&["--towns", "all"]).await;
    let (administrator, reviewer) = (portal.administrator().await, portal.reviewer().await);
    let person = |page: &Page| page.attribute("table.data tbody tr a", "href").rsplit('/').next().unwrap().to_owned();
    let sato = person(&administrator.looks_at("/people?q=sato").await);
    let page = administrator.posts("/api/people/reset-sign-in", &[("membership", &sato)]).await;
    let given = page.text_of("code.secret").trim().to_owned();
    assert_eq!(reviewer.looks_at("/vendors").await.place(), "/sign-in", "every session ends");
    assert_eq!(portal.anybody().signs_in("sato", &given).await.path, "/sign-in/first-password");
    let kimura = person(&administrator.looks_at("/people?q=kimura").await);
    assert_eq!(administrator.posts("/api/people/reset-sign-in", &[("membership", &kimura)]).await.status, 403);
    assert_eq!(portal.anybody().signs_in("kimura", "kakunin-demo-2026").await.path, "/");
}

#[tokio::test]
async fn nobody_changes_or_ends_their_own_role() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let page = administrator.looks_at("/people?q=admin").await.attribute("table.data tbody tr a", "href");
    let id = page.rsplit('/').next().unwrap();
    let page = administrator.posts("/api/people/end-membership", &[("membership", id)]).await;
    assert!(page.text_of(".error-summary").contains("自分の役割"), "{}", page.text_of("main"));
    assert_eq!(administrator.looks_at("/people").await.status, 200);
}

#[tokio::test]
async fn a_changed_role_holds_at_once_and_the_earlier_one_stays_on_record() {
    let portal = TestPortal::start().await;
    let (administrator, reviewer) = (portal.administrator().await, portal.reviewer().await);
    assert_eq!(reviewer.looks_at("/vendors/new").await.status, 403);
    let page = administrator.looks_at("/people?q=sato").await.attribute("table.data tbody tr a", "href");
    let person = administrator.looks_at(&page).await;
    let department = person.attribute("#department option[selected]", "value");
    let form = [
        ("form[membership]", page.rsplit('/').next().unwrap()),
        ("form[department]", &department),
        ("form[role]", "procurement_officer"),
    ];
    let changed = administrator.posts("/api/people/change-role", &form).await;
    let roles = changed.texts_of("table.data tbody tr");
    assert!(roles.len() == 2 && roles[0].contains("契約・調達担当") && roles[1].contains("審査担当"), "{roles:?}");
    assert!(roles[1].contains("終了"), "{roles:?}");
    assert_eq!(reviewer.looks_at("/vendors/new").await.status, 200);
}

#[tokio::test]
async fn a_half_done_sign_in_ends_with_what_it_rests_on() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let (page, given) = administrator.adds_person("shinjin", "reviewer").await;
    let (thief, owner) = (portal.anybody(), portal.anybody());
    thief.signs_in("shinjin", &given).await;
    owner.signs_in("shinjin", &given).await;
    assert_eq!(owner.chooses_password(OWN).await.path, "/");
    assert_eq!(thief.chooses_password("山田さんは朝ごはんにパンを食べる").await.place(), "/sign-in");
    assert_eq!(owner.looks_at("/vendors").await.path, "/vendors", "the owner's session and password stand");
    // After a reset, whoever was half in by the password before it is out.
    let reset = administrator.posts("/api/people/reset-sign-in", &[("membership", &page.id())]).await;
    let first = reset.text_of("code.secret").trim().to_owned();
    thief.signs_in("shinjin", &first).await;
    administrator.posts("/api/people/reset-sign-in", &[("membership", &page.id())]).await;
    assert_eq!(thief.chooses_password("山田さんは朝ごはんにパンを食べる").await.place(), "/sign-in");
    assert_eq!(thief.looks_at("/vendors").await.place(), "/sign-in");
}

#[tokio::test]
async fn whoever_has_an_account_accepts_a_role_that_another_organization_gives() {
    let portal = TestPortal::with(&["--towns", "all"]).await;
    let (kashiwa, officer) = (portal.signed_in("kashiwa-admin").await, portal.officer().await);
    let add = |sign_in_name: &'static str, name: &'static str, department: String| {
        vec![
            ("form[sign_in_name]", sign_in_name.to_owned()),
            ("form[person_name]", name.to_owned()),
            ("form[department]", department),
            ("form[role]", "auditor".to_owned()),
        ]
    };
    let department = kashiwa.looks_at("/people/new").await.attributes("#department option", "value")[1].clone();
    let posted = async |fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        kashiwa.posts("/api/people/add", &fields).await
    };
    let guessed = posted(add("tanaka", "田中 一郎", department.clone())).await;
    assert!(guessed.text_of(".error-summary").contains("すでに使われています"), "{}", guessed.text_of("main"));
    assert!(!guessed.body.contains("田中 恵"), "nothing is learnt of whoever has the name");
    let offered = posted(add("TANAKA", "田中 恵", department)).await;
    assert!(offered.text_of("table.data").contains("本人の承認待ち"), "{}", offered.text_of("main"));
    assert!(
        officer.looks_at("/vendors").await.texts_of("#switch-organization option").is_empty(),
        "not before they accept"
    );
    let account = officer.looks_at("/account").await;
    let offer = account.attribute("form[action='/api/people/accept-membership'] input", "value");
    assert_eq!(
        portal.reviewer().await.posts("/api/people/accept-membership", &[("membership", &offer)]).await.status,
        404
    );
    officer.posts("/api/people/accept-membership", &[("membership", &offer)]).await;
    let page = officer.looks_at("/vendors").await;
    assert_eq!(page.texts_of("#switch-organization option").len(), 2);
    assert!(page.text_of(".organization").contains("西東京市"), "they stay where they were");
}

#[tokio::test]
async fn where_a_second_factor_is_demanded_a_password_alone_opens_nothing() {
    let portal = TestPortal::start().await;
    let form = [("form[branding]", ""), ("form[demands_second_factor]", "true")];
    assert_eq!(portal.reviewer().await.posts("/api/organizations/edit", &form).await.status, 403);
    let administrator = portal.administrator().await;
    let page = administrator.posts("/api/organizations/edit", &form).await;
    assert_eq!(page.attributes("input[type=checkbox][checked]", "value"), ["true"], "{}", page.text_of("main"));
    let person = portal.anybody();
    let page = person.signs_in("tanaka", "kakunin-demo-2026").await;
    assert_eq!(page.path, "/account/second-factor");
    for path in ["/vendors", "/account", "/account/recovery-codes"] {
        assert_eq!(person.looks_at(path).await.place(), "/sign-in", "{path}");
    }
    let secret = person.looks_at("/account/second-factor").await.text_of("code.secret").replace(' ', "");
    let now = code(&secret, 0);
    let form = [("form[code]", now.as_str()), ("form[current_password]", "kakunin-demo-2026")];
    let page = person.posts("/api/people/keep-second-factor", &form).await;
    assert_eq!(page.texts_of(".recovery-codes code").len(), 10, "{}: {}", page.path, page.text_of("main"));
    assert_eq!(person.looks_at("/vendors").await.path, "/vendors");
    assert_eq!(portal.anybody().signs_in("tanaka", "kakunin-demo-2026").await.path, "/sign-in/second-factor");
    // Whoever has to choose a password first is asked for a second factor afterwards.
    let (_, given) = administrator.adds_person("shinjin", "reviewer").await;
    let newcomer = portal.anybody();
    newcomer.signs_in("shinjin", &given).await;
    assert_eq!(newcomer.chooses_password(OWN).await.path, "/account/second-factor");
    assert_eq!(newcomer.looks_at("/vendors").await.place(), "/sign-in");
}

#[tokio::test]
async fn whoever_was_signed_out_is_told_why() {
    let portal = TestPortal::start().await;
    let (here, elsewhere) = (portal.reviewer().await, portal.reviewer().await);
    elsewhere.posts("/api/people/end-session", &ending("")).await;
    let page = here.looks_at("/vendors").await;
    assert!(page.text_of("[role=status]").contains("ログアウトしました"), "{}: {}", page.path, page.text_of("main"));
    let stranger = portal.anybody().looks_at("/vendors").await;
    assert!(stranger.texts_of("[role=status]").is_empty(), "{}", stranger.text_of("main"));
}

#[tokio::test]
async fn a_hash_with_earlier_parameters_is_renewed_at_sign_in() {
    if std::env::var_os("KAKUNIN_TEST_POSTGRES").is_some() {
        return;
    }
    let portal = TestPortal::start().await;
    // argon2id of the demo's password with 8 MiB and one pass.
    let earlier = "$argon2id$v=19$m=8192,t=1,p=1$qZFoVbqXCqWn/D4NLbAxzg$7PcQWbVGYv8tFpNX/HoroVkfIrpBBjBBFSbAffPqzEw";
    let file = portal.folder().join("kakunin.sqlite");
    let sql = |script: &str| {
        let script = format!("import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\n{script}\nc.commit()");
        let output =
            std::process::Command::new("python3").args(["-c", &script]).arg(&file).arg(earlier).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    sql("c.execute('UPDATE users SET password_hash=? WHERE sign_in_name=\"sato\"',(sys.argv[2],))");
    assert!(portal.anybody().signs_in("sato", "wrong").await.path.contains("rejected"));
    let kept = "print(c.execute('SELECT password_hash FROM users WHERE sign_in_name=\"sato\"').fetchone()[0])";
    assert_eq!(sql(kept).trim(), earlier, "not by a wrong password");
    assert_eq!(portal.anybody().signs_in("sato", "kakunin-demo-2026").await.path, "/");
    assert!(sql(kept).starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert_eq!(portal.anybody().signs_in("sato", "kakunin-demo-2026").await.path, "/");
}
