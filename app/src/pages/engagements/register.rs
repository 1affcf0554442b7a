//! Registering an engagement.

use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{ChoiceField, FormState, SelectField, TextField},
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    pages::query_text,
    request::Visit,
    routes, words,
};
use kakunin_api::{
    PortalError,
    engagements::{Confidentiality, ContractItem, RegisterEngagement, TwoLevels, Zone},
    ids::VendorId,
};
use kakunin_server::{criterion_words::contract_item_words, permission::Actor};
use leptos::prelude::*;

/// The form of a new engagement with the vendor that `?vendor=` names.
#[component]
pub fn NewEngagementPage() -> impl IntoView {
    let query_was_empty = query_text("vendor").is_empty();
    let vendor = query_text("vendor").parse::<VendorId>().map_err(|_| PortalError::NotFound);
    staff_page(move |visit: Visit, actor: Actor| async move {
        if !visit.portal.vendors().may_register(&actor) {
            return Err(PortalError::Forbidden);
        }
        let locale = visit.locale;
        if query_was_empty {
            // Engagements are registered from their vendor's page.
            leptos_axum::redirect(routes::VENDORS);
        }
        let vendor = visit.portal.vendors().vendor(&actor, vendor?).await?;
        let rejected = visit.rejected::<RegisterEngagement>("engagements/register").await;
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let departments = visit.portal.organizations().departments(&actor).await?;
        let departments = departments.into_iter().map(|row| (row.id.to_string(), row.name)).collect();
        let state = FormState { locale, error: error.clone() };
        let title = td_string!(locale, register_engagement).to_string();
        let date_hint = td_string!(locale, hint_date).to_string();
        let yes_no = || ["yes", "no"].map(|code| (code.to_owned(), words::yes_no(locale, code == "yes"))).to_vec();
        let two = || {
            TwoLevels::ALL
                .iter()
                .rev()
                .map(|level| (level.code().to_owned(), level.code().to_owned()))
                .collect::<Vec<_>>()
        };
        let classes = Confidentiality::ALL
            .iter()
            .rev()
            .map(|class| (class.code().to_owned(), words::confidentiality(locale, *class)))
            .collect();
        let zones = Zone::ALL.iter().map(|zone| (zone.code().to_owned(), words::zone(locale, *zone))).collect();
        Ok(Content::new(title.clone(), view! {
            <div class="page-head"><h1>{title}</h1><p class="subtitle">{vendor.name.clone()}</p></div>
            <ErrorSummary error locale/>
            <form method="post" action="/api/engagements/register" class="register-form">
                <input type="hidden" name="form[vendor]" value=vendor.id.to_string()/>
                <h2>{td_string!(locale, contract).to_string()}</h2>
                <TextField state=state.clone() name="title" value=form.title required=true/>
                <SelectField state=state.clone() name="department" value=form.department choices=departments/>
                <TextField state=state.clone() name="starts_on" value=form.starts_on required=true hint=date_hint.clone()/>
                <TextField state=state.clone() name="ends_on" value=form.ends_on required=true hint=date_hint/>
                <h2>{td_string!(locale, information).to_string()}</h2>
                <ChoiceField state=state.clone() name="confidentiality" value=form.confidentiality choices=classes
                    hint=td_string!(locale, hint_confidentiality).to_string()/>
                <ChoiceField state=state.clone() name="integrity" value=form.integrity choices=two()/>
                <ChoiceField state=state.clone() name="availability" value=form.availability choices=two()/>
                <ChoiceField state=state.clone() name="zone" value=form.zone choices=zones/>
                <ChoiceField state=state.clone() name="personal_information" value=form.personal_information choices=yes_no()/>
                <ChoiceField state=state.clone() name="specific_personal_information" value=form.specific_personal_information choices=yes_no()/>
                <h2>{td_string!(locale, own_duties).to_string()}</h2>
                <ChoiceField state=state.clone() name="selection_criteria_recorded" value=form.selection_criteria_recorded choices=yes_no()/>
                <ChoiceField state=state.clone() name="policy_told" value=form.policy_told choices=yes_no()/>
                <ContractItems state chosen=form.contract_items locale/>
                <div class="actions">
                    <button class="button button-primary" type="submit">{td_string!(locale, register).to_string()}</button>
                    <a href=routes::vendor(vendor.id)>{td_string!(locale, back).to_string()}</a>
                </div>
            </form>
        })
        .below(td_string!(locale, nav_vendors).to_string(), routes::VENDORS)
        .below(vendor.name, routes::vendor(vendor.id)))
    })
}

/// ①–⑬ to tick.
#[component]
fn ContractItems(state: FormState, chosen: Vec<String>, locale: Locale) -> impl IntoView {
    let invalid = state.problem("contract_items").is_some();
    let rows = ContractItem::ALL.iter().enumerate().map(|(index, item)| {
        let id = if index == 0 { "contract_items".to_owned() } else { format!("contract_items-{}", item.code()) };
        let checked = chosen.iter().any(|code| code == item.code());
        view! {
            <label class="choice">
                <input type="checkbox" id=id name="form[contract_items][]" value=item.code() checked=checked/>
                <span>{words::text(locale, &contract_item_words(*item))}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field" class:field-invalid=invalid>
            <legend>{words::field(locale, "contract_items")}</legend>
            <p class="hint">{td_string!(locale, hint_contract_items).to_string()}</p>
            <div class="checklist">{rows.collect_view()}</div>
        </fieldset>
    }
}
