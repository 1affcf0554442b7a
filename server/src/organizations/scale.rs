//! The organization's own classes of information: what they are called, and which national class each stands for.

use super::Organizations;
use crate::{
    permission::{self, Actor, EditScale},
    registers::{FormCheck, scale::NATIONAL},
    store::AuditEvent,
};
use kakunin_api::{PortalError, organizations::ScaleForm};
use serde_json::json;
use sha2::{Digest, Sha256};

/// What tells one scale from another on a form.
fn digest(stored: &str) -> String {
    hex::encode(Sha256::digest(stored))
}

impl Organizations<'_> {
    /// The names of the classes, for whoever may change them.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn scale_form(&self, actor: &Actor) -> Result<ScaleForm, PortalError> {
        permission::in_organization(EditScale, actor)?;
        let names = NATIONAL.map(|one| (one.field.to_owned(), actor.scale().names(one.axis, one.choice.code)));
        Ok(ScaleForm { names: names.into(), before: digest(&actor.scale().stored()) })
    }

    /// Whether `actor` may change the classes.
    #[must_use]
    pub fn may_edit_scale(&self, actor: &Actor) -> bool {
        permission::in_organization(EditScale, actor).is_ok()
    }

    /// Changes what the organization's classes are called.
    ///
    /// # Errors
    /// Forbidden, or Invalid with the fields to correct.
    pub async fn edit_scale(&self, actor: &Actor, form: &ScaleForm) -> Result<(), PortalError> {
        let portal = self.0;
        let permit = permission::in_organization(EditScale, actor)?;
        let mut check = FormCheck::default();
        let scale = match actor.scale().named(&form.names) {
            Ok(scale) => Some(scale),
            Err(faults) => {
                for (field, problem) in faults {
                    check.refuse(field, problem);
                }
                None
            }
        };
        check.done()?;
        let Some(scale) = scale.filter(|scale| scale != actor.scale()) else { return Ok(()) };
        let before = actor.scale().stored();
        let changed_meanwhile = || PortalError::Conflict { current: "changed".to_owned(), by: None };
        if form.before != digest(&before) {
            return Err(changed_meanwhile());
        }
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        if !writing.edit_scale(&before, scale.stored()).await? {
            return Err(changed_meanwhile());
        }
        writing.commit(AuditEvent::about("organization", permit.object(), json!({ "scale": scale }))).await
    }
}
