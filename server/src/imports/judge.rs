//! Row by row, inside one transaction. What a row says is in `draft`, what it makes in `make`.

use super::{Told as Mapping, known::Known, names::Names, outcome::Outcome};
use crate::{
    grid::Row,
    permission::{self, Actor, ApproveUse, ImportRecords, ManageOffices, RegisterVendor},
    portal::Portal,
    registers::{
        kinds::RecordKind,
        scale::Scale,
        schema::{Kind, Register, Target},
        values::Values,
    },
    store::{AuditEvent, Writing, registers::write::NewRecord},
};
use kakunin_api::{
    PortalError,
    ids::{ImportId, RecordId},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Rows gone through at a time.
const AT_ONCE: i64 = 500;
/// Goes through all rows of an import.
pub(super) async fn rows<K: RecordKind>(
    portal: &Portal,
    actor: &Actor,
    writing: &Writing<'_, ImportRecords>,
    import: ImportId,
    mapping: &Mapping,
    done: &(impl Fn(u32) + Send + Sync),
) -> Result<Outcome, PortalError> {
    let register = K::REGISTER;
    let mut names = HashMap::new();
    for field in register.fields() {
        if let Kind::Link(target) = field.kind
            && !names.contains_key(&target)
        {
            names.insert(target, Names::load(writing, target).await?);
        }
    }
    let mut judge = Judge {
        portal,
        writing,
        register,
        import,
        mapping,
        scale: actor.scale(),
        may_add_vendors: permission::in_organization(RegisterVendor, actor).is_ok(),
        may_add_departments: mapping.add_departments && permission::in_organization(ManageOffices, actor).is_ok(),
        may_appoint: permission::in_organization(ManageOffices, actor).is_ok(),
        approves_as: permission::in_organization(ApproveUse, actor).is_ok().then(|| actor.name().to_owned()),
        known: Known::load(writing, register).await?,
        names,
        seen: HashMap::new(),
        numbers: HashMap::new(),
        above: HashMap::new(),
        outcome: Outcome::default(),
    };
    let sheet = i64::try_from(mapping.sheet).unwrap_or(0);
    let (mut after, mut gone_through) = (i64::from(mapping.heading_row), 0_u32);
    // What is checked against other rows is written before the next one is looked at.
    let at_once = if matches!(register.key, "appointments" | "departments") { 1 } else { usize::MAX };
    loop {
        let rows = writing.import_rows(import.0, sheet, after, AT_ONCE).await?;
        let Some(last) = rows.last() else { break };
        after = i64::from(last.number);
        for some in rows.chunks(at_once.min(rows.len())) {
            judge.some(some).await?;
        }
        gone_through = gone_through.saturating_add(u32::try_from(rows.len()).unwrap_or(0));
        done(gone_through);
    }
    Ok(judge.outcome)
}

pub(super) struct Judge<'a, 'p> {
    pub(super) portal: &'a Portal,
    pub(super) writing: &'a Writing<'p, ImportRecords>,
    pub(super) register: &'static Register,
    pub(super) import: ImportId,
    pub(super) mapping: &'a Mapping,
    pub(super) scale: &'a Scale,
    pub(super) may_add_vendors: bool,
    pub(super) may_add_departments: bool,
    pub(super) may_appoint: bool,
    /// Who brings approvals in, where they may approve everything.
    pub(super) approves_as: Option<String>,
    pub(super) known: Known,
    pub(super) names: HashMap<Target, Names>,
    /// The records that earlier rows mean: the row, and a hash of what it says.
    pub(super) seen: HashMap<String, (u32, u64)>,
    /// Of contractors, the numbers that earlier rows give, and to which record.
    pub(super) numbers: HashMap<String, String>,
    /// What stood last in each column, for cells that repeat it.
    pub(super) above: HashMap<u16, String>,
    pub(super) outcome: Outcome,
}

/// What is added at the end of a batch.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) new: Vec<NewRecord>,
    /// The row's number, the record, what it holds, and who answers for it.
    pub(super) officers: Vec<(u32, RecordId, Values, Option<String>)>,
    pub(super) events: Vec<AuditEvent>,
}

impl Judge<'_, '_> {
    async fn some(&mut self, rows: &[Row]) -> Result<(), PortalError> {
        let mut batch = Batch::default();
        let mut drafts = Vec::new();
        for row in rows {
            match self.draft(row, &mut batch).await? {
                Some(draft) => drafts.push(draft),
                None => continue,
            }
        }
        let ids: Vec<Uuid> = drafts.iter().filter_map(|draft| draft.id).collect();
        let there: HashMap<Uuid, _> =
            self.writing.records_at(self.register, &ids).await?.into_iter().map(|record| (record.id, record)).collect();
        for draft in drafts {
            match draft.id.and_then(|id| there.get(&id)) {
                Some(before) => self.change(draft, before, &mut batch).await?,
                None => self.add(draft, &mut batch).await?,
            }
        }
        self.write(batch).await
    }
}
