//! Which records of a register are there already, and which one a row means.

use crate::{
    permission::Action,
    registers::{
        schema::{Field, Register},
        values::{Value, Values},
    },
    store::Writing,
};
use kakunin_api::{PortalError, normalized};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The records of a register by what they are known by.
pub(super) struct Known {
    register: &'static Register,
    fields: Vec<&'static Field>,
    /// For each of the register's identities, the records that say the same.
    by: Vec<HashMap<String, Vec<Uuid>>>,
    all: HashMap<Uuid, (bool, Vec<String>)>,
}

/// Which record a row means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// One that is not there yet.
    New,
    /// This one.
    There(Uuid),
    /// This one, which is archived.
    Archived,
    /// Several fit.
    Several,
}

/// A value as records are compared by it.
fn key(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(text)) => normalized::search_key(text),
        Some(value) => value.text(),
        None => String::new(),
    }
}

/// The same as it is written.
fn raw(value: Option<&Value>) -> String {
    value.map(Value::text).unwrap_or_default()
}

impl Known {
    pub(super) async fn load<A: Action>(
        writing: &Writing<'_, A>,
        register: &'static Register,
    ) -> Result<Self, PortalError> {
        let mut fields: Vec<&'static Field> = Vec::new();
        for name in register.identity.iter().copied().flatten() {
            if let Some(field) = register.field(name)
                && fields.iter().all(|known| known.name != field.name)
            {
                fields.push(field);
            }
        }
        let by = register.identity.iter().map(|_| HashMap::new()).collect();
        let mut known = Self { register, fields, by, all: HashMap::new() };
        for (id, archived, texts) in writing.identities(register, &known.fields).await? {
            let values: BTreeMap<&str, String> =
                known.fields.iter().map(|field| field.name).zip(texts.iter().cloned()).collect();
            let keys = known.keys(|name| values.get(name).map(|text| normalized::search_key(text)).unwrap_or_default());
            known.insert(id, archived, keys, texts);
        }
        Ok(known)
    }

    fn insert(&mut self, id: Uuid, archived: bool, keys: Vec<Option<String>>, texts: Vec<String>) {
        for (by, key) in self.by.iter_mut().zip(keys) {
            if let Some(key) = key {
                by.entry(key).or_default().push(id);
            }
        }
        self.all.insert(id, (archived, texts));
    }

    /// For each identity, its key; none where one of its fields says nothing.
    fn keys(&self, said: impl Fn(&str) -> String) -> Vec<Option<String>> {
        let key_of = |names: &&[&str]| {
            let parts: Vec<String> = names.iter().map(|name| said(name)).collect();
            parts.iter().all(|part| !part.is_empty()).then(|| parts.join("\u{1f}"))
        };
        self.register.identity.iter().map(key_of).collect()
    }

    /// What the row's record is known by within the list itself, the strongest first; nothing where it says too little.
    pub(super) fn keys_of(&self, values: &Values) -> Vec<String> {
        let keys = self.keys(|name| normalized::search_key(&key(values.get(name))));
        keys.into_iter().enumerate().filter_map(|(index, key)| Some(format!("{index}:{}", key?))).collect()
    }

    /// Enters a record that has just been written.
    pub(super) fn enter(&mut self, id: Uuid, values: &Values) {
        let keys = self.keys(|name| normalized::search_key(&key(values.get(name))));
        let texts = self.fields.iter().map(|field| raw(values.get(field.name))).collect();
        self.insert(id, false, keys, texts);
    }

    /// The record that has this 法人番号, if its register is known by one; archived or not.
    pub(super) fn with_number(&self, number: &str) -> Option<Uuid> {
        let place = self.register.identity.iter().position(|names| *names == ["corporate_number"])?;
        self.by.get(place)?.get(&normalized::search_key(number))?.first().copied()
    }

    /// Whether there is a record of this id.
    pub(super) fn has(&self, id: Uuid) -> Option<bool> {
        self.all.get(&id).map(|(archived, _)| *archived)
    }

    /// Which record these values mean.
    pub(super) fn meant(&self, values: &Values) -> Meant {
        let said = |name: &str| normalized::search_key(&key(values.get(name)));
        for (number, wanted) in self.keys(said).into_iter().enumerate() {
            let found = wanted.and_then(|wanted| self.by.get(number)?.get(&wanted));
            // A record that says something else where an earlier identity asks is another one.
            let earlier: Vec<&str> = self.register.identity.iter().take(number).copied().flatten().copied().collect();
            let agrees = |id: &&Uuid| {
                let Some((_, texts)) = self.all.get(id) else { return false };
                self.fields.iter().zip(texts).all(|(field, text)| {
                    let mine = key(values.get(field.name));
                    let forms = (normalized::legal_form(&raw(values.get(field.name))), normalized::legal_form(text));
                    let same_form = forms.0.is_empty() || forms.1.is_empty() || forms.0 == forms.1;
                    let theirs = normalized::search_key(text);
                    let agree = mine.is_empty() || theirs.is_empty() || normalized::search_key(&mine) == theirs;
                    if earlier.contains(&field.name) { agree } else { number == 0 || same_form }
                })
            };
            let found: Vec<Uuid> = found.into_iter().flatten().filter(agrees).copied().collect();
            let in_use: Vec<Uuid> = found.iter().filter(|id| self.has(**id) == Some(false)).copied().collect();
            match (in_use.as_slice(), found.is_empty()) {
                ([one], _) => return Meant::There(*one),
                ([], false) => return Meant::Archived,
                ([], true) => {}
                _ => return Meant::Several,
            }
        }
        Meant::New
    }
}
