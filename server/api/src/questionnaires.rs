//! Questionnaires as staff see and maintain them: those in use, drafts, and workbooks on their way to becoming one.

use crate::{
    files::FileProblem,
    ids::{QuestionnaireVersionId, WorkbookUploadId},
    policies::CriterionLine,
};
use kakunin_questionnaires::{
    difference::questionnaire::QuestionField,
    load::table::Column,
    questionnaire::{Audience, EvidenceWish},
    text::Text,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A questionnaire in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireRow {
    /// Id, such as `outsourcing`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Version.
    pub version: String,
    /// Who fills it in.
    pub audience: Audience,
    /// Number of sections.
    pub sections: u32,
    /// Number of questions.
    pub questions: u32,
    /// How many of them a requirement of the policy in force reads.
    pub read: u32,
    /// Whether it is the organization's own, not the catalogue's.
    pub own: bool,
}

/// A version of one of the organization's own questionnaires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireVersionRow {
    /// Id.
    pub id: QuestionnaireVersionId,
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// Version.
    pub version: String,
    /// ISO date and time in Japan at which it was imported.
    pub imported_at: String,
    /// Who imported it.
    pub imported_by: String,
    /// ISO date and time in Japan at which it was published; none for a draft.
    pub published_at: Option<String>,
}

/// The questionnaires of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireList {
    /// Those that are sent today.
    pub in_use: Vec<QuestionnaireRow>,
    /// Drafts and published versions, newest first.
    pub versions: Vec<QuestionnaireVersionRow>,
    /// Whether the person looking may import and publish.
    pub may_import: bool,
}

/// One questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireView {
    /// The row's facts.
    pub row: QuestionnaireRow,
    /// What it is for.
    pub introduction: Text,
    /// Its sections.
    pub sections: Vec<QuestionnaireSection>,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireSection {
    /// Counted from 1.
    pub number: u32,
    /// Title.
    pub title: Text,
    /// How long it takes.
    pub minutes: u16,
    /// Its questions.
    pub questions: Vec<QuestionLine>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionLine {
    /// Number, such as `4-2`.
    pub number: String,
    /// Stable key.
    pub key: String,
    /// The question.
    pub text: Text,
    /// Help for answering.
    pub guidance: Option<Text>,
    /// Kind of answer.
    pub kind: AnswerKind,
    /// Its choices.
    pub choices: Vec<Text>,
    /// When it is asked; empty where always.
    pub shown_when: Vec<CriterionLine>,
    /// Whether an answer is needed.
    pub required: bool,
    /// Whether a file is wanted.
    pub evidence: EvidenceWish,
    /// How many requirements of the policy in force read it.
    pub read_by: u32,
}

/// Kind of answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Yes or no.
    YesNo,
    /// One of several.
    Choice,
    /// Several of several.
    Choices,
    /// Text.
    Text,
    /// A whole number.
    Number,
    /// A date.
    Date,
}

impl AnswerKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::YesNo, Self::Choice, Self::Choices, Self::Text, Self::Number, Self::Date];

    /// Its code in files and forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::YesNo => "yes_no",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
        }
    }
}

/// Brings a draft in as a YAML file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportQuestionnaire {
    /// The questionnaire file.
    #[serde(default)]
    pub yaml: String,
}

/// Publishes a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishQuestionnaire {
    /// The draft.
    #[serde(default)]
    pub version: String,
}

/// A draft or published version, beside the version in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireVersionView {
    /// The row's facts.
    pub row: QuestionnaireVersionRow,
    /// What it says.
    pub questionnaire: QuestionnaireView,
    /// The version it is held against; none where there is none of this id.
    pub against: Option<String>,
    /// Questions that differ.
    pub differences: Vec<QuestionComparison>,
    /// How many questions are the same.
    pub same: u32,
    /// Whether the person looking may publish it.
    pub may_publish: bool,
}

/// A question that is not the same in both versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionComparison {
    /// Key.
    pub key: String,
    /// What differs, where both have it.
    pub fields: Vec<QuestionField>,
    /// In the version in use: number and question.
    pub before: Option<(String, Text)>,
    /// In this one: number and question.
    pub after: Option<(String, Text)>,
}

/// A workbook that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadView {
    /// Id.
    pub id: WorkbookUploadId,
    /// Name of the file.
    pub file_name: String,
    /// What is wrong with it, where it is the portal's own template.
    pub problems: Vec<FileProblem>,
    /// Its columns, where it is not.
    pub mapping: Option<MappingView>,
}

/// The step in which a person says what each column holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingView {
    /// Names of the sheets in which anything stands.
    pub sheets: Vec<String>,
    /// The columns of the chosen sheet.
    pub columns: Vec<ColumnView>,
    /// How many rows stand below the headings.
    pub rows: u32,
    /// The form as it stands: what the portal made out, or what was typed.
    pub form: MapColumns,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnView {
    /// `A`, `B` and so on.
    pub name: String,
    /// Its heading.
    pub heading: String,
    /// The first texts below it.
    pub samples: Vec<String>,
}

/// What each column of a workbook holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapColumns {
    /// The upload.
    #[serde(default)]
    pub upload: String,
    /// `look` to look at another sheet or heading row; anything else makes the questionnaire.
    #[serde(default)]
    pub step: String,
    /// The sheet.
    #[serde(default)]
    pub sheet: String,
    /// The sheet that the page showed.
    #[serde(default)]
    pub shown: String,
    /// The row of headings, as typed.
    #[serde(default)]
    pub heading_row: String,
    /// Id of the questionnaire to make.
    #[serde(default)]
    pub questionnaire: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// Kind of answer where no column says it.
    #[serde(default)]
    pub kind: String,
    /// Column, such as `C`, to what it holds: a code of [`Column`], or nothing.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

/// What a column of somebody's own workbook can hold; the others follow from these.
pub const MAPPABLE: [Column; 10] = [
    Column::Text,
    Column::Section,
    Column::Key,
    Column::Type,
    Column::Choices,
    Column::Guidance,
    Column::Evidence,
    Column::Required,
    Column::Condition,
    Column::TextEn,
];
