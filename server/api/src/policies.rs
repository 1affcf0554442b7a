//! Policies of the catalogue as staff see them: list, one policy with what it rests on, and two beside each other.

use crate::ids::{AssessmentId, PolicyVersionId};
use jiff::civil::Date;
use kakunin_questionnaires::{
    difference::{Field, PolicyNumber},
    evaluate::{Rating, Verdict},
    policy::{Clause, Edition, Level, OwedBy, PolicyScope, Requirement, Thresholds},
    text::Text,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRow {
    /// Id in the catalogue, such as `nishitokyo`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// The municipality.
    pub organization: Text,
    /// Version as the municipality names it.
    pub version: String,
    /// From when it holds.
    pub effective_on: Date,
    /// Number of clauses.
    pub clauses: u32,
    /// Number of requirements.
    pub requirements: u32,
    /// Whether the person's own organization goes by it.
    pub own: bool,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// The row's facts.
    pub row: PolicyRow,
    /// When it was first adopted.
    pub adopted_on: Date,
    /// When this version was decided.
    pub revised_on: Date,
    /// Its own table of versions, oldest first.
    pub history: Vec<Edition>,
    /// Whom and what it covers.
    pub scope: Option<PolicyScope>,
    /// Hundredths of a percent.
    pub minimum_coverage: u16,
    /// Hundredths of a percent.
    pub thresholds: Thresholds,
    /// Clauses with their requirements, in order.
    pub clauses: Vec<ClauseView>,
    /// Questionnaires that its requirements read: title, questions read, questions asked.
    pub questionnaires: Vec<(Text, u32, u32)>,
}

/// A clause with its requirements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseView {
    /// The clause.
    pub clause: Clause,
    /// Its requirements.
    pub requirements: Vec<RequirementView>,
}

/// A requirement with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequirementView {
    /// The requirement.
    pub requirement: Requirement,
    /// The questions it reads.
    pub questions: Vec<QuestionReference>,
    /// The facts it reads, in words.
    pub facts: Vec<Text>,
    /// Its conditions in words.
    pub criterion: CriterionView,
}

/// A question where it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionReference {
    /// Title of the questionnaire.
    pub questionnaire: Text,
    /// Such as `4-2`.
    pub number: String,
    /// The question.
    pub text: Text,
}

/// A requirement's conditions in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionView {
    /// When it applies; none where it always does.
    pub applies: Vec<CriterionLine>,
    /// When it is met.
    pub met: Vec<CriterionLine>,
    /// When it is partly met, if ever.
    pub partly: Vec<CriterionLine>,
}

/// One line of a condition: a combination that the deeper lines after it belong to, or a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionLine {
    /// 0 for the outermost.
    pub depth: u8,
    /// In words.
    pub text: Text,
}

/// Two policies beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyComparison {
    /// The first.
    pub first: PolicyRow,
    /// The second.
    pub second: PolicyRow,
    /// Numbers of the whole that differ, in hundredths of a percent.
    pub numbers: Vec<(PolicyNumber, u16, u16)>,
    /// Requirements that differ.
    pub requirements: Vec<RequirementComparison>,
    /// Number of requirements that are the same.
    pub same: u32,
}

/// A requirement that is not the same in both policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequirementComparison {
    /// Id.
    pub id: String,
    /// What differs, where both have it.
    pub fields: Vec<Field>,
    /// In the first.
    pub first: Option<RequirementSide>,
    /// In the second.
    pub second: Option<RequirementSide>,
}

/// A requirement as one of two policies has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequirementSide {
    /// Id of the clause.
    pub clause: String,
    /// Title.
    pub title: Text,
    /// Text.
    pub text: Text,
    /// Level.
    pub level: Level,
    /// 1–100.
    pub weight: u16,
    /// Who owes it.
    pub owed_by: OwedBy,
    /// Its conditions in words.
    pub criterion: CriterionView,
}

/// Brings a draft of the organization's own policy in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPolicy {
    /// The policy file, YAML.
    #[serde(default)]
    pub yaml: String,
}

/// Publishes a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishPolicy {
    /// The draft.
    #[serde(default)]
    pub version: String,
    /// From when it holds, as typed.
    #[serde(default)]
    pub effective_on: String,
}

/// Tries other weights and thresholds on the policy in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryNumbers {
    /// `draft` to make a draft of them; anything else shows what they would change.
    #[serde(default)]
    pub step: String,
    /// Lowest score for A, in percent, as typed.
    #[serde(default)]
    pub a: String,
    /// Lowest score for B.
    #[serde(default)]
    pub b: String,
    /// Lowest score for C.
    #[serde(default)]
    pub c: String,
    /// Coverage below which nothing is rated, in percent.
    #[serde(default)]
    pub minimum_coverage: String,
    /// Requirement to its weight, 1–100.
    #[serde(default)]
    pub weights: BTreeMap<String, String>,
    /// Version of the draft to make.
    #[serde(default)]
    pub version: String,
}

/// The form with other weights and thresholds, and what they would change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialView {
    /// Title of the policy in force.
    pub title: Text,
    /// Its version.
    pub version: String,
    /// Its clauses that have requirements.
    pub clauses: Vec<TrialClause>,
    /// The form as typed, or with the numbers in force.
    pub form: TryNumbers,
    /// What the numbers typed would change; none where they are those in force or cannot be.
    pub outcome: Option<WhatIfShown>,
    /// Whether the person looking may make a draft of them.
    pub may_import: bool,
}

/// A clause with its requirements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialClause {
    /// The clause.
    pub clause: Clause,
    /// Its requirements.
    pub requirements: Vec<Requirement>,
}

/// A version of the organization's own policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersionRow {
    /// Id.
    pub id: PolicyVersionId,
    /// Version as the municipality names it.
    pub version: String,
    /// ISO date and time in Japan at which it was imported.
    pub imported_at: String,
    /// Who imported it.
    pub imported_by: String,
    /// From when it holds; none for a draft.
    pub effective_on: Option<Date>,
    /// Whether new assessments go by it today.
    pub in_force: bool,
}

/// The versions of the organization's own policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersions {
    /// The policy new assessments go by today: title and version.
    pub in_force: (Text, String),
    /// Drafts and published versions, newest first.
    pub rows: Vec<PolicyVersionRow>,
    /// Whether the person looking may import and publish.
    pub may_import: bool,
}

/// A draft or published version with what it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersionView {
    /// The row's facts.
    pub row: PolicyVersionRow,
    /// Beside the policy in force.
    pub comparison: PolicyComparison,
    /// What it would change.
    pub what_if: Option<WhatIfShown>,
    /// Whether the person looking may publish it.
    pub may_publish: bool,
}

/// What another policy would change in the assessments there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIf {
    /// Assessments evaluated.
    pub evaluated: u32,
    /// How many have each rating: before, after.
    pub ratings: Vec<(Rating, u32, u32)>,
    /// Assessments whose rating or any verdict changes.
    pub changed: u32,
    /// Those assessments, the ones whose rating changes first; a page shows no more than [`WhatIf::SHOWN`].
    pub rows: Vec<WhatIfRow>,
}

/// What a page shows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhatIfShown {
    /// It is being reckoned.
    Running {
        /// Assessments evaluated so far.
        done: u32,
        /// Assessments to evaluate.
        total: u32,
    },
    /// The outcome, with no more rows than a page shows.
    Done(WhatIf),
}

impl WhatIf {
    /// Rows on the page; the workbook has all.
    pub const SHOWN: usize = 100;
}

/// An assessment that would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIfRow {
    /// The assessment.
    pub assessment: AssessmentId,
    /// What kind of subject it is about.
    pub subject: crate::subject::SubjectKind,
    /// 委託先・提供者; of an account the service it is on, as its code.
    pub vendor: String,
    /// What the subject is called.
    pub subject_title: String,
    /// Rating before and after.
    pub rating: (Rating, Rating),
    /// Score before and after, hundredths of a percent.
    pub score: (Option<u16>, Option<u16>),
    /// Requirements whose verdict changes, with the verdict before and after; none where one of the policies has no such requirement.
    pub verdicts: Vec<(Text, Option<Verdict>, Option<Verdict>)>,
}
