//! Imports that are under way: begun by a form, looked at by a page, and gone on with when the page is left.
//!
//! How far they are is in memory alone. Where the server stops, nothing of them was written, and the page offers to begin
//! again.

use super::{Told, judge, register_of};
use crate::{
    for_register,
    permission::{Actor, ImportRecords},
    portal::Portal,
    store::AuditEvent,
};
use kakunin_api::{PortalError, ids::ImportId};
use serde_json::json;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;

/// A page waits so long for the end before it shows how far things are.
const PATIENCE: Duration = Duration::from_millis(800);

/// So many imports are remembered whose end nobody has looked at.
const MOST_KEPT: usize = 200;

/// Why rows are gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To show what would become of them; nothing stays.
    Try,
    /// To bring them in.
    BringIn,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    /// Rows gone through.
    pub done: u32,
    /// Rows there are.
    pub total: u32,
}

#[derive(Debug, Default)]
struct Run {
    done: AtomicU32,
    total: u32,
    outcome: OnceLock<Result<(), PortalError>>,
    ended: Notify,
}

/// Those under way.
#[derive(Debug, Default)]
pub(crate) struct ImportsRunning(Mutex<HashMap<ImportId, Arc<Run>>>);

impl ImportsRunning {
    fn of(&self, id: ImportId) -> Option<Arc<Run>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// Whether this one is under way.
    pub(super) fn is_running(&self, id: ImportId) -> bool {
        self.of(id).is_some_and(|run| run.outcome.get().is_none())
    }

    /// How far this one is; none where it is not under way. Waits a moment for its end.
    ///
    /// # Errors
    /// What it ended with, said once.
    pub(super) async fn look_at(&self, id: ImportId) -> Result<Option<Running>, PortalError> {
        let Some(run) = self.of(id) else { return Ok(None) };
        let ended = run.ended.notified();
        if run.outcome.get().is_none() {
            let _ = tokio::time::timeout(PATIENCE, ended).await;
        }
        match run.outcome.get() {
            None => Ok(Some(Running { done: run.done.load(Ordering::Relaxed), total: run.total })),
            Some(outcome) => {
                self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
                outcome.clone().map(|()| None)
            }
        }
    }
}

/// Begins to go through the rows of an import.
pub(super) fn begin(portal: &Arc<Portal>, actor: &Actor, id: ImportId, (told, total): (Told, u32), purpose: Purpose) {
    let run = Arc::new(Run { total, ..Run::default() });
    let mut all = portal.imports_running.0.lock().unwrap_or_else(PoisonError::into_inner);
    // Somebody else was faster.
    if all.get(&id).is_some_and(|known| known.outcome.get().is_none()) {
        return;
    }
    // What nobody came back to look at is forgotten when there is much of it.
    if all.len() > MOST_KEPT {
        all.retain(|_, known| known.outcome.get().is_none());
    }
    all.insert(id, Arc::clone(&run));
    drop(all);
    let (portal, actor) = (Arc::clone(portal), actor.clone());
    let counting = Arc::clone(&run);
    let work = tokio::spawn(async move {
        let done = |count| counting.done.store(count, Ordering::Relaxed);
        go_through(&portal, &actor, id, &told, purpose, done).await
    });
    tokio::spawn(async move {
        // However it ends, its page is told.
        let outcome = work.await.unwrap_or_else(|error| Err(crate::error::internal(error)));
        let _ = run.outcome.set(outcome);
        run.ended.notify_waiters();
    });
}

async fn go_through(
    portal: &Portal,
    actor: &Actor,
    id: ImportId,
    told: &Told,
    purpose: Purpose,
    done: impl Fn(u32) + Send + Sync,
) -> Result<(), PortalError> {
    let (row, permit) = portal.store.tenant(actor).import(id).to(ImportRecords, actor).await?;
    let register = register_of(&row.register).ok_or(PortalError::NotFound)?;
    let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
    let outcome = for_register!(register.key, |K| {
        super::may_all::<K>(actor)?;
        judge::rows::<K>(portal, actor, &writing, id, told, &done).await
    })?;
    let json = serde_json::to_string(&outcome).map_err(crate::error::internal)?;
    let counts = json!({
        "register": register.key,
        "file_sha256": row.file_sha256,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "rejected": outcome.rejected,
        "beside": outcome.beside.iter().map(|(key, named)| (key, named.len())).collect::<BTreeMap<_, _>>(),
    });
    if purpose == Purpose::BringIn && json == row.outcome {
        let at = writing.at_ms();
        let applied = [("state", "applied".into()), ("applied_at", at.into())];
        if !writing.set_import(id.0, &["checked"], &applied).await? {
            return Err(changed());
        }
        writing.forget_import_rows(id.0).await?;
        return writing.commit(AuditEvent::about("import", id.0, json!({ "brought_in": counts }))).await;
    }
    writing.take_back().await?;
    let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
    let checked = [("state", "checked".into()), ("outcome", json.as_str().into())];
    if !writing.set_import(id.0, &["uploaded", "checked"], &checked).await? {
        return Err(changed());
    }
    writing.commit(AuditEvent::about("import", id.0, json!({ "tried": counts }))).await?;
    if purpose == Purpose::BringIn {
        // The register has changed since the trial: what would become of the rows now is shown first.
        return Err(changed());
    }
    Ok(())
}

fn changed() -> PortalError {
    PortalError::Conflict { current: "changed".to_owned(), by: None }
}
