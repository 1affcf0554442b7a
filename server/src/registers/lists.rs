//! The lists of every register: pages, what they can be narrowed by, what is taken away, and what waits for a decision.

use super::{
    Records,
    kinds::{EngagementRecord, RecordKind},
    schema::Kind,
};
use crate::{
    permission::{self, Actor},
    store::{AuditEvent, registers::Row},
};
use kakunin_api::{
    PortalError,
    ids::RecordId,
    listing::{PAGE_ROWS, Page},
    registers::ListQuery,
};
use kakunin_questionnaires::text::Language;
use serde_json::json;
use std::collections::BTreeMap;

/// What can be chosen, by the name of the field: values of a form, and what they are called.
pub type Options = BTreeMap<&'static str, Vec<(String, String)>>;

/// Records as choices of a form.
pub(super) fn linked(records: Vec<(RecordId, String)>) -> Vec<(String, String)> {
    records.into_iter().map(|(id, name)| (id.to_string(), name)).collect()
}

/// A page with what the organization calls its classes.
fn labelled<K: RecordKind>(actor: &Actor, page: Page<Row>) -> Page<Row> {
    let rows = page.rows.into_iter().map(|row| actor.scale().labelled(K::REGISTER, row)).collect();
    Page { rows, ..page }
}

impl Records<'_, EngagementRecord> {
    /// A vendor's engagements, as far as `actor` sees them, the newest first.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn of_vendor(&self, actor: &Actor, vendor: RecordId) -> Result<Page<Row>, PortalError> {
        let permit = permission::listing(permission::ViewEngagements, actor)?;
        let page = self.0.store.engagements_of_vendor(&permit, vendor).await?;
        Ok(labelled::<EngagementRecord>(actor, page))
    }
}

impl<K: RecordKind> Records<'_, K> {
    /// One page of the register; `parent` narrows it to the parts of one record.
    ///
    /// # Errors
    /// Forbidden to contractors; NotFound where the parent may not be seen.
    pub async fn list(
        &self,
        actor: &Actor,
        query: &ListQuery,
        parent: Option<RecordId>,
    ) -> Result<Page<Row>, PortalError> {
        let permit = permission::listing(K::VIEW, actor)?;
        let page = self.0.store.records(&permit, K::REGISTER, query, parent, PAGE_ROWS).await?;
        Ok(labelled::<K>(actor, page))
    }

    /// The same as [`Self::list`], so many rows a page: for what takes the list away.
    pub(crate) async fn rows(
        &self,
        actor: &Actor,
        query: &ListQuery,
        at_a_time: u64,
    ) -> Result<Page<Row>, PortalError> {
        let permit = permission::listing(K::VIEW, actor)?;
        let page = self.0.store.records(&permit, K::REGISTER, query, None, at_a_time).await?;
        Ok(labelled::<K>(actor, page))
    }

    /// Notes that somebody took a list away.
    pub(crate) async fn taken_away(&self, actor: &Actor, query: &ListQuery) -> Result<(), PortalError> {
        let permit = permission::listing(K::VIEW, actor)?;
        let writing = self.0.store.write(&permit, self.0.clock.now_ms()).await?;
        let search: String = query.search.chars().take(100).collect();
        let is_field = |name: &str| {
            matches!(name, "decision" | "gaps") || K::REGISTER.field(name).is_some_and(|field| field.filter)
        };
        let short = |code: &String| code.chars().take(100).collect::<String>();
        let filters = query.filters.iter().filter(|(name, _)| is_field(name));
        let filters: BTreeMap<&String, String> = filters.map(|(name, code)| (name, short(code))).collect();
        let detail = json!({ "exported": K::REGISTER.key, "search": search, "filters": filters });
        writing.commit(AuditEvent::about("workbook", permit.object(), detail)).await
    }

    /// By what the list can be narrowed: for each filter, values and what they are called.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn filter_choices(&self, actor: &Actor, language: Language) -> Result<Options, PortalError> {
        let permit = permission::listing(K::VIEW, actor)?;
        let mut choices = Options::new();
        for field in K::REGISTER.fields().filter(|field| field.filter) {
            let options = match field.kind {
                Kind::Link(target) => linked(self.0.store.choices(&permit, target, self.0.clock.today()).await?),
                _ => actor.scale().ever(field, language),
            };
            choices.insert(field.name, options);
        }
        Ok(choices)
    }
}
