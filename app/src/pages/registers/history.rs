//! What has become of a record: who changed what, from what to what.

use crate::{
    components::date::Minute,
    i18n::{Locale, td_string},
    request::language,
    words,
};
use kakunin_server::{
    clock::minute_in_japan,
    registers::{
        history::{Change, DECISION},
        scale::Scale,
        schema::Register,
    },
};
use leptos::prelude::*;

/// The history of a record.
pub fn history(register: &'static Register, changes: Vec<Change>, scale: &Scale, locale: Locale) -> AnyView {
    let labels = [
        td_string!(locale, column_when).to_string(),
        td_string!(locale, column_who).to_string(),
        td_string!(locale, column_action).to_string(),
        td_string!(locale, column_change).to_string(),
    ];
    let rows = changes.into_iter().map(|change| {
        let [when, who, action, what] = labels.clone();
        let by = words::granted_by(locale, &change.by);
        let said = if change.fields.is_empty() {
            let parts = words::log::detail(locale, register.object, &change.detail);
            parts.into_iter().map(|part| view! { <li>{part}</li> }.into_any()).collect_view()
        } else {
            change
                .fields
                .into_iter()
                .map(|(name, before, after)| line(register, &name, (&before, &after), scale, locale))
                .collect_view()
        };
        view! {
            <tr>
                <td data-label=when><Minute at=minute_in_japan(change.at) locale/></td>
                <td data-label=who>{by}</td>
                <td data-label=action>{words::action(locale, &change.action)}</td>
                <td data-label=what><ul class="bare">{said}</ul></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    view! { <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }.into_any()
}

fn line(
    register: &'static Register,
    name: &str,
    (before, after): (&str, &str),
    scale: &Scale,
    locale: Locale,
) -> AnyView {
    if name == DECISION {
        let [before, after] = [before, after].map(|state| words::decision_state(locale, state));
        let label = td_string!(locale, approval).to_string();
        return view! { <li>{label}": "<del>{before}</del>" → "<ins>{after}</ins></li> }.into_any();
    }
    let field = register.field(name);
    let label = field.map_or_else(|| name.to_owned(), |field| field.words.say(language(locale)).to_owned());
    let said = |text: &str| match field {
        Some(_) if text.is_empty() => td_string!(locale, nothing_entered).to_string(),
        Some(field) => {
            text.split(", ").map(|part| scale.word(field, part, language(locale))).collect::<Vec<_>>().join("、")
        }
        None => text.to_owned(),
    };
    view! { <li>{label}": "<del>{said(before)}</del>" → "<ins>{said(after)}</ins></li> }.into_any()
}
