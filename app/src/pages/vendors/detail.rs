//! One vendor.

use crate::{
    components::page::{Content, staff_page},
    i18n::td_string,
    pages::{engagements::list::EngagementTable, param},
    request::Visit,
    routes, words,
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// One vendor with its engagements.
#[component]
pub fn VendorPage() -> impl IntoView {
    let id = param("id");
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let vendor = visit.portal.vendors().vendor(&actor, id?).await?;
        let none = td_string!(locale, no_number).to_string();
        let facts = [
            ("corporate_number", vendor.corporate_number.unwrap_or(none)),
            ("kana", vendor.kana),
            ("address", vendor.address),
            ("contact_department", vendor.contact_department),
            ("contact_name", vendor.contact_name),
            ("contact_email", vendor.contact_email),
            ("notes", vendor.notes),
        ];
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| {
            view! {
                <div><dt>{words::field(locale, name)}</dt><dd class="plain">{value}</dd></div>
            }
        });
        let new = format!("{}?vendor={}", routes::NEW_ENGAGEMENT, vendor.id);
        let name = vendor.name.clone();
        Ok(Content::new(vendor.name, view! {
            <div class="page-head">
                <h1>{name}</h1>
                {vendor.may_register_engagement.then(|| view! {
                    <a class="button button-primary" href=new>{td_string!(locale, register_engagement).to_string()}</a>
                })}
            </div>
            <dl class="facts">{facts.collect_view()}</dl>
            <h2>{td_string!(locale, nav_engagements).to_string()}</h2>
            {if vendor.engagements.is_empty() {
                view! { <p class="empty">{td_string!(locale, no_engagements_of_vendor).to_string()}</p> }.into_any()
            } else {
                view! { <EngagementTable rows=vendor.engagements locale/> }.into_any()
            }}
        }).below(td_string!(locale, nav_vendors).to_string(), routes::VENDORS))
    })
}
