//! Checking a log: every event follows from the one before, and every checkpoint fits the event it was signed at.
//!
//! Knows no database while it checks: events come one by one, so that a log of any length fits.

use super::checkpoint;
use crate::store::{
    Store,
    records::{AuditCheckpoint, AuditEventRecord},
    writing::chain_hash,
};
use kakunin_api::{PortalError, ids::OrganizationId};
use std::collections::BTreeMap;

/// What is wrong with a log, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The event does not follow from the one before: it, or the one before, was changed, moved or taken out.
    #[error("event {0} does not follow from the one before; the log was changed there")]
    Event(i64),
    /// The event is not the one the checkpoint was signed at: the log was written anew.
    #[error("event {0} is not the one its checkpoint was signed at; the log was written anew before it")]
    Rewritten(i64),
    /// The checkpoint's signature does not hold.
    #[error("the checkpoint at event {0} was not signed by this portal")]
    Signature(i64),
    /// The log ends before a checkpoint: its end was cut off.
    #[error("the log ends at event {last}, but a checkpoint was signed at event {signed}: its end was cut off")]
    CutOff {
        /// The last event there is.
        last: i64,
        /// An event there was.
        signed: i64,
    },
}

/// Checks one organization's log.
#[derive(Debug)]
pub struct Verifier {
    last: i64,
    previous: String,
    checkpoints: BTreeMap<i64, Vec<AuditCheckpoint>>,
    public_key: String,
}

impl Verifier {
    /// With the checkpoints of one organization, which all have to be signed by `public_key`.
    #[must_use]
    pub fn new(checkpoints: impl IntoIterator<Item = AuditCheckpoint>, public_key: &str) -> Self {
        let mut by_event: BTreeMap<i64, Vec<AuditCheckpoint>> = BTreeMap::new();
        for one in checkpoints {
            by_event.entry(one.sequence).or_default().push(one);
        }
        Self { last: 0, previous: "0".repeat(64), checkpoints: by_event, public_key: public_key.to_owned() }
    }

    /// Takes the next event.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn take(&mut self, event: &AuditEventRecord) -> Result<(), Broken> {
        let sequence = self.last + 1;
        let follows = event.sequence == sequence && event.previous_hash == self.previous;
        if !follows || chain_hash(event) != event.hash {
            return Err(Broken::Event(sequence));
        }
        for signed in self.checkpoints.remove(&sequence).unwrap_or_default() {
            if !checkpoint::holds(&signed, &self.public_key) {
                return Err(Broken::Signature(sequence));
            }
            if signed.hash != event.hash || signed.organization_id != event.organization_id {
                return Err(Broken::Rewritten(sequence));
            }
        }
        (self.last, self.previous) = (sequence, event.hash.clone());
        Ok(())
    }

    /// No event follows: how many there were.
    ///
    /// # Errors
    /// Where a checkpoint was signed at an event that is not there.
    pub fn finish(self) -> Result<i64, Broken> {
        match self.checkpoints.keys().next_back() {
            Some(signed) => Err(Broken::CutOff { last: self.last, signed: *signed }),
            None => Ok(self.last),
        }
    }
}

/// Checks an organization's log from its first event, a thousand at a time.
///
/// # Errors
/// Where the database fails.
pub async fn verify(
    store: &Store,
    organization: OrganizationId,
    checkpoints: Vec<AuditCheckpoint>,
    public_key: &str,
) -> Result<Result<i64, Broken>, PortalError> {
    let mut verifier = Verifier::new(checkpoints, public_key);
    let mut last = 0;
    loop {
        let events = store.audit_events_after(organization, last, 1000).await?;
        let Some(newest) = events.last() else { return Ok(verifier.finish()) };
        last = newest.sequence;
        for event in &events {
            if let Err(broken) = verifier.take(event) {
                return Ok(Err(broken));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::checkpoint::CheckpointSigner;
    use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
    use uuid::Uuid;

    const EVENTS: i64 = 60;
    const TAMPERINGS: u32 = 10_000;

    fn event(sequence: i64) -> AuditEventRecord {
        AuditEventRecord {
            organization_id: Uuid::from_u128(7),
            sequence,
            at: 1_800_000_000_000 + sequence * 1000,
            actor_kind: "staff".to_owned(),
            actor_id: Some(Uuid::from_u128(8)),
            actor_name: "田中 恵".to_owned(),
            action: "RegisterVendor".to_owned(),
            object_kind: "vendor".to_owned(),
            object_id: Uuid::from_u128(u128::try_from(sequence).unwrap()),
            detail: format!("{{\"n\":{sequence}}}"),
            previous_hash: String::new(),
            hash: String::new(),
        }
    }

    /// Makes the chain whole again from `from` on, as somebody would who knows how it is made.
    fn rehash(events: &mut [AuditEventRecord], from: usize) {
        for at in from..events.len() {
            events[at].sequence = i64::try_from(at).unwrap() + 1;
            events[at].previous_hash = if at == 0 { "0".repeat(64) } else { events[at - 1].hash.clone() };
            events[at].hash = chain_hash(&events[at]);
        }
    }

    fn log() -> (Vec<AuditEventRecord>, Vec<AuditCheckpoint>, CheckpointSigner) {
        let mut events: Vec<_> = (1..=EVENTS).map(event).collect();
        rehash(&mut events, 0);
        let signer = CheckpointSigner::of_seed(1);
        let signed = events.iter().filter(|event| event.sequence % 10 == 0 || event.sequence == EVENTS);
        let organization = OrganizationId(Uuid::from_u128(7));
        let checkpoints =
            signed.map(|event| signer.sign(organization, event.sequence, event.hash.clone(), 5)).collect();
        (events, checkpoints, signer)
    }

    fn checked(events: &[AuditEventRecord], checkpoints: &[AuditCheckpoint], key: &str) -> Result<i64, Broken> {
        let mut verifier = Verifier::new(checkpoints.iter().cloned(), key);
        for event in events {
            verifier.take(event)?;
        }
        verifier.finish()
    }

    fn edit(event: &mut AuditEventRecord, random: &mut StdRng) {
        match random.random_range(0..9) {
            0 => event.at += 1,
            1 => event.actor_kind = "system".to_owned(),
            2 => event.actor_id = None,
            3 => event.actor_name.push('子'),
            4 => event.action = "SignIn".to_owned(),
            5 => event.object_kind = "user".to_owned(),
            6 => event.object_id = Uuid::from_u128(random.random()),
            7 => event.organization_id = Uuid::from_u128(9),
            _ => event.detail = "{}".to_owned(),
        }
    }

    #[test]
    fn a_whole_log_is_whole() {
        let (events, checkpoints, signer) = log();
        assert_eq!(checked(&events, &checkpoints, &signer.public_key()), Ok(EVENTS));
        assert_eq!(checked(&[], &[], &signer.public_key()), Ok(0));
    }

    #[test]
    fn every_tampering_is_found() {
        let (whole, checkpoints, signer) = log();
        let key = signer.public_key();
        let mut random = StdRng::seed_from_u64(20_261_121);
        let mut kinds = [0_u32; 5];
        for number in 0..TAMPERINGS {
            let mut events = whole.clone();
            let at = random.random_range(0..events.len());
            let kind = random.random_range(0..5);
            match kind {
                0 => edit(&mut events[at], &mut random),
                1 => {
                    events.remove(at);
                }
                2 => {
                    let other = (at + random.random_range(1..events.len())) % events.len();
                    events.swap(at, other);
                }
                3 => {
                    let mut forged = events.choose(&mut random).unwrap().clone();
                    edit(&mut forged, &mut random);
                    events.insert(at, forged);
                }
                _ => events.truncate(at),
            }
            // Half of those who tamper know how the chain is made, and make it whole again.
            if random.random_bool(0.5) {
                rehash(&mut events, 0);
            }
            kinds[kind] += 1;
            assert!(checked(&events, &checkpoints, &key).is_err(), "tampering {number} of kind {kind} at {at}");
        }
        assert!(kinds.iter().all(|count| *count > 1500), "{kinds:?}");
    }

    #[test]
    fn a_checkpoint_of_another_key_is_none() {
        let (events, mut checkpoints, signer) = log();
        let organization = OrganizationId(Uuid::from_u128(7));
        checkpoints[2] = CheckpointSigner::of_seed(2).sign(organization, 30, checkpoints[2].hash.clone(), 5);
        assert_eq!(checked(&events, &checkpoints, &signer.public_key()), Err(Broken::Signature(30)));
        checkpoints[2].public_key = signer.public_key();
        assert_eq!(checked(&events, &checkpoints, &signer.public_key()), Err(Broken::Signature(30)));
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is() {
        let (whole, checkpoints, signer) = log();
        let key = signer.public_key();
        let mut events = whole.clone();
        events[16].detail = "{}".to_owned();
        assert_eq!(checked(&events, &checkpoints, &key), Err(Broken::Event(17)));
        rehash(&mut events, 0);
        assert_eq!(checked(&events, &checkpoints, &key), Err(Broken::Rewritten(20)));
        assert_eq!(checked(&whole[..55], &checkpoints, &key), Err(Broken::CutOff { last: 55, signed: 60 }));
    }
}
