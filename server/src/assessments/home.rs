//! ホーム and the list of assessments.

use super::Assessments;
use crate::{
    permission::{self, Actor, ViewAssessment, ViewRegisters},
    registers::kinds::{CloudServiceRecord, SubcontractRecord},
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
        let registers = permission::in_organization(ViewRegisters, actor)?;
        let (store, today) = (&self.0.store, self.0.clock.today());
        let reviews = [Role::Reviewer, Role::SecurityOffice, Role::Approver];
        let reviewer = matches!(actor, Actor::Staff(staff) if reviews.contains(&staff.role));
        let states: &[AssessmentState] = if reviewer {
            &[AssessmentState::Submitted, AssessmentState::UnderReview]
        } else {
            &[AssessmentState::Sent, AssessmentState::Answering, AssessmentState::Returned]
        };
        let organization = registers.organization();
        let (vacant, vacancies) = store.vacancies(organization, today, SHOWN).await?;
        let may_set_up = vacancies == 0 && self.0.organizations().may_manage_offices(actor);
        let nothing_set_up = may_set_up && store.posts_page(organization, today, 1).await?.1 == 0;
        let mut pending_approvals = self.0.records::<CloudServiceRecord>().pending(actor, SHOWN).await?;
        pending_approvals.extend(self.0.records::<SubcontractRecord>().pending(actor, SHOWN).await?);
        let soon = today.saturating_add(ENDS_SOON_DAYS.days());
        let ending = store.ending(organization, (today, soon), SHOWN).await?.into_iter();
        let ending = ending.filter_map(|(post, name, last)| Some((post, name, last.parse().ok()?)));
        let ending_appointments = ending.collect();
        Ok(Home {
            ending_appointments,
            nothing_set_up,
            pending_approvals,
            waiting: store.assessments_waiting(&permit, states, today).await?,
            by_state: store.assessments_by_state(&permit).await?,
            vacancies,
            vacant_posts: vacant
                .into_iter()
                .map(|(title, name)| name.map_or(title.clone(), |name| format!("{title}（{name}）")))
                .collect(),
        })
    }
}
