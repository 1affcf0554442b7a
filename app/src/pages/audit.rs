//! 操作記録.

use crate::{
    components::{
        date::Minute,
        page::{Content, staff_page},
        pager::PagerTo,
    },
    i18n::{Locale, td_string},
    pages::query_text,
    request::Visit,
    routes, words,
};
use kakunin_server::{
    clock::{self, minute_in_japan},
    era,
    permission::{ActionName, Actor},
    registers::schema::REGISTERS,
    store::{audit_events::EventFilter, records::AuditEventRecord},
};
use leptos::prelude::*;

/// What an event is about, as a link where it has a page.
fn link(row: &AuditEventRecord, name: String) -> AnyView {
    let path = match row.object_kind.as_str() {
        "assessment" => routes::assessment(row.object_id.into()),
        "membership" => routes::person(row.object_id.into()),
        kind => match REGISTERS.iter().find(|register| register.object == kind) {
            Some(register) => routes::record(register.key, row.object_id.into()),
            None => return view! { {name} }.into_any(),
        },
    };
    let name = if name.is_empty() { row.object_id.to_string().chars().take(8).collect() } else { name };
    view! { <a href=path>{name}</a> }.into_any()
}

/// What the filter's form holds.
#[derive(Clone, Debug)]
struct Typed {
    action: String,
    who: String,
    from: String,
    to: String,
    page: u64,
}

impl Typed {
    fn of_query() -> Self {
        let text = query_text;
        let page = text("page").parse().unwrap_or(1);
        Self { action: text("action"), who: text("who"), from: text("from"), to: text("to"), page }
    }

    /// A day that cannot be read, which the page says.
    fn unread(&self) -> Option<String> {
        let days = [&self.from, &self.to].into_iter().filter(|day| !day.trim().is_empty());
        days.into_iter().find(|day| era::parse(day).is_err()).cloned()
    }

    /// A day that cannot be read filters nothing.
    fn filter(&self) -> EventFilter {
        EventFilter {
            action: self.action.clone(),
            who: self.who.trim().chars().take(100).collect(),
            from_ms: era::parse(&self.from).ok().map(clock::start_of_day_ms),
            before_ms: era::parse(&self.to).ok().map(|day| clock::end_of_day_ms(day).saturating_add(1)),
            page: self.page,
        }
    }

    /// The address of a page of the same filter.
    fn address(&self, page: u64) -> String {
        let parts = [("action", &self.action), ("who", &self.who), ("from", &self.from), ("to", &self.to)];
        let query: Vec<String> = parts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", crate::components::pager::encoded(value)))
            .chain([format!("page={page}")])
            .collect();
        format!("{}?{}", routes::AUDIT_EVENTS, query.join("&"))
    }
}

/// The log, newest first.
#[component]
pub fn AuditEventsPage() -> impl IntoView {
    let typed = Typed::of_query();
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let (page, names) = visit.portal.audit().events(&actor, &typed.filter()).await?;
        let signed = match visit.portal.audit().last_checkpoint(&actor).await? {
            Some(checkpoint) => td_string!(
                locale,
                audit_checkpoint,
                sequence = checkpoint.sequence,
                at = minute_in_japan(checkpoint.signed_at).replace('T', " ")
            )
            .to_string(),
            None => td_string!(locale, audit_no_checkpoint).to_string(),
        };
        let (total, pages) = (page.total, page.pages());
        let labels = [
            td_string!(locale, column_number).to_string(),
            td_string!(locale, column_when).to_string(),
            td_string!(locale, column_who).to_string(),
            td_string!(locale, column_action).to_string(),
            td_string!(locale, column_object).to_string(),
            td_string!(locale, column_detail).to_string(),
        ];
        // Anybody may be called anything: the log says what kind of actor it is.
        let by = |row: &AuditEventRecord| match row.actor_kind.as_str() {
            "contractor" => format!("{}: {}", td_string!(locale, column_vendor), row.actor_name),
            "system" => td_string!(locale, role_system).to_string(),
            _ => row.actor_name.clone(),
        };
        let rows = page
            .rows
            .into_iter()
            .map(|row| {
                let [number, when, who, action, object, detail] = labels.clone();
                let name = names.get(&row.object_id).cloned().unwrap_or_default();
                let said = words::log::detail(locale, &row.object_kind, &row.detail)
                    .into_iter()
                    .map(|part| view! { <li>{part}</li> });
                view! {
                    <tr>
                        <td data-label=number class="number">{row.sequence}</td>
                        <td data-label=when><Minute at=minute_in_japan(row.at) locale/></td>
                        <td data-label=who>{by(&row)}</td>
                        <td data-label=action>{words::action(locale, &row.action)}</td>
                        <td data-label=object>{words::log::object(locale, &row.object_kind)}<br/>{link(&row, name)}</td>
                        <td data-label=detail><ul class="bare">{said.collect_view()}</ul></td>
                    </tr>
                }
            })
            .collect_view();
        let none = rows.is_empty().then(|| view! { <p class="empty">{td_string!(locale, audit_none).to_string()}</p> });
        let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
        let title = td_string!(locale, nav_audit_events).to_string();
        let (previous, next) =
            (typed.address(typed.page.saturating_sub(1).max(1)), typed.address(typed.page.saturating_add(1)));
        let number = page.page;
        let unread = typed.unread().map(|day| {
            let said = td_string!(locale, audit_day_unread, day = day).to_string();
            view! { <div class="notice notice-error" role="alert"><p>{said}</p></div> }
        });
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1></div>
                <p class="lead">{td_string!(locale, audit_lead).to_string()}</p>
                <p class="subtitle">{signed}</p>
                {unread}
                <Filter typed locale/>
                <table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
                {none}
                <PagerTo previous next page=number total pages locale/>
            },
        ))
    })
}

#[component]
fn Filter(typed: Typed, locale: Locale) -> impl IntoView {
    let actions = ActionName::ALL.iter().map(|action| {
        let code = format!("{action:?}");
        let selected = code == typed.action;
        let label = words::action(locale, &code);
        view! { <option value=code selected=selected>{label}</option> }
    });
    let text = |id: &'static str, label: String, value: String| {
        view! { <div class="field"><label class="label" for=id>{label}</label><input id=id name=id type="text" value=value/></div> }
    };
    view! {
        <form method="get" action=routes::AUDIT_EVENTS class="filter" role="search">
            <div class="field">
                <label class="label" for="action">{td_string!(locale, column_action).to_string()}</label>
                <select id="action" name="action">
                    <option value="">{td_string!(locale, audit_all_actions).to_string()}</option>
                    {actions.collect_view()}
                </select>
            </div>
            {text("who", td_string!(locale, audit_who).to_string(), typed.who.clone())}
            {text("from", td_string!(locale, audit_from).to_string(), typed.from.clone())}
            {text("to", td_string!(locale, audit_to).to_string(), typed.to.clone())}
            <button class="button button-secondary" type="submit">{td_string!(locale, audit_filter).to_string()}</button>
        </form>
    }
}
