//! Questionnaires: sections of questions with stable keys, frozen as JSON when they are sent.
//!
//! This module does not know answers, criteria, weights or verdicts: what stands here may be shown to a vendor.

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::hash;
use crate::text::Text;

/// One version of a questionnaire.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// Stable id, such as `outsourcing`.
    pub id: String,
    /// Version, such as `2026.1`; compared only for equality.
    pub version: String,
    /// Who fills it in.
    // Left out where it is a vendor: a version frozen before this field was there keeps its hash.
    #[serde(default, skip_serializing_if = "Audience::is_vendor")]
    pub audience: Audience,
    /// Title.
    pub title: Text,
    /// What the questionnaire is for, for the person who fills it in.
    pub introduction: Text,
    /// The sections, in order of display.
    pub sections: Vec<Section>,
}

/// Who fills a questionnaire in.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// A contractor or the provider of a service.
    #[default]
    Vendor,
    /// A section of the municipality itself: 自己点検.
    Section,
}

impl Audience {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
    fn is_vendor(&self) -> bool {
        *self == Self::Vendor
    }
}

/// A part of a questionnaire that one person fills in at a sitting.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable id within the questionnaire.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What the section asks about.
    pub introduction: Text,
    /// How long a person needs, in minutes (1–600); our estimate.
    pub minutes: u16,
    /// The questions, in order of display.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable for ever, across questionnaires and municipalities.
    pub key: String,
    /// The question.
    pub text: Text,
    /// Help for answering.
    pub guidance: Option<Text>,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// Whether submitting needs an answer (when the question is asked).
    pub required: bool,
    /// When it is asked; always if none. Reads answers of earlier questions only.
    pub shown_when: Option<Condition>,
    /// Whether a file is wanted with the answer.
    pub evidence: EvidenceWish,
    /// Whether "not applicable" with a reason is an answer.
    pub may_be_not_applicable: bool,
    /// Whether "not disclosed" with a reason is an answer.
    pub may_be_undisclosed: bool,
}

/// What kind of answer a question takes.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum QuestionKind {
    /// Exactly one of the choices. `yes_no` in a file becomes this with the values `yes` and `no`.
    Choice {
        /// What can be chosen, in order of display.
        choices: Vec<Choice>,
    },
    /// One or more of the choices.
    Choices {
        /// What can be chosen, in order of display.
        choices: Vec<Choice>,
    },
    /// Free text.
    Text {
        /// Longest text, in Unicode scalar values (1–20 000).
        max_characters: u32,
    },
    /// A whole number.
    Number {
        /// Smallest allowed value.
        minimum: Option<i64>,
        /// Largest allowed value.
        maximum: Option<i64>,
        /// What is counted.
        unit: Option<Text>,
    },
    /// A calendar date.
    Date,
}

/// One choice of a question.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable value.
    pub value: String,
    /// What the person reads.
    pub label: Text,
}

/// Whether a file is wanted with an answer.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceWish {
    /// No file is asked for.
    #[default]
    None,
    /// A file is welcome.
    Wanted,
    /// A given answer is incomplete without a file.
    Required,
}

impl QuestionKind {
    /// The yes/no choice, はい/いいえ.
    #[must_use]
    pub fn yes_no() -> Self {
        let choice = |value: &str, ja: &str, en: &str| Choice { value: value.to_owned(), label: Text::new(ja, en) };
        Self::Choice { choices: vec![choice("yes", "はい", "Yes"), choice("no", "いいえ", "No")] }
    }

    /// The choices, of the two kinds that have them.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice { choices } | Self::Choices { choices } => choices,
            Self::Text { .. } | Self::Number { .. } | Self::Date => &[],
        }
    }
}

impl Questionnaire {
    /// The question with this key, and its section.
    #[must_use]
    pub fn question(&self, key: &str) -> Option<(&Section, &Question)> {
        self.sections
            .iter()
            .find_map(|section| Some((section, section.questions.iter().find(|question| question.key == key)?)))
    }

    /// All questions, in order of display.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The number a person sees, such as `4-2` for the second question of the fourth section.
    #[must_use]
    pub fn number_of(&self, key: &str) -> Option<String> {
        (1..).zip(&self.sections).find_map(|(section_number, section)| {
            let position = section.questions.iter().position(|question| question.key == key)?;
            Some(format!("{section_number}-{}", position.saturating_add(1)))
        })
    }

    /// The JSON that is stored frozen: no blanks, keys sorted.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        hash::canonical_json(self)
    }

    /// SHA-256 of [`Self::canonical_json`], 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        hash::sha256(&self.canonical_json())
    }
}
