//! 調査: what staff send, see and decide.

use crate::{
    answering::AnswerLine,
    ids::AssessmentId,
    state::{AssessmentState, Outcome},
    subject::Subject,
};
use jiff::civil::Date;
use kakunin_questionnaires::{
    evaluate::{Evaluation, Rating, Verdict},
    policy::{Clause, Requirement},
    text::Text,
};
use serde::{Deserialize, Serialize};

/// Sends a questionnaire about a subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendAssessment {
    /// The key of the subject's register.
    #[serde(default)]
    pub register: String,
    /// The subject's id.
    #[serde(default)]
    pub subject: String,
    /// Id of the questionnaire; the usual one for this kind of subject where empty.
    #[serde(default)]
    pub questionnaire: String,
    /// 回答期限 as typed.
    #[serde(default)]
    pub due_on: String,
    /// Why it is asked; the contractor reads this.
    #[serde(default)]
    pub purpose: String,
    /// 宛名.
    #[serde(default)]
    pub contact_name: String,
    /// The address the invitation is bound to.
    #[serde(default)]
    pub contact_email: String,
}

/// How far an invitation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// The link was shown to the officer, who hands it over.
    LinkShown,
    /// The contractor has come in by it.
    Redeemed,
    /// It was not used in time.
    Expired,
    /// A newer link took its place.
    Revoked,
}

/// An invitation as staff see it. The link itself is shown once, when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// 宛名.
    pub contact_name: String,
    /// Address.
    pub contact_email: String,
    /// How far it has come.
    pub delivery: Delivery,
    /// ISO date and time in Japan at which it was made.
    pub made_at: String,
    /// Last day it can be redeemed.
    pub expires_on: Date,
    /// ISO date and time in Japan at which it was redeemed.
    pub redeemed_at: Option<String>,
}

/// A row of the list of assessments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentRow {
    /// Id.
    pub id: AssessmentId,
    /// 対象.
    pub subject: Subject,
    /// What it is called: 件名, サービス名, アカウント名.
    pub subject_title: String,
    /// 委託先・提供者; of an account the service it is on, as its code.
    pub vendor_name: String,
    /// 所管課.
    pub department: String,
    /// State.
    pub state: AssessmentState,
    /// 回答期限.
    pub due_on: Date,
    /// Whether the due date is past and the contractor has not submitted.
    pub overdue: bool,
    /// Rating of the last evaluation.
    pub rating: Option<Rating>,
    /// Coverage of the last evaluation, hundredths of a percent.
    pub coverage: Option<u16>,
    /// Conclusion, once decided.
    pub outcome: Option<Outcome>,
}

/// What the page of a subject shows of its assessments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectAssessments {
    /// 対象.
    pub subject: Subject,
    /// Whom to ask, offered when sending: name, e-mail.
    pub contact: (String, String),
    /// Assessments, newest first, at most 50.
    pub assessments: Vec<AssessmentRow>,
    /// Whether the person looking may send a questionnaire.
    pub may_send: bool,
    /// What can be sent: id and title, the usual one first.
    pub questionnaires: Vec<(String, Text)>,
}

/// The review page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewView {
    /// The row's facts.
    pub row: AssessmentRow,
    /// For optimistic locking.
    pub version: i64,
    /// What the register says of the subject, for the head of the page: field and value.
    pub about: Vec<(Text, Text)>,
    /// How the work stands to the ordinance, where it is outsourced work.
    pub ordinance: Option<crate::engagements::OrdinanceStanding>,
    /// Policy title and version.
    pub policy: (Text, String),
    /// Questionnaire title and version.
    pub questionnaire: (Text, String),
    /// The evaluation of the answers as they stand.
    pub evaluation: Evaluation,
    /// Requirements beside their verdicts, the ones to look at first first.
    pub requirements: Vec<ReviewedRequirement>,
    /// Sections with their answers.
    pub sections: Vec<(Text, Vec<AnswerLine>)>,
    /// Invitations, newest first.
    pub invitations: Vec<InvitationRow>,
    /// Clarifications asked for, newest first.
    pub returned: Vec<crate::answering::ReturnedQuestion>,
    /// Who submitted, and when (ISO, Japan).
    pub submitted: Option<(String, String)>,
    /// Who reviews.
    pub reviewer: Option<String>,
    /// The decision.
    pub decision: Option<DecisionView>,
    /// What the person looking may do now.
    pub may: MayDo,
}

/// What the person looking may do now, by role and state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MayDo {
    /// Make a new link.
    pub invite_again: bool,
    /// Begin the review.
    pub begin_review: bool,
    /// Override verdicts, return.
    pub review: bool,
    /// Decide.
    pub decide: bool,
    /// Withdraw.
    pub withdraw: bool,
    /// Download the evidence workbook.
    pub export: bool,
}

/// A requirement beside its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewedRequirement {
    /// The requirement; its conditions are left out of what the page shows.
    pub requirement: Requirement,
    /// Its clause.
    pub clause: Clause,
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict before a reviewer changed it.
    pub overridden: Option<OverrideView>,
    /// The comparisons that decided, in words.
    pub reasons: Vec<ReasonLine>,
    /// The keys that would settle it, in words.
    pub open: Vec<Text>,
}

/// One verdict explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExplanationView {
    /// The assessment.
    pub assessment: AssessmentId,
    /// 対象.
    pub subject: Subject,
    /// What its subject is called.
    pub subject_title: String,
    /// Policy title and version.
    pub policy: (Text, String),
    /// The requirement beside its verdict.
    pub reviewed: ReviewedRequirement,
    /// Its conditions in words, for those who may see them.
    pub criterion: Option<crate::policies::CriterionView>,
}

/// A reviewer's change of a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideView {
    /// The verdict it was changed to.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// ISO date and time in Japan.
    pub at: String,
}

/// One reason in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonLine {
    /// Key, such as `answer:subcontract.prior_approval`.
    pub key: String,
    /// Where it comes from: 「回答 4-2」 or the name of the fact.
    pub place: Text,
    /// What was found.
    pub observed: Text,
    /// What is expected.
    pub expected: Text,
    /// Whether it holds: `true`, `false` or `unknown`.
    pub truth: String,
}

/// A decision, with the officer frozen on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    /// Conclusion.
    pub outcome: Outcome,
    /// 理由・条件.
    pub comment: String,
    /// 職名 at the time.
    pub post: String,
    /// Who held the post at the time.
    pub officer: String,
    /// Who entered the decision.
    pub entered_by: String,
    /// Day of the decision.
    pub on: Date,
}

/// Changes one verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideVerdict {
    /// The assessment's id.
    #[serde(default)]
    pub assessment: String,
    /// The version of the page it was decided on.
    #[serde(default)]
    pub version: i64,
    /// The requirement's id.
    #[serde(default)]
    pub requirement: String,
    /// The new verdict's code.
    #[serde(default)]
    pub verdict: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// Returns a questionnaire with a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnAssessment {
    /// The assessment's id.
    #[serde(default)]
    pub assessment: String,
    /// The version of the page.
    #[serde(default)]
    pub version: i64,
    /// The question it is about; empty for the whole.
    #[serde(default)]
    pub question_key: String,
    /// What is asked.
    #[serde(default)]
    pub message: String,
    /// New due date as typed.
    #[serde(default)]
    pub due_on: String,
}

/// Decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decide {
    /// The assessment's id.
    #[serde(default)]
    pub assessment: String,
    /// The version of the page.
    #[serde(default)]
    pub version: i64,
    /// [`Outcome`] code.
    #[serde(default)]
    pub outcome: String,
    /// Reason, or conditions.
    #[serde(default)]
    pub comment: String,
}
