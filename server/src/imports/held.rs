//! What a column of somebody's own list may hold.

use super::columns::heading_key;
use crate::registers::schema::{Field, Kind, Register, Target};
use kakunin_questionnaires::text::Language;

/// What the name of an officer is headed.
const OFFICER: [&str; 6] = ["責任者(氏名)", "責任者氏名", "責任者名", "責任者", "管理者氏名", "管理責任者"];

/// What a column may hold.
#[derive(Clone, Copy, Debug)]
pub enum Held {
    /// The id of the record, from our own template.
    Id,
    /// A field; a link by what the other record is called.
    Field(&'static Field),
    /// The number of the record that a link names.
    Number(&'static Field),
    /// What tells the record that a link names from others of its name.
    Within(&'static Field),
    /// The address of the company that a link names: for one that is not in the register yet.
    Address(&'static Field),
    /// Who is responsible for it, by name.
    Officer,
    /// When it was approved, before it came here.
    ApprovedOn,
    /// Who approved it then.
    ApprovedBy,
}

impl Held {
    /// Everything a column of this register may hold.
    #[must_use]
    pub fn all(register: &'static Register) -> Vec<Self> {
        let mut all = Vec::new();
        for field in register.fields() {
            all.push(Self::Field(field));
            let Kind::Link(target) = field.kind else { continue };
            match target {
                Target::Vendor => all.extend([Self::Number(field), Self::Address(field)]),
                Target::Engagement | Target::Post | Target::Subcontract => all.push(Self::Within(field)),
                _ => {}
            }
        }
        if matches!(register.key, "cloud-services" | "social-accounts") {
            all.push(Self::Officer);
        }
        if register.decided {
            all.extend([Self::ApprovedOn, Self::ApprovedBy]);
        }
        all.push(Self::Id);
        all
    }

    /// Whether it tells of an approval that was given before.
    #[must_use]
    pub fn is_approval(&self) -> bool {
        matches!(self, Self::ApprovedOn | Self::ApprovedBy)
    }

    /// Its name in the form.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Id => "id".to_owned(),
            Self::Field(field) => field.name.to_owned(),
            Self::Number(field) => format!("{}.number", field.name),
            Self::Within(field) => format!("{}.within", field.name),
            Self::Address(field) => format!("{}.address", field.name),
            Self::Officer => "officer".to_owned(),
            Self::ApprovedOn => "approved_on".to_owned(),
            Self::ApprovedBy => "approved_by".to_owned(),
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn from_code(register: &'static Register, code: &str) -> Option<Self> {
        Self::all(register).into_iter().find(|held| held.code() == code)
    }

    /// What people read; also the heading in our own template.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let ja = language == Language::Ja;
        match self {
            Self::Id => "ID".to_owned(),
            Self::Field(field) => field.words.say(language).to_owned(),
            Self::Number(field) if ja => format!("{}の法人番号", field.words.ja),
            Self::Number(field) => format!("{}: corporate number", field.words.en),
            Self::Address(field) if ja => format!("{}の所在地", field.words.ja),
            Self::Address(field) => format!("{}: address", field.words.en),
            Self::Within(field) => {
                let (of_ja, of_en) = match field.kind {
                    Kind::Link(Target::Post) => ("部局・課室", "department"),
                    Kind::Link(Target::Subcontract) => ("業務", "engagement"),
                    _ => ("委託先", "contractor"),
                };
                if ja { format!("{}の{of_ja}", field.words.ja) } else { format!("{}: {of_en}", field.words.en) }
            }
            Self::Officer if ja => "責任者の氏名".to_owned(),
            Self::Officer => "Officer's name".to_owned(),
            Self::ApprovedOn if ja => "承認日".to_owned(),
            Self::ApprovedOn => "Approved on".to_owned(),
            Self::ApprovedBy if ja => "承認者".to_owned(),
            Self::ApprovedBy => "Approved by".to_owned(),
        }
    }

    /// What people head a column with that holds this.
    pub(super) fn headings(&self) -> Vec<String> {
        let also: Vec<&str> = match self {
            Self::Field(field) => field.headings.to_vec(),
            Self::Number(_) => vec!["法人番号", "法人等番号"],
            Self::Address(_) => vec!["所在地", "住所"],
            Self::Officer => OFFICER.to_vec(),
            Self::ApprovedOn => vec!["承認年月日", "承諾日", "承諾年月日", "許可日", "許可年月日", "決裁日"],
            Self::ApprovedBy => vec!["承諾者", "許可者", "決裁者"],
            Self::Within(field) if field.kind == Kind::Link(Target::Engagement) => {
                vec!["委託先", "委託先名", "委託先名称", "元請", "元請名"]
            }
            Self::Id | Self::Within(_) => Vec::new(),
        };
        let own = [self.words(Language::Ja), self.words(Language::En)];
        own.iter().map(String::as_str).chain(also).map(heading_key).collect()
    }
}
