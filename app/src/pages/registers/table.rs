//! Records in a table; on a narrow screen, as cards.

use super::value::shown;
use crate::{
    i18n::{Locale, td_string},
    request::language,
    routes,
};
use kakunin_server::{
    registers::schema::{Field, Kind, Register},
    store::registers::Row,
};
use leptos::prelude::*;

/// By which field a table is sorted, and the address that sorts it by another one.
pub type Sorted<'a> = (&'a str, &'a dyn Fn(&str) -> String);

/// Records in a table, to be sorted by its headings where it can be.
pub fn table(
    register: &'static Register,
    columns: &[&'static Field],
    rows: &[Row],
    locale: Locale,
    sorted: Option<Sorted<'_>>,
) -> AnyView {
    let say = language(locale);
    let head = columns.iter().map(|field| {
        let label = field.words.say(say);
        match sorted.filter(|_| !matches!(field.kind, Kind::Many(_) | Kind::Each(_) | Kind::Paragraphs(_))) {
            Some((sort, link_of)) => {
                let (up, down) = (sort == field.name, sort.strip_prefix('-') == Some(field.name));
                let next = if up { format!("-{}", field.name) } else { field.name.to_owned() };
                let order = if up {
                    Some("ascending")
                } else if down {
                    Some("descending")
                } else {
                    None
                };
                let mark = if up {
                    " ▲"
                } else if down {
                    " ▼"
                } else {
                    ""
                };
                view! { <th scope="col" aria-sort=order><a href=link_of(&next)>{label}{mark}</a></th> }.into_any()
            }
            None => view! { <th scope="col">{label}</th> }.into_any(),
        }
    });
    let decided = register.decided.then(|| td_string!(locale, column_state).to_string());
    let head = head.collect_view();
    let body = rows.iter().map(|row| {
        let cells = columns.iter().map(|field| {
            let content = shown(field, row, locale);
            let is_number = field.kind == Kind::Number;
            let content = if field.name == register.title {
                view! { <a href=routes::record(register.key, row.id.into())>{title(field, row, locale)}</a> }.into_any()
            } else {
                content
            };
            view! { <td data-label=field.words.say(say) class:number=is_number>{content}</td> }
        });
        let state = row.decision.as_ref().zip(decided.clone()).map(|(decision, label)| {
            view! { <td data-label=label>{crate::words::decision_state(locale, &decision.state)}</td> }
        });
        view! { <tr>{cells.collect_view()}{state}</tr> }
    });
    view! {
        <table class="data">
            <thead><tr>{head}{decided.clone().map(|label| view! { <th scope="col">{label}</th> })}</tr></thead>
            <tbody>{body.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// What a record is called, as the text of its link.
fn title(field: &'static Field, row: &Row, locale: Locale) -> AnyView {
    match (field.kind, row.values.get(field.name)) {
        (Kind::One(_) | Kind::Class(_), Some(value)) => super::value::text(field, value, locale).into_any(),
        (Kind::Day, _) => shown(field, row, locale),
        (_, value) => value.map(|value| value.text()).unwrap_or_default().into_any(),
    }
}
