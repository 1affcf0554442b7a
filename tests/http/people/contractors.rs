use kakunin_tests::{TestPortal, person::link_of};

const OWN: &str = "いろはにほへとちりぬるを";

async fn keeps_account(person: &kakunin_tests::Person, password: &str) -> kakunin_tests::Page {
    let form = [("form[new_password]", password), ("form[new_password_again]", password)];
    person.posts("/api/answering/keep-account", &form).await
}

#[tokio::test]
async fn a_contributor_cannot_submit() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let (submitter, contributor) = (portal.anybody(), portal.anybody());
    submitter.accepts(&link).await;
    contributor.accepts(&submitter.invites_colleague(&assessment, "suzuki").await).await;
    contributor.answers_everything(&assessment, &[]).await;
    assert_eq!(contributor.submits(&assessment).await.status, 403);
    let review = contributor.looks_at(&format!("/answer/{assessment}/review")).await;
    assert!(
        review.attributes("form[action='/api/answering/submit']", "action").is_empty(),
        "no button that is refused"
    );
    assert_eq!(contributor.looks_at(&format!("/answer/{assessment}/colleagues")).await.status, 403);
    let receipt = submitter.submits(&assessment).await;
    assert!(receipt.path.ends_with("/receipt"), "{}", receipt.path);
}

#[tokio::test]
async fn a_colleague_who_left_sees_nothing_any_more() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let (submitter, contributor) = (portal.anybody(), portal.anybody());
    submitter.accepts(&link).await;
    let colleague = submitter.invites_colleague(&assessment, "suzuki").await;
    contributor.accepts(&colleague).await;
    let answer = format!("/answer/{assessment}");
    assert_eq!(contributor.looks_at(&answer).await.status, 200);
    let page = submitter.looks_at(&format!("{answer}/colleagues")).await;
    let invitation = page.attribute("input[name=invitation]", "value");
    let ended = [("assessment", assessment.as_str()), ("invitation", invitation.as_str())];
    let page = submitter.posts("/api/answering/revoke-contributor", &ended).await;
    assert!(page.text_of("table.data").contains("終了"), "{}", page.text_of("main"));
    assert_eq!(contributor.looks_at(&answer).await.place(), "/sign-in");
    assert_eq!(portal.anybody().looks_at(&colleague).await.status, 404, "the link is used up");
    // The submitter's own access is not the submitter's to end.
    let own = [("assessment", assessment.as_str()), ("invitation", "00000000-0000-7000-8000-000000000000")];
    assert_eq!(submitter.posts("/api/answering/revoke-contributor", &own).await.status, 404);
}

#[tokio::test]
async fn one_account_answers_for_several_companies() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (first, link) = officer.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    for bad in ["short", "yamamoto-2026", "password1234"] {
        assert!(keeps_account(&contractor, bad).await.path.contains("rejected"), "{bad}");
    }
    let page = keeps_account(&contractor, OWN).await;
    assert_eq!(page.path, "/my-assessments", "{}", page.text_of("main"));
    assert_eq!(page.texts_of(".work-list li").len(), 1);
    // Another company's, sent to the same address: opened while signed in, it is the account's.
    let vendor =
        officer.registers_vendor(&[("corporate_number", "1180301018771"), ("name", "別会社株式会社")]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await.id();
    let sent = officer.sends(&engagement, &[]).await;
    contractor.accepts(&link_of(&sent)).await;
    let elsewhere = portal.anybody();
    let page = elsewhere.signs_in("yamamoto@example.jp", OWN).await;
    assert_eq!(page.path, "/my-assessments", "{}", page.text_of("main"));
    assert_eq!(page.texts_of(".work-list li").len(), 2);
    assert!(page.text_of(".work-list").contains("別会社株式会社"));
    assert_eq!(elsewhere.looks_at("/").await.path, "/my-assessments", "an account alone is nobody yet");
    for (invitation, assessment) in page.attributes("input[name=invitation]", "value").iter().zip([&first, &sent.id()])
    {
        let chosen = elsewhere.posts("/api/answering/choose", &[("invitation", invitation)]).await;
        assert!(chosen.path.starts_with("/answer/"), "{}", chosen.path);
        assert!([first.as_str(), sent.id().as_str()].iter().any(|id| chosen.path.ends_with(id)), "{assessment}");
    }
    // An assessment that was not chosen is not seen, though it is one's own.
    let (here, there) = (
        elsewhere.looks_at(&format!("/answer/{first}")).await,
        elsewhere.looks_at(&format!("/answer/{}", sent.id())).await,
    );
    assert_eq!([here.status, there.status].iter().filter(|status| **status == 200).count(), 1);
}

#[tokio::test]
async fn an_account_takes_no_invitation_that_was_sent_to_another_address() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (_, link) = officer.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    keeps_account(&contractor, OWN).await;
    let vendor =
        officer.registers_vendor(&[("corporate_number", "1180301018771"), ("name", "別会社株式会社")]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await.id();
    let sent = officer.sends(&engagement, &[("contact_email", "other@example.jp")]).await;
    contractor.accepts(&link_of(&sent)).await;
    let page = portal.anybody();
    assert_eq!(page.signs_in("yamamoto@example.jp", OWN).await.texts_of(".work-list li").len(), 1);
}

#[tokio::test]
async fn a_token_stands_nowhere_but_in_its_link() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    let page = contractor.accepts(&link).await;
    let token = link.rsplit('/').next().unwrap();
    assert!(!page.path.contains(token), "not in the address afterwards");
    assert_eq!(page.header("referrer-policy"), Some("same-origin"));
    contractor.looks_at(&format!("/answer/{assessment}/sections/1")).await;
    assert!(!portal.log().contains(token), "not in the log");
    let log = portal.auditor().await.looks_at("/audit-events").await;
    assert!(!log.body.contains(token), "not in the record");
    let database = std::fs::read(portal.folder().join("kakunin.sqlite")).unwrap_or_default();
    assert!(!database.windows(token.len()).any(|bytes| bytes == token.as_bytes()), "not in the database");
    // Nor in the write-ahead log, where the sender's session stood before the link was shown.
    let log = std::fs::read(portal.folder().join("kakunin.sqlite-wal")).unwrap_or_default();
    assert!(!log.windows(token.len()).any(|bytes| bytes == token.as_bytes()), "never was");
}

#[tokio::test]
async fn a_contractors_account_becomes_no_staff_and_no_administrator_opens_it() {
    let portal = TestPortal::start().await;
    let (_, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    keeps_account(&contractor, OWN).await;
    let administrator = portal.administrator().await;
    let (page, password) = administrator.adds_person("yamamoto@example.jp", "administrator").await;
    assert!(page.text_of(".error-summary").contains("すでに使われています"), "{}", page.text_of("main"));
    assert!(password.is_empty());
}

#[tokio::test]
async fn a_contractors_account_has_a_page_of_its_own() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    assert_eq!(contractor.looks_at("/account").await.place(), "/sign-in", "without an account there is no such page");
    keeps_account(&contractor, OWN).await;
    let page = contractor.looks_at("/account").await;
    assert!(page.text_of("main").contains("yamamoto@example.jp"), "{}: {}", page.path, page.text_of("main"));
    assert_eq!(page.texts_of("table.data tbody tr").len(), 1, "this session");
    assert!(!page.text_of("body").contains("委託先"), "nothing of staff's navigation");
    let form = [
        ("form[current_password]", OWN),
        ("form[new_password]", "ちりぬるをわかよたれそつ"),
        ("form[new_password_again]", "ちりぬるをわかよたれそつ"),
    ];
    let page = contractor.posts("/api/people/change-password", &form).await;
    assert!(page.text_of("[role=status]").contains("パスワード"), "{}", page.text_of("main"));
    assert!(contractor.looks_at("/account/second-factor").await.text_of("code.secret").len() > 20);
    assert!(portal.anybody().signs_in("yamamoto@example.jp", OWN).await.path.contains("rejected"));
    let again = portal.anybody();
    assert_eq!(again.signs_in("yamamoto@example.jp", "ちりぬるをわかよたれそつ").await.path, "/my-assessments");
    // It still answers.
    assert_eq!(contractor.looks_at(&format!("/answer/{assessment}")).await.status, 200);
}

#[tokio::test]
async fn what_was_redeemed_while_signed_out_joins_the_account_of_its_address() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (_, link) = officer.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    keeps_account(&contractor, OWN).await;
    let vendor =
        officer.registers_vendor(&[("corporate_number", "1180301018771"), ("name", "別会社株式会社")]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await.id();
    let (second, third) = (
        officer.sends(&engagement, &[]).await,
        officer.sends(&engagement, &[("contact_email", "somebody-else@example.jp")]).await,
    );
    let elsewhere = portal.anybody();
    elsewhere.accepts(&link_of(&second)).await;
    portal.anybody().accepts(&link_of(&third)).await;
    let page = elsewhere.looks_at("/my-assessments/account").await;
    assert!(page.text_of("main").contains("アカウントはすでにあります"), "{}", page.text_of("main"));
    let other_browser = portal.anybody();
    let page = other_browser.signs_in("yamamoto@example.jp", OWN).await;
    assert_eq!(page.texts_of(".work-list li").len(), 1, "another browser proves nothing: {}", page.text_of("main"));
    let page = elsewhere.signs_in("yamamoto@example.jp", OWN).await;
    assert_eq!(page.texts_of(".work-list li").len(), 2, "its own two, and nobody else's: {}", page.text_of("main"));
    let log = portal.auditor().await.looks_at("/audit-events?action=KeepAccount").await;
    assert_eq!(log.texts_of("table.data tbody tr").len(), 2, "the town whose questionnaire it is knows of it");
}

#[tokio::test]
async fn whoever_invites_under_somebodys_address_gains_nothing_of_theirs() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    // The victim came in by a link and keeps no account.
    let (assessment, link) = officer.prepares_an_assessment().await;
    let victim = portal.anybody();
    victim.accepts(&link).await;
    // A submitter of something else invites a "colleague" under the victim's address, and sees the link.
    let (other, link) = {
        let engagement =
            officer.looks_at("/engagements").await.attribute("table.data a[href^='/engagements/']", "href");
        let sent =
            officer.sends(engagement.trim_start_matches("/engagements/"), &[("contact_email", "crook@example.jp")]);
        let sent = sent.await;
        (sent.id(), link_of(&sent))
    };
    let crook = portal.anybody();
    crook.accepts(&link).await;
    let form = [
        ("form[assessment]", other.as_str()),
        ("form[contact_name]", "同僚"),
        ("form[contact_email]", "yamamoto@example.jp"),
    ];
    let page = crook.posts("/api/answering/invite-contributor", &form).await;
    let impostor = portal.anybody();
    impostor.accepts(&link_of(&page)).await;
    keeps_account(&impostor, OWN).await;
    let page = impostor.signs_in("yamamoto@example.jp", OWN).await;
    assert_eq!(page.texts_of(".work-list li").len(), 1, "{}", page.text_of("main"));
    let page = portal.anybody().signs_in("yamamoto@example.jp", OWN).await;
    assert_eq!(page.texts_of(".work-list li").len(), 1, "{}", page.text_of("main"));
    assert_eq!(impostor.looks_at(&format!("/answer/{assessment}")).await.place(), "/my-assessments");
}

#[tokio::test]
async fn a_new_link_ends_the_submitters_old_one_and_leaves_colleagues_answering() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (assessment, link) = officer.prepares_an_assessment().await;
    let (submitter, contributor) = (portal.anybody(), portal.anybody());
    submitter.accepts(&link).await;
    contributor.accepts(&submitter.invites_colleague(&assessment, "suzuki").await).await;
    officer.posts("/api/assessments/invite-again", &[("assessment", &assessment)]).await;
    let answer = format!("/answer/{assessment}");
    assert_eq!(submitter.looks_at(&answer).await.place(), "/sign-in", "its link was replaced");
    assert_eq!(contributor.looks_at(&answer).await.status, 200, "theirs was not");
}

#[tokio::test]
async fn whoever_leaves_without_an_account_is_told_first_that_there_is_no_way_back() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    let page = contractor.looks_at(&format!("/answer/{assessment}")).await;
    assert!(page.attributes("header form[action='/api/people/sign-out']", "action").is_empty());
    let page = contractor.looks_at(&page.attribute("header a[href$='/leave']", "href")).await;
    assert!(page.text_of("main").contains("新しいリンクを依頼"), "{}", page.text_of("main"));
    let page = contractor.posts("/api/people/sign-out", &[]).await;
    assert!(page.text_of("[role=status]").contains("新しいリンク"), "{}: {}", page.path, page.text_of("main"));
}
