//! What a register holds: its fields with their words, kinds and order. Forms, pages, lists, histories, exports and
//! imports are all made from this, so a field is added in one place (and in a migration).
//!
//! Knows no database and no page. Its words carry both languages, as those of the catalogue do.

pub mod engagements;
pub mod offices;
pub mod services;
pub mod vendors;

use kakunin_questionnaires::text::Language;

/// The same in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// 日本語.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// In one of them.
    #[must_use]
    pub fn say(self, language: Language) -> &'static str {
        match language {
            Language::Ja => self.ja,
            Language::En => self.en,
        }
    }
}

/// The same in both languages.
#[must_use]
pub const fn words(ja: &'static str, en: &'static str) -> Words {
    Words { ja, en }
}

/// One of the values a field may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name in tables and forms.
    pub code: &'static str,
    /// What people read.
    pub words: Words,
    /// What people write for it in their own lists.
    pub also: &'static [&'static str],
}

/// One of the values a field may have.
#[must_use]
pub const fn choice(code: &'static str, ja: &'static str, en: &'static str) -> Choice {
    Choice { code, words: words(ja, en), also: &[] }
}

impl Choice {
    /// What people write for it in their own lists.
    #[must_use]
    pub const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }
}

/// Another record that a field names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// 部局・課室.
    Department,
    /// 委託先.
    Vendor,
    /// 業務委託.
    Engagement,
    /// 再委託.
    Subcontract,
    /// 外部サービス.
    CloudService,
    /// ソーシャルメディア.
    SocialAccount,
    /// 職.
    Post,
    /// Somebody's account in the organization.
    Account,
}

impl Target {
    /// Its table, and the column that names a row to people.
    #[must_use]
    pub const fn table(self) -> (&'static str, &'static str) {
        match self {
            Self::Department => ("departments", "name"),
            Self::Vendor => ("vendors", "name"),
            Self::Engagement => ("engagements", "title"),
            Self::Subcontract => ("subcontracts", "company_name"),
            Self::CloudService => ("cloud_services", "name"),
            Self::SocialAccount => ("social_accounts", "handle"),
            Self::Post => ("posts", "title"),
            Self::Account => ("users", "name"),
        }
    }

    /// The key of its register.
    #[must_use]
    pub const fn register(self) -> &'static str {
        match self {
            Self::Department => "departments",
            Self::Vendor => "vendors",
            Self::Engagement => "engagements",
            Self::Subcontract => "subcontracts",
            Self::CloudService => "cloud-services",
            Self::SocialAccount => "social-accounts",
            Self::Post => "posts",
            Self::Account => "people",
        }
    }
}

/// What may be typed into a field, and how it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line, at most so many characters.
    Line(usize),
    /// Several lines, at most so many characters.
    Paragraphs(usize),
    /// A reading in katakana.
    Kana,
    /// 法人番号, with its check digit.
    CorporateNumber,
    /// An e-mail address.
    Email,
    /// An address of the web, `https://…`.
    Url,
    /// A day, in any of the accepted spellings.
    Day,
    /// はい／いいえ.
    YesNo,
    /// A whole number, such as an amount in yen.
    Number,
    /// One of several.
    One(&'static [Choice]),
    /// A class of information: one of these national ones, or of those that the organization has in their place.
    Class(&'static [Choice]),
    /// Any of several.
    Many(&'static [Choice]),
    /// A short text for each of several.
    Each(&'static [Choice]),
    /// Another record.
    Link(Target),
}

/// Whether a field is a column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Unless somebody leaves it out.
    Usually,
    /// Where somebody chooses it.
    OnWish,
}

/// One field of a register.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in forms, in the log and in addresses.
    pub name: &'static str,
    /// Its column.
    pub column: &'static str,
    /// What people read.
    pub words: Words,
    /// What may be typed.
    pub kind: Kind,
    /// Whether it must not be empty.
    pub required: bool,
    /// Said below the label.
    pub hint: Option<Words>,
    /// Whether the list shows it.
    pub listed: Listed,
    /// Whether a search looks into it.
    pub searched: bool,
    /// Whether it is given when the record is made, and stays.
    pub fixed: bool,
    /// The list can be narrowed by it.
    pub filter: bool,
    /// What was approved with it is not approved without it: changing it asks for approval again.
    pub material: bool,
    /// What its column is headed in people's own lists.
    pub headings: &'static [&'static str],
    /// What an imported list that says nothing of it may be taken to mean: a code, offered and not imposed.
    pub assumed: &'static str,
}

/// A field of this name and kind.
#[must_use]
pub const fn field(name: &'static str, kind: Kind, ja: &'static str, en: &'static str) -> Field {
    Field {
        name,
        column: name,
        words: words(ja, en),
        kind,
        required: false,
        hint: None,
        listed: Listed::OnWish,
        searched: false,
        fixed: false,
        filter: false,
        material: false,
        headings: &[],
        assumed: "",
    }
}

/// A field that names another record, stored in `column`.
#[must_use]
pub const fn link(name: &'static str, column: &'static str, to: Target, ja: &'static str, en: &'static str) -> Field {
    Field { column, ..field(name, Kind::Link(to), ja, en) }
}

impl Field {
    /// It must not be empty.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The list shows it.
    #[must_use]
    pub const fn listed(self) -> Self {
        Self { listed: Listed::Usually, ..self }
    }

    /// A search looks into it.
    #[must_use]
    pub const fn searched(self) -> Self {
        Self { searched: true, ..self }
    }

    /// It is given when the record is made, and stays.
    #[must_use]
    pub const fn fixed(self) -> Self {
        Self { fixed: true, ..self }
    }

    /// Changing it asks for approval again.
    #[must_use]
    pub const fn material(self) -> Self {
        Self { material: true, ..self }
    }

    /// The list can be narrowed by it.
    #[must_use]
    pub const fn filter(self) -> Self {
        Self { filter: true, ..self }
    }

    /// What its column is headed in people's own lists.
    #[must_use]
    pub const fn headed(self, headings: &'static [&'static str]) -> Self {
        Self { headings, ..self }
    }

    /// What an imported list that says nothing of it may be taken to mean.
    #[must_use]
    pub const fn assumed(self, assumed: &'static str) -> Self {
        Self { assumed, ..self }
    }

    /// Said below its label.
    #[must_use]
    pub const fn hint(self, ja: &'static str, en: &'static str) -> Self {
        Self { hint: Some(words(ja, en)), ..self }
    }

    /// What it may be, where it is one of several.
    #[must_use]
    pub fn choices(&self) -> &'static [Choice] {
        match self.kind {
            Kind::One(choices) | Kind::Class(choices) | Kind::Many(choices) | Kind::Each(choices) => choices,
            Kind::YesNo => &YES_NO,
            _ => &[],
        }
    }
}

/// はい／いいえ.
pub const YES_NO: [Choice; 2] = [
    choice("yes", "はい", "Yes").also(&[
        "有", "あり", "有り", "○", "〇", "◯", "◎", "済", "済み", "要", "該当", "対象", "レ", "✓", "✔", "1", "true",
        "y", "する",
    ]),
    choice("no", "いいえ", "No").also(&[
        "無",
        "なし",
        "無し",
        "×",
        "✕",
        "✗",
        "-",
        "−",
        "ー",
        "―",
        "未",
        "否",
        "不要",
        "非該当",
        "対象外",
        "0",
        "false",
        "n",
        "しない",
    ]),
];

/// Fields that stand together under a heading.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The heading.
    pub words: Words,
    /// Its fields in order.
    pub fields: &'static [Field],
}

/// A register.
#[derive(Clone, Copy, Debug)]
pub struct Register {
    /// Its key: a part of its path.
    pub key: &'static str,
    /// What one record is called in the log.
    pub object: &'static str,
    /// Its table.
    pub table: &'static str,
    /// What it is called.
    pub words: Words,
    /// What adding a record is called.
    pub add: Words,
    /// What belongs there and how to begin, for an empty list.
    pub empty: Words,
    /// Its fields.
    pub groups: &'static [Group],
    /// The field that names a record to people.
    pub title: &'static str,
    /// The column of the department whose work it is, if a department's. A part of another record belongs where that does.
    pub department: Option<&'static str>,
    /// The usual order.
    pub order: &'static str,
    /// The field that names the record it is a part of, if of one: it then stands on that record's page.
    pub parent: Option<&'static str>,
    /// Whether records pass through application and approval.
    pub decided: bool,
    /// What files are filed with a record: code and words of each purpose.
    pub files: &'static [Choice],
    /// By which fields an imported row is known to be a record that is there already: the first of these whose fields all say
    /// something, and by which one is found.
    pub identity: &'static [&'static [&'static str]],
}

impl Register {
    /// The fields that a form would not leave empty, and that are.
    pub fn gaps<'v>(&self, values: &'v super::values::Values) -> impl Iterator<Item = &'static Field> + use<'v> {
        self.fields()
            .filter(|field| field.required && values.get(field.name).is_none_or(super::values::Value::is_empty))
    }

    /// All fields in order.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.groups.iter().flat_map(|group| group.fields)
    }

    /// The columns of a list that are wanted, in the order of the schema; the usual ones where none is named. The title is
    /// always there, and first.
    #[must_use]
    pub fn columns(&self, wanted: &[String]) -> Vec<&'static Field> {
        let is_wanted = |field: &&'static Field| {
            let usual = wanted.is_empty() && field.listed == Listed::Usually;
            field.name == self.title || usual || wanted.iter().any(|name| name == field.name)
        };
        let (title, others): (Vec<_>, Vec<_>) =
            self.fields().filter(is_wanted).partition(|field| field.name == self.title);
        title.into_iter().chain(others).collect()
    }

    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name == name)
    }
}

/// Every register.
pub const REGISTERS: [&Register; 12] = [
    &vendors::VENDORS,
    &vendors::CERTIFICATIONS,
    &vendors::CONTACTS,
    &engagements::ENGAGEMENTS,
    &engagements::SUBCONTRACTS,
    &services::CLOUD_SERVICES,
    &services::SERVICE_USES,
    &services::SOCIAL_ACCOUNTS,
    &services::ACCOUNT_INCIDENTS,
    &offices::DEPARTMENTS,
    &offices::POSTS,
    &offices::APPOINTMENTS,
];

/// The register of this key.
#[must_use]
pub fn register(key: &str) -> Option<&'static Register> {
    REGISTERS.into_iter().find(|one| one.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_register_is_whole() {
        let keys: BTreeSet<_> = REGISTERS.iter().map(|register| register.key).collect();
        assert_eq!(keys.len(), REGISTERS.len(), "two of one key");
        for register in REGISTERS {
            let names: BTreeSet<_> = register.fields().map(|field| field.name).collect();
            assert_eq!(names.len(), register.fields().count(), "{}: two fields of one name", register.key);
            assert!(register.field(register.title).is_some(), "{}: no title", register.key);
            assert!(!register.identity.is_empty(), "{}: no identity", register.key);
            let known = register.identity.iter().copied().flatten();
            assert!(known.clone().all(|name| register.field(name).is_some()), "{}: identity", register.key);
            for field in register.fields() {
                assert!(!field.words.ja.is_empty() && !field.words.en.is_empty(), "{}", field.name);
                let codes: BTreeSet<_> = field.choices().iter().map(|choice| choice.code).collect();
                assert_eq!(codes.len(), field.choices().len(), "{}: two choices of one code", field.name);
            }
        }
    }
}
