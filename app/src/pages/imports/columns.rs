//! The step in which somebody says what the columns of a list hold.

use crate::{
    components::field::{FormState, TextField},
    i18n::{Locale, td_string},
    request::language,
};
use kakunin_api::imports::MapImport;
use kakunin_server::{
    imports::{
        SheetOf,
        columns::{ColumnShown, Columns, is_assumable},
        held::Held,
    },
    registers::{
        scale::Scale,
        schema::{Field, Kind, Register},
    },
};
use leptos::prelude::*;

/// The form.
pub(super) fn columns_form(
    register: &'static Register,
    columns: Columns,
    sheets: &[SheetOf],
    (state, scale): (&FormState, &Scale),
) -> AnyView {
    let locale = state.locale;
    let Columns { form, columns, is_remembered, may_add_departments, .. } = columns;
    let lead = if is_remembered {
        td_string!(locale, import_columns_remembered).to_string()
    } else {
        td_string!(locale, import_columns_lead).to_string()
    };
    let all = Held::all(register);
    let labels = [
        td_string!(locale, column_name).to_string(),
        td_string!(locale, column_heading).to_string(),
        td_string!(locale, column_samples).to_string(),
        td_string!(locale, column_holds).to_string(),
        td_string!(locale, import_fill).to_string(),
    ];
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    let rows = columns.into_iter().map(|column| row(column, &form, &all, &labels, locale)).collect_view();
    let sheet_options = sheets.iter().enumerate().map(|(index, sheet)| {
        let selected = index.to_string() == form.sheet;
        let label = td_string!(locale, import_sheet, sheet = sheet.name.clone(), rows = sheet.rows).to_string();
        view! { <option value=index.to_string() selected=selected>{label}</option> }
    });
    let sheet_options = sheet_options.collect_view();
    let names_departments =
        register.fields().any(|field| field.kind == Kind::Link(kakunin_server::registers::schema::Target::Department));
    let departments = (may_add_departments && names_departments).then(|| {
        view! {
            <label class="choice">
                <input type="checkbox" name="form[add_departments]" value="yes" checked=form.add_departments == "yes"/>
                <span>{td_string!(locale, import_add_departments).to_string()}</span>
            </label>
        }
    });
    view! {
        <form method="post" action="/api/imports/map" class="card">
            <p class="lead">{lead}</p>
            <input type="hidden" name="form[import]" value=form.import.clone()/>
            <div class="field-row">
                <div class="field">
                    <label class="label" for="sheet">{crate::words::field(locale, "sheet")}</label>
                    <select id="sheet" name="form[sheet]">{sheet_options}</select>
                </div>
                <TextField state=state.clone() name="heading_row" value=form.heading_row.clone() required=true/>
            </div>
            <div class="actions">
                <button class="button button-secondary" type="submit" name="form[step]" value="sheet">{td_string!(locale, import_look_sheet).to_string()}</button>
                <button class="button button-secondary" type="submit" name="form[step]" value="row">{td_string!(locale, import_look_row).to_string()}</button>
            </div>
            <h2 id="columns">{td_string!(locale, mapping_columns).to_string()}</h2>
            <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            {assumed(register, &form, scale, locale)}
            {departments}
            <div class="actions">
                <button class="button button-primary" type="submit">{td_string!(locale, import_try).to_string()}</button>
            </div>
            <p class="hint">{td_string!(locale, import_try_hint).to_string()}</p>
        </form>
    }
    .into_any()
}

fn row(column: ColumnShown, form: &MapImport, all: &[Held], labels: &[String; 5], locale: Locale) -> AnyView {
    let ColumnShown { name, heading, samples, has_gaps } = column;
    let [of_name, of_heading, of_samples, of_holds, of_fill] = labels.clone();
    let chosen = form.columns.get(&name).cloned().unwrap_or_default();
    let options = all.iter().map(|held| {
        let code = held.code();
        let selected = code == chosen;
        let required = matches!(held, Held::Field(field) if field.required).then_some("※");
        view! { <option value=code selected=selected>{required}{held.words(language(locale))}</option> }
    });
    let options = options.collect_view();
    let label = td_string!(locale, column_holds_of, column = name.clone()).to_string();
    let filled = form.fill.contains_key(&name);
    let offers_fill = has_gaps || filled;
    let fill = offers_fill.then(|| {
        let label = td_string!(locale, import_fill_of, column = name.clone()).to_string();
        view! { <input type="checkbox" name=format!("form[fill][{name}]") value="yes" checked=filled aria-label=label/> }
    });
    let samples = samples.into_iter().map(|sample| view! { <li>{sample}</li> }).collect_view();
    view! {
        <tr>
            <td data-label=of_name>{name.clone()}</td>
            <td data-label=of_heading>{heading}</td>
            <td data-label=of_samples><ul class="samples">{samples}</ul></td>
            <td data-label=of_holds>
                <select name=format!("form[columns][{name}]") aria-label=label>
                    <option value="">{td_string!(locale, column_ignored).to_string()}</option>
                    {options}
                </select>
            </td>
            <td data-label=of_fill class:no-card=!offers_fill>{fill}</td>
        </tr>
    }
    .into_any()
}

/// What is taken where a list says nothing.
fn assumed(register: &'static Register, form: &MapImport, scale: &Scale, locale: Locale) -> Option<AnyView> {
    let say = language(locale);
    let fields: Vec<&'static Field> = register.fields().filter(|field| is_assumable(field)).collect();
    if fields.is_empty() {
        return None;
    }
    let open = !form.assumed.values().all(String::is_empty);
    let rows = fields.into_iter().map(|field| {
        let id = format!("assumed-{}", field.name);
        let chosen = form.assumed.get(field.name).cloned().unwrap_or_default();
        let options = scale.choices(field, say).into_iter().map(|(code, words)| {
            let selected = code == chosen;
            view! { <option value=code selected=selected>{words}</option> }
        });
        view! {
            <div class="each">
                <label for=id.clone()>{field.words.say(say)}</label>
                <select id=id name=format!("form[assumed][{}]", field.name)>
                    <option value="">{td_string!(locale, import_left_open).to_string()}</option>
                    {options.collect_view()}
                </select>
            </div>
        }
    });
    Some(
        view! {
            <details class="assumed" open=open>
                <summary>{td_string!(locale, import_assumed).to_string()}</summary>
                <p class="hint">{td_string!(locale, import_assumed_hint).to_string()}</p>
                {rows.collect_view()}
            </details>
        }
        .into_any(),
    )
}
