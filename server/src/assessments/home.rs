//! ホーム and the list of assessments.

use super::Assessments;
use crate::permission::{self, Actor, ViewAssessment, ViewRegisters};
use kakunin_api::{
    PortalError,
    assessments::AssessmentRow,
    listing::{Page, Query},
    people::{Home, Role},
    state::AssessmentState,
};

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
        let vacant = posts.into_iter().filter(|post| post.appointment_id.is_none());
        Ok(Home {
            waiting: store.assessments_waiting(&permit, states, today).await?,
            by_state: store.assessments_by_state(&permit).await?,
            vacant_posts: vacant
                .map(|post| post.department_name.map_or(post.title.clone(), |name| format!("{}（{name}）", post.title)))
                .collect(),
        })
    }
}
