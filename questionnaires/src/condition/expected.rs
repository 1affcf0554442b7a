//! How the trace words keys and expectations. The words are frozen with evaluations: changing one changes their bytes.
//!
//! It does not know languages; these words are those of the files.

use std::fmt;

use super::{Constant, Key, Operator, When};

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(key) => write!(f, "answer:{key}"),
            Self::Fact(path) => write!(f, "fact:{path}"),
        }
    }
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("today"),
            Self::On(day) => write!(f, "{day}"),
        }
    }
}

/// What is expected, as the trace says it: `is yes`, `in a, b`, `at_least 3`, `before today`, `includes_all a, b`, `present`.
impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match self {
            Self::Is(constant) => write!(f, "{name} {constant}"),
            Self::In(constants) => {
                write!(f, "{name} {}", constants.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
            }
            Self::AtLeast(bound) | Self::AtMost(bound) => write!(f, "{name} {bound}"),
            Self::Before(when) | Self::After(when) => write!(f, "{name} {when}"),
            Self::WithinDays(days) => write!(f, "{name} {days}"),
            Self::Includes(value) => write!(f, "{name} {value}"),
            Self::IncludesAll(values) => write!(f, "{name} {}", values.iter().cloned().collect::<Vec<_>>().join(", ")),
            Self::Present(true) | Self::HasEvidence => f.write_str(name),
            Self::Present(false) => write!(f, "{name} false"),
        }
    }
}
