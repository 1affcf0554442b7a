//! 権限: the one table of who may do what, as the portal asks it.

use crate::{
    components::page::{Content, staff_page},
    i18n::{Locale, td_string},
    request::Visit,
    words,
};
use kakunin_api::people::ContractorRole;
use kakunin_server::permission::{ActionName, Actor, Scope, Standing};
use leptos::prelude::*;

/// The table.
#[component]
pub fn PermissionsPage() -> impl IntoView {
    staff_page(|visit: Visit, _: Actor| async move {
        let locale = visit.locale;
        let names: Vec<String> = Standing::ALL.into_iter().map(|standing| standing_name(locale, standing)).collect();
        let head = names.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
        let rows = ActionName::ALL.iter().map(|action| {
            let cells = action.row().into_iter().zip(&names).map(|(scope, name)| {
                view! { <td data-label=name.clone() class:muted=scope == Scope::No>{scope_name(locale, scope)}</td> }
            });
            view! { <tr><th scope="row">{words::action(locale, &format!("{action:?}"))}</th>{cells.collect_view()}</tr> }
        });
        let title = td_string!(locale, nav_permissions).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <p class="lead">{td_string!(locale, permissions_lead).to_string()}</p>
                <div class="scrolls" tabindex="0" role="region" aria-label=td_string!(locale, nav_permissions).to_string()>
                    <table class="data permissions">
                        <thead><tr><th scope="col">{td_string!(locale, column_action).to_string()}</th>{head}</tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            },
        ))
    })
}

fn standing_name(locale: Locale, standing: Standing) -> String {
    match standing {
        Standing::Staff(role) => words::role(locale, role),
        Standing::Contractor(ContractorRole::Submitter) => td_string!(locale, role_submitter).to_string(),
        Standing::Contractor(ContractorRole::Contributor) => td_string!(locale, role_contributor).to_string(),
        Standing::System => td_string!(locale, role_system).to_string(),
    }
}

fn scope_name(locale: Locale, scope: Scope) -> String {
    match scope {
        Scope::No => "－".to_owned(),
        Scope::Own => td_string!(locale, scope_own).to_string(),
        Scope::Department => td_string!(locale, scope_department).to_string(),
        Scope::OwnOrNone => td_string!(locale, scope_own_or_none).to_string(),
        Scope::Post => td_string!(locale, scope_post).to_string(),
        Scope::All => td_string!(locale, scope_all).to_string(),
    }
}
