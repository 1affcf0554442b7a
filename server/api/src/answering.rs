//! What a contractor sees and sends. No type in this module has a place for a criterion, a weight or a verdict.

use crate::{
    ids::{AssessmentId, EvidenceId},
    state::AssessmentState,
};
use jiff::civil::Date;
use kakunin_questionnaires::{check::AnswerProblem, text::Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who asks, why and until when: all an invitation shows before it is redeemed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// 自治体名.
    pub organization: String,
    /// 所管課.
    pub department: String,
    /// 業務の件名.
    pub engagement: String,
    /// 会社名.
    pub company: String,
    /// 調査票の名称.
    pub questionnaire: Text,
    /// Why it is asked, in the officer's words.
    pub purpose: String,
    /// 回答期限.
    pub due_on: Date,
    /// How many minutes it takes.
    pub minutes: u16,
    /// How many questions there are.
    pub questions: u16,
}

/// A section in the list at the side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionProgress {
    /// Counted from 1.
    pub number: u16,
    /// 区分名.
    pub title: Text,
    /// Questions answered.
    pub answered: u16,
    /// Questions asked, as the answers stand.
    pub asked: u16,
}

/// The frame of every answering page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answering {
    /// Id.
    pub assessment: AssessmentId,
    /// Who asks, why and until when.
    pub invitation: InvitationView,
    /// State.
    pub state: AssessmentState,
    /// Days until the due date; negative once it is past.
    pub days_left: i32,
    /// Sections in order.
    pub sections: Vec<SectionProgress>,
    /// Questions the reviewer asked when returning the questionnaire; newest first.
    pub returned: Vec<ReturnedQuestion>,
}

/// A clarification asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedQuestion {
    /// The question it is about, if one.
    pub question_key: Option<String>,
    /// Its number, such as `4-2`.
    pub question_number: Option<String>,
    /// The section it stands in, counted from 1.
    pub section: Option<u16>,
    /// The reviewer's words.
    pub message: String,
    /// Day it was returned.
    pub on: Date,
}

/// One section with its questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionView {
    /// The frame.
    pub frame: Answering,
    /// This section, counted from 1.
    pub number: u16,
    /// 区分名.
    pub title: Text,
    /// Introduction.
    pub introduction: Text,
    /// Minutes for this section.
    pub minutes: u16,
    /// Questions in order, those not asked included (and not shown).
    pub questions: Vec<QuestionView>,
}

/// One question as a contractor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// Stable key.
    pub key: String,
    /// Number, such as `4-2`.
    pub number: String,
    /// The question.
    pub text: Text,
    /// How to answer it.
    pub guidance: Option<Text>,
    /// What kind of answer it takes.
    pub control: Control,
    /// Whether it must be answered.
    pub required: bool,
    /// Whether it is asked, as the answers stand.
    pub asked: bool,
    /// Whether a file is wanted, and whether it is required.
    pub file: FileWish,
    /// May be answered 該当なし.
    pub may_be_not_applicable: bool,
    /// May be answered 回答を控える.
    pub may_be_undisclosed: bool,
    /// What was answered so far.
    pub entered: EnteredAnswer,
    /// The attached file.
    pub evidence: Option<EvidenceView>,
    /// What is wrong with the answer given; empty where unanswered.
    pub problems: Vec<AnswerProblem>,
}

/// Kinds of form control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Control {
    /// One of these (value, label).
    Choice(Vec<(String, Text)>),
    /// Any of these (value, label).
    Choices(Vec<(String, Text)>),
    /// Free text of at most so many characters.
    Text {
        /// Characters.
        max_characters: u32,
    },
    /// A whole number.
    Number {
        /// Its unit.
        unit: Option<Text>,
    },
    /// A date.
    Date,
}

/// Whether a file belongs to the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileWish {
    /// None is asked for.
    None,
    /// Welcome.
    Wanted,
    /// The questionnaire cannot be submitted without it.
    Required,
}

/// An attached file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceView {
    /// Id.
    pub id: EvidenceId,
    /// File name.
    pub file_name: String,
    /// Size in bytes.
    pub size_bytes: i64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Day it was attached.
    pub attached_on: Date,
}

/// An answer as typed into the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnteredAnswer {
    /// `given` (or empty), `not_applicable` or `undisclosed`.
    #[serde(default)]
    pub state: String,
    /// The value of a choice, text, number or date.
    #[serde(default)]
    pub value: String,
    /// The values of a multiple choice.
    #[serde(default)]
    pub values: Vec<String>,
    /// Why it does not apply or is not disclosed.
    #[serde(default)]
    pub reason: String,
}

impl EnteredAnswer {
    /// Whether nothing was entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !matches!(self.state.as_str(), "not_applicable" | "undisclosed")
            && self.value.trim().is_empty()
            && self.values.is_empty()
    }
}

/// Saves one answer: what the page's island sends after each field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveAnswer {
    /// Which assessment.
    pub assessment: AssessmentId,
    /// Which section, counted from 1.
    pub section: u16,
    /// Which question.
    pub key: String,
    /// The answer.
    #[serde(default)]
    pub entered: EnteredAnswer,
}

/// What the page needs to know after an answer was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedAnswer {
    /// When it was saved, as `HH:MM` in Japan.
    pub at: String,
    /// Keys of this section's questions that are asked now.
    pub asked: Vec<String>,
    /// Answered and asked questions of this section.
    pub section: (u16, u16),
    /// Answered and asked questions of all sections.
    pub all: (u16, u16),
    /// Problems of this answer.
    pub problems: Vec<AnswerProblem>,
}

/// What was saved with a whole section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSection {
    /// Questions of this section that are asked now and were not before: the page must come back once more.
    pub newly_asked: Vec<String>,
    /// Problems by question key.
    pub problems: BTreeMap<String, Vec<AnswerProblem>>,
}

/// The page before submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionCheck {
    /// The frame.
    pub frame: Answering,
    /// What is missing, in order.
    pub missing: Vec<MissingAnswer>,
    /// Every answer, in order: number, question, what was answered.
    pub answers: Vec<AnswerLine>,
}

/// A question that keeps the questionnaire from being submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingAnswer {
    /// Section, counted from 1.
    pub section: u16,
    /// Key.
    pub key: String,
    /// Number, such as `4-2`.
    pub number: String,
    /// The question.
    pub text: Text,
    /// What is wrong.
    pub problems: Vec<AnswerProblem>,
}

/// An answer in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerLine {
    /// Section, counted from 1.
    pub section: u16,
    /// Key.
    pub key: String,
    /// Number, such as `4-2`.
    pub number: String,
    /// The question.
    pub text: Text,
    /// What was answered, in words.
    pub answer: AnswerWords,
    /// The attached file.
    pub evidence: Option<EvidenceView>,
    /// Whether the question is asked at all.
    pub asked: bool,
}

/// An answer in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerWords {
    /// 未回答.
    Unanswered,
    /// Labels of choices.
    Labels(Vec<Text>),
    /// Text, number or date as written.
    Plain(String),
    /// 該当なし with its reason, and whether a reviewer accepted it.
    NotApplicable(String),
    /// 非開示 with its reason.
    Undisclosed(String),
}

/// Submits a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submit {
    /// Which assessment.
    pub assessment: AssessmentId,
    /// Name of the person who submits.
    #[serde(default)]
    pub submitted_by: String,
}

/// 受付票: what the contractor keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The frame.
    pub frame: Answering,
    /// 受付番号.
    pub number: String,
    /// ISO date and time in Japan, to the minute.
    pub submitted_at: String,
    /// Day of submission.
    pub submitted_on: Date,
    /// Name of the person who submitted.
    pub submitted_by: String,
    /// Answered questions.
    pub answered: u16,
    /// Attached files.
    pub files: u16,
    /// SHA-256 over the answers as submitted.
    pub answers_sha256: String,
}
