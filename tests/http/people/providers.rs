use kakunin_tests::Provider;

const DOOR: &str = "/sign-in/with/staff";

#[tokio::test]
async fn staff_sign_in_with_their_provider() {
    let (provider, portal) = Provider::with_portal().await;
    provider.is("good", "tanaka").await;
    let person = portal.anybody();
    let door = person.looks_at("/sign-in").await;
    assert_eq!(door.attributes("a[href^='/sign-in/with/']", "href"), [DOOR, "/sign-in/with/approval"]);
    let home = person.looks_at(DOOR).await;
    assert_eq!(home.path, "/", "{}", home.text_of("main"));
    assert!(home.text_of(".account").contains("情報政策課 田中 花子"), "{}", home.text_of(".account"));
    assert_eq!(person.looks_at("/assessments").await.status, 200);
    assert_eq!(person.looks_at("/vendors/new").await.status, 403, "a reviewer registers nothing");
    let people = portal.administrator().await.looks_at("/people?q=田中 花子").await;
    assert!(people.text_of("table.data").contains("職員認証 staff"), "{}", people.text_of("table.data"));
    // Signing out here, and in again: the same account.
    person.posts("/api/people/sign-out", &[]).await;
    assert_eq!(person.looks_at("/vendors").await.place(), "/sign-in");
    assert_eq!(person.looks_at(DOOR).await.path, "/");
    let people = portal.administrator().await.looks_at("/people?q=田中 花子").await;
    assert_eq!(people.texts_of("table.data tbody tr").len(), 1);
}

#[tokio::test]
async fn a_word_that_does_not_hold_lets_nobody_in() {
    let (provider, portal) = Provider::with_portal().await;
    for mode in ["wrong-issuer", "wrong-audience", "wrong-nonce", "no-nonce", "expired", "unsigned", "wrong-key"] {
        provider.is(mode, "tanaka").await;
        let person = portal.anybody();
        let page = person.looks_at(DOOR).await;
        assert_eq!(page.path, "/sign-in?provider=refused", "{mode}");
        assert!(page.text_of("[role=alert]").contains("本人と確認できませんでした"), "{mode}");
        assert_eq!(person.looks_at("/vendors").await.place(), "/sign-in", "{mode}");
    }
    let log = portal.auditor().await.looks_at("/audit-events").await.text_of("table.data");
    assert_eq!(log.matches("理由: refused").count(), 7, "{log}");
    assert_eq!(portal.administrator().await.looks_at("/people?q=花子").await.texts_of("table.data tbody tr").len(), 0);
}

#[tokio::test]
async fn a_code_and_a_state_work_once_and_for_one_browser() {
    let (provider, portal) = Provider::with_portal().await;
    provider.is("good", "tanaka").await;
    let (person, thief) = (portal.anybody(), portal.anybody());
    let back = person.is_sent_to(DOOR, "/sign-in/callback/").await;
    assert_eq!(thief.looks_at(&back).await.path, "/sign-in?provider=strange", "another browser knows no such state");
    assert_eq!(person.looks_at(&back).await.path, "/");
    let again = person.looks_at(&back).await;
    assert_eq!(again.path, "/sign-in?provider=strange", "a state is used up");
    // The code in a journey of the thief's own.
    let own = thief.is_sent_to(DOOR, "/sign-in/callback/").await;
    let part = |address: &str, name: &str| -> String {
        let query = address.split_once('?').unwrap().1;
        query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap().to_owned()
    };
    let replayed = format!("/sign-in/callback/staff?code={}&state={}", part(&back, "code"), part(&own, "state"));
    assert_eq!(thief.looks_at(&replayed).await.path, "/sign-in?provider=refused", "a code is used up");
    assert_eq!(thief.looks_at("/vendors").await.place(), "/sign-in");
    // The answer that the provider gives to whoever says no.
    let refused = thief.is_sent_to(DOOR, "/sign-in/callback/").await;
    let refused = format!("/sign-in/callback/staff?error=access_denied&state={}", part(&refused, "state"));
    assert_eq!(thief.looks_at(&refused).await.path, "/sign-in?provider=refused");
}

#[tokio::test]
async fn whoever_takes_too_long_at_the_provider_starts_again() {
    let (provider, mut portal) = Provider::with_portal().await;
    provider.is("good", "tanaka").await;
    let person = portal.anybody();
    let back = person.is_sent_to(DOOR, "/sign-in/callback/").await;
    let later = std::process::Command::new("date").args(["-u", "-d", "+11 minutes", "+%FT%TZ"]).output().unwrap();
    portal.restarts_at(String::from_utf8(later.stdout).unwrap().trim()).await;
    assert_eq!(person.looks_at(&back).await.path, "/sign-in?provider=strange");
}

#[tokio::test]
async fn a_provider_that_changes_its_keys_is_understood() {
    let (provider, portal) = Provider::with_portal().await;
    provider.is("good", "tanaka").await;
    assert_eq!(portal.anybody().looks_at(DOOR).await.path, "/");
    provider.is("rotate", "tanaka").await;
    assert_eq!(portal.anybody().looks_at(DOOR).await.path, "/");
}

#[tokio::test]
async fn local_accounts_come_in_while_the_provider_is_down() {
    let (provider, portal) = Provider::with_portal().await;
    let person = portal.anybody();
    provider.is("good", "tanaka").await;
    let back = person.is_sent_to(DOOR, "/sign-in/callback/").await;
    provider.is("down", "tanaka").await;
    assert_eq!(person.looks_at(&back).await.path, "/sign-in?provider=down", "it went down on the way");
    let page = person.looks_at(DOOR).await;
    assert_eq!(page.path, "/sign-in?provider=down");
    assert!(page.text_of("[role=alert]").contains("パスワードでログイン"), "{}", page.text_of("[role=alert]"));
    assert_eq!(person.signs_in("sato", "kakunin-demo-2026").await.path, "/");
}

#[tokio::test]
async fn whoever_comes_for_the_first_time_waits_for_approval() {
    let (provider, portal) = Provider::with_portal().await;
    provider.is("good", "tanaka").await;
    let person = portal.anybody();
    for _ in 0..2 {
        assert_eq!(person.looks_at("/sign-in/with/approval").await.path, "/sign-in?provider=waiting");
    }
    assert_eq!(person.looks_at("/vendors").await.place(), "/sign-in");
    let administrator = portal.administrator().await;
    let people = administrator.looks_at("/people").await;
    assert!(people.texts_of("table.data tbody tr")[0].contains("承認待ち"), "those who wait stand first");
    let page = people.attribute("table.data tbody tr a", "href");
    let id = page.rsplit('/').next().unwrap();
    administrator.posts("/api/people/approve-membership", &[("membership", id)]).await;
    assert_eq!(person.looks_at("/sign-in/with/approval").await.path, "/");
    // Ended by hand, they come back by somebody's approval alone.
    administrator.posts("/api/people/end-membership", &[("membership", id)]).await;
    assert_eq!(person.looks_at("/vendors").await.place(), "/sign-in");
    assert_eq!(person.looks_at("/sign-in/with/approval").await.path, "/sign-in?provider=waiting");
}

#[tokio::test]
async fn groups_that_give_no_role_let_nobody_in() {
    let (provider, portal) = Provider::with_portal().await;
    provider.is("good", "nobody").await;
    let page = portal.anybody().looks_at(DOOR).await;
    assert_eq!(page.path, "/sign-in?provider=no-role");
    assert_eq!(portal.anybody().looks_at("/sign-in/with/other").await.status, 404);
}
