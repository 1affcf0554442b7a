//! The people who ask, and the objects they ask about: one of their own department, one of another department, one of another
//! organization. Every text of an object holds a word by which it is recognised wherever it turns up.

use crate::objects::Object;
use kakunin_tests::{Page, Person, TestPortal};
use std::collections::BTreeMap;

/// Stands in everything of 市民課.
pub const OWN: &str = "CANARY-OWN";
/// Stands in everything of 納税課.
pub const FOREIGN: &str = "CANARY-FOREIGN";
/// Stands in everything of 柏市.
pub const TENANT: &str = "CANARY-TENANT";

/// A form that is considered but changes nothing that the others rest on.
pub struct Form {
    pub fields: Vec<(String, String)>,
    pub json: Option<String>,
    pub is_file: bool,
    pub is_about_object: bool,
}

/// Everybody.
pub struct Cast {
    pub people: Vec<(&'static str, Person)>,
    pub own: Object,
    pub foreign: Object,
    pub tenant: Object,
}

/// A submitter who came in, the assessment and the file they attached.
async fn answering(portal: &TestPortal, asks: &Person, engagement: &str, canary: &str) -> (Person, String, String) {
    let sent = asks.sends(engagement, &[("purpose", &format!("{canary} 目的")), ("contact_name", canary)]).await;
    let assessment = sent.id();
    let submitter = portal.anybody();
    submitter.accepts(&kakunin_tests::person::link_of(&sent)).await;
    submitter.answers_everything(&assessment, &[]).await;
    let page = asks.looks_at(&format!("/assessments/{assessment}")).await;
    let file = page.attribute("a[href*='/files/']", "href").rsplit('/').next().unwrap_or_default().to_owned();
    (submitter, assessment, file)
}

/// A record of every register, each with the word by which it is recognised; by the name that stands for it.
async fn records(person: &Person, canary: &str, vendor: &str, engagement: &str) -> Vec<(&'static str, String)> {
    let page = person.looks_at(&format!("/engagements/{engagement}/edit")).await;
    let department = page.attribute("#department option[selected]", "value");
    let service = [
        ("name", canary),
        ("provider", canary),
        ("department", &department),
        ("purpose", canary),
        ("personal_information", "no"),
    ];
    let service = person.registers_cloud_service(&service).await.id();
    let account = [("handle", canary), ("department", &department), ("may_publish", canary)];
    let account = person.registers_social_account(&account).await.id();
    let registers = async |register: &str, fields: &[(&str, &str)]| {
        person.registers(register, &kakunin_tests::person::fields(fields, &[])).await.id()
    };
    let subcontract = [
        ("engagement", engagement),
        ("company_name", canary),
        ("work", canary),
        ("confidentiality", "2"),
        ("personal_information", "no"),
        ("specific_personal_information", "no"),
        ("requested_on", "2026-04-01"),
    ];
    let subcontract = registers("subcontracts", &subcontract).await;
    let certification = registers("certifications", &[("vendor", vendor), ("standard", "iso27001")]).await;
    let contact = registers("contacts", &[("vendor", vendor), ("department", "窓口")]).await;
    let service_use =
        [("cloud_service", service.as_str()), ("user", &department), ("confidentiality", "2"), ("purpose", canary)];
    let service_use = registers("service-uses", &service_use).await;
    let incident = [("social_account", account.as_str()), ("noticed_on", "2026-04-01"), ("happened", canary)];
    let incident = registers("account-incidents", &incident).await;
    let file = reqwest::multipart::Part::bytes(b"%PDF-1.7 filed".to_vec()).file_name("規程.pdf");
    let form = reqwest::multipart::Form::new().text("purpose", "rule_of_use").text("version", "1").part("file", file);
    let page = person.posts_files(&format!("/registers/cloud-services/{service}/files"), form).await;
    let filed = page.attribute("a[href*='/files/']", "href").rsplit('/').next().unwrap_or_default().to_owned();
    vec![
        ("import", listed(person, canary).await),
        ("cloud_service", service),
        ("social_account", account),
        ("subcontract", subcontract),
        ("certification", certification),
        ("contact", contact),
        ("service_use", service_use),
        ("account_incident", incident),
        ("filed", filed),
        ("department", department),
    ]
}

/// A post of the organization, and an appointment to it.
async fn offices(administrator: &Person) -> Vec<(&'static str, String)> {
    let post = [
        ("form[kind]", "other"),
        ("form[title]", "試しの職"),
        ("form[may_be_vacant]", "yes"),
        ("form[may_be_shared]", "no"),
    ];
    let post = administrator.registers("posts", &post).await.id();
    let appointment = administrator.appoints(&post, "試 任", "2026-04-01", "").await.id();
    let list = "職\t所属\t前任\t後任\t発令日\n課長\t市民課\t試 前任\t試 後任\tR99.4.1\n";
    let handover = last_id(&administrator.posts("/api/handovers/paste", &[("form[pasted]", list)]).await);
    vec![("post", post), ("appointment", appointment), ("handover", handover)]
}

fn last_id(page: &Page) -> String {
    page.path.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned()
}

impl Cast {
    pub async fn assembled(portal: &TestPortal) -> Self {
        let (officer, administrator) = (portal.officer().await, portal.administrator().await);
        let kashiwa = portal.signed_in("kashiwa-admin").await;

        let notes = |canary: &str| format!("{canary} メモ");
        let vendor = officer.registers_vendor(&[("notes", &notes(OWN))]).await.id();
        let title = |canary: &str| format!("{canary} 業務");
        let engagement = officer.registers_engagement(&vendor, &[("title", &title(OWN))]).await.id();
        let (submitter, assessment, file) = answering(portal, &officer, &engagement, OWN).await;
        let spare = officer.sends(&engagement, &[]).await.id();
        let invited_link = kakunin_tests::person::link_of(&officer.sends(&engagement, &[]).await);
        let (person_page, _) = administrator.adds_person("spare", "auditor").await;
        let (leaver, _) = administrator.adds_person("spare-leaver", "auditor").await;
        let draft = administrator.posts("/api/policies/import", &[("form[yaml]", &policy("nishitokyo"))]).await;
        let asked = administrator.posts("/api/questionnaires/import", &[("form[yaml]", &questionnaire())]).await;
        let upload = uploaded(&administrator, OWN).await;
        let more = records(&officer, OWN, &vendor, &engagement).await;
        let more: Vec<_> = more.into_iter().chain(offices(&administrator).await).collect();
        let mut own = Object(BTreeMap::from([
            ("vendor", vendor.clone()),
            ("engagement", engagement),
            ("assessment", assessment.clone()),
            ("spare", spare),
            ("file", file),
            ("membership", person_page.id()),
            ("leaver", leaver.id()),
            ("policy_version", last_id(&draft)),
            ("questionnaire_version", last_id(&asked)),
            ("upload", upload),
            ("policy", "nishitokyo".to_owned()),
            ("questionnaire", "outsourcing".to_owned()),
        ]));

        own.0.extend(more);

        // 納税課: the third department of the town.
        let form = administrator.looks_at(&format!("/engagements/new?vendor={vendor}")).await;
        let tax = form.attributes("#department option", "value")[3].clone();
        let changes = [("title", title(FOREIGN)), ("department", tax)];
        let changes: Vec<(&str, &str)> = changes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let engagement = administrator.registers_engagement(&vendor, &changes).await.id();
        let (other_vendor, foreign_assessment, file) = answering(portal, &administrator, &engagement, FOREIGN).await;
        let spare = administrator.sends(&engagement, &[]).await.id();
        let more = records(&administrator, FOREIGN, &vendor, &engagement).await;
        let mut foreign = own.clone();
        foreign.0.extend(more);
        foreign.0.extend([
            ("engagement", engagement),
            ("assessment", foreign_assessment),
            ("spare", spare),
            ("file", file),
        ]);

        let vendor = kashiwa.registers_vendor(&[("notes", &notes(TENANT)), ("contact_name", TENANT)]).await.id();
        let engagement = kashiwa.registers_engagement(&vendor, &[("title", &title(TENANT))]).await.id();
        let (_, tenant_assessment, file) = answering(portal, &kashiwa, &engagement, TENANT).await;
        let spare = kashiwa.sends(&engagement, &[]).await.id();
        let (person_page, _) = kashiwa.adds_person("kashiwa-spare", "auditor").await;
        let (leaver, _) = kashiwa.adds_person("kashiwa-leaver", "auditor").await;
        let draft = kashiwa.posts("/api/policies/import", &[("form[yaml]", &policy("kashiwa"))]).await;
        let own_questionnaire = kashiwa.posts("/api/questionnaires/import", &[("form[yaml]", &questionnaire())]).await;
        let upload = uploaded(&kashiwa, TENANT).await;
        let more = records(&kashiwa, TENANT, &vendor, &engagement).await;
        let more: Vec<_> = more.into_iter().chain(offices(&kashiwa).await).collect();
        let mut tenant = Object(BTreeMap::from([
            ("vendor", vendor),
            ("engagement", engagement),
            ("assessment", tenant_assessment),
            ("spare", spare),
            ("file", file),
            ("membership", person_page.id()),
            ("leaver", leaver.id()),
            ("policy_version", last_id(&draft)),
            ("questionnaire_version", last_id(&own_questionnaire)),
            ("upload", upload),
            ("policy", "kashiwa".to_owned()),
            ("questionnaire", "outsourcing".to_owned()),
        ]));

        tenant.0.extend(more);

        let contributor = portal.anybody();
        contributor.accepts(&submitter.invites_colleague(&assessment, "contributor").await).await;
        let revoked = portal.anybody();
        revoked.accepts(&submitter.invites_colleague(&assessment, "revoked").await).await;
        let colleagues = submitter.looks_at(&format!("/answer/{assessment}/colleagues")).await;
        // The newest stands first.
        let invitation = colleagues.attributes("input[name=invitation]", "value")[0].clone();
        let ended = [("assessment", assessment.as_str()), ("invitation", invitation.as_str())];
        submitter.posts("/api/answering/revoke-contributor", &ended).await;
        let auditor = portal.auditor().await;
        auditor.switches_to("西東京市").await;
        let invited = portal.anybody();
        invited.looks_at(&invited_link).await;
        let deactivated = portal.anybody();
        let (page, password) = administrator.adds_person("leaver", "reviewer").await;
        deactivated.signs_in("leaver", &password).await;
        assert_eq!(deactivated.chooses_password("いろはにほへとちりぬるを").await.path, "/");
        administrator.posts("/api/people/end-membership", &[("membership", &page.id())]).await;

        let people = vec![
            ("anonymous", portal.anybody()),
            ("administrator", administrator),
            ("security_office", portal.security_office().await),
            ("reviewer", portal.reviewer().await),
            ("approver", portal.approver().await),
            ("officer", officer),
            ("auditor", auditor),
            ("operator", portal.operator().await),
            ("submitter", submitter),
            ("contributor", contributor),
            ("other_vendor", other_vendor),
            ("invited", invited),
            ("revoked", revoked),
            ("deactivated", deactivated),
            ("other_organization", kashiwa),
        ];
        Self { people, own, foreign, tenant }
    }

    /// The words that may stand in nothing this person receives.
    pub fn hidden_from(&self, name: &str) -> &'static [&'static str] {
        match name {
            "administrator" | "security_office" | "reviewer" | "approver" | "auditor" => &[TENANT],
            "officer" | "submitter" | "contributor" => &[TENANT, FOREIGN],
            "other_vendor" => &[TENANT, OWN],
            "other_organization" => &[OWN, FOREIGN],
            _ => &[TENANT, FOREIGN, OWN],
        }
    }

    /// The form of a route about an object.
    pub fn form(&self, path: &str, object: &Object) -> Option<Form> {
        let named = |name: &str| object.get(name).to_owned();
        let fields: Vec<(&str, String)> = match path {
            "/api/answering/choose" => vec![("invitation", named("nothing"))],
            "/api/answering/invite-contributor" => vec![("form[assessment]", named("assessment"))],
            "/api/answering/keep-account" => vec![("form[new_password]", "x".to_owned())],
            "/api/answering/revoke-contributor" => {
                vec![("assessment", named("assessment")), ("invitation", named("nothing"))]
            }
            "/api/answering/submit" => vec![("form[assessment]", named("assessment"))],
            "/api/answering/save-answer" => {
                let json = format!(
                    r#"{{"form":{{"assessment":"{}","section":1,"key":"no_such_key","entered":{{}}}}}}"#,
                    named("assessment")
                );
                return Some(Form { fields: Vec::new(), json: Some(json), is_file: false, is_about_object: true });
            }
            "/answer/{id}/sections/{number}" => {
                let fields = vec![("go".to_owned(), "stay".to_owned())];
                return Some(Form { fields, json: None, is_file: true, is_about_object: true });
            }
            "/questionnaires/upload" | "/registers/{register}/upload" | "/handovers/upload" => {
                let fields = vec![("none".to_owned(), String::new())];
                return Some(Form { fields, json: None, is_file: true, is_about_object: false });
            }
            "/api/assessments/begin-review" | "/api/assessments/withdraw" => {
                vec![("assessment", named("assessment")), ("version", "0".to_owned())]
            }
            "/api/assessments/invite-again" => vec![("assessment", named("spare"))],
            "/api/assessments/decide" | "/api/assessments/override-verdict" | "/api/assessments/return" => {
                vec![("form[assessment]", named("assessment")), ("form[version]", "0".to_owned())]
            }
            "/api/assessments/send" => {
                vec![("form[register]", "engagements".to_owned()), ("form[subject]", named("engagement"))]
            }
            "/api/registers/draft" => vec![
                ("register", "cloud-services".to_owned()),
                ("id", named("cloud_service")),
                ("form[notes]", String::new()),
            ],
            "/api/registers/save" => vec![
                ("register", "cloud-services".to_owned()),
                ("id", named("cloud_service")),
                ("form[name]", String::new()),
            ],
            "/api/registers/archive" => vec![
                ("register", "cloud-services".to_owned()),
                ("id", named("cloud_service")),
                ("version", "0".to_owned()),
                ("archived", "true".to_owned()),
            ],
            "/api/registers/decide" => vec![
                ("register", "cloud-services".to_owned()),
                ("id", named("cloud_service")),
                ("version", "0".to_owned()),
                ("outcome", "none".to_owned()),
            ],
            "/api/departments/reorganize" => {
                vec![("department", named("department")), ("day", String::new()), ("successors", String::new())]
            }
            "/api/departments/take-back" => vec![("department", named("department"))],
            "/api/vendors/merge" => vec![("from", named("vendor")), ("into", named("vendor"))],
            "/registers/{register}/{id}/files" => {
                let fields = vec![("purpose".to_owned(), "none".to_owned())];
                return Some(Form { fields, json: None, is_file: true, is_about_object: true });
            }
            "/api/people/accept-membership" | "/api/people/approve-membership" | "/api/people/reset-sign-in" => {
                vec![("membership", named("membership"))]
            }
            "/api/people/end-membership" => vec![("membership", named("leaver"))],
            "/api/people/change-role" => vec![("form[membership]", named("membership"))],
            "/api/policies/publish" => vec![("form[version]", named("policy_version"))],
            "/api/questionnaires/publish" => vec![("form[version]", named("questionnaire_version"))],
            "/api/imports/map" => vec![("form[import]", named("import")), ("form[step]", "row".to_owned())],
            "/api/handovers/paste" => vec![("form[pasted]", String::new())],
            "/api/handovers/choose" => vec![("form[handover]", named("handover"))],
            "/api/handovers/take-back" => vec![("handover", named("handover"))],
            "/api/imports/apply" => vec![("import", named("import"))],
            "/api/questionnaires/map" => vec![("form[upload]", named("upload")), ("form[step]", "look".to_owned())],
            "/api/invitations/redeem" => vec![("token", "used".to_owned())],
            "/api/organizations/create" => vec![("form[code]", String::new())],
            "/api/organizations/scale" => vec![("form[names][confidentiality_3a]", "x".repeat(200))],
            "/api/organizations/edit" => vec![("form[branding]", "x".repeat(200))],
            "/api/people/language" => vec![("language", "ja".to_owned()), ("back", "/health".to_owned())],
            "/api/people/switch-organization" => vec![("organization", named("nothing"))],
            "/api/people/end-session" => vec![("form[id_hash]", "none".to_owned())],
            "/api/people/add" => vec![("form[sign_in_name]", String::new())],
            "/api/people/sign-in" => vec![("form[sign_in_name]", "nobody".to_owned())],
            "/api/people/change-password" | "/api/people/remove-second-factor" => {
                vec![("form[current_password]", String::new())]
            }
            "/api/people/first-password" => vec![("form[new_password]", String::new())],
            "/api/people/forgot-password" => vec![("form[sign_in_name]", "nobody".to_owned())],
            "/api/people/reset-password" => vec![("token", "used".to_owned()), ("form[new_password]", String::new())],
            "/api/people/second-factor" | "/api/people/keep-second-factor" => vec![("form[code]", String::new())],
            "/api/policies/import" | "/api/questionnaires/import" => vec![("form[yaml]", String::new())],
            "/api/policies/try" => vec![("form[a]", "101".to_owned())],
            _ => return None,
        };
        let is_about_object =
            fields.iter().any(|(name, value)| value.len() == 36 && !matches!(*name, "invitation" | "organization"));
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Some(Form { fields, json: None, is_file: false, is_about_object })
    }
}

fn catalogue(file: &str) -> String {
    let folder = kakunin_tests::portal::workspace().join("questionnaires/catalog");
    std::fs::read_to_string(folder.join(file)).unwrap()
}

/// The next version of a municipality's policy.
fn policy(id: &str) -> String {
    let yaml = catalogue(&format!("policies/{id}.yaml"));
    let line = yaml.lines().find(|line| line.starts_with("version:")).expect("a version");
    yaml.replacen(line, "version: 次の版", 1)
}

/// The next version of the questionnaire about outsourced work.
fn questionnaire() -> String {
    let yaml = catalogue("questionnaires/outsourcing.yaml");
    yaml.replacen("version: \"2026.2\"", "version: \"2027.9\"", 1)
}

/// A workbook that is no questionnaire yet.
/// A list that somebody has uploaded for a register.
async fn listed(person: &Person, canary: &str) -> String {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "サービス名").unwrap();
    sheet.write(1, 0, format!("{canary} サービス")).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let part = reqwest::multipart::Part::bytes(bytes).file_name(format!("{canary}.xlsx"));
    let form = reqwest::multipart::Form::new().part("file", part);
    last_id(&person.posts_files("/registers/cloud-services/upload", form).await)
}

async fn uploaded(person: &Person, canary: &str) -> String {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "確認内容").unwrap();
    sheet.write(1, 0, format!("{canary} 対策をしていますか")).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let part = reqwest::multipart::Part::bytes(bytes).file_name("確認票.xlsx");
    let page = person.posts_files("/questionnaires/upload", reqwest::multipart::Form::new().part("file", part)).await;
    last_id(&page)
}
