//! The register of vendors.

use crate::{
    components::{
        page::{Content, staff_page},
        pager::Listed,
    },
    i18n::td_string,
    pages::list_query,
    request::Visit,
    routes,
};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// 委託先.
#[component]
pub fn VendorsPage() -> impl IntoView {
    let query = list_query();
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let page = visit.portal.vendors().list(&actor, &query).await?;
        let (total, pages) = (page.total, page.pages());
        let [name, number, department, engagements] = [
            td_string!(locale, column_vendor).to_string(),
            td_string!(locale, field_corporate_number).to_string(),
            td_string!(locale, field_contact_department).to_string(),
            td_string!(locale, column_engagements).to_string(),
        ];
        let none = td_string!(locale, no_number).to_string();
        let labels = [name.clone(), number.clone(), department.clone(), engagements.clone()];
        let rows = page.rows.into_iter().map(|row| {
            let [name, number, department, engagements] = labels.clone();
            view! {
                <tr>
                    <td data-label=name><a href=routes::vendor(row.id)>{row.name}</a><br/><span class="muted">{row.kana}</span></td>
                    <td data-label=number>{row.corporate_number.unwrap_or_else(|| none.clone())}</td>
                    <td data-label=department>{row.contact_department}</td>
                    <td data-label=engagements class="number">{row.engagements}</td>
                </tr>
            }
        }).collect_view();
        let may_register = visit.portal.vendors().may_register(&actor);
        let title = td_string!(locale, nav_vendors).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    {may_register.then(|| view! {
                        <a class="button button-primary" href=routes::NEW_VENDOR>{td_string!(locale, register_vendor).to_string()}</a>
                    })}
                </div>
                <Listed path=routes::VENDORS query label=td_string!(locale, search_vendors).to_string() total pages
                    empty=td_string!(locale, no_vendors).to_string() locale>
                    <table class="data">
                        <thead><tr>
                            <th scope="col">{name}</th><th scope="col">{number}</th><th scope="col">{department}</th>
                            <th scope="col" class="number">{engagements}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </Listed>
            },
        ))
    })
}
