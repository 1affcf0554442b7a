//! What a contractor sees and sends. No type in this module has a place for a criterion, a weight or a verdict.

use crate::{
    ids::{AssessmentId, EvidenceId},
    state::AssessmentState,
    subject::SubjectKind,
};
use jiff::civil::Date;
use kakunin_questionnaires::{
    answer::{Answer, Answers, Value},
    check::{self, AnswerProblem},
    condition::{Condition, Key, day},
    display,
    questionnaire::{Question, QuestionKind, Questionnaire, Section},
    text::Text,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Who asks, why and until when: all an invitation shows before it is redeemed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// 自治体名.
    pub organization: String,
    /// 所管課.
    pub department: String,
    /// What kind of thing is asked about.
    pub subject: SubjectKind,
    /// What it is called: 件名, サービス名, アカウント名.
    pub subject_title: String,
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
    /// What the browser needs to show and hide questions at once; none where no question of the section hangs on an answer.
    pub live: Option<LiveConditions>,
}

/// The questions of a section and those their display hangs on, without their texts, so that the browser can tell what is asked by the same rules as
/// the server does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveConditions {
    /// Those questions, as [`display::words`].
    pub words: Vec<String>,
    /// Answers to those of other sections.
    pub elsewhere: BTreeMap<String, EnteredAnswer>,
    /// Those that have a file.
    pub evidence: Vec<String>,
}

impl LiveConditions {
    /// The conditions of a section; none where it has none.
    #[must_use]
    pub fn of(
        questionnaire: &Questionnaire,
        section: &Section,
        entered: &BTreeMap<String, EnteredAnswer>,
        evidence: impl Fn(&str) -> bool,
    ) -> Option<Self> {
        if section.questions.iter().all(|question| question.shown_when.is_none()) {
            return None;
        }
        let mut needed: BTreeSet<&str> = section.questions.iter().map(|question| question.key.as_str()).collect();
        // Conditions read earlier questions only, so one walk backwards finds everything.
        let all: Vec<_> = questionnaire.questions().collect();
        for question in all.iter().rev() {
            if !needed.contains(question.key.as_str()) {
                continue;
            }
            let comparisons = question.shown_when.iter().flat_map(Condition::comparisons);
            needed.extend(comparisons.filter_map(|one| match &one.key {
                Key::Answer(key) => Some(key.as_str()),
                Key::Fact(_) => None,
            }));
        }
        let of_section = |key: &str| section.questions.iter().any(|question| question.key == key);
        let elsewhere = needed.iter().filter(|key| !of_section(key));
        let elsewhere = elsewhere.filter_map(|key| Some(((*key).to_owned(), entered.get(*key)?.clone()))).collect();
        let evidence = needed.iter().filter(|key| evidence(key)).map(|key| (*key).to_owned()).collect();
        let words = display::words(all.into_iter().filter(|question| needed.contains(question.key.as_str())))?;
        Some(Self { words, elsewhere, evidence })
    }

    /// The keys of the questions that are asked, given the answers as they stand on the page. None where the words cannot be read.
    #[must_use]
    pub fn asked(&self, here: &BTreeMap<String, EnteredAnswer>) -> Option<Vec<String>> {
        let questions = display::questions(&self.words)?;
        let mut answers = Answers::default();
        for question in &questions {
            let entered = here.get(&question.key).or_else(|| self.elsewhere.get(&question.key));
            // Full-width digits and other spellings of a day are read by the server, whose answer comes a moment later: the tables they need
            // would double the bundle.
            let plain = |entered: &EnteredAnswer| entered.answer(question, |text| text.parse().ok(), day);
            if let Some(answer) = entered.and_then(plain) {
                answers.answers.insert(question.key.clone(), answer);
            }
        }
        answers.evidence = self.evidence.iter().map(|key| (key.clone(), vec![String::new()])).collect();
        Some(check::asked_among(&questions, &answers).into_iter().map(str::to_owned).collect())
    }
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
    /// What was typed, as the evaluator takes it; none where nothing was typed or it cannot be read. `number` and `date` read the
    /// spellings of a number and of a day.
    #[must_use]
    pub fn answer(
        &self,
        question: &Question,
        number: impl Fn(&str) -> Option<i64>,
        date: impl Fn(&str) -> Option<Date>,
    ) -> Option<Answer> {
        let reason = self.reason.trim().to_owned();
        match self.state.as_str() {
            "not_applicable" => return Some(Answer::NotApplicable { reason, accepted: false }),
            "undisclosed" => return Some(Answer::Undisclosed { reason }),
            _ => {}
        }
        if self.is_empty() {
            return None;
        }
        let value = self.value.trim();
        let value = match &question.kind {
            QuestionKind::Choice { .. } => Value::Choice(value.to_owned()),
            QuestionKind::Choices { .. } => Value::Choices(self.values.iter().cloned().collect()),
            QuestionKind::Text { .. } => Value::Text(value.to_owned()),
            QuestionKind::Number { .. } => Value::Number(number(value)?),
            QuestionKind::Date => Value::Date(date(value)?),
        };
        Some(Answer::Given(value))
    }

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
