//! 情報の分類: the classes of information that an organization names itself, each standing for one of the national ones.
//!
//! A class's code begins with the code of the national class it stands for (`3a`, `3a.2`), so what rests on the national ones
//! (facts, tiers, what is logged) reads them from every code, and a record keeps its class when the scale changes.

use super::{
    schema::{
        Choice, Field, Kind, Register, Words,
        engagements::{CONFIDENTIALITY, TWO_LEVELS},
        words,
    },
    values::Value,
};
use crate::store::registers::Row;
use kakunin_api::{FieldProblem, normalized, registers::Typed};
use kakunin_questionnaires::text::Language;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Longest name of a class, in characters.
const NAME_CHARACTERS: usize = 40;
/// Most classes that stand for one national class.
const MOST_CLASSES: usize = 9;

/// What is classified: the name of the field in every register, and its words.
pub const AXES: [(&str, Words); 3] = [
    ("confidentiality", words("機密性", "Confidentiality")),
    ("integrity", words("完全性", "Integrity")),
    ("availability", words("可用性", "Availability")),
];

/// A national class, for which an organization names its own.
#[derive(Clone, Copy, Debug)]
pub struct National {
    /// The name of the form's field.
    pub field: &'static str,
    /// What it classifies.
    pub axis: &'static str,
    /// The class.
    pub choice: Choice,
}

/// The national classes, the highest of each first.
pub const NATIONAL: [National; 9] = {
    const fn of(field: &'static str, axis: &'static str, choice: Choice) -> National {
        National { field, axis, choice }
    }
    let [a, b, c, two, one] = CONFIDENTIALITY;
    let [second, first] = TWO_LEVELS;
    [
        of("confidentiality_3a", "confidentiality", a),
        of("confidentiality_3b", "confidentiality", b),
        of("confidentiality_3c", "confidentiality", c),
        of("confidentiality_2", "confidentiality", two),
        of("confidentiality_1", "confidentiality", one),
        of("integrity_2", "integrity", second),
        of("integrity_1", "integrity", first),
        of("availability_2", "availability", second),
        of("availability_1", "availability", first),
    ]
};

/// One class of an organization's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// Its name in tables and forms: the national class it stands for, and a number where several do.
    pub code: String,
    /// What the organization calls it.
    pub name: String,
}

/// The classes an organization names itself, the highest first, by what is classified. Where it names none, the national ones are its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scale(BTreeMap<String, Vec<Class>>);

/// The national class that a code stands for.
#[must_use]
pub fn national(code: &str) -> &str {
    code.split('.').next().unwrap_or(code)
}

/// The scale of whoever names no classes.
pub static NATIONAL_SCALE: Scale = Scale(BTreeMap::new());

impl Scale {
    /// As it is stored; nothing stored is the national scale.
    #[must_use]
    pub fn from_stored(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_default()
    }

    /// As it is stored.
    #[must_use]
    pub fn stored(&self) -> String {
        if self.0.is_empty() { String::new() } else { serde_json::to_string(self).unwrap_or_default() }
    }

    /// The names of the classes that stand for a national one, a line each.
    #[must_use]
    pub fn names(&self, axis: &str, of: &str) -> String {
        let classes = self.0.get(axis).into_iter().flatten().filter(|class| national(&class.code) == of);
        classes.map(|class| class.name.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The scale with the names of a form, by the fields of [`NATIONAL`]. A class keeps its code where its name stays, or is changed in its place.
    ///
    /// # Errors
    /// The fields that have to be corrected.
    pub fn named(&self, typed: &BTreeMap<String, String>) -> Result<Self, Vec<(&'static str, FieldProblem)>> {
        let (mut scale, mut faults) = (Self::default(), Vec::new());
        for (axis, _) in AXES {
            let (mut classes, mut known) = (Vec::new(), BTreeSet::new());
            for National { field, choice, .. } in NATIONAL.into_iter().filter(|one| one.axis == axis) {
                let lines = typed.get(field).map(String::as_str).unwrap_or_default().lines();
                let names: Vec<String> = lines.map(normalized::line).filter(|name| !name.is_empty()).collect();
                let twice = names.iter().any(|name| !known.insert(name.clone()));
                if twice {
                    faults.push((field, FieldProblem::AlreadyRegistered));
                }
                if names.len() > MOST_CLASSES || names.iter().any(|name| name.chars().count() > NAME_CHARACTERS) {
                    faults.push((field, FieldProblem::TooLong));
                }
                classes.extend(self.coded(axis, choice.code, &names));
            }
            if !classes.is_empty() {
                scale.0.insert(axis.to_owned(), classes);
            }
        }
        if faults.is_empty() { Ok(scale) } else { Err(faults) }
    }

    /// Classes of these names that stand for a national one, with their codes.
    fn coded(&self, axis: &str, of: &str, names: &[String]) -> Vec<Class> {
        let before: Vec<&Class> =
            self.0.get(axis).into_iter().flatten().filter(|class| national(&class.code) == of).collect();
        // What is no longer called so gives its code to what is called anew, in order.
        let mut renamed = before.iter().filter(|class| !names.contains(&class.name)).map(|class| class.code.clone());
        let taken: BTreeSet<&str> = before.iter().map(|class| class.code.as_str()).collect();
        let fresh = std::iter::once(of.to_owned()).chain((2..).map(|number| format!("{of}.{number}")));
        let mut fresh = fresh.filter(|code| !taken.contains(code.as_str()));
        let coded = names.iter().filter_map(|name| {
            let kept = before.iter().find(|class| class.name == *name).map(|class| class.code.clone());
            let code = kept.or_else(|| renamed.next()).or_else(|| fresh.next())?;
            Some(Class { code, name: name.clone() })
        });
        coded.collect()
    }

    fn own(&self, field: &Field) -> Option<&Vec<Class>> {
        matches!(field.kind, Kind::Class(_)).then(|| self.0.get(field.name)).flatten()
    }

    /// What may be chosen for a field: code and words.
    #[must_use]
    pub fn choices(&self, field: &Field, language: Language) -> Vec<(String, String)> {
        match self.own(field) {
            Some(own) => own.iter().map(|class| (class.code.clone(), class.name.clone())).collect(),
            None => {
                let said = |choice: &Choice| (choice.code.to_owned(), choice.words.say(language).to_owned());
                field.choices().iter().map(said).collect()
            }
        }
    }

    /// What a code of a field is called. A class that is no longer there is called as what stands for the same national one, else
    /// as that one.
    #[must_use]
    pub fn word(&self, field: &Field, code: &str, language: Language) -> String {
        let own = self.own(field).into_iter().flatten();
        let exactly = own.clone().find(|class| class.code == code);
        match exactly.or_else(|| own.clone().find(|class| national(&class.code) == national(code))) {
            Some(class) => class.name.clone(),
            None => super::words::word(field, code, language),
        }
    }

    /// Reads what was typed into a field; a class has to be one of the organization's.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self, field: &Field, typed: &Typed) -> Result<Value, FieldProblem> {
        let value = Value::read(field, typed)?;
        let is_known = |own: &Vec<Class>| value.is_empty() || own.iter().any(|class| class.code == value.text());
        if self.own(field).is_none_or(is_known) { Ok(value) } else { Err(FieldProblem::NotAChoice) }
    }

    /// Writes what the classes of a row are called beside it.
    #[must_use]
    pub fn labelled(&self, register: &'static Register, mut row: Row) -> Row {
        if self.0.is_empty() {
            return row;
        }
        for field in register.fields() {
            if let (Kind::Class(_), Some(value)) = (field.kind, row.values.get(field.name))
                && !value.is_empty()
            {
                row.labels.insert(field.name, self.word(field, &value.text(), Language::Ja));
            }
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::schema::engagements::ENGAGEMENTS;

    fn typed(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
        fields.iter().map(|(name, lines)| ((*name).to_owned(), (*lines).to_owned())).collect()
    }

    fn codes(scale: &Scale) -> Vec<(String, String)> {
        scale.choices(ENGAGEMENTS.field("confidentiality").unwrap(), Language::Ja)
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect()
    }

    #[test]
    fn the_national_scale_is_everybodys_who_names_no_own() {
        let scale = Scale::from_stored("");
        assert_eq!(codes(&scale).first().unwrap().1, "自治体機密性3A");
        assert_eq!(scale.stored(), "");
        assert_eq!(scale.named(&typed(&[("confidentiality_3a", " \n")])), Ok(Scale::default()));
    }

    #[test]
    fn a_class_keeps_its_code_when_it_is_renamed_and_nobody_inherits_one() {
        let scale = Scale::default();
        let first = typed(&[("confidentiality_3a", "極秘\n秘"), ("confidentiality_1", "公開")]);
        let first = scale.named(&first).unwrap();
        assert_eq!(codes(&first), pairs(&[("3a", "極秘"), ("3a.2", "秘"), ("1", "公開")]));
        let renamed = first.named(&typed(&[("confidentiality_3a", "秘\n最高秘"), ("confidentiality_1", "公開")]));
        assert_eq!(codes(&renamed.unwrap()), pairs(&[("3a.2", "秘"), ("3a", "最高秘"), ("1", "公開")]));
        let fewer = first.named(&typed(&[("confidentiality_3a", "秘")])).unwrap();
        assert_eq!(codes(&fewer), pairs(&[("3a.2", "秘")]));
        let again = fewer.named(&typed(&[("confidentiality_3a", "秘\n部外秘")])).unwrap();
        assert_eq!(codes(&again), pairs(&[("3a.2", "秘"), ("3a", "部外秘")]));
        assert_eq!(Scale::from_stored(&first.stored()), first);
    }

    #[test]
    fn what_is_named_twice_or_too_long_is_refused_by_its_field() {
        let twice = typed(&[("confidentiality_3a", "秘"), ("confidentiality_2", "秘")]);
        let faults = Scale::default().named(&twice).unwrap_err();
        assert_eq!(faults, [("confidentiality_2", FieldProblem::AlreadyRegistered)]);
        let long = typed(&[("integrity_2", &"あ".repeat(41))]);
        assert_eq!(Scale::default().named(&long).unwrap_err().len(), 1);
    }

    #[test]
    fn only_classes_of_the_scale_are_taken_and_those_before_it_are_still_called_something() {
        let field = ENGAGEMENTS.field("confidentiality").unwrap();
        let scale = Scale::default().named(&typed(&[("confidentiality_3a", "機密性3")])).unwrap();
        assert!(scale.read(field, &"3a".into()).is_ok());
        assert_eq!(scale.read(field, &"3b".into()), Err(FieldProblem::NotAChoice));
        assert!(Scale::default().read(field, &"3b".into()).is_ok());
        assert_eq!(Scale::default().read(field, &"9".into()), Err(FieldProblem::NotAChoice));
        let said = |code: &str| scale.word(field, code, Language::Ja);
        assert_eq!([said("3a"), said("3a.7"), said("3b")], ["機密性3", "機密性3", "自治体機密性3B"]);
    }
}
