//! What is assessed may be a cloud service or a social account: both sides of it are judged, from the link to the evidence.

use crate::registers::changes;
use kakunin_tests::{Page, Person, TestPortal, person::link_of};

/// The post that came with a record.
async fn post_of(person: &Person, register: &str, record: &str) -> String {
    let page = person.looks_at(&format!("/{register}/{record}?tab=officers")).await;
    page.attribute("table.data a[href^='/posts/']", "href").rsplit('/').next().unwrap().to_owned()
}

fn verdict(page: &Page, requirement: &str) -> String {
    let said = page.text_of(&format!("[id='r-{requirement}'] .verdict"));
    said.split_whitespace().last().unwrap_or_default().to_owned()
}

/// Sends about a record, answers everything, submits; the assessment.
async fn asked(portal: &TestPortal, officer: &Person, register: &str, record: &str) -> String {
    let sent = officer.sends_about(register, record, &[]).await;
    let assessment = sent.id();
    let contractor = portal.anybody();
    contractor.accepts(&link_of(&sent)).await;
    contractor.answers_everything(&assessment, &[]).await;
    let receipt = contractor.submits(&assessment).await;
    assert!(receipt.path.ends_with("/receipt"), "{}", receipt.text_of("main"));
    assessment
}

#[tokio::test]
async fn a_cloud_service_is_judged_by_what_its_provider_answers_and_what_the_town_has_on_record() {
    let portal = TestPortal::start().await;
    let (officer, office) = (portal.officer().await, portal.security_office().await);
    let service = officer.registers_cloud_service(&[]).await.id();
    let page = officer.looks_at(&format!("/cloud-services/{service}?tab=assessments")).await;
    assert!(page.text_of("main").contains("調査はまだありません"), "{}", page.text_of("main"));
    let sent = officer.sends_about("cloud-services", &service, &[]).await;
    let (assessment, link) = (sent.id(), link_of(&sent));
    let contractor = portal.anybody();
    let invitation = contractor.looks_at(&link).await.text_of("main");
    for told in ["住民票オンライン申請", "例示クラウド㈱", "クラウドサービス調査票"] {
        assert!(invitation.contains(told), "{told}: {invitation}");
    }
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[]).await;
    let receipt = contractor.submits(&assessment).await;
    assert!(receipt.path.ends_with("/receipt"), "{}", receipt.text_of("main"));

    let review = async || office.looks_at(&format!("/assessments/{assessment}")).await;
    let page = review().await;
    for failed in ["organization.officer.cloud", "operation.cloud.rule_of_use", "cloud.use.approved"] {
        assert_eq!(verdict(&page, failed), "不適合", "{failed}: {}", page.text_of("main"));
    }
    assert!(page.attributes("[id^='r-outsourcing.']", "id").is_empty(), "of engagements only");

    // The municipality does its part: an officer, a rule, an approval.
    let post = post_of(&office, "cloud-services", &service).await;
    office.appoints(&post, "管理 花子", "2026-04-01", "").await;
    changes(
        &officer,
        "cloud-services",
        &service,
        &[("rule_of_use", "filed"), ("rule_version", "1.0"), ("starts_on", "2026-04-01")],
    )
    .await;
    let version = office.looks_at(&format!("/cloud-services/{service}")).await;
    let version = version.attribute("form[action='/api/registers/decide'] input[name=version]", "value");
    let approval = [
        ("register", "cloud-services"),
        ("id", &service),
        ("version", &version),
        ("outcome", "approved"),
        ("note", "可"),
    ];
    office.posts("/api/registers/decide", &approval).await;
    let page = review().await;
    for met in ["organization.officer.cloud", "operation.cloud.rule_of_use", "cloud.use.approved"] {
        assert_eq!(verdict(&page, met), "適合", "{met}: {}", page.text_of("main"));
    }
    office.begins_review(&assessment).await;
    let version = office.version(&assessment).await;
    let page = office.decides(&assessment, &version, "fit_with_conditions", "条件").await;
    assert!(page.text_of(".decision").contains("条件付適合"), "{}", page.text_of("main"));
    let (status, workbook) =
        portal.auditor().await.downloads(&format!("/assessments/{assessment}/evidence.xlsx")).await;
    assert_eq!((status, &workbook[..2]), (200, &b"PK"[..]));
    let listed = officer.looks_at("/assessments?q=住民票オンライン").await;
    assert!(listed.text_of("table.data").contains("例示クラウド㈱"), "{}", listed.text_of("main"));
    let page = officer.looks_at(&format!("/cloud-services/{service}?tab=assessments")).await;
    assert_eq!(page.attribute("#contact_name", "value"), "山本", "who was asked last is offered again");
}

#[tokio::test]
async fn an_account_fails_until_somebody_answers_for_it() {
    let portal = TestPortal::start().await;
    let (officer, office) = (portal.officer().await, portal.security_office().await);
    let account = officer.registers_social_account(&[]).await.id();
    let assessment = asked(&portal, &officer, "social-accounts", &account).await;
    let review = async || office.looks_at(&format!("/assessments/{assessment}")).await;
    let page = review().await;
    assert_eq!(verdict(&page, "organization.officer.sns"), "不適合", "{}", page.text_of("main"));
    assert_eq!(verdict(&page, "operation.social_media.procedure"), "適合");
    assert!(page.text_of(".page-head").contains("X（旧Twitter）"), "{}", page.text_of(".page-head"));
    let post = post_of(&office, "social-accounts", &account).await;
    // Appointed from a day to come: nobody answers for it today.
    office.appoints(&post, "広報 次郎", "2099-04-01", "").await;
    assert_eq!(verdict(&review().await, "organization.officer.sns"), "不適合");
    office.appoints(&post, "広報 太郎", "2026-04-01", "2099-03-31").await;
    assert_eq!(verdict(&review().await, "organization.officer.sns"), "適合");
}

#[tokio::test]
async fn nothing_is_sent_about_what_is_archived_elsewhere_or_no_subject() {
    let portal = TestPortal::with(&["--towns", "all"]).await;
    let officer = portal.officer().await;
    let service = officer.registers_cloud_service(&[]).await.id();
    assert_eq!(officer.sends_about("social-accounts", &service, &[]).await.place(), "/not-found");
    assert_eq!(officer.sends_about("vendors", &service, &[]).await.place(), "/not-found");
    let other = portal.signed_in("kashiwa-officer").await;
    assert_ne!(other.sends_about("cloud-services", &service, &[]).await.status, 200);
    let form = [("register", "cloud-services"), ("id", service.as_str()), ("version", "1"), ("archived", "true")];
    officer.posts("/api/registers/archive", &form).await;
    let page = officer.sends_about("cloud-services", &service, &[]).await;
    assert!(page.text_of(".error-summary").contains("一覧外"), "{}", page.text_of("main"));
    let page = officer.looks_at(&format!("/cloud-services/{service}?tab=assessments")).await;
    assert!(page.attributes("form[action='/api/assessments/send']", "action").is_empty());
}

#[tokio::test]
async fn a_subcontract_nobody_approved_beforehand_is_held_against_the_town() {
    let portal = TestPortal::start().await;
    let (officer, office) = (portal.officer().await, portal.security_office().await);
    let vendor = officer.registers_vendor(&[]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[("specific_personal_information", "yes")]).await.id();
    let levels = async |company: &str, starts_on: &str| {
        let fields = [
            ("form[engagement]", engagement.as_str()),
            ("form[company_name]", company),
            ("form[work]", "入力"),
            ("form[confidentiality]", "3b"),
            ("form[personal_information]", "yes"),
            ("form[specific_personal_information]", "yes"),
            ("form[requested_on]", "2026-04-01"),
            ("form[starts_on]", starts_on),
        ];
        officer.registers("subcontracts", &fields).await.id()
    };
    let decides = async |id: &str, version: &str, outcome: &str| {
        let fields =
            [("register", "subcontracts"), ("id", id), ("version", version), ("outcome", outcome), ("note", "可")];
        office.posts("/api/registers/decide", &fields).await
    };
    let subcontract = levels("再委託先㈱", &portal.day(10).await).await;
    let sent = officer.sends(&engagement, &[]).await;
    let assessment = sent.id();
    let contractor = portal.anybody();
    contractor.accepts(&link_of(&sent)).await;
    contractor.answers_everything(&assessment, &[("subcontract.used", "yes")]).await;
    let judged = async || {
        let review = office.looks_at(&format!("/assessments/{assessment}")).await;
        verdict(&review, "personal_data.specific.every_level_approved")
    };
    assert_eq!(judged().await, "未確認", "it is asked for, and begins in ten days");
    decides(&subcontract, "1", "approved").await;
    assert_eq!(judged().await, "適合");
    let refused = levels("断った㈱", "2026-04-01").await;
    assert_eq!(judged().await, "不適合", "it has begun");
    decides(&refused, "1", "refused").await;
    assert_eq!(judged().await, "適合", "what was refused is not done");
    let undated = levels("日のない㈱", "").await;
    assert_eq!(judged().await, "未確認", "beforehand of what?");
    decides(&undated, "1", "refused").await;
    let late = levels("遅れた㈱", "2026-04-01").await;
    decides(&late, "1", "approved").await;
    assert_eq!(judged().await, "不適合", "approved when it had begun");
    decides(&late, "2", "ended").await;
    let archive = [("register", "subcontracts"), ("id", late.as_str()), ("version", "3"), ("archived", "true")];
    officer.posts("/api/registers/archive", &archive).await;
    assert_eq!(judged().await, "不適合", "nor is that undone by its end, or by leaving the list");
}
