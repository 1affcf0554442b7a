use kakunin_tests::{Mailbox, Page, Person, TestPortal};

const FIRST: &str = "いろはにほへとちりぬるを";
const SECOND: &str = "わかよたれそつねならむうゐの";

/// 新任 with an address and a password of their own, signed in.
async fn with_address(portal: &TestPortal) -> Person {
    let administrator = portal.administrator().await;
    let department = administrator.looks_at("/people/new").await.attributes("#department option", "value")[1].clone();
    let fields = [
        ("form[sign_in_name]", "shinjin"),
        ("form[person_name]", "新任 花子"),
        ("form[email]", "shinjin@example.jp"),
        ("form[department]", &department),
        ("form[role]", "reviewer"),
    ];
    let given = administrator.posts("/api/people/add", &fields).await.text_of("code.secret").trim().to_owned();
    let person = portal.anybody();
    person.signs_in("shinjin", &given).await;
    person.chooses_password(FIRST).await;
    person
}

async fn forgets(person: &Person, name: &str) -> Page {
    person.posts("/api/people/forgot-password", &[("form[sign_in_name]", name)]).await
}

fn link_in(text: &str) -> String {
    let at = text.find("/sign-in/reset/").expect("a link");
    text[at..].split_whitespace().next().unwrap().to_owned()
}

async fn resets(person: &Person, link: &str, password: &str) -> Page {
    let token = link.rsplit('/').next().unwrap();
    let fields = [("token", token), ("form[new_password]", password), ("form[new_password_again]", password)];
    person.posts("/api/people/reset-password", &fields).await
}

#[tokio::test]
async fn a_forgotten_password_is_reset_by_a_link_that_works_once() {
    let (mut mailbox, portal) = Mailbox::with_portal().await;
    let (signed_in, person) = (with_address(&portal).await, portal.anybody());
    assert!(person.looks_at("/sign-in").await.body.contains("/sign-in/forgotten"));
    let said = forgets(&person, "Shinjin").await.text_of("main");
    let (to, subject, text) = mailbox.next().await.expect("a mail");
    assert_eq!(to, "shinjin@example.jp");
    assert!(subject.contains("パスワードの再設定") && text.contains("新任 花子 様"), "{subject}: {text}");
    let link = link_in(&text);
    assert_eq!(person.looks_at(&link).await.status, 200, "looking does not use it up");
    assert!(resets(&person, &link, "short").await.text_of(".error-summary").contains("12文字以上"));
    assert_eq!(resets(&person, &link, SECOND).await.path, "/sign-in?reset=1");
    assert_eq!(signed_in.looks_at("/vendors").await.place(), "/sign-in", "every session ends");
    assert_eq!(resets(&person, &link, FIRST).await.status, 404, "once");
    assert_eq!(person.looks_at(&link).await.status, 404);
    assert!(person.signs_in("shinjin", FIRST).await.path.contains("rejected"));
    assert_eq!(person.signs_in("shinjin", SECOND).await.path, "/");
    // Nobody learns which names there are.
    for name in ["nobody", "tanaka"] {
        assert_eq!(forgets(&portal.anybody(), name).await.text_of("main"), said, "{name}");
    }
    assert!(mailbox.next().await.is_none(), "nobody else is written to");
}

#[tokio::test]
async fn a_later_link_ends_an_earlier_one_and_the_second_factor_stays() {
    let (mut mailbox, portal) = Mailbox::with_portal().await;
    with_address(&portal).await;
    let person = portal.anybody();
    forgets(&person, "shinjin").await;
    let first = link_in(&mailbox.next().await.expect("a mail").2);
    forgets(&person, "shinjin").await;
    let second = link_in(&mailbox.next().await.expect("another").2);
    assert_eq!(person.looks_at(&first).await.status, 404);
    assert_eq!(person.looks_at(&second).await.status, 200);
    for _ in 0..6 {
        forgets(&person, "shinjin").await;
    }
    let page = forgets(&person, "shinjin").await;
    assert!(page.text_of(".error-summary").contains("回数が多すぎます"), "nobody is flooded: {}", page.text_of("main"));
}

#[tokio::test]
async fn mail_that_is_not_taken_waits_and_keeps_no_link_once_sent() {
    let (mut mailbox, portal) = Mailbox::with_portal().await;
    with_address(&portal).await;
    mailbox.refuses(true);
    forgets(&portal.anybody(), "shinjin").await;
    assert!(mailbox.next().await.is_none());
    assert!(portal.log().contains("a mail was not taken"), "{}", portal.log());
    mailbox.refuses(false);
    forgets(&portal.anybody(), "shinjin").await;
    let link = link_in(&mailbox.next().await.expect("the next one is taken").2);
    let token = link.rsplit('/').next().unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let log = portal.auditor().await.looks_at("/audit-events").await;
    assert!(log.text_of("table.data").contains("asked_for") && !log.body.contains(token));
}
