//! ホーム and the list of assessments.

use super::Assessments;
use crate::{
    permission::{self, Actor, ViewAssessment, ViewRegisters},
    registers::kinds::{CloudServiceRecord, SubcontractRecord},
    store::officers::HeldPost,
};
use jiff::ToSpan;
use kakunin_api::{
    PortalError,
    assessments::AssessmentRow,
    listing::{Page, Query},
    people::{Home, Role},
    state::AssessmentState,
};

/// An appointment that ends within so many days is shown.
const ENDS_SOON_DAYS: i32 = 60;
/// So many of each are shown; the page of officers has all.
const SHOWN: usize = 20;

impl Assessments<'_> {
    /// One page of assessments.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn list(&self, actor: &Actor, query: &Query) -> Result<Page<AssessmentRow>, PortalError> {
        let permit = permission::listing(ViewAssessment, actor)?;
        self.0.store.assessments(&permit, query, self.0.clock.today()).await
    }

    /// What waits for this person: reviews for a reviewer, open questionnaires for everybody else.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn home(&self, actor: &Actor) -> Result<Home, PortalError> {
        let permit = permission::listing(ViewAssessment, actor)?;
        let registers = permission::in_organization(ViewRegisters, actor)?;
        let (store, today) = (&self.0.store, self.0.clock.today());
        let reviews = [Role::Reviewer, Role::SecurityOffice, Role::Approver];
        let reviewer = matches!(actor, Actor::Staff(staff) if reviews.contains(&staff.role));
        let states: &[AssessmentState] = if reviewer {
            &[AssessmentState::Submitted, AssessmentState::UnderReview]
        } else {
            &[AssessmentState::Sent, AssessmentState::Answering, AssessmentState::Returned]
        };
        let posts = store.posts_held_on(registers.organization(), today).await?;
        let nothing_set_up = posts.is_empty() && self.0.organizations().may_manage_offices(actor);
        let mut pending_approvals = self.0.records::<CloudServiceRecord>().pending(actor, SHOWN).await?;
        pending_approvals.extend(self.0.records::<SubcontractRecord>().pending(actor, SHOWN).await?);
        let soon = today.saturating_add(ENDS_SOON_DAYS.days()).to_string();
        let ends_soon = |post: &&HeldPost| post.ends_on.as_ref().is_some_and(|last| *last <= soon);
        let ending = posts.iter().filter(ends_soon).filter_map(|post| {
            let last = post.ends_on.as_deref()?.parse().ok()?;
            Some((post.title.clone(), post.person_name.clone()?, last))
        });
        let ending_appointments = ending.take(SHOWN).collect();
        let is_vacant = |post: &HeldPost| post.appointment_id.is_none() && post.may_be_vacant != Some(true);
        let vacant = posts.into_iter().filter(is_vacant).take(SHOWN);
        Ok(Home {
            ending_appointments,
            nothing_set_up,
            pending_approvals,
            waiting: store.assessments_waiting(&permit, states, today).await?,
            by_state: store.assessments_by_state(&permit).await?,
            vacant_posts: vacant
                .map(|post| post.department_name.map_or(post.title.clone(), |name| format!("{}（{name}）", post.title)))
                .collect(),
        })
    }
}
