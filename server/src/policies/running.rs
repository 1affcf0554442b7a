//! What-ifs that take a while: begun once, looked at while they run, and kept until something they rest on changes.
//!
//! This is a cache and nothing more: another server, or this one after a restart, begins again.

use super::what_if;
use crate::{
    permission::{Permit, ViewWhatIf},
    portal::Portal,
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    ids::OrganizationId,
    policies::{WhatIf, WhatIfShown},
};
use kakunin_questionnaires::policy::Policy;
use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;

/// A page waits so long for the outcome before it shows how far things are.
const PATIENCE: Duration = Duration::from_millis(800);
/// So many are kept.
const KEPT: usize = 16;

/// Everything an outcome rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Basis {
    organization: OrganizationId,
    before: String,
    after: String,
    today: Date,
    /// How many evaluations there are, and when the last one was made.
    evaluations: (u64, i64),
}

/// One that runs or has run.
#[derive(Debug, Default)]
struct Running {
    done: AtomicU32,
    outcome: OnceLock<Result<WhatIf, PortalError>>,
    ended: Notify,
}

/// Those begun lately, the newest last.
#[derive(Debug, Default)]
pub(crate) struct WhatIfs(Mutex<VecDeque<(Basis, Arc<Running>)>>);

/// The outcome for a page, or how far it is.
pub(super) async fn shown(
    portal: &Arc<Portal>,
    permit: &Permit<ViewWhatIf>,
    before: Arc<Policy>,
    after: Arc<Policy>,
) -> Result<WhatIfShown, PortalError> {
    let (total, evaluations, last) = portal.store.evaluations_there_are(permit).await?;
    let basis = Basis {
        organization: permit.organization(),
        before: before.sha256(),
        after: after.sha256(),
        today: portal.clock.today(),
        evaluations: (evaluations, last),
    };
    let (running, is_new) = portal.what_ifs.begin(basis);
    if is_new {
        let (portal, permit, running) = (Arc::clone(portal), permit.clone(), Arc::clone(&running));
        tokio::spawn(async move {
            let done = |count| running.done.store(count, Ordering::Relaxed);
            let mut outcome = what_if::what_if(&portal, &permit, before, after, done).await;
            if let Ok(what_if) = &mut outcome {
                what_if.rows.truncate(WhatIf::SHOWN);
            }
            let _ = running.outcome.set(outcome);
            running.ended.notify_waiters();
        });
    }
    let ended = running.ended.notified();
    if running.outcome.get().is_none() {
        let _ = tokio::time::timeout(PATIENCE, ended).await;
    }
    match running.outcome.get() {
        Some(outcome) => outcome.clone().map(WhatIfShown::Done),
        None => Ok(WhatIfShown::Running { done: running.done.load(Ordering::Relaxed), total }),
    }
}

impl WhatIfs {
    /// The one with this basis, and whether it has just been begun. One that failed is begun again.
    fn begin(&self, basis: Basis) -> (Arc<Running>, bool) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(_, running)| !matches!(running.outcome.get(), Some(Err(_))));
        if let Some((_, running)) = all.iter().find(|(known, _)| *known == basis) {
            return (Arc::clone(running), false);
        }
        let running = Arc::new(Running::default());
        all.push_back((basis, Arc::clone(&running)));
        if all.len() > KEPT {
            all.pop_front();
        }
        (running, true)
    }
}
