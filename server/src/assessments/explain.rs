//! One verdict explained: the clause, the criterion, what was found and expected, and what would settle it.

use super::{Assessments, review_view};
use crate::{
    permission::{self, ActionName, Actor, Scope, ViewAssessment},
    policies::criterion,
};
use kakunin_api::{PortalError, assessments::ExplanationView, ids::AssessmentId};

impl Assessments<'_> {
    /// The explanation of one verdict. The criterion is in it for those who may see policies.
    ///
    /// # Errors
    /// NotFound.
    pub async fn explain(
        &self,
        actor: &Actor,
        id: AssessmentId,
        requirement: &str,
    ) -> Result<ExplanationView, PortalError> {
        let portal = self.0;
        let (row, permit) = portal.store.tenant(actor).assessment(id).to(ViewAssessment, actor).await?;
        let subject = portal.store.subject_of(&row).await?;
        if subject.is_confidential() {
            portal.audit().looked_at(&permit).await?;
        }
        let entered = portal.store.entered_answers(id).await?;
        let files = portal.store.evidence_files(id).await?;
        let overrides = portal.store.overrides(id).await?;
        let evaluated = self.as_it_counts((&row, &subject), &entered, &files, &overrides).await?;
        let verdict =
            evaluated.evaluation.requirements.iter().find(|row| row.id == requirement).ok_or(PortalError::NotFound)?;
        let reviewed =
            review_view::reviewed_requirement(verdict, &evaluated, &overrides).ok_or(PortalError::NotFound)?;
        let may_see = permission::scope(actor, ActionName::ViewPolicies) == Scope::All;
        let assessment = portal.store.assessment_row(&row, portal.clock.today()).await?;
        Ok(ExplanationView {
            assessment: id,
            subject: assessment.subject,
            subject_title: assessment.subject_title,
            policy: (evaluated.policy.title.clone(), evaluated.policy.version.clone()),
            criterion: may_see.then(|| criterion(&reviewed.requirement, &[&evaluated.questionnaire])),
            reviewed,
        })
    }
}
