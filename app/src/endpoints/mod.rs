//! The server functions: thin, named, each at an explicit endpoint. Each takes the request's context and calls one service.
//!
//! Both sides compile them; the browser's half is only the call.

pub mod handovers;
pub mod imports;
pub mod people;
pub mod registers;

use kakunin_api::{
    PortalError,
    answering::{SaveAnswer, SavedAnswer, Submit},
    assessments::{Decide, OverrideVerdict, ReturnAssessment, SendAssessment},
    ids::AssessmentId,
    policies::{ImportPolicy, PublishPolicy, TryNumbers},
    questionnaires::{ImportQuestionnaire, MapColumns, PublishQuestionnaire},
};
use leptos::server;

#[cfg(feature = "ssr")]
use crate::{
    request::{self, Shown, Visit},
    routes,
};
#[cfg(feature = "ssr")]
use kakunin_api::subject::{Subject, SubjectKind};

/// Brings a draft of the organization's own policy in.
#[server(name = ImportPolicyEndpoint, endpoint = "policies/import")]
pub async fn import_policy(form: ImportPolicy) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.policies().import(&visit.actor().await?, &form).await };
    let outcome = outcome.await.map(routes::policy_version);
    visit.settle("policies/import", &form, routes::POLICY_VERSIONS, outcome).await
}

/// Brings a draft of a questionnaire in.
#[server(name = ImportQuestionnaireEndpoint, endpoint = "questionnaires/import")]
pub async fn import_questionnaire(form: ImportQuestionnaire) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.questionnaires().import(&visit.actor().await?, &form).await };
    let outcome = outcome.await.map(routes::questionnaire_version);
    visit.settle("questionnaires/import", &form, routes::IMPORT_QUESTIONNAIRE, outcome).await
}

/// Says what the columns of an uploaded workbook hold, or looks at another sheet of it.
#[server(name = MapColumnsEndpoint, endpoint = "questionnaires/map")]
pub async fn map_columns(form: MapColumns) -> Result<(), PortalError> {
    let (visit, mut form) = (Visit::of_request()?, form);
    let back = request::own_path(&format!("/questionnaires/uploads/{}", form.upload));
    let outcome = if form.step == "look" && visit.portal.questionnaires().may_import(&visit.actor().await?).is_ok() {
        // What was made out of the headings looked at before says nothing about others.
        form.columns.clear();
        if form.sheet != form.shown {
            form.heading_row.clear();
        }
        Err(PortalError::Invalid(Vec::new()))
    } else {
        async { visit.portal.questionnaires().map(&visit.actor().await?, &form).await }.await
    };
    visit.settle("questionnaires/map", &form, &back, outcome.map(routes::questionnaire_version)).await
}

/// Publishes a draft of a questionnaire.
#[server(name = PublishQuestionnaireEndpoint, endpoint = "questionnaires/publish")]
pub async fn publish_questionnaire(form: PublishQuestionnaire) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.questionnaires().publish(&visit.actor().await?, &form).await };
    let back = request::own_path(&format!("/questionnaires/versions/{}", form.version));
    let outcome = outcome.await.map(routes::questionnaire_version);
    visit.settle("questionnaires/publish", &form, &back, outcome).await
}

/// Tries other weights and thresholds, or makes a draft of them.
#[server(name = TryNumbersEndpoint, endpoint = "policies/try")]
pub async fn try_numbers(form: TryNumbers) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async {
        let actor = visit.actor().await?;
        if form.step == "draft" {
            return visit.portal.policies().draft_of_numbers(&actor, &form).await.map(routes::policy_version);
        }
        visit.portal.policies().check_numbers(&actor, &form).await?;
        // Nothing is wrong: the page shows the form again, with what it would change.
        Err(PortalError::Invalid(Vec::new()))
    };
    visit.settle("policies/try", &form, routes::TRY_NUMBERS, outcome.await).await
}

/// Publishes a draft from a day on.
#[server(name = PublishPolicyEndpoint, endpoint = "policies/publish")]
pub async fn publish_policy(form: PublishPolicy) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.policies().publish(&visit.actor().await?, &form).await };
    let back = request::own_path(&format!("{}/{}", routes::POLICY_VERSIONS, form.version));
    visit.settle("policies/publish", &form, &back, outcome.await.map(routes::policy_version)).await
}

/// Sends a questionnaire; the link waits on the next page, once.
#[server(name = SendAssessmentEndpoint, endpoint = "assessments/send")]
pub async fn send_assessment(form: SendAssessment) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let sent = async { visit.portal.assessments().send(&visit.actor().await?, &form).await };
    let outcome = match sent.await {
        Ok(invitation) => {
            let page = routes::fresh_invitation(invitation.assessment);
            visit.show_once(&Shown::Invitation(invitation)).await.map(|()| page)
        }
        Err(error) => Err(error),
    };
    let back = match (SubjectKind::of_register(&form.register), form.subject.parse()) {
        (Some(kind), Ok(id)) => routes::assessments_of(Subject { kind, id }),
        _ => routes::HOME.to_owned(),
    };
    visit.settle("assessments/send", &form, &back, outcome).await
}

/// Makes a new link in place of the earlier ones.
#[server(name = InviteAgainEndpoint, endpoint = "assessments/invite-again")]
pub async fn invite_again(assessment: AssessmentId) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let made = async { visit.portal.assessments().invite_again(&visit.actor().await?, assessment).await };
    let outcome = match made.await {
        Ok(invitation) => {
            let page = routes::fresh_invitation(invitation.assessment);
            visit.show_once(&Shown::Invitation(invitation)).await.map(|()| page)
        }
        Err(error) => Err(error),
    };
    visit.settle("assessments/invite-again", &assessment, &routes::assessment(assessment), outcome).await
}

/// Takes an assessment back.
#[server(name = WithdrawAssessmentEndpoint, endpoint = "assessments/withdraw")]
pub async fn withdraw_assessment(assessment: AssessmentId, version: i64) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.assessments().withdraw(&visit.actor().await?, assessment, version).await };
    let page = routes::assessment(assessment);
    visit.settle("assessments/withdraw", &assessment, &page, outcome.await.map(|()| page.clone())).await
}

/// Begins the review.
#[server(name = BeginReviewEndpoint, endpoint = "assessments/begin-review")]
pub async fn begin_review(assessment: AssessmentId, version: i64) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.assessments().begin_review(&visit.actor().await?, assessment, version).await };
    let page = routes::assessment(assessment);
    visit.settle("assessments/begin-review", &assessment, &page, outcome.await.map(|()| page.clone())).await
}

/// Changes one verdict with a reason.
#[server(name = OverrideVerdictEndpoint, endpoint = "assessments/override-verdict")]
pub async fn override_verdict(form: OverrideVerdict) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.assessments().override_verdict(&visit.actor().await?, &form).await };
    let page = request::own_path(&format!("{}/{}", routes::ASSESSMENTS, form.assessment));
    let there = format!("{page}#r-{}", form.requirement);
    visit.settle("assessments/override-verdict", &form, &page, outcome.await.map(|()| there)).await
}

/// Returns the questionnaire with a question.
#[server(name = ReturnAssessmentEndpoint, endpoint = "assessments/return")]
pub async fn return_assessment(form: ReturnAssessment) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.assessments().return_to_contractor(&visit.actor().await?, &form).await };
    let page = request::own_path(&format!("{}/{}", routes::ASSESSMENTS, form.assessment));
    visit.settle("assessments/return", &form, &page, outcome.await.map(|()| page.clone())).await
}

/// Decides.
#[server(name = DecideEndpoint, endpoint = "assessments/decide")]
pub async fn decide(form: Decide) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.assessments().decide(&visit.actor().await?, &form).await };
    let page = request::own_path(&format!("{}/{}", routes::ASSESSMENTS, form.assessment));
    visit.settle("assessments/decide", &form, &page, outcome.await.map(|()| page.clone())).await
}

/// Uses an invitation up; from here on the link is worth nothing and stands in no address.
#[server(name = RedeemInvitationEndpoint, endpoint = "invitations/redeem")]
pub async fn redeem_invitation(token: String) -> Result<(), PortalError> {
    use kakunin_server::http::session::{self, Visitor};
    let visit = Visit::of_request()?;
    let outcome = async {
        let account = session::account(&visit.portal, &visit.session).await.ok();
        let (invitation, assessment, account) = visit.portal.answering().redeem(&token, account).await?;
        let visitor = Visitor::Contractor(invitation, account);
        session::begin(&visit.portal, &visit.session, visitor, &visit.origin).await?;
        Ok(routes::answer(assessment))
    };
    match outcome.await {
        Ok(path) => leptos_axum::redirect(&path),
        Err(PortalError::NotFound) => leptos_axum::redirect(&routes::invitation("used")),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Saves one answer: what the page's island sends after each field.
#[server(name = SaveAnswerEndpoint, endpoint = "answering/save-answer", input = leptos::server_fn::codec::Json)]
pub async fn save_answer(form: SaveAnswer) -> Result<SavedAnswer, PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async {
        let actor = visit.actor().await?;
        visit.portal.answering().save_answer(&actor, form.assessment, form.section, &form.key, &form.entered).await
    };
    visit.answered("answering/save-answer", outcome.await).await
}

/// Submits.
#[server(name = SubmitEndpoint, endpoint = "answering/submit")]
pub async fn submit(form: Submit) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.answering().submit(&visit.actor().await?, &form).await };
    let (page, receipt) = (routes::submission(form.assessment), routes::receipt(form.assessment));
    visit.settle("answering/submit", &form, &page, outcome.await.map(|()| receipt)).await
}
