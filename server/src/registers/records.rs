//! One record of a register: look at, add, change, archive, and its history. Lists are in `lists`.

use super::{
    FormCheck, Records,
    drafts::object_of,
    kinds::RecordKind,
    lists::{Options, linked},
    rules,
    scale::Scale,
    schema::{self, Field, Kind, Register, Target},
    values::{Value, Values},
};
use crate::{
    permission::{self, Action, ActionName, Actor},
    store::{
        AuditEvent, Writing,
        registers::{Row, parent, title_of},
    },
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::{DepartmentId, RecordId},
    registers::{RecordForm, Typed},
};
use kakunin_questionnaires::text::Language;
use sea_orm::Value as Stored;
use serde_json::json;
use uuid::Uuid;

/// A record as its page shows it.
#[derive(Clone, Debug)]
pub struct RecordView {
    /// Its id.
    pub id: RecordId,
    /// What it holds, and what the records it names are called.
    pub row: Row,
    /// What it is called.
    pub title: String,
    /// The record it is a part of, and what that one is called.
    pub parent: Option<(Target, RecordId, String)>,
    /// Whether `actor` may change it.
    pub may_edit: bool,
    /// Whether `actor` may decide about it.
    pub may_decide: bool,
    /// In whose name it would be decided now: the post and its holder, and whoever enters it for them.
    pub decided_as: Option<String>,
}

/// What has become of a record that was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It says what was typed.
    Kept,
    /// And what was approved about it is another thing now: it is asked for again.
    ApprovalEnded,
}

impl<K: RecordKind> Records<'_, K> {
    /// Whether `actor` may add records that are a part of no other.
    #[must_use]
    pub fn may_add_alone(&self, actor: &Actor) -> bool {
        let register = K::REGISTER;
        let is_part = register.parent.and_then(|name| register.field(name)).is_some_and(|field| field.required);
        let may = match register.department {
            Some(_) => permission::listing(K::EDIT, actor).is_ok(),
            None => permission::in_organization(K::EDIT, actor).is_ok(),
        };
        may && !is_part
    }

    /// Whether `actor` may add records, at least some.
    #[must_use]
    pub fn may_add(&self, actor: &Actor) -> bool {
        permission::listing(K::EDIT, actor).is_ok()
    }

    /// One record.
    ///
    /// # Errors
    /// NotFound.
    pub async fn record(&self, actor: &Actor, id: RecordId) -> Result<RecordView, PortalError> {
        let store = &self.0.store;
        let (record, permit) = store.tenant(actor).record::<K>(id).to(K::VIEW, actor).await?;
        let row = actor.scale().labelled(K::REGISTER, record.row);
        let parent = match parent(K::REGISTER, &row.values) {
            Some((target, above)) => {
                let name = store.record_name(&permit, target, above).await?.unwrap_or_default();
                Some((target, RecordId(above), name))
            }
            None => None,
        };
        let department = self.department_of(&row.values).await?;
        let may = |action: ActionName| row.archived_at.is_none() && permission::may(actor, action, department);
        let may_decide = K::REGISTER.decided && may(ActionName::ApproveUse);
        let decided_as = match may_decide {
            true => self.decided_as(actor, &row.values).await?,
            false => None,
        };
        Ok(RecordView {
            decided_as,
            id,
            title: title_of(K::REGISTER, &row)?,
            parent,
            may_edit: may(K::Edit::NAME),
            may_decide,
            row,
        })
    }

    /// What may be chosen in a form whose choices are the organization's: records for links, and classes.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn choices(&self, actor: &Actor, language: Language) -> Result<Options, PortalError> {
        let permit = permission::listing(K::EDIT, actor)?;
        let mut choices = Options::new();
        for field in K::REGISTER.fields().filter(|field| !field.fixed) {
            match field.kind {
                // Who has an account is for those to see who appoint throughout the organization.
                Kind::Link(Target::Account) if permission::in_organization(K::EDIT, actor).is_err() => {}
                Kind::Link(target) => {
                    choices
                        .insert(field.name, linked(self.0.store.choices(&permit, target, self.0.clock.today()).await?));
                }
                Kind::Class(_) => _ = choices.insert(field.name, actor.scale().choices(field, language)),
                _ => {}
            }
        }
        Ok(choices)
    }

    /// What the record that a new one will be a part of is called.
    ///
    /// # Errors
    /// Forbidden, or NotFound.
    pub async fn name_of(&self, actor: &Actor, target: Target, id: RecordId) -> Result<String, PortalError> {
        let permit = permission::listing(K::EDIT, actor)?;
        let name = self.0.store.record_name(&permit, target, id.0).await?.ok_or(PortalError::NotFound)?;
        match self.0.store.department_of_parent(target, id.0).await? {
            Some(department) if !permission::may_in_department(actor, K::Edit::NAME, department) => {
                Err(PortalError::NotFound)
            }
            // A part of what belongs to no department is the whole organization's.
            None if K::REGISTER.department.is_none() => permission::in_organization(K::EDIT, actor).map(|_| name),
            _ => Ok(name),
        }
    }

    /// Adds a record.
    ///
    /// # Errors
    /// Forbidden, or Invalid with the fields to correct.
    pub async fn add(&self, actor: &Actor, form: &RecordForm) -> Result<RecordId, PortalError> {
        let (portal, register) = (self.0, K::REGISTER);
        let listed = permission::listing(K::EDIT, actor)?;
        let mut check = FormCheck::default();
        let values = read(register, (form, actor.scale()), None, &mut check);
        rules::check(register, &values, &mut check);
        rules::check_against_others(portal, &listed, register, (None, None), (&values, form), &mut check).await?;
        check.done()?;
        let permit = match self.department_of(&values).await? {
            Some(department) => permission::in_department(K::EDIT, actor, department)?,
            None => permission::in_organization(K::EDIT, actor)?,
        };
        let id = RecordId(portal.rng.id(&portal.clock));
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        rules::check_while_writing(&writing, register, (id, None), &values).await?;
        let extra = self.beside(&writing, &values, None).await?;
        writing.add_record(register, id, &values, &extra).await?;
        if let Some((kind, target, of)) = rules::post_of(register, id) {
            add_post(portal, &writing, kind, target, of, &values).await?;
        }
        writing.hand_draft_in((register.key, &object_of(register, "", form))).await?;
        writing.commit(AuditEvent::about(register.object, id.0, json!({ "registered": true }))).await?;
        Ok(id)
    }

    /// Changes a record of the version that was on the screen.
    ///
    /// # Errors
    /// NotFound, Forbidden, Invalid with the fields to correct, or Conflict where somebody else was faster.
    pub async fn change(
        &self,
        actor: &Actor,
        id: RecordId,
        version: i64,
        form: &RecordForm,
    ) -> Result<Changed, PortalError> {
        let (portal, register) = (self.0, K::REGISTER);
        let (record, permit) = portal.store.tenant(actor).record::<K>(id).to(K::EDIT, actor).await?;
        let before = record.row;
        in_use(&before)?;
        let mut check = FormCheck::default();
        let values = read(register, (form, actor.scale()), Some(&before.values), &mut check);
        rules::check(register, &values, &mut check);
        let known = (Some(id), Some(&before.values));
        rules::check_against_others(portal, &permit, register, known, (&values, form), &mut check).await?;
        check.done()?;
        if let Some(department) = self.department_of(&values).await? {
            // Nobody gives a record away to a department that is not theirs.
            permission::in_department(K::EDIT, actor, department)?;
        }
        let changed = self.changes(&permit, &before, &values).await?;
        if changed.is_empty() {
            portal.store.discard_draft(&permit, (register.key, &id.to_string())).await?;
            return Ok(Changed::Kept);
        }
        // What follows is judged by what was read, so that is what has to be there still when it is written.
        if before.version != version {
            return Err(changed_meanwhile());
        }
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        rules::check_while_writing(&writing, register, (id, Some(&before.values)), &values).await?;
        let mut extra = self.beside(&writing, &values, Some(&before.values)).await?;
        let (mut detail, mut outcome) = (json!({ "changed": changed }), Changed::Kept);
        if let Some(state) = asks_again(register, &before, &values) {
            // What was approved is not what this is now: the decision stays in the history alone.
            extra.extend(requested_again());
            detail = json!({ "changed": changed, "from": state, "to": "requested" });
            outcome = if state == "approved" { Changed::ApprovalEnded } else { Changed::Kept };
        }
        if !writing.change_record(register, id, version, &values, &extra).await? {
            return Err(changed_meanwhile());
        }
        writing.hand_draft_in((register.key, &id.to_string())).await?;
        writing.commit(AuditEvent::about(register.object, id.0, detail)).await?;
        Ok(outcome)
    }

    /// Archives a record, or takes it back into use.
    ///
    /// # Errors
    /// NotFound, Forbidden, Invalid where records in use name it, or Conflict where somebody else was faster.
    pub async fn archive(&self, actor: &Actor, id: RecordId, version: i64, archived: bool) -> Result<(), PortalError> {
        let (portal, register) = (self.0, K::REGISTER);
        let (record, permit) = portal.store.tenant(actor).record::<K>(id).to(K::EDIT, actor).await?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        if archived && writing.is_named_elsewhere(register, id).await? {
            return Err(PortalError::invalid("archived", FieldProblem::StillNamed));
        }
        if !archived {
            rules::check_while_restoring(&writing, register, (id, &record.row.values)).await?;
        }
        let at = archived.then(|| writing.at_ms());
        if !writing.set_columns(register, id, version, &[("archived_at", at.into())]).await? {
            return Err(changed_meanwhile());
        }
        writing.commit(AuditEvent::about(register.object, id.0, json!({ "archived": archived }))).await
    }

    /// The department whose work a record with these values is.
    pub(super) async fn department_of(&self, values: &Values) -> Result<Option<DepartmentId>, PortalError> {
        let register = K::REGISTER;
        if let Some(column) = register.department {
            let field = register.fields().find(|field| field.column == column);
            return Ok(match field.and_then(|field| values.get(field.name)) {
                Some(Value::Link(Some(id))) => Some(DepartmentId(*id)),
                _ => None,
            });
        }
        match parent(register, values) {
            Some((target, id)) => self.0.store.department_of_parent(target, id).await,
            None => Ok(None),
        }
    }

    /// Columns that are no fields, of a record with these values, which had others `before` where it is not new.
    async fn beside(
        &self,
        writing: &Writing<'_, K::Edit>,
        values: &Values,
        before: Option<&Values>,
    ) -> Result<Vec<(&'static str, Stored)>, PortalError> {
        let number = |values: &Values| values.get("corporate_number").cloned();
        match (K::REGISTER.key, before) {
            ("vendors", Some(before)) if number(before) == number(values) => Ok(Vec::new()),
            ("vendors", _) => Ok(vec![("company_id", self.0.company_of(writing, values).await?.into())]),
            // After those that were set up with the organization.
            ("departments" | "posts", None) => Ok(vec![("position", 1_000_i64.into())]),
            _ => Ok(Vec::new()),
        }
    }
}

/// Refuses to change what is archived.
pub(crate) fn in_use(row: &Row) -> Result<(), PortalError> {
    match row.archived_at {
        None => Ok(()),
        Some(_) => Err(PortalError::Conflict { current: "archived".to_owned(), by: None }),
    }
}

/// The columns of an application that nobody has decided about.
pub(crate) fn requested_again() -> [(&'static str, Stored); 5] {
    [
        ("state", "requested".into()),
        ("decided_on", None::<String>.into()),
        ("approved_on", None::<String>.into()),
        ("decided_by", "".into()),
        ("decision_note", "".into()),
    ]
}

/// The state of a decided record that has to be decided about again, because what was decided about is another thing now.
pub(crate) fn asks_again(register: &'static Register, before: &Row, values: &Values) -> Option<String> {
    let decided = before.decision.as_ref().filter(|decision| decision.state != "requested")?;
    // What was refused is asked for again with whatever changed about it.
    let counts = |field: &Field| field.material || decided.state == "refused";
    // Answering what was never asked, or what an imported list left open, changes nothing that was approved.
    let answered = |field: &Field| {
        let choice = matches!(field.kind, Kind::One(_) | Kind::Class(_) | Kind::YesNo);
        choice && decided.state == "approved" && before.values.get(field.name).is_none_or(Value::is_empty)
    };
    let changes =
        |field: &Field| counts(field) && !answered(field) && before.values.get(field.name) != values.get(field.name);
    register.fields().find(|field| changes(field)).map(|_| decided.state.clone())
}

/// Reads a form. What is fixed comes from `before` where the record is there already.
fn read(
    register: &'static Register,
    (form, scale): (&RecordForm, &Scale),
    before: Option<&Values>,
    check: &mut FormCheck,
) -> Values {
    let nothing = Typed::default();
    let read = |field: &'static Field| {
        if let (true, Some(kept)) = (field.fixed, before.and_then(|before| before.get(field.name))) {
            return (field.name, kept.clone());
        }
        let there = before.and_then(|before| before.get(field.name));
        let read = scale.read(field, form.get(field.name).unwrap_or(&nothing), there);
        (field.name, check.keep(field.name, read).unwrap_or_else(|| Value::nothing(field.kind)))
    };
    register.fields().map(read).collect()
}

/// Adds the post that comes with a cloud service or a social account, vacant at first; gives its id.
pub(crate) async fn add_post<A: Action>(
    portal: &crate::portal::Portal,
    writing: &Writing<'_, A>,
    kind: &'static str,
    target: Target,
    of: Uuid,
    values: &Values,
) -> Result<RecordId, PortalError> {
    let words = schema::offices::POST_KINDS.iter().find(|choice| choice.code == kind).map(|choice| choice.words.ja);
    // Not by its name: posts are seen by all, and a record by those whose department's it is.
    let title = words.unwrap_or_default().to_owned();
    let department = values.get("department").cloned().unwrap_or(Value::Link(None));
    let attached = if target == Target::CloudService { "cloud_service" } else { "social_account" };
    let post = Values::from([
        ("kind", Value::Text(kind.to_owned())),
        ("title", Value::Text(title)),
        ("department", department),
        (attached, Value::Link(Some(of))),
        ("may_be_vacant", Value::YesNo(Some(false))),
        ("may_be_shared", Value::YesNo(Some(false))),
    ]);
    let id = RecordId(portal.rng.id(&portal.clock));
    writing.add_record(&schema::offices::POSTS, id, &post, &[("position", 2_000_i64.into())]).await?;
    Ok(id)
}

pub(super) fn changed_meanwhile() -> PortalError {
    PortalError::Conflict { current: "changed".to_owned(), by: None }
}
