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
    /// Records may have it still; nothing new is classified so, and nothing else is ever called so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
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

    /// The classes of an axis that are in use.
    fn active(&self, axis: &str) -> impl Iterator<Item = &Class> + Clone {
        self.0.get(axis).into_iter().flatten().filter(|class| !class.retired)
    }

    /// The names of the classes that stand for a national one, a line each.
    #[must_use]
    pub fn names(&self, axis: &str, of: &str) -> String {
        let classes = self.active(axis).filter(|class| national(&class.code) == of);
        classes.map(|class| class.name.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The scale with the names of a form, by the fields of [`NATIONAL`]. Rewriting a line renames its class; a line that is taken
    /// away retires its class, whose code is given to no other.
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
                // Lists are read by them whatever their width, and by the words of the national classes.
                let elsewhere = |name: &String| {
                    let others = NATIONAL.iter().filter(|one| one.axis == axis && one.field != field);
                    others.map(|one| one.choice).any(|other| means(other, name))
                };
                if names.iter().any(|name| !known.insert(key(name)) || elsewhere(name)) {
                    faults.push((field, FieldProblem::NameTaken));
                }
                if names.len() > MOST_CLASSES || names.iter().any(|name| name.chars().count() > NAME_CHARACTERS) {
                    faults.push((field, FieldProblem::TooLong));
                }
                classes.extend(self.coded(axis, choice.code, &names));
            }
            // Records may be called by a name that is retired still, and be another class than what would be called so now.
            let is_taken = |one: &&Class| {
                let mut retired = classes.iter().filter(|class| class.retired && key(&class.name) == key(&one.name));
                !one.retired && retired.any(|class| national(&class.code) != national(&one.code))
            };
            for taken in classes.iter().filter(is_taken) {
                let of = |one: &&National| one.axis == axis && one.choice.code == national(&taken.code);
                faults.extend(NATIONAL.iter().find(of).map(|one| (one.field, FieldProblem::NameTaken)));
            }
            if !classes.is_empty() {
                scale.0.insert(axis.to_owned(), classes);
            }
        }
        if faults.is_empty() { Ok(scale) } else { Err(faults) }
    }

    /// Classes of these names that stand for a national one, with their codes, and those that are retired after them.
    fn coded(&self, axis: &str, of: &str, names: &[String]) -> Vec<Class> {
        let ever: Vec<&Class> =
            self.0.get(axis).into_iter().flatten().filter(|class| national(&class.code) == of).collect();
        let before: Vec<&Class> = ever.iter().copied().filter(|class| !class.retired).collect();
        let is_called = |class: &Class| names.iter().any(|name| key(name) == key(&class.name));
        let rewritten = before.len() == names.len();
        let taken: BTreeSet<&str> = ever.iter().map(|class| class.code.as_str()).collect();
        let fresh = std::iter::once(of.to_owned()).chain((2..).map(|number| format!("{of}.{number}")));
        let mut fresh = fresh.filter(|code| !taken.contains(code.as_str()));
        let mut coded: Vec<Class> = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let known = ever.iter().find(|class| key(&class.name) == key(name)).copied();
            let in_place = before.get(place).copied().filter(|class| rewritten && !is_called(class));
            let code = known.or(in_place).map(|class| class.code.clone()).or_else(|| fresh.next());
            coded.extend(code.map(|code| Class { code, name: name.clone(), retired: false }));
        }
        let kept: BTreeSet<String> = coded.iter().map(|class| class.code.clone()).collect();
        let retired = ever.into_iter().filter(|class| !kept.contains(&class.code));
        coded.extend(retired.map(|class| Class { retired: true, ..class.clone() }));
        coded
    }

    /// Whether the organization names the classes of a field itself.
    fn is_own(&self, field: &Field) -> bool {
        matches!(field.kind, Kind::Class(_)) && self.active(field.name).next().is_some()
    }

    /// What the organization itself calls a code: also a class that is retired; and where it has never had it, what stands for the
    /// same national class.
    fn own_name(&self, field: &Field, code: &str) -> Option<&str> {
        let exactly = self.0.get(field.name).into_iter().flatten().find(|class| class.code == code);
        let alike = || self.active(field.name).find(|class| national(&class.code) == national(code));
        let named = exactly.or_else(alike).filter(|_| matches!(field.kind, Kind::Class(_)));
        named.map(|class| class.name.as_str())
    }

    /// What may be chosen for a field: code and words.
    #[must_use]
    pub fn choices(&self, field: &Field, language: Language) -> Vec<(String, String)> {
        if self.is_own(field) {
            return self.active(field.name).map(|class| (class.code.clone(), class.name.clone())).collect();
        }
        let said = |choice: &Choice| (choice.code.to_owned(), choice.words.say(language).to_owned());
        field.choices().iter().map(said).collect()
    }

    /// By what records may be found: what may be chosen, and what records may have from before.
    #[must_use]
    pub fn ever(&self, field: &Field, language: Language) -> Vec<(String, String)> {
        let mut all = self.choices(field, language);
        if self.is_own(field) {
            let retired = self.0.get(field.name).into_iter().flatten().map(|class| class.code.clone());
            let national = field.choices().iter().map(|choice| choice.code.to_owned());
            for code in retired.chain(national) {
                if all.iter().all(|(known, _)| *known != code) {
                    let word = match self.0.get(field.name).and_then(|own| own.iter().find(|class| class.code == code))
                    {
                        Some(class) => class.name.clone(),
                        None => super::words::word(field, &code, language),
                    };
                    let old = if language == Language::Ja { "（旧）" } else { "(former) " };
                    all.push((code, format!("{old}{word}")));
                }
            }
        }
        all
    }

    /// What a code of a field is called.
    #[must_use]
    pub fn word(&self, field: &Field, code: &str, language: Language) -> String {
        self.own_name(field, code).map_or_else(|| super::words::word(field, code, language), str::to_owned)
    }

    /// The code of the class that the organization calls, or called, so; those in use first.
    #[must_use]
    pub fn code_of(&self, field: &Field, name: &str) -> Option<String> {
        let ever = self.0.get(field.name).filter(|_| matches!(field.kind, Kind::Class(_)))?;
        let named = |class: &&Class| key(&class.name) == key(name);
        let found = self.active(field.name).find(named).or_else(|| ever.iter().find(named));
        found.map(|class| class.code.clone())
    }

    /// Whether something may be classified so today.
    #[must_use]
    pub fn has(&self, field: &Field, value: &Value) -> bool {
        let code = value.text();
        let known = || self.choices(field, Language::Ja).iter().any(|(known, _)| *known == code);
        !matches!(field.kind, Kind::Class(_)) || code.is_empty() || known()
    }

    /// Reads what was typed into a field; a class has to be one of the organization's, or the one that stood there `before`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self, field: &Field, typed: &Typed, before: Option<&Value>) -> Result<Value, FieldProblem> {
        let value = Value::read(field, typed)?;
        if self.has(field, &value) || before == Some(&value) { Ok(value) } else { Err(FieldProblem::NotAChoice) }
    }

    /// Writes what the organization itself calls the classes of a row beside it.
    #[must_use]
    pub fn labelled(&self, register: &'static Register, mut row: Row) -> Row {
        if self.0.is_empty() {
            return row;
        }
        for field in register.fields() {
            let code = row.values.get(field.name).map(Value::text).filter(|code| !code.is_empty());
            if let Some(name) = code.and_then(|code| self.own_name(field, &code)) {
                row.labels.insert(field.name, name.to_owned());
            }
        }
        row
    }
}

/// As names are compared: by the words, whatever their width.
fn key(name: &str) -> String {
    normalized::tidy(name)
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !normalized::selects_variant(*c))
        .collect()
}

/// Whether a name means a national class wherever it stands.
fn means(class: Choice, name: &str) -> bool {
    let words = [class.words.ja, class.words.en];
    // A number alone is everybody's.
    words.iter().filter(|word| word.chars().count() > 1).any(|word| key(word) == key(name))
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
        // A line is rewritten.
        let renamed =
            first.named(&typed(&[("confidentiality_3a", "極秘\n部外秘"), ("confidentiality_1", "公開")])).unwrap();
        assert_eq!(codes(&renamed), pairs(&[("3a", "極秘"), ("3a.2", "部外秘"), ("1", "公開")]));
        // Lines change places.
        let moved = first.named(&typed(&[("confidentiality_3a", "秘\n極秘")])).unwrap();
        assert_eq!(codes(&moved), pairs(&[("3a.2", "秘"), ("3a", "極秘")]));
        // A line goes, another comes: what was 極秘 is called so still.
        let fewer = first.named(&typed(&[("confidentiality_3a", "秘")])).unwrap();
        assert_eq!(codes(&fewer), pairs(&[("3a.2", "秘")]));
        let again = fewer.named(&typed(&[("confidentiality_3a", "秘\n部外秘")])).unwrap();
        assert_eq!(codes(&again), pairs(&[("3a.2", "秘"), ("3a.3", "部外秘")]));
        let field = ENGAGEMENTS.field("confidentiality").unwrap();
        assert_eq!(again.word(field, "3a", Language::Ja), "極秘");
        // And it comes back.
        let back = again.named(&typed(&[("confidentiality_3a", "秘\n部外秘\n極秘")])).unwrap();
        assert_eq!(codes(&back), pairs(&[("3a.2", "秘"), ("3a.3", "部外秘"), ("3a", "極秘")]));
        assert_eq!(Scale::from_stored(&first.stored()), first);
    }

    #[test]
    fn what_is_named_twice_or_too_long_is_refused_by_its_field() {
        let twice = typed(&[("confidentiality_3a", "秘"), ("confidentiality_2", "秘")]);
        let faults = Scale::default().named(&twice).unwrap_err();
        assert_eq!(faults, [("confidentiality_2", FieldProblem::NameTaken)]);
        let widths = typed(&[("confidentiality_3a", "秘１"), ("confidentiality_1", "秘1")]);
        assert_eq!(Scale::default().named(&widths).unwrap_err(), [("confidentiality_1", FieldProblem::NameTaken)]);
        let national = typed(&[("confidentiality_1", "自治体機密性３A")]);
        assert_eq!(Scale::default().named(&national).unwrap_err().len(), 1, "it is the name of another");
        let renamed = Scale::default().named(&typed(&[("confidentiality_3a", "秘\n極秘")])).unwrap();
        let moved = typed(&[("confidentiality_3a", "極秘"), ("confidentiality_2", "秘")]);
        let faults = renamed.named(&moved).unwrap_err();
        assert_eq!(faults, [("confidentiality_2", FieldProblem::NameTaken)], "records are called so still");
        let retired = renamed.named(&typed(&[("confidentiality_3a", "極秘")])).unwrap();
        assert!(retired.named(&moved).is_err(), "nor later");
        assert!(retired.named(&typed(&[("confidentiality_3a", "極秘\n秘")])).is_ok(), "it comes back as what it was");
        let long = typed(&[("integrity_2", &"あ".repeat(41))]);
        assert_eq!(Scale::default().named(&long).unwrap_err().len(), 1);
    }

    #[test]
    fn only_classes_of_the_scale_are_taken_and_those_before_it_are_still_called_something() {
        let field = ENGAGEMENTS.field("confidentiality").unwrap();
        let scale = Scale::default().named(&typed(&[("confidentiality_3a", "機密性3")])).unwrap();
        let before = Value::Text("3b".to_owned());
        assert!(scale.read(field, &"3a".into(), None).is_ok());
        assert_eq!(scale.read(field, &"3b".into(), None), Err(FieldProblem::NotAChoice));
        assert_eq!(scale.read(field, &"3b".into(), Some(&before)), Ok(before), "a record keeps its class");
        assert!(Scale::default().read(field, &"3b".into(), None).is_ok());
        for code in ["9", "3a.7", "3a.+5", "3a.05", "3a."] {
            assert_eq!(Scale::default().read(field, &code.into(), None), Err(FieldProblem::NotAChoice), "{code}");
        }
        let said = |code: &str| scale.word(field, code, Language::Ja);
        assert_eq!([said("3a"), said("3a.7"), said("3b")], ["機密性3", "機密性3", "自治体機密性3B"]);
    }
}
