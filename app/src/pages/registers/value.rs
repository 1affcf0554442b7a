//! What a field holds, as people read it.

use crate::{
    components::date::Day,
    i18n::{Locale, td_string},
    request::language,
    routes,
};
use kakunin_api::ids::RecordId;
use kakunin_server::{
    registers::{
        schema::{Field, Kind, Target},
        values::Value,
        words,
    },
    store::registers::Row,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What a field of a record holds; nothing where it is empty.
pub fn shown(field: &'static Field, row: &Row, locale: Locale) -> AnyView {
    let Some(value) = row.values.get(field.name).filter(|value| !value.is_empty()) else { return ().into_any() };
    match (field.kind, value) {
        (Kind::Day, Value::Day(Some(day))) => match day.parse() {
            Ok(date) => view! { <Day date locale/> }.into_any(),
            Err(_) => day.clone().into_any(),
        },
        (Kind::Many(_), Value::Many(codes)) => {
            let items = codes.iter().map(|code| view! { <li>{word(field, code, locale)}</li> }).collect_view();
            view! { <ul class="bare">{items}</ul> }.into_any()
        }
        (Kind::Each(choices), Value::Each(texts)) => {
            let there = choices.iter().filter_map(|choice| Some((choice.words, texts.get(choice.code)?.clone())));
            let items = there.map(|(words, text)| view! { <li>{words.say(language(locale))}": "{text}</li> });
            view! { <ul class="bare">{items.collect_view()}</ul> }.into_any()
        }
        (Kind::Link(target), Value::Link(Some(id))) => {
            let label = row.labels.get(field.name).cloned();
            let label = label.unwrap_or_else(|| td_string!(locale, open_record).to_string());
            match target {
                Target::Account => label.into_any(),
                _ => view! { <a href=routes::record(target.register(), RecordId(*id))>{label}</a> }.into_any(),
            }
        }
        (Kind::Url, value) => {
            let (url, said) = (value.text(), value.text());
            view! { <a href=url rel="external noopener noreferrer">{said}</a> }.into_any()
        }
        (Kind::Class(_), value) => words::text(field, value, &row.labels, language(locale)).into_any(),
        (Kind::Paragraphs(_), value) => view! { <span class="plain">{value.text()}</span> }.into_any(),
        (_, value) => text(field, value, locale).into_any(),
    }
}

/// The same as one text: for titles.
#[must_use]
pub fn text(field: &'static Field, value: &Value, locale: Locale) -> String {
    match value {
        Value::Number(Some(number)) => grouped(*number),
        value => words::text(field, value, &BTreeMap::new(), language(locale)),
    }
}

/// What a choice is called.
#[must_use]
pub fn word(field: &Field, code: &str, locale: Locale) -> String {
    words::word(field, code, language(locale))
}

/// 1,200,000
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_grouped_by_thousands() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
