//! The list of a register: search, filters, order, columns, pages, and exactly what is shown to take away.

use super::{address_of, query_of, table::table};
use crate::{
    components::{
        islands::search_as_you_type::SearchAsYouType,
        page::{Content, staff_page},
        pager::PagerTo,
    },
    i18n::{Locale, td_string},
    request::{Visit, language},
    routes,
};
use kakunin_api::{listing::Page, registers::ListQuery};
use kakunin_server::{
    permission::Actor,
    registers::{kinds::RecordKind, lists::Options, schema::Register},
    store::registers::{GAPS, Row},
};
use leptos::prelude::*;

/// The list of a register.
pub fn records_page<K: RecordKind>() -> AnyView {
    let query = query_of(K::REGISTER);
    staff_page(move |visit: Visit, actor: Actor| async move {
        let records = visit.portal.records::<K>();
        let page = records.list(&actor, &query, None).await?;
        let offered = records.filter_choices(&actor, language(visit.locale)).await?;
        let may = (records.may_add_alone(&actor), visit.portal.imports().may(&actor, K::REGISTER.key).is_ok());
        Ok(content(K::REGISTER, visit.locale, &query, &page, &offered, may))
    })
    .into_any()
}

fn content(
    register: &'static Register,
    locale: Locale,
    query: &ListQuery,
    page: &Page<Row>,
    offered: &Options,
    (may_add, may_import): (bool, bool),
) -> Content {
    let say = language(locale);
    let path = routes::register(register.key);
    let at = |changed: ListQuery| format!("{path}?{}", address_of(&changed));
    let columns = register.columns(&query.columns);
    let link_of = |sort: &str| at(ListQuery { sort: sort.to_owned(), page: 1, ..query.clone() });
    let title = register.words.say(say).to_owned();
    let narrowed = !query.search.is_empty() || !query.filters.is_empty() || query.archived;
    let listed = if page.rows.is_empty() {
        let said =
            if narrowed { td_string!(locale, nothing_found).to_string() } else { register.empty.say(say).to_owned() };
        view! { <p class="empty">{said}</p> }.into_any()
    } else {
        table(register, &columns, &page.rows, locale, Some((query.sort.as_str(), &link_of)))
    };
    // A part of another record is added on that record's page, and an engagement on its contractor's.
    let of_vendor = register.key == "engagements";
    let add = (may_add && !of_vendor).then(|| {
        view! { <a class="button button-primary" href=routes::new_record(register.key)>{register.add.say(say)}</a> }
    });
    let lead = (may_add && of_vendor).then(|| {
        let vendors = routes::register("vendors");
        view! {
            <p class="lead">
                {td_string!(locale, engagement_from_vendor).to_string()}" "
                <a href=vendors>{td_string!(locale, choose_vendor).to_string()}</a>
            </p>
        }
    });
    let import = may_import.then(|| {
        let label = td_string!(locale, import_list).to_string();
        view! { <a class="button button-secondary" href=routes::import_into(register.key)>{label}</a> }
    });
    let (previous, next) = (
        at(ListQuery { page: page.page.saturating_sub(1), ..query.clone() }),
        at(ListQuery { page: page.page.saturating_add(1), ..query.clone() }),
    );
    let shown = address_of(&ListQuery { page: 0, ..query.clone() });
    let take = |ending: &str| format!("/registers/{}/list.{ending}?{shown}", register.key);
    let (total, pages, number) = (page.total, page.pages(), page.page);
    let tools = tools(register, locale, query, offered);
    Content::new(
        title.clone(),
        view! {
            <div class="page-head"><h1>{title}</h1>{add}{import}</div>
            {lead}
            <SearchAsYouType>{tools}</SearchAsYouType>
            <div id="results" aria-live="polite">
                {listed}
                <PagerTo previous next page=number total pages locale/>
                <p class="take-away">
                    {td_string!(locale, take_away).to_string()}" "
                    <a href=take("xlsx") rel="external">"Excel"</a>" "
                    <a href=take("csv") rel="external">"CSV"</a>
                </p>
            </div>
        },
    )
}

/// The search box, the filters and the choice of columns, in one form.
fn tools(register: &'static Register, locale: Locale, query: &ListQuery, offered: &Options) -> AnyView {
    let say = language(locale);
    let chosen = |name: &str| query.filters.get(name).cloned().unwrap_or_default();
    let select = |name: String, label: String, options: Vec<(String, String)>, value: String| {
        let options = options.into_iter().map(|(code, label)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{label}</option> }
        });
        let id = name.replace('.', "-");
        view! {
            <div class="field">
                <label class="label" for=id.clone()>{label}</label>
                <select id=id name=name><option value="">{td_string!(locale, filter_any).to_string()}</option>{options.collect_view()}</select>
            </div>
        }
    };
    let filters = register.fields().filter(|field| field.filter).map(|field| {
        let options = offered.get(field.name).cloned().unwrap_or_default();
        select(format!("f.{}", field.name), field.words.say(say).to_owned(), options, chosen(field.name))
    });
    let filters = filters.collect_view();
    let decision = register.decided.then(|| {
        let states = ["requested", "approved", "refused", "ended"];
        let options = states.map(|state| (state.to_owned(), crate::words::decision_state(locale, state)));
        let label = td_string!(locale, column_state).to_string();
        select("f.decision".to_owned(), label, options.to_vec(), chosen("decision"))
    });
    let shown = register.columns(&query.columns);
    let columns = register.fields().map(|field| {
        let checked = shown.iter().any(|one| one.name == field.name);
        let fixed = field.name == register.title;
        view! {
            <label class="choice">
                <input type="checkbox" name="c" value=field.name checked=checked disabled=fixed/>
                <span>{field.words.say(say)}</span>
            </label>
        }
    });
    view! {
        <form method="get" action=routes::register(register.key) class="filter" role="search">
            <div class="field">
                <label class="label" for="q">{td_string!(locale, search_words).to_string()}</label>
                <input type="search" id="q" name="q" value=query.search.clone()/>
            </div>
            {filters}
            {decision}
            <input type="hidden" name="sort" value=query.sort.clone()/>
            <label class="choice">
                <input type="checkbox" name="archived" value="1" checked=query.archived/>
                <span>{td_string!(locale, show_archived).to_string()}</span>
            </label>
            <label class="choice">
                <input type="checkbox" name=format!("f.{GAPS}") value="1" checked=!chosen(GAPS).is_empty()/>
                <span>{td_string!(locale, filter_gaps).to_string()}</span>
            </label>
            <button class="button button-secondary" type="submit">{td_string!(locale, search).to_string()}</button>
            <details class="columns">
                <summary>{td_string!(locale, choose_columns).to_string()}</summary>
                <div class="checklist">{columns.collect_view()}</div>
                <button class="button button-secondary" type="submit">{td_string!(locale, show_columns).to_string()}</button>
            </details>
        </form>
    }
    .into_any()
}
