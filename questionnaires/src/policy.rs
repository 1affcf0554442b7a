//! A municipality's policy, resolved: clauses, requirements after tailoring, thresholds.
//!
//! This module does not know the library or the tailoring that led here, nor any answer.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::hash;
use crate::text::Text;

/// One version of a municipality's policy.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Stable id, such as `nishitokyo`.
    pub id: String,
    /// Version as the municipality names it.
    pub version: String,
    /// Title of the published policy.
    pub title: Text,
    /// 全国地方公共団体コード: six digits. None where the policy is no single municipality's, or it is not known whose.
    #[serde(default)]
    pub organization_code: Option<String>,
    /// The municipality.
    pub organization_name: Text,
    /// When the policy was first adopted.
    pub adopted_on: Date,
    /// When this version was decided.
    pub revised_on: Date,
    /// From when this version holds.
    pub effective_on: Date,
    /// The versions there were, oldest first, as far as the published text names them; the present one is the last.
    // Left out where there is none: a version frozen before this field was there keeps its hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Edition>,
    /// Whom and what the policy covers, where its text says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<PolicyScope>,
    /// Coverage below which nothing is rated, in hundredths of a percent (0–10 000).
    pub minimum_coverage: u16,
    /// Scores for the ratings.
    pub thresholds: Thresholds,
    /// The clauses that requirements stand for, in the policy's order.
    pub clauses: Vec<Clause>,
    /// The requirements, in the order of evaluation and display.
    pub requirements: Vec<Requirement>,
}

/// Lowest scores of the ratings, in hundredths of a percent (0–10 000), a ≥ b ≥ c. Below c is unfit.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Lowest score of rating A.
    pub a: u16,
    /// Lowest score of rating B.
    pub b: u16,
    /// Lowest score of rating C.
    pub c: u16,
}

/// One entry of a policy's own table of versions.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Version as the municipality names it, or what the entry was, such as 制定.
    pub version: String,
    /// When it was decided, where the text says so.
    pub decided_on: Option<Date>,
    /// From when it held, where the text says so.
    pub effective_on: Option<Date>,
}

/// Whom and what a policy covers.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyScope {
    /// Who counts as staff.
    pub staff: Text,
    /// What the policy leaves out, each with the reason.
    pub outside: Vec<Outside>,
    /// Which of the documents below the policy are not published.
    pub not_public: Text,
}

/// Something that a policy leaves out.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Outside {
    /// What is left out.
    pub what: Text,
    /// Why.
    pub why: Text,
}

/// A clause of the published policy.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// The clause's own number, such as `6(8)-1`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What it says, in our own words.
    pub summary: Text,
    /// Who may read it.
    pub visibility: Visibility,
    /// Why the portal has no requirement for it, where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_requirement: Option<Text>,
}

/// One requirement, after tailoring.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Stable across versions and municipalities.
    pub id: String,
    /// The clause it stands for.
    pub clause: String,
    /// Title.
    pub title: Text,
    /// The requirement in our own words.
    pub text: Text,
    /// Whether failing it makes the subject unfit.
    pub level: Level,
    /// Share in coverage and score (1–100).
    pub weight: u16,
    /// Who has to do something about it.
    pub owed_by: OwedBy,
    /// Who may read the criterion and the verdict.
    pub visibility: Visibility,
    /// Published documents it rests on.
    pub basis: Vec<Basis>,
    /// When it applies; always if none.
    pub applies_when: Option<Condition>,
    /// When it is met.
    pub met_when: Condition,
    /// When, not being met, it is partly met.
    pub partly_when: Option<Condition>,
}

/// A place in a published document.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Id of the document.
    pub doc: String,
    /// Where in the document; `ref` in files.
    #[serde(rename = "ref")]
    pub reference: String,
}

/// Whether failing a requirement makes the subject unfit.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Not meeting it makes the subject unfit.
    Must,
    /// It counts in the score alone.
    Should,
}

/// Who has to do something about a requirement.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OwedBy {
    /// The contractor or service provider.
    Vendor,
    /// The municipality itself.
    Municipality,
}

/// Who may read something, from everybody to the municipality alone.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// The municipality and the vendor assessed.
    Vendor,
    /// The municipality alone.
    Internal,
}

impl Policy {
    /// The requirement with this id.
    #[must_use]
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| requirement.id == id)
    }

    /// The clause with this id.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// The JSON that is stored frozen: no blanks, keys sorted.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        hash::canonical_json(self)
    }

    /// SHA-256 of [`Self::canonical_json`], 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        hash::sha256(&self.canonical_json())
    }
}

impl Requirement {
    /// Its conditions, in the order in which they are weighed: applies, met, partly.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.applies_when.iter().chain([&self.met_when]).chain(&self.partly_when)
    }
}
