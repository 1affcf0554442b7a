//! What ホーム says should be looked at.

use crate::ids::RecordId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A record that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// Why.
    pub kind: AttentionKind,
    /// Its register.
    pub register: String,
    /// The record.
    pub id: RecordId,
    /// What it is called.
    pub name: String,
    /// What else is said: a department, a person, a code.
    pub detail: String,
    /// The day it is about, if about one.
    pub day: Option<Date>,
    /// How many there are of this kind in its register.
    pub total: u64,
}

/// Why a record should be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttentionKind {
    /// Nobody holds the post today, and it may not be vacant.
    Vacancy,
    /// The appointment ends soon.
    Ending,
    /// A contractor's certificate has run out, or does so soon.
    Expiring,
    /// A cloud service's government registration has run out, or does so soon.
    Registration,
    /// A social account in use has said nothing for a year.
    Dormant,
    /// An application waits for this person's decision.
    Pending,
    /// This person has begun a form and not handed it in. Its name is what it is of: the record's id, or `field=id` of what a new one
    /// will be a part of.
    Draft,
}

impl AttentionKind {
    /// Every kind, in the order of the page.
    pub const ALL: [Self; 7] =
        [Self::Pending, Self::Draft, Self::Vacancy, Self::Ending, Self::Expiring, Self::Registration, Self::Dormant];

    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vacancy => "vacancy",
            Self::Ending => "ending",
            Self::Expiring => "expiring",
            Self::Registration => "registration",
            Self::Dormant => "dormant",
            Self::Pending => "pending",
            Self::Draft => "draft",
        }
    }

    /// The kind of this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
