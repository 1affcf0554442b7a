//! A problem of a file, for the person who has to mend it: where, what, what to do.
//!
//! It does not know how it is shown, nor in which language.

use serde::{Deserialize, Serialize};

use crate::text::{Language, Text};

/// One problem of one file.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Problem {
    /// Name of the file, as it was given.
    pub file: String,
    /// Line, from 1; none when the problem is of the whole file.
    pub line: Option<u64>,
    /// What is wrong.
    pub message: Text,
    /// What to do about it.
    pub remedy: Text,
}

/// Where something stands.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// Name of the file.
    pub file: String,
    /// Line, from 1, if known.
    pub line: Option<u64>,
}

impl Place {
    /// A line of a file; line 0 stands for an unknown one.
    #[must_use]
    pub fn line(file: &str, line: u64) -> Self {
        Self { file: file.to_owned(), line: (line > 0).then_some(line) }
    }
}

impl Problem {
    /// `file:line: what is wrong what to do`, one line.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        let place = self.line.map_or_else(|| self.file.clone(), |line| format!("{}:{line}", self.file));
        let gap = if language == Language::En { " " } else { "" };
        format!("{place}: {}{gap}{}", self.message.in_language(language), self.remedy.in_language(language))
    }
}

/// English, as on the command line.
impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.in_language(Language::En))
    }
}
