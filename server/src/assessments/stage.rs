//! The life of an assessment as an enum that carries what only that stage has, with one transition function.
//!
//! `Draft → Sent → Answering → Submitted → (Returned → Answering)* → UnderReview → Decided → Expired/Renewed`, and
//! `Withdrawn` from any open stage. Knows no database.

use crate::{error::internal, store::records::Assessment};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    state::{AssessmentState, Outcome},
};
use uuid::Uuid;

/// Where an assessment stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Not yet sent.
    Draft,
    /// The contractor has not come in yet.
    Sent {
        /// 回答期限.
        due_on: Date,
    },
    /// The contractor is answering.
    Answering {
        /// 回答期限.
        due_on: Date,
    },
    /// Waits for a reviewer.
    Submitted {
        /// When, milliseconds since 1970.
        at_ms: i64,
        /// By whom.
        by: String,
    },
    /// Waits for the contractor again.
    Returned {
        /// 回答期限.
        due_on: Date,
    },
    /// A reviewer is at it.
    UnderReview {
        /// Who.
        reviewer: Uuid,
    },
    /// Decided.
    Decided {
        /// How.
        outcome: Outcome,
    },
    /// The decision no longer holds.
    Expired,
    /// A later assessment took its place.
    Renewed,
    /// Taken back.
    Withdrawn,
}

/// What can happen to an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The questionnaire goes out.
    Send {
        /// 回答期限.
        due_on: Date,
    },
    /// The contractor comes in, or goes on after a return.
    Open,
    /// The contractor submits.
    Submit {
        /// When, milliseconds since 1970.
        at_ms: i64,
        /// By whom.
        by: String,
    },
    /// A reviewer begins.
    BeginReview {
        /// Who.
        reviewer: Uuid,
    },
    /// The reviewer asks back.
    Return {
        /// New due date.
        due_on: Date,
    },
    /// The officer decides.
    Decide {
        /// How.
        outcome: Outcome,
    },
    /// Time has run out on the decision.
    Expire,
    /// A later assessment takes its place.
    Renew,
    /// The officer takes it back.
    Withdraw,
}

impl Stage {
    /// The state's name.
    #[must_use]
    pub fn state(&self) -> AssessmentState {
        match self {
            Self::Draft => AssessmentState::Draft,
            Self::Sent { .. } => AssessmentState::Sent,
            Self::Answering { .. } => AssessmentState::Answering,
            Self::Submitted { .. } => AssessmentState::Submitted,
            Self::Returned { .. } => AssessmentState::Returned,
            Self::UnderReview { .. } => AssessmentState::UnderReview,
            Self::Decided { .. } => AssessmentState::Decided,
            Self::Expired => AssessmentState::Expired,
            Self::Renewed => AssessmentState::Renewed,
            Self::Withdrawn => AssessmentState::Withdrawn,
        }
    }

    /// The stage after `step`.
    ///
    /// # Errors
    /// [`PortalError::Conflict`] with the present state where the step is impossible from here.
    pub fn after(self, step: Step) -> Result<Self, PortalError> {
        match (self, step) {
            (Self::Draft, Step::Send { due_on }) => Ok(Self::Sent { due_on }),
            (Self::Sent { due_on } | Self::Returned { due_on } | Self::Answering { due_on }, Step::Open) => {
                Ok(Self::Answering { due_on })
            }
            (Self::Answering { .. } | Self::Returned { .. }, Step::Submit { at_ms, by }) => {
                Ok(Self::Submitted { at_ms, by })
            }
            (Self::Submitted { .. }, Step::BeginReview { reviewer }) => Ok(Self::UnderReview { reviewer }),
            (Self::UnderReview { .. }, Step::Return { due_on }) => Ok(Self::Returned { due_on }),
            (Self::UnderReview { .. }, Step::Decide { outcome }) => Ok(Self::Decided { outcome }),
            (Self::Decided { .. }, Step::Expire) => Ok(Self::Expired),
            (Self::Decided { .. } | Self::Expired, Step::Renew) => Ok(Self::Renewed),
            (
                Self::Draft
                | Self::Sent { .. }
                | Self::Answering { .. }
                | Self::Submitted { .. }
                | Self::Returned { .. }
                | Self::UnderReview { .. },
                Step::Withdraw,
            ) => Ok(Self::Withdrawn),
            (stage, _) => Err(PortalError::Conflict { current: stage.state().code().to_owned(), by: None }),
        }
    }

    /// The stage a row is in.
    ///
    /// # Errors
    /// Internal where the row contradicts itself.
    pub fn of(row: &Assessment) -> Result<Self, PortalError> {
        let due_on = || row.due_on.parse::<Date>().map_err(internal);
        let lacks = |what: &str| internal(format!("assessment {} lacks {what}", row.id));
        let state = AssessmentState::from_code(&row.state).ok_or_else(|| lacks("a known state"))?;
        Ok(match state {
            AssessmentState::Draft => Self::Draft,
            AssessmentState::Sent => Self::Sent { due_on: due_on()? },
            AssessmentState::Answering => Self::Answering { due_on: due_on()? },
            AssessmentState::Submitted => Self::Submitted {
                at_ms: row.submitted_at.ok_or_else(|| lacks("submitted_at"))?,
                by: row.submitted_by.clone().ok_or_else(|| lacks("submitted_by"))?,
            },
            AssessmentState::Returned => Self::Returned { due_on: due_on()? },
            AssessmentState::UnderReview => {
                Self::UnderReview { reviewer: row.reviewer_id.ok_or_else(|| lacks("reviewer_id"))? }
            }
            AssessmentState::Decided => Self::Decided {
                outcome: row.outcome.as_deref().and_then(Outcome::from_code).ok_or_else(|| lacks("outcome"))?,
            },
            AssessmentState::Expired => Self::Expired,
            AssessmentState::Renewed => Self::Renewed,
            AssessmentState::Withdrawn => Self::Withdrawn,
        })
    }

    /// `row` in this stage.
    #[must_use]
    pub fn written_into(self, row: Assessment) -> Assessment {
        let row = Assessment { state: self.state().code().to_owned(), ..row };
        match self {
            Self::Sent { due_on } | Self::Answering { due_on } | Self::Returned { due_on } => {
                Assessment { due_on: due_on.to_string(), ..row }
            }
            Self::Submitted { at_ms, by } => Assessment { submitted_at: Some(at_ms), submitted_by: Some(by), ..row },
            Self::UnderReview { reviewer } => Assessment { reviewer_id: Some(reviewer), ..row },
            Self::Decided { outcome } => Assessment { outcome: Some(outcome.code().to_owned()), ..row },
            Self::Draft | Self::Expired | Self::Renewed | Self::Withdrawn => row,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn steps() -> impl Strategy<Value = Step> {
        let due_on = date(2026, 12, 18);
        prop_oneof![
            Just(Step::Send { due_on }),
            Just(Step::Open),
            Just(Step::Submit { at_ms: 1, by: "山本".into() }),
            Just(Step::BeginReview { reviewer: Uuid::nil() }),
            Just(Step::Return { due_on }),
            Just(Step::Decide { outcome: Outcome::Fit }),
            Just(Step::Expire),
            Just(Step::Renew),
            Just(Step::Withdraw),
        ]
    }

    proptest! {
        #[test]
        fn nothing_is_decided_that_was_not_submitted_and_reviewed(steps in prop::collection::vec(steps(), 0..40)) {
            let (mut stage, mut submitted, mut reviewed) = (Stage::Draft, false, false);
            for step in steps {
                let Ok(next) = stage.clone().after(step) else { continue };
                submitted |= matches!(next, Stage::Submitted { .. });
                reviewed |= submitted && matches!(next, Stage::UnderReview { .. });
                let decided = matches!(next, Stage::Decided { .. });
                prop_assert!(reviewed || !decided, "decided without a review");
                let ended = matches!(stage, Stage::Withdrawn | Stage::Renewed);
                prop_assert!(!ended, "an end is an end");
                stage = next;
            }
        }
    }

    #[test]
    fn an_impossible_step_says_which_state_it_is_in() {
        let refused = Stage::Decided { outcome: Outcome::Fit }.after(Step::Submit { at_ms: 1, by: "山本".into() });
        assert_eq!(refused, Err(PortalError::Conflict { current: "decided".into(), by: None }));
    }
}
