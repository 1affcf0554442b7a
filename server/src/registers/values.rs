//! What one field of a record holds: read from what was typed, stored, compared, and told to people.

use super::{
    scale::national,
    schema::{Field, Kind},
};
use crate::era;
use kakunin_api::{CorporateNumber, FieldProblem, normalized, registers::Typed};
use sea_orm::Value as Stored;
use std::collections::BTreeMap;
use url::Url;
use uuid::Uuid;

/// What a field holds. Which variant it is follows from the field's [`Kind`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A text or a code; empty where nothing was typed.
    Text(String),
    /// A day, ISO.
    Day(Option<String>),
    /// はい／いいえ.
    YesNo(Option<bool>),
    /// A whole number.
    Number(Option<i64>),
    /// Codes in the order of the choices.
    Many(Vec<String>),
    /// A text for some of the choices, by code.
    Each(BTreeMap<String, String>),
    /// Another record.
    Link(Option<Uuid>),
}

/// What a record holds, by the name of the field.
pub type Values = BTreeMap<&'static str, Value>;

/// Longest address of the web, in characters.
const URL_CHARACTERS: usize = 500;
/// Longest e-mail address, in characters (RFC 5321, 4.5.3.1.3).
const EMAIL_CHARACTERS: usize = 254;
/// Longest reading, in characters.
const KANA_CHARACTERS: usize = 200;
/// Longest text for one of several choices, in characters.
const EACH_CHARACTERS: usize = 100;

impl Value {
    /// Reads what was typed into a field. A link is only parsed: whether there is such a record is asked of the database.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(field: &Field, typed: &Typed) -> Result<Self, FieldProblem> {
        let value = Self::of_kind(field.kind, typed)?;
        if field.required && value.is_empty() { Err(FieldProblem::Missing) } else { Ok(value) }
    }

    fn of_kind(kind: Kind, typed: &Typed) -> Result<Self, FieldProblem> {
        let plain = normalized::tidy(typed.text());
        let at_most = |text: String, max: usize| {
            if text.chars().count() > max { Err(FieldProblem::TooLong) } else { Ok(Self::Text(text)) }
        };
        match kind {
            Kind::Line(max) => at_most(normalized::line(typed.text()), max),
            Kind::Paragraphs(max) => at_most(normalized::paragraphs(typed.text()), max),
            Kind::Kana => {
                let kana = normalized::in_katakana(&plain);
                if kana.is_empty() || normalized::is_kana(&kana) {
                    at_most(kana, KANA_CHARACTERS)
                } else {
                    Err(FieldProblem::NotKana)
                }
            }
            Kind::CorporateNumber if plain.is_empty() => Ok(Self::Text(plain)),
            Kind::CorporateNumber => plain.parse::<CorporateNumber>().map(|number| Self::Text(number.into())),
            Kind::Email if plain.is_empty() || is_email(&plain) => at_most(plain, EMAIL_CHARACTERS),
            Kind::Email => Err(FieldProblem::NotEmail),
            Kind::Url if plain.is_empty() || is_url(&plain) => at_most(plain, URL_CHARACTERS),
            Kind::Url => Err(FieldProblem::NotUrl),
            Kind::Day if plain.is_empty() => Ok(Self::Day(None)),
            Kind::Day => era::parse(&plain).map(|day| Self::Day(Some(day.to_string()))),
            Kind::YesNo => match plain.as_str() {
                "" => Ok(Self::YesNo(None)),
                "yes" => Ok(Self::YesNo(Some(true))),
                "no" => Ok(Self::YesNo(Some(false))),
                _ => Err(FieldProblem::NotAChoice),
            },
            Kind::Number if plain.is_empty() => Ok(Self::Number(None)),
            Kind::Number => {
                let digits: String =
                    plain.chars().filter(|c| !matches!(c, ',' | '円' | ' ' | '¥' | '\\' | '也' | '金')).collect();
                // ¥2,000,000- is how an amount is closed.
                let number =
                    digits.trim_end_matches('-').parse().ok().filter(|number| (0..=9_999_999_999_999).contains(number));
                number.map(|number| Self::Number(Some(number))).ok_or(FieldProblem::NotInRange)
            }
            Kind::One(choices) => {
                let known = plain.is_empty() || choices.iter().any(|choice| choice.code == plain);
                if known { Ok(Self::Text(plain)) } else { Err(FieldProblem::NotAChoice) }
            }
            Kind::Class(choices) => {
                let counts =
                    |number: &str| number.parse::<u32>().is_ok_and(|parsed| parsed > 1 && parsed.to_string() == number);
                let is_number = plain.split_once('.').is_none_or(|(_, number)| counts(number));
                let of = national(&plain);
                let known = plain.is_empty() || is_number && choices.iter().any(|choice| choice.code == of);
                if known { Ok(Self::Text(plain)) } else { Err(FieldProblem::NotAChoice) }
            }
            Kind::Many(choices) => {
                let typed = typed.choices();
                if typed.iter().any(|code| choices.iter().all(|choice| choice.code != *code)) {
                    return Err(FieldProblem::NotAChoice);
                }
                let chosen = choices.iter().map(|choice| choice.code).filter(|code| typed.contains(code));
                Ok(Self::Many(chosen.map(str::to_owned).collect()))
            }
            Kind::Each(choices) => {
                let Typed::Each(typed) = typed else { return Ok(Self::Each(BTreeMap::new())) };
                let mut each = BTreeMap::new();
                for (code, text) in typed {
                    if choices.iter().all(|choice| choice.code != code) {
                        return Err(FieldProblem::NotAChoice);
                    }
                    let text = normalized::line(text);
                    if text.chars().count() > EACH_CHARACTERS {
                        return Err(FieldProblem::TooLong);
                    }
                    if !text.is_empty() {
                        each.insert(code.clone(), text);
                    }
                }
                Ok(Self::Each(each))
            }
            Kind::Link(_) if plain.is_empty() => Ok(Self::Link(None)),
            Kind::Link(_) => plain.parse().map(|id| Self::Link(Some(id))).map_err(|_| FieldProblem::NotAChoice),
        }
    }

    /// Nothing in a field of this kind.
    #[must_use]
    pub fn nothing(kind: Kind) -> Self {
        match kind {
            Kind::Day => Self::Day(None),
            Kind::YesNo => Self::YesNo(None),
            Kind::Number => Self::Number(None),
            Kind::Many(_) => Self::Many(Vec::new()),
            Kind::Each(_) => Self::Each(BTreeMap::new()),
            Kind::Link(_) => Self::Link(None),
            _ => Self::Text(String::new()),
        }
    }

    /// Whether nothing stands there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Day(day) => day.is_none(),
            Self::YesNo(answer) => answer.is_none(),
            Self::Number(number) => number.is_none(),
            Self::Many(codes) => codes.is_empty(),
            Self::Each(texts) => texts.is_empty(),
            Self::Link(id) => id.is_none(),
        }
    }

    /// As the column holds it.
    #[must_use]
    pub fn stored(&self) -> Stored {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Day(day) => day.clone().into(),
            Self::YesNo(answer) => (*answer).into(),
            Self::Number(number) => (*number).into(),
            Self::Many(codes) => serde_json::json!(codes).to_string().into(),
            Self::Each(texts) => serde_json::json!(texts).to_string().into(),
            Self::Link(id) => (*id).into(),
        }
    }

    /// As it would be typed again: for forms, the log and comparisons.
    #[must_use]
    pub fn typed(&self) -> Typed {
        match self {
            Self::Many(codes) => Typed::Many(codes.clone()),
            Self::Each(texts) => Typed::Each(texts.clone()),
            other => Typed::One(other.text()),
        }
    }

    /// As one text: for the log, and what has no other form.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Day(day) => day.clone().unwrap_or_default(),
            Self::YesNo(answer) => answer.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned(),
            Self::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
            Self::Many(codes) => codes.join(", "),
            Self::Each(texts) => {
                let parts: Vec<String> = texts.iter().map(|(code, text)| format!("{code}: {text}")).collect();
                parts.join(", ")
            }
            Self::Link(id) => id.map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}

/// Something before and after one `@`, a dot in what follows, no spaces.
fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.contains('@') && !text.contains(' ')
    })
}

/// `https://…` or `http://…` with a host (WHATWG URL), and nobody's name before it: nothing that a browser would run, and
/// nothing that reads as another place than it leads to.
fn is_url(text: &str) -> bool {
    let plain = !text.contains(['\\', ' ', '"', '<', '>']) && text.chars().all(|c| !c.is_control());
    let parsed = Url::parse(text).ok().filter(|_| plain && text.contains("://"));
    parsed.is_some_and(|url| {
        matches!(url.scheme(), "https" | "http")
            && url.host().is_some()
            && url.username().is_empty()
            && url.password().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::schema::{REGISTERS, choice, field};

    const SIZES: [crate::registers::schema::Choice; 2] = [choice("s", "小", "small"), choice("l", "大", "large")];

    fn read(kind: Kind, typed: &str) -> Result<Value, FieldProblem> {
        Value::read(&field("x", kind, "x", "x"), &typed.into())
    }

    #[test]
    fn what_is_typed_is_read_whatever_its_width() {
        assert_eq!(read(Kind::Day, "R８.４.１"), Ok(Value::Day(Some("2026-04-01".to_owned()))));
        assert_eq!(read(Kind::Number, "１，２００，０００円"), Ok(Value::Number(Some(1_200_000))));
        assert_eq!(
            read(Kind::CorporateNumber, "７０００-０１２０-５０００２"),
            Ok(Value::Text("7000012050002".to_owned()))
        );
        assert_eq!(read(Kind::Line(3), "㈱あい"), Ok(Value::Text("㈱あい".to_owned())));
        assert_eq!(read(Kind::Line(3), "㈱あいう"), Err(FieldProblem::TooLong));
        for bad in
            ["javascript:alert(1)", "https://x\\y", "https://a@evil.example/", "http://javascript:alert(1)", "https:x"]
        {
            assert_eq!(read(Kind::Url, bad), Err(FieldProblem::NotUrl), "{bad}");
        }
        assert_eq!(
            read(Kind::Url, "https://例え.example/a?b#c"),
            Ok(Value::Text("https://例え.example/a?b#c".to_owned()))
        );
        assert_eq!(read(Kind::Kana, "みどりﾃﾞｰﾀ"), Ok(Value::Text("ミドリデータ".to_owned())));
        assert_eq!(read(Kind::Number, "-1"), Err(FieldProblem::NotInRange));
        assert_eq!(read(Kind::One(&SIZES), "m"), Err(FieldProblem::NotAChoice));
    }

    #[test]
    fn choices_are_kept_in_their_order() {
        let typed = Typed::Many(vec!["l".to_owned(), "s".to_owned()]);
        let value = Value::read(&field("x", Kind::Many(&SIZES), "x", "x"), &typed);
        assert_eq!(value, Ok(Value::Many(vec!["s".to_owned(), "l".to_owned()])));
    }

    #[test]
    fn nothing_is_empty_and_is_typed_as_nothing() {
        for field in REGISTERS.iter().flat_map(|register| register.fields()) {
            let nothing = Value::nothing(field.kind);
            assert!(nothing.is_empty() && nothing.text().is_empty(), "{}", field.name);
            let again = Value::read(&Field { required: false, ..*field }, &nothing.typed());
            assert_eq!(again.as_ref(), Ok(&nothing), "{}", field.name);
            let missing = Value::read(&Field { required: true, ..*field }, &nothing.typed());
            assert_eq!(missing, Err(FieldProblem::Missing), "{}", field.name);
        }
    }
}
