//! Drafts: what somebody has begun to type into a form is there when they come back, on any machine, until they hand it in.

use super::{
    Records,
    kinds::RecordKind,
    rules::IS_ANOTHER,
    schema::{Kind, Register},
};
use crate::{
    error::internal,
    permission::{self, Actor, Permit},
    store::drafts::DraftRow,
};
use kakunin_api::{
    FieldProblem, PortalError,
    ids::RecordId,
    registers::{RecordForm, SaveRecord, Typed},
};

/// Longest draft, in bytes of JSON: every field of the longest form filled to its end.
const MOST_BYTES: usize = 100_000;
/// After so many milliseconds a draft nobody came back to is forgotten: 30 days.
pub(crate) const DRAFT_KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// So many drafts a person has; the oldest makes room.
const MOST_DRAFTS: i64 = 50;

/// A form that has not been handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The version of the record that was on the screen; 0 for a new one.
    pub version: i64,
    /// What was typed.
    pub form: RecordForm,
    /// When, milliseconds since 1970.
    pub saved_at: i64,
}

/// What a form is about: the record's id; of a new one, the records it will be a part of.
#[must_use]
pub fn object_of(register: &Register, id: &str, form: &RecordForm) -> String {
    if let Ok(id) = id.parse::<RecordId>() {
        // However it is spelt.
        return id.to_string();
    }
    let fixed = register.fields().filter(|field| field.fixed);
    let named = fixed.filter_map(|field| {
        let id = form.get(field.name).map(Typed::text)?.parse::<RecordId>().ok()?;
        Some(format!("{}={id}", field.name))
    });
    named.collect::<Vec<_>>().join("&")
}

impl<K: RecordKind> Records<'_, K> {
    /// The draft that `actor` has of a form; `given` names what a new record will be a part of.
    ///
    /// # Errors
    /// NotFound, or Forbidden.
    pub async fn draft(&self, actor: &Actor, id: &str, given: &RecordForm) -> Result<Option<Draft>, PortalError> {
        let permit = self.drafting(actor, id).await?;
        let object = object_of(K::REGISTER, id, given);
        let since = self.0.clock.now_ms().saturating_sub(DRAFT_KEPT_MS);
        let of = (K::REGISTER.key, object.as_str());
        let Some(row) = self.0.store.draft(&permit, of, since).await? else { return Ok(None) };
        let form = serde_json::from_str(&row.form).map_err(internal)?;
        Ok(Some(Draft { version: row.version, form, saved_at: row.saved_at }))
    }

    /// Keeps what has been typed so far.
    ///
    /// # Errors
    /// NotFound, Forbidden, or Invalid where it is too long.
    pub async fn keep_draft(&self, actor: &Actor, typed: &SaveRecord) -> Result<(), PortalError> {
        let (portal, register) = (self.0, K::REGISTER);
        let permit = self.drafting(actor, &typed.id).await?;
        if typed.id.is_empty() {
            let is_part =
                register.parent.and_then(|name| typed.form.get(name)).is_some_and(|one| !one.text().is_empty());
            if !is_part && register.parent.is_some() && !self.may_add_alone(actor) {
                return Err(PortalError::Forbidden);
            }
            // What it will be a part of has to be there, and seen.
            for field in register.fields().filter(|field| field.fixed) {
                let named = typed.form.get(field.name).map(Typed::text).unwrap_or_default().parse::<RecordId>();
                if let (Kind::Link(target), Ok(id)) = (field.kind, named) {
                    self.name_of(actor, target, id).await?;
                }
            }
        }
        let is_field = |name: &str| name == IS_ANOTHER || register.field(name).is_some();
        let form: RecordForm = typed
            .form
            .iter()
            .filter(|(name, _)| is_field(name))
            .map(|(name, one)| (name.clone(), one.clone()))
            .collect();
        let form = serde_json::to_string(&form).map_err(internal)?;
        if form.len() > MOST_BYTES {
            return Err(PortalError::invalid(register.title, FieldProblem::TooLong));
        }
        let object = object_of(register, &typed.id, &typed.form);
        let now = portal.clock.now_ms();
        let draft = DraftRow { version: typed.begun_from(), form, saved_at: now };
        portal
            .store
            .keep_draft(&permit, (register.key, &object), draft, (now.saturating_sub(DRAFT_KEPT_MS), MOST_DRAFTS))
            .await
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// NotFound, or Forbidden.
    pub async fn discard_draft(&self, actor: &Actor, typed: &SaveRecord) -> Result<(), PortalError> {
        // It is its writer's own, also where they may not change the record any more.
        let permit = permission::listing(K::EDIT, actor)?;
        let object = object_of(K::REGISTER, &typed.id, &typed.form);
        self.0.store.discard_draft(&permit, (K::REGISTER.key, &object)).await
    }

    /// Whoever may fill the form in may keep a draft of it.
    async fn drafting(&self, actor: &Actor, id: &str) -> Result<Permit<K::Edit>, PortalError> {
        if id.is_empty() {
            return permission::listing(K::EDIT, actor);
        }
        let id = id.parse::<RecordId>().map_err(|_| PortalError::NotFound)?;
        let (_, permit) = self.0.store.tenant(actor).record::<K>(id).to(K::EDIT, actor).await?;
        Ok(permit)
    }
}
