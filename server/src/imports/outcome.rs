//! What would become, or has become, of the rows of a list.

use kakunin_api::FieldProblem;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// So many rows of a kind are kept to be shown; all are counted.
pub const SHOWN: usize = 1_000;

/// What would become, or has become, of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Records added.
    pub added: u32,
    /// Records changed.
    pub changed: u32,
    /// Of those added, how many are registered as approved.
    #[serde(default)]
    pub approved: u32,
    /// SHA-256 over everything that is added or changed, also beyond what is shown: a trial and what is brought in are the same.
    #[serde(default)]
    pub digest: String,
    /// Rows whose record says the same already.
    pub unchanged: u32,
    /// Rows with something wrong: nothing of them is taken.
    pub rejected: u32,
    /// Rows that are no records: totals, headings once more, remarks.
    pub skipped: u32,
    /// Records of other registers that rows name and that are added on the way, by register: the first row, and the name.
    pub beside: BTreeMap<String, Vec<(u32, String)>>,
    /// Fields that a form would ask for and that stay open, with how many records leave them so.
    pub gaps: BTreeMap<String, u32>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What is taken and should be looked at.
    pub remarks: Vec<Remark>,
    /// Records added or changed.
    pub rows: Vec<Told>,
}

/// Something wrong in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The row's number.
    pub row: u32,
    /// The column's name, where one is to blame.
    pub column: Option<String>,
    /// What the column holds, or which field nobody filled.
    pub held: String,
    /// What stands there.
    pub text: String,
    /// What is wrong.
    pub problem: FieldProblem,
}

impl RemarkKind {
    /// Every kind, in the order of the page.
    pub const ALL: [Self; 9] = [
        Self::OtherName,
        Self::Dormant,
        Self::Again,
        Self::NotApproved,
        Self::ApprovalUnread,
        Self::ApprovalNotTaken,
        Self::NotAppointed,
        Self::HeldWithAnother,
        Self::NoOfficer,
    ];
}

/// Something to be looked at in a row that is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The row's number.
    pub row: u32,
    /// What the record is called.
    pub title: String,
    /// What it is.
    pub kind: RemarkKind,
}

/// What should be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemarkKind {
    /// Nobody is named as responsible.
    NoOfficer,
    /// Nothing has been posted for a year.
    Dormant,
    /// The record stands in an earlier row, whose contents count.
    Again,
    /// The number is of a company that is called otherwise.
    OtherName,
    /// An approval is told of, and whoever brings the list in approves nothing.
    NotApproved,
    /// An approval is told of without its day.
    ApprovalUnread,
    /// An approval is told of whose application is in the register already.
    ApprovalNotTaken,
    /// Somebody is named as responsible, and whoever brings the list in appoints nobody.
    NotAppointed,
    /// Who is named as responsible holds another post, and one of the two is held with no other: nobody is appointed.
    HeldWithAnother,
}

/// A record that a row adds or changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The row's number.
    pub row: u32,
    /// What it is called.
    pub title: String,
    /// Field, before, after; empty for a new record.
    pub changes: Vec<(String, String, String)>,
    /// Of a new record, the fields that its list shows, as they were understood.
    pub shown: Vec<(String, String)>,
    /// The approval with which it is registered: by whom, and when.
    #[serde(default)]
    pub approved: Option<(String, String)>,
}

impl Outcome {
    /// Whether bringing it in would do anything.
    #[must_use]
    pub fn does_something(&self) -> bool {
        self.added + self.changed > 0
    }

    pub(super) fn remark(&mut self, row: u32, title: &str, kind: RemarkKind) {
        if self.remarks.len() < SHOWN {
            self.remarks.push(Remark { row, title: title.to_owned(), kind });
        }
    }

    pub(super) fn tell(&mut self, told: Told) {
        let said = serde_json::to_string(&told).unwrap_or_default();
        self.digest = hex::encode(Sha256::new().chain_update(&self.digest).chain_update(said).finalize());
        if self.rows.len() < SHOWN {
            self.rows.push(told);
        }
    }

    /// Counts a row as refused, and keeps what is wrong with it.
    pub(super) fn reject(&mut self, problems: Vec<Problem>) {
        self.rejected += 1;
        let free = SHOWN.saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(free));
    }
}
