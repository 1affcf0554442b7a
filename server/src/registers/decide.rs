//! Deciding about an application: the use of a cloud service, a subcontract. With the officer on record for ever.

use super::{FormCheck, Records, kinds::RecordKind, values::Values};
use crate::{
    organizations::officers::deciding_post,
    permission::{self, Actor},
    store::AuditEvent,
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::{DepartmentId, RecordId},
};
use serde_json::json;

/// Which decision follows on which state.
const STEPS: [(&str, &[&str]); 2] = [("requested", &["approved", "refused"]), ("approved", &["ended"])];

impl<K: RecordKind> Records<'_, K> {
    /// Approves, refuses or ends, as the officer who holds the deciding post today: whoever holds it, or whoever enters
    /// the decision for them.
    ///
    /// # Errors
    /// NotFound, Forbidden, Invalid where nobody holds the post or the step does not follow, or Conflict.
    pub async fn decide(
        &self,
        actor: &Actor,
        id: RecordId,
        version: i64,
        (outcome, note): (&str, &str),
    ) -> Result<(), PortalError> {
        let (portal, register) = (self.0, K::REGISTER);
        if !register.decided {
            return Err(PortalError::NotFound);
        }
        let (record, permit) = portal.store.tenant(actor).record::<K>(id).to(permission::ApproveUse, actor).await?;
        super::records::in_use(&record.row)?;
        let state = record.row.decision.clone().map(|decision| decision.state).unwrap_or_default();
        let mut check = FormCheck::default();
        let follows = STEPS.iter().any(|(from, to)| *from == state && to.contains(&outcome));
        if !follows {
            check.refuse("note", FieldProblem::NotAChoice);
        }
        let note = if outcome == "refused" {
            check.required_paragraphs("note", note, 1000)
        } else {
            check.paragraphs("note", note, 1000)
        };
        let by = self.decided_as(actor, &record.row.values).await?;
        if by.is_none() {
            check.refuse("note", FieldProblem::PostVacant);
        }
        check.done()?;
        if record.row.version != version {
            return Err(super::records::changed_meanwhile());
        }
        let by = by.unwrap_or_default();
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let today = portal.clock.today().to_string();
        let mut columns = vec![
            ("state", outcome.into()),
            ("decided_on", Some(today.clone()).into()),
            ("decided_by", by.as_str().into()),
            ("decision_note", note.as_str().into()),
        ];
        if outcome == "approved" {
            columns.push(("approved_on", Some(today).into()));
        }
        if !writing.set_columns(register, id, version, &columns).await? {
            return Err(super::records::changed_meanwhile());
        }
        let detail = json!({ "from": state, "to": outcome, "officer": by });
        writing.commit(AuditEvent::about(register.object, id.0, detail)).await
    }

    /// In whose name a decision is made: the actor's own, by the post they hold; else that of the officer who holds the
    /// deciding post, with whoever enters it beside them. Nobody where it is vacant.
    pub(super) async fn decided_as(&self, actor: &Actor, values: &Values) -> Result<Option<String>, PortalError> {
        let portal = self.0;
        let department = self.department_of(values).await?.unwrap_or(DepartmentId(uuid::Uuid::nil()));
        if let Actor::Staff(staff) = actor
            && let Some(post) = staff.deciding_post(department)
        {
            return Ok(Some(format!("{} {}", post.title, staff.name)));
        }
        let posts = portal.store.deciding_posts(actor.organization(), portal.clock.today()).await?;
        let post = deciding_post(&posts, department.0);
        Ok(post.map(|post| {
            let (officer, by) = (post.person_name.clone().unwrap_or_default(), actor.name());
            let entered = if officer == by { String::new() } else { format!("（代行入力：{by}）") };
            format!("{} {officer}{entered}", post.title)
        }))
    }
}
