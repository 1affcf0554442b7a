//! The history of a record: who changed what from what to what.

use super::{
    Records,
    kinds::RecordKind,
    schema::{Kind, Register, Target},
    values::{Value, Values},
};
use crate::{
    permission::{Actor, Permit},
    store::registers::Row,
};
use kakunin_api::{PortalError, ids::RecordId};
use serde_json::{Map, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Stands in a history beside the fields that changed, where an approval changed with them.
pub const DECISION: &str = "decision";
/// Longest part of a text that the log keeps of a change, in characters.
const LOGGED_CHARACTERS: usize = 400;

/// One change of a record.
#[derive(Clone, Debug)]
pub struct Change {
    /// When, milliseconds since 1970.
    pub at: i64,
    /// Who.
    pub by: String,
    /// The action's name.
    pub action: String,
    /// Field, before, after.
    pub fields: Vec<(String, String, String)>,
    /// What else the log says, as it is written.
    pub detail: String,
}

impl<K: RecordKind> Records<'_, K> {
    /// What has become of a record, the newest first.
    ///
    /// # Errors
    /// NotFound.
    pub async fn history(&self, actor: &Actor, id: RecordId) -> Result<Vec<Change>, PortalError> {
        let (_, permit) = self.0.store.tenant(actor).record::<K>(id).to(K::VIEW, actor).await?;
        let events = self.0.store.events_about(&permit).await?;
        Ok(events.into_iter().map(|event| change(event.at, event.actor_name, event.action, event.detail)).collect())
    }

    /// What changes: by field, before and after. Records are named, texts shortened.
    pub(super) async fn changes(
        &self,
        permit: &Permit<K::Edit>,
        before: &Row,
        values: &Values,
    ) -> Result<Map<String, serde_json::Value>, PortalError> {
        let mut names = BTreeMap::new();
        for field in K::REGISTER.fields() {
            if let (Kind::Link(target), Some(Value::Link(Some(id)))) = (field.kind, values.get(field.name))
                && before.values.get(field.name) != values.get(field.name)
            {
                names.insert(*id, self.0.store.record_name(permit, target, *id).await?.unwrap_or_default());
            }
        }
        Ok(changed_fields(K::REGISTER, before, values, |_, id| names.get(&id).cloned().unwrap_or_default()))
    }
}

/// What changes: by field, before and after. Records are named, texts shortened.
pub(crate) fn changed_fields(
    register: &'static Register,
    before: &Row,
    values: &Values,
    name_of: impl Fn(Target, Uuid) -> String,
) -> Map<String, serde_json::Value> {
    let mut changed = Map::new();
    for field in register.fields() {
        let (old, new) = (before.values.get(field.name), values.get(field.name));
        if old == new {
            continue;
        }
        let old_name = before.labels.get(field.name).cloned();
        let old = old_name.unwrap_or_else(|| old.map(Value::text).unwrap_or_default());
        let new = match (field.kind, new) {
            (Kind::Link(target), Some(Value::Link(Some(id)))) => name_of(target, *id),
            (_, new) => new.map(Value::text).unwrap_or_default(),
        };
        let short = |text: String| text.chars().take(LOGGED_CHARACTERS).collect::<String>();
        changed.insert(field.name.to_owned(), json!([short(old), short(new)]));
    }
    changed
}

/// An event of the log as the history shows it.
fn change(at: i64, by: String, action: String, detail: String) -> Change {
    let parsed: serde_json::Value = serde_json::from_str(&detail).unwrap_or_default();
    let text =
        |value: Option<&serde_json::Value>| value.and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let fields = parsed.get("changed").and_then(|changed| changed.as_object()).map(|changed| {
        let mut fields: Vec<_> =
            changed.iter().map(|(name, both)| (name.clone(), text(both.get(0)), text(both.get(1)))).collect();
        if parsed.get("to").is_some() {
            fields.push((DECISION.to_owned(), text(parsed.get("from")), text(parsed.get("to"))));
        }
        fields
    });
    Change { at, by, action, fields: fields.unwrap_or_default(), detail }
}
