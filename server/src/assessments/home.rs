//! ホーム and the list of assessments.

use super::Assessments;
use crate::{
    permission::{self, Actor, ApproveUse, ViewAssessment, ViewPosts, ViewServices},
    registers::drafts::DRAFT_KEPT_MS,
    store::attention::Asked,
};
use jiff::ToSpan;
use kakunin_api::{
    PortalError,
    assessments::AssessmentRow,
    attention::AttentionKind,
    listing::{Page, Query},
    people::{Home, Role},
    state::AssessmentState,
};

/// An appointment or a certificate that ends within so many days is shown.
const ENDS_SOON_DAYS: i32 = 60;
/// An account that has said nothing for so many days is dormant.
const DORMANT_DAYS: i32 = 365;
/// So many of each are shown; the page of officers has all.
const SHOWN: u64 = 20;

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
        let posts = permission::listing(ViewPosts, actor)?;
        let (store, today) = (&self.0.store, self.0.clock.today());
        let reviews = [Role::Reviewer, Role::SecurityOffice, Role::Approver];
        let reviewer = matches!(actor, Actor::Staff(staff) if reviews.contains(&staff.role));
        let states: &[AssessmentState] = if reviewer {
            &[AssessmentState::Submitted, AssessmentState::UnderReview]
        } else {
            &[AssessmentState::Sent, AssessmentState::Answering, AssessmentState::Returned]
        };
        let services = permission::listing(ViewServices, actor).ok();
        let decides = permission::listing(ApproveUse, actor).ok();
        let asked = Asked {
            posts: &posts,
            services: services.as_ref(),
            decides: decides.as_ref(),
            today,
            soon: today.saturating_add(ENDS_SOON_DAYS.days()),
            drafts_since: self.0.clock.now_ms().saturating_sub(DRAFT_KEPT_MS),
            dormant_since: today.saturating_sub(DORMANT_DAYS.days()),
        };
        let attention = store.attention(&asked, SHOWN).await?;
        let vacant = attention.iter().any(|one| one.kind == AttentionKind::Vacancy);
        let may_set_up = !vacant && self.0.organizations().may_manage_offices(actor);
        let nothing_set_up = may_set_up && store.posts_page(&posts, today, ("", 1), false).await?.1 == 0;
        Ok(Home {
            attention,
            nothing_set_up,
            waiting: store.assessments_waiting(&permit, states, today).await?,
            by_state: store.assessments_by_state(&permit).await?,
        })
    }
}
