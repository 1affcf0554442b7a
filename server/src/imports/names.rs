//! Which record the text of a cell names.

use crate::{
    permission::Action,
    registers::schema::Target,
    store::{Writing, imports::Named},
};
use kakunin_api::{FieldProblem, PortalError, normalized};
use std::collections::HashMap;
use uuid::Uuid;

/// The records of one kind by what they are called.
#[derive(Debug, Default)]
pub(super) struct Names {
    all: Vec<Named>,
    by_name: HashMap<String, Vec<usize>>,
    by_number: HashMap<String, Vec<usize>>,
    by_id: HashMap<Uuid, usize>,
}

/// What a row says of a record that it names.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// What it calls it; or its id or number.
    pub(super) name: String,
    /// Its number, where a column holds it.
    pub(super) number: String,
    /// What tells it from others of its name, where a column holds it.
    pub(super) within: String,
    /// The record it has to be a part of.
    pub(super) of: Option<Uuid>,
}

impl Names {
    pub(super) async fn load<A: Action>(writing: &Writing<'_, A>, target: Target) -> Result<Self, PortalError> {
        let mut names = Self::default();
        for named in writing.named(target).await? {
            names.insert(named);
        }
        Ok(names)
    }

    pub(super) fn insert(&mut self, named: Named) {
        let place = self.all.len();
        self.by_name.entry(normalized::search_key(&named.name)).or_default().push(place);
        if !named.number.is_empty() {
            self.by_number.entry(normalized::search_key(&named.number)).or_default().push(place);
        }
        self.by_id.insert(named.id, place);
        self.all.push(named);
    }

    /// What a record is called.
    pub(super) fn name(&self, id: Uuid) -> Option<&str> {
        let place = self.by_id.get(&id)?;
        self.all.get(*place).map(|named| named.name.as_str())
    }

    /// The record that is named.
    ///
    /// # Errors
    /// UnknownRecord, SeveralRecords, RecordArchived, or OtherDepartment where it is not theirs to write for.
    pub(super) fn find(&self, said: &Said) -> Result<Uuid, FieldProblem> {
        let within = normalized::search_key(&said.within);
        let fits = |named: &&Named| {
            let inside = within.is_empty() || normalized::search_key(&named.within) == within;
            inside && (said.of.is_none() || named.of == said.of)
        };
        let at = |places: Option<&Vec<usize>>| -> Vec<&Named> {
            places.into_iter().flatten().filter_map(|place| self.all.get(*place)).filter(fits).collect()
        };
        if let Ok(id) = normalized::tidy(&said.name).parse::<Uuid>() {
            let known = self.by_id.get(&id).and_then(|place| self.all.get(*place)).filter(fits);
            return only(known.into_iter().collect());
        }
        let number = normalized::search_key(&said.number);
        let name = normalized::search_key(&said.name);
        let mut found = at(self.by_number.get(&number).filter(|_| !number.is_empty()));
        if found.is_empty() {
            found = at(self.by_name.get(&name).filter(|_| !name.is_empty()));
            // Two different numbers are two companies, whatever they are called; and so are two legal forms.
            found.retain(|named| number.is_empty() || named.number.is_empty());
            let form = normalized::legal_form(&said.name);
            found.retain(|named| {
                let other = normalized::legal_form(&named.name);
                form.is_empty() || other.is_empty() || form == other
            });
            let same: Vec<&Named> =
                found.iter().filter(|named| normalized::legal_form(&named.name) == form).copied().collect();
            if !same.is_empty() {
                found = same;
            }
        }
        if found.is_empty() && number.is_empty() {
            found = at(self.by_number.get(&name).filter(|_| !name.is_empty()));
        }
        only(found)
    }
}

/// The one that is meant: in use before archived.
fn only(mut found: Vec<&Named>) -> Result<Uuid, FieldProblem> {
    if found.iter().any(|named| !named.archived) {
        found.retain(|named| !named.archived);
    }
    match found.as_slice() {
        [] => Err(FieldProblem::UnknownRecord),
        [one] if one.archived => Err(FieldProblem::RecordArchived),
        [one] if !one.own => Err(FieldProblem::OtherDepartment),
        [one] => Ok(one.id),
        _ => Err(FieldProblem::SeveralRecords),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: u128, name: &str, number: &str, within: &str) -> Named {
        let text = str::to_owned;
        let (name, number, within) = (text(name), text(number), text(within));
        Named { id: Uuid::from_u128(id), name, number, within, of: None, archived: false, own: true }
    }

    fn said(name: &str, number: &str, within: &str) -> Said {
        let text = str::to_owned;
        Said { name: text(name), number: text(number), within: text(within), of: None }
    }

    #[test]
    fn a_record_is_found_by_number_then_by_name() {
        let mut names = Names::default();
        names.insert(named(1, "株式会社みどり", "7000012050002", ""));
        names.insert(named(2, "㈱あおい", "", ""));
        names.insert(named(3, "課長", "", "市民課"));
        names.insert(named(4, "課長", "", "納税課"));
        let id = |id: u128| Ok(Uuid::from_u128(id));
        assert_eq!(names.find(&said("（株）みどり", "", "")), id(1));
        assert_eq!(names.find(&said("旧名", "7000012050002", "")), id(1));
        assert_eq!(names.find(&said("みどり", "1234567890123", "")), Err(FieldProblem::UnknownRecord));
        assert_eq!(names.find(&said("株式会社アオイ", "1234567890123", "")), id(2));
        assert_eq!(names.find(&said("7000012050002", "", "")), id(1));
        assert_eq!(names.find(&said("課長", "", "")), Err(FieldProblem::SeveralRecords));
        assert_eq!(names.find(&said("課長", "", "納税課")), id(4));
        assert_eq!(names.find(&said(&Uuid::from_u128(2).to_string(), "", "")), id(2));
        assert_eq!(names.find(&said("", "", "")), Err(FieldProblem::UnknownRecord));
        // The legal form counts where both state one.
        names.insert(named(5, "有限会社あおい", "", ""));
        assert_eq!(names.find(&said("㈱あおい", "", "")), id(2));
        assert_eq!(names.find(&said("（有）あおい", "", "")), id(5));
        assert_eq!(names.find(&said("合同会社あおい", "", "")), Err(FieldProblem::UnknownRecord));
        assert_eq!(names.find(&said("あおい", "", "")), Err(FieldProblem::SeveralRecords));
    }
}
