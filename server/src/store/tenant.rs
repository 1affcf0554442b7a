//! The tenant handle: objects are loaded within the actor's organization and only *for an action*.
//!
//! `tenant.assessment(id).to(DecideAssessment, &actor)` gives the assessment and the permit to decide it, or says
//! NotFound where the actor may not know of it and Forbidden where they may see it but not do that.

use super::{
    Store,
    entities::{
        assessment, evidence_file, handover, import, membership, policy_version, questionnaire_version, vendor,
        workbook_upload,
    },
    failed,
    records::{
        Assessment, EvidenceFile, Handover, Import, Membership, PolicyVersion, QuestionnaireVersion, Vendor,
        WorkbookUpload,
    },
};
use crate::permission::{self, Action, ActionName, Actor, Belonging, Permit};
use kakunin_api::{
    PortalError,
    ids::{
        AssessmentId, DepartmentId, EvidenceId, HandoverId, ImportId, MembershipId, OrganizationId, PolicyVersionId,
        QuestionnaireVersionId, VendorId, WorkbookUploadId,
    },
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::marker::PhantomData;
use uuid::Uuid;

/// One organization's part of the database.
#[derive(Clone, Copy, Debug)]
pub struct Tenant<'s> {
    store: &'s Store,
    organization: OrganizationId,
}

/// An object that has been named but not yet loaded.
#[derive(Debug)]
pub struct Pick<'s, T> {
    tenant: Tenant<'s>,
    id: Uuid,
    kind: PhantomData<T>,
}

/// What can be picked.
pub trait Picked: Sized + Send {
    /// The actions by which somebody may know that it exists.
    const VIEW: &'static [ActionName];

    /// Loads it within the organization.
    fn find(
        store: &Store,
        organization: Uuid,
        id: Uuid,
    ) -> impl Future<Output = Result<Option<Self>, PortalError>> + Send;

    /// What it belongs to. The department is looked up only where `with_department`.
    fn belonging(
        &self,
        store: &Store,
        with_department: bool,
    ) -> impl Future<Output = Result<Belonging, PortalError>> + Send;
}

impl Store {
    /// The part of the database in which `actor` acts.
    #[must_use]
    pub fn tenant(&self, actor: &Actor) -> Tenant<'_> {
        Tenant { store: self, organization: actor.organization() }
    }
}

impl<'s> Tenant<'s> {
    /// A vendor.
    #[must_use]
    pub fn vendor(&self, id: VendorId) -> Pick<'s, Vendor> {
        self.pick(id.0)
    }

    /// An assessment.
    #[must_use]
    pub fn assessment(&self, id: AssessmentId) -> Pick<'s, Assessment> {
        self.pick(id.0)
    }

    /// A file attached to an answer.
    #[must_use]
    pub fn evidence_file(&self, id: EvidenceId) -> Pick<'s, EvidenceFile> {
        self.pick(id.0)
    }

    /// A version of the organization's own policy.
    #[must_use]
    pub fn policy_version(&self, id: PolicyVersionId) -> Pick<'s, PolicyVersion> {
        self.pick(id.0)
    }

    /// A version of an organization's own questionnaire.
    #[must_use]
    pub fn questionnaire_version(&self, id: QuestionnaireVersionId) -> Pick<'s, QuestionnaireVersion> {
        self.pick(id.0)
    }

    /// A workbook that is not a questionnaire yet.
    #[must_use]
    pub fn workbook_upload(&self, id: WorkbookUploadId) -> Pick<'s, WorkbookUpload> {
        self.pick(id.0)
    }

    /// A list of transfers and what was made of it.
    #[must_use]
    pub fn handover(&self, id: HandoverId) -> Pick<'s, Handover> {
        self.pick(id.0)
    }

    /// A register brought in from a workbook.
    #[must_use]
    pub fn import(&self, id: ImportId) -> Pick<'s, Import> {
        self.pick(id.0)
    }

    /// Somebody's membership of the organization.
    #[must_use]
    pub fn membership(&self, id: MembershipId) -> Pick<'s, Membership> {
        self.pick(id.0)
    }

    pub(super) fn pick<T>(&self, id: Uuid) -> Pick<'s, T> {
        Pick { tenant: *self, id, kind: PhantomData }
    }
}

impl<T: Picked> Pick<'_, T> {
    /// Loads the object for `action`.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Internal where the database fails.
    pub async fn to<A: Action>(self, action: A, actor: &Actor) -> Result<(T, Permit<A>), PortalError> {
        let found = T::find(self.tenant.store, self.tenant.organization.0, self.id).await?;
        let found = found.ok_or(PortalError::NotFound)?;
        let asks =
            permission::asks_for_department(actor, T::VIEW) || permission::asks_for_department(actor, &[A::NAME]);
        let belonging = found.belonging(self.tenant.store, asks).await?;
        let permit = permission::on_object(action, actor, self.id, belonging, T::VIEW)?;
        Ok((found, permit))
    }
}

/// A kind of object: its record, its table, and the actions by which somebody may know of one. What it belongs to, if to
/// anything: the assessment it is or hangs on, or the department of its subject.
macro_rules! picked {
    ($record:ident in $table:ident, seen by [$($view:ident),+]) => {
        picked!($record in $table, seen by [$($view),+], of |_| None, work of |_| None);
    };
    ($record:ident in $table:ident, seen by [$($view:ident),+], of $assessment:expr, work of $department:expr) => {
        impl Picked for $record {
            const VIEW: &'static [ActionName] = &[$(ActionName::$view),+];

            async fn find(store: &Store, organization: Uuid, id: Uuid) -> Result<Option<Self>, PortalError> {
                let query = $table::Entity::find_by_id(id).filter($table::Column::OrganizationId.eq(organization));
                query.one(&store.reader).await.map_err(failed)
            }

            async fn belonging(&self, store: &Store, with_department: bool) -> Result<Belonging, PortalError> {
                let of: fn(&Self) -> Option<AssessmentId> = $assessment;
                let work: fn(&Self) -> Option<DepartmentId> = $department;
                let assessment = of(self);
                let department = match (work(self), assessment) {
                    (None, Some(assessment)) if with_department => store.department_of(assessment).await?,
                    (known, _) => known,
                };
                Ok(Belonging { assessment, department })
            }
        }
    };
}

picked!(Vendor in vendor, seen by [ViewRegisters]);
picked!(PolicyVersion in policy_version, seen by [ViewPolicies]);
picked!(QuestionnaireVersion in questionnaire_version, seen by [ViewPolicies]);
picked!(WorkbookUpload in workbook_upload, seen by [ImportQuestionnaire]);
picked!(Handover in handover, seen by [ManageOffices]);
picked!(Import in import, seen by [ImportRecords], of |_| None, work of |row| row.department_id.map(DepartmentId));
picked!(Membership in membership, seen by [ViewPeople]);
picked!(Assessment in assessment, seen by [ViewAssessment, AnswerAssessment], of |row| Some(row.id.into()), work of |_| None);
picked!(EvidenceFile in evidence_file, seen by [ExportEvidence, AnswerAssessment], of |row| Some(row.assessment_id.into()), work of |_| None);

#[cfg(test)]
mod tests;
