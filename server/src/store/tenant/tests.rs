//! The tenant handle on a real database with two towns: everything one's own is found, nothing of another's.

use crate::{
    Portal,
    actor::Actor,
    clock::Clock,
    config::Config,
    demo,
    grid::{Row, Sheet},
    permission::{
        AnswerAssessment, BeginReview, DecideAssessment, ExportEvidence, ImportQuestionnaire, ManagePeople,
        PublishPolicy, PublishQuestionnaire, RegisterVendor, SendAssessment, ViewAssessment, ViewEngagements,
        ViewPeople, ViewPolicies, ViewRegisters,
    },
    questionnaires::Uploaded,
    registers::kinds::{EngagementRecord, VendorRecord},
    rng::Rng,
};
use clap::Parser;
use kakunin_api::{
    PortalError,
    assessments::SendAssessment as SendForm,
    ids::{
        AssessmentId, EvidenceId, MembershipId, PolicyVersionId, QuestionnaireVersionId, RecordId, VendorId,
        WorkbookUploadId,
    },
    listing::Query,
    people::SignIn,
    policies::ImportPolicy,
    questionnaires::ImportQuestionnaire as ImportForm,
    registers::ListQuery,
};
use std::sync::Arc;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
}

/// Five towns on a database of their own; the folder goes with the test.
struct Towns {
    portal: Arc<Portal>,
    folder: std::path::PathBuf,
}

impl Drop for Towns {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Towns {
    async fn set_up() -> Self {
        let folder = std::env::temp_dir().join(format!("kakunin-tenant-{}", Rng::system().token()));
        let data = folder.display().to_string();
        let arguments = Arguments::parse_from(["test", "--data", &data]);
        let portal = Arc::new(Portal::open(arguments.config, Clock::System, Rng::system()).await.unwrap());
        demo::set_up(&portal, 0, true, false).await.unwrap();
        Self { portal, folder }
    }

    /// Somebody at work for the first organization they belong to.
    async fn signed_in(&self, name: &str) -> Actor {
        let form = SignIn { sign_in_name: name.to_owned(), password: demo::PASSWORD.to_owned() };
        let people = self.portal.people();
        let user = people.sign_in(&form, "test").await.unwrap().user;
        let (organization, _) = people.organizations_of(user).await.unwrap().swap_remove(0);
        people.actor(Some((user, organization)), None).await.unwrap()
    }

    async fn vendor(&self, actor: &Actor) -> VendorId {
        self.portal.records::<VendorRecord>().list(actor, &ListQuery::default(), None).await.unwrap().rows[0].id.into()
    }

    async fn engagement(&self, actor: &Actor) -> RecordId {
        let page = self.portal.records::<EngagementRecord>().list(actor, &ListQuery::default(), None).await.unwrap();
        RecordId(page.rows[0].id)
    }

    /// An assessment, and the contractor who came in to answer it.
    async fn assessment(&self, actor: &Actor) -> (AssessmentId, Actor) {
        let form = SendForm {
            register: "engagements".to_owned(),
            subject: self.engagement(actor).await.to_string(),
            due_on: "2099-12-18".to_owned(),
            purpose: "確認".to_owned(),
            contact_name: "山本".to_owned(),
            contact_email: "yamamoto@example.jp".to_owned(),
            ..SendForm::default()
        };
        let fresh = self.portal.assessments().send(actor, &form).await.unwrap();
        let (invitation, assessment, _) = self.portal.answering().redeem(&fresh.token, None).await.unwrap();
        (assessment, self.portal.people().actor(None, Some(invitation)).await.unwrap())
    }
}

fn catalogue(file: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../questionnaires/catalog");
    std::fs::read_to_string(folder.join(file)).unwrap()
}

#[tokio::test]
async fn vendors_and_engagements_are_found_at_home_and_nowhere_else() {
    let towns = Towns::set_up().await;
    let (officer, other) = (towns.signed_in("tanaka").await, towns.signed_in("kashiwa-officer").await);
    let store = &towns.portal.store;
    let (vendor, engagement) = (towns.vendor(&officer).await, towns.engagement(&officer).await);
    let (row, permit) = store.tenant(&officer).vendor(vendor).to(ViewRegisters, &officer).await.unwrap();
    assert_eq!((row.id, permit.object()), (vendor.0, vendor.0));
    let (found, permit) =
        store.tenant(&officer).record::<EngagementRecord>(engagement).to(SendAssessment, &officer).await.unwrap();
    assert_eq!((found.row.id, permit.object()), (engagement.0, engagement.0));

    let absent = Some(PortalError::NotFound);
    let elsewhere = store.tenant(&other);
    assert_eq!(elsewhere.vendor(vendor).to(ViewRegisters, &other).await.err(), absent);
    assert_eq!(elsewhere.record::<EngagementRecord>(engagement).to(ViewEngagements, &other).await.err(), absent);
    let auditor = towns.signed_in("yuzawa-auditor").await;
    assert_eq!(store.tenant(&auditor).vendor(vendor).to(ViewRegisters, &auditor).await.err(), absent);
    // Seen, but not to be done.
    let reviewer = towns.signed_in("sato").await;
    let refused = store.tenant(&reviewer).vendor(vendor).to(RegisterVendor, &reviewer).await;
    assert_eq!(refused.err(), Some(PortalError::Forbidden));
    // Neither known by one id nor by another's.
    assert_eq!(store.tenant(&officer).vendor(VendorId(engagement.0)).to(ViewRegisters, &officer).await.err(), absent);
}

#[tokio::test]
async fn an_assessment_is_its_contractors_and_its_departments() {
    let towns = Towns::set_up().await;
    let officer = towns.signed_in("tanaka").await;
    let (assessment, contractor) = towns.assessment(&officer).await;
    let (other_assessment, other_contractor) = towns.assessment(&officer).await;
    let store = &towns.portal.store;
    let absent = Some(PortalError::NotFound);
    let own = store.tenant(&contractor).assessment(assessment).to(AnswerAssessment, &contractor).await.unwrap();
    assert_eq!((own.0.id, own.1.object()), (assessment.0, assessment.0));
    let other = store.tenant(&contractor).assessment(other_assessment).to(AnswerAssessment, &contractor).await;
    assert_eq!(other.err(), absent);
    let refused = store.tenant(&contractor).assessment(assessment).to(BeginReview, &contractor).await;
    assert_eq!(refused.err(), Some(PortalError::Forbidden));
    assert!(store.tenant(&officer).assessment(assessment).to(ViewAssessment, &officer).await.is_ok());
    // Another department's officer: loaded the same, belonging looked up.
    let Actor::Staff(mut elsewhere) = officer.clone() else { return };
    elsewhere.departments.clear();
    let elsewhere = Actor::Staff(elsewhere);
    assert_eq!(store.tenant(&elsewhere).assessment(assessment).to(ViewAssessment, &elsewhere).await.err(), absent);
    let town = towns.signed_in("kashiwa-reviewer").await;
    assert_eq!(store.tenant(&town).assessment(assessment).to(ViewAssessment, &town).await.err(), absent);

    // Whoever sees everything but decides by a post: the department is looked up for what is to be done.
    let approver = towns.signed_in("watanabe").await;
    assert!(store.tenant(&approver).assessment(assessment).to(DecideAssessment, &approver).await.is_ok());

    // A file hangs on its assessment.
    let pdf = b"%PDF-1.7 test";
    let key = "company.policy";
    towns.portal.answering().attach(&contractor, assessment, key, "規程.pdf", pdf).await.unwrap();
    let file = EvidenceId(store.evidence_files(assessment).await.unwrap()[0].id);
    let found = store.tenant(&contractor).evidence_file(file).to(AnswerAssessment, &contractor).await.unwrap();
    assert_eq!(found.1.object(), file.0);
    assert!(store.tenant(&officer).evidence_file(file).to(ExportEvidence, &officer).await.is_ok());
    let stranger = store.tenant(&other_contractor).evidence_file(file).to(AnswerAssessment, &other_contractor).await;
    assert_eq!(stranger.err(), absent);
    assert_eq!(store.tenant(&elsewhere).evidence_file(file).to(ExportEvidence, &elsewhere).await.err(), absent);
}

#[tokio::test]
async fn versions_uploads_and_people_stay_in_their_town() {
    let towns = Towns::set_up().await;
    let (administrator, other) = (towns.signed_in("admin").await, towns.signed_in("kashiwa-admin").await);
    let (portal, store, absent) = (&towns.portal, &towns.portal.store, Some(PortalError::NotFound));
    let yaml = catalogue("policies/nishitokyo.yaml");
    let line = yaml.lines().find(|line| line.starts_with("version:")).unwrap().to_owned();
    let form = ImportPolicy { yaml: yaml.replacen(&line, "version: 次の版", 1) };
    let policy: PolicyVersionId = portal.policies().import(&administrator, &form).await.unwrap();
    let yaml = catalogue("questionnaires/outsourcing.yaml").replacen("version: \"2026.2\"", "version: \"2027.9\"", 1);
    let questionnaire: QuestionnaireVersionId =
        portal.questionnaires().import(&administrator, &ImportForm { yaml }).await.unwrap();
    let cells = |number, text: &str| Row { number, cells: vec![(0, text.to_owned())] };
    let sheet =
        Sheet { name: "票".to_owned(), rows: vec![cells(1, "確認内容"), cells(2, "対策をしていますか")] };
    let uploaded = portal.questionnaires().upload(&administrator, "票.xlsx", &[sheet]).await.unwrap();
    let Uploaded::Upload(upload): Uploaded = uploaded else { panic!("no template") };
    let upload: WorkbookUploadId = upload;
    let people = portal.people().list(&administrator, &Query::default()).await.unwrap();
    let person: MembershipId = people.rows[0].id;

    let home = store.tenant(&administrator);
    let (row, permit) = home.policy_version(policy).to(PublishPolicy, &administrator).await.unwrap();
    assert_eq!((row.id, permit.object()), (policy.0, policy.0));
    let (row, _) = home.questionnaire_version(questionnaire).to(PublishQuestionnaire, &administrator).await.unwrap();
    assert_eq!(row.id, questionnaire.0);
    let (row, _) = home.workbook_upload(upload).to(ImportQuestionnaire, &administrator).await.unwrap();
    assert_eq!(row.id, upload.0);
    let (row, _) = home.membership(person).to(ManagePeople, &administrator).await.unwrap();
    assert_eq!(row.id, person.0);

    let there = store.tenant(&other);
    assert_eq!(there.policy_version(policy).to(ViewPolicies, &other).await.err(), absent);
    assert_eq!(there.questionnaire_version(questionnaire).to(ViewPolicies, &other).await.err(), absent);
    assert_eq!(there.workbook_upload(upload).to(ImportQuestionnaire, &other).await.err(), absent);
    assert_eq!(there.membership(person).to(ViewPeople, &other).await.err(), absent);
}
