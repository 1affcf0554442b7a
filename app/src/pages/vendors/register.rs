//! Registering a vendor.

use crate::{
    components::{
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, staff_page},
    },
    i18n::td_string,
    request::Visit,
    routes,
};
use kakunin_api::{PortalError, vendors::RegisterVendor};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// The form of a new vendor.
#[component]
pub fn NewVendorPage() -> impl IntoView {
    staff_page(|visit: Visit, actor: Actor| async move {
        if !visit.portal.vendors().may_register(&actor) {
            return Err(PortalError::Forbidden);
        }
        let locale = visit.locale;
        let rejected = visit.rejected::<RegisterVendor>("vendors/register").await;
        let (form, error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let state = FormState { locale, error: error.clone() };
        let title = td_string!(locale, register_vendor).to_string();
        Ok(Content::new(title.clone(), view! {
            <h1>{title}</h1>
            <ErrorSummary error locale/>
            <form method="post" action="/api/vendors/register" class="register-form">
                <h2>{td_string!(locale, company).to_string()}</h2>
                <TextField state=state.clone() name="corporate_number" value=form.corporate_number
                    hint=td_string!(locale, hint_corporate_number).to_string()/>
                <TextField state=state.clone() name="name" value=form.name required=true/>
                <TextField state=state.clone() name="kana" value=form.kana required=true hint=td_string!(locale, hint_kana).to_string()/>
                <TextField state=state.clone() name="address" value=form.address/>
                <h2>{td_string!(locale, contact).to_string()}</h2>
                <p class="hint">{td_string!(locale, hint_contact).to_string()}</p>
                <TextField state=state.clone() name="contact_department" value=form.contact_department required=true/>
                <TextField state=state.clone() name="contact_name" value=form.contact_name required=true/>
                <TextField state=state.clone() name="contact_email" value=form.contact_email required=true kind="email"/>
                <TextField state name="notes" value=form.notes lines=3 hint=td_string!(locale, hint_notes).to_string()/>
                <div class="actions">
                    <button class="button button-primary" type="submit">{td_string!(locale, register).to_string()}</button>
                    <a href=routes::VENDORS>{td_string!(locale, back_to_list).to_string()}</a>
                </div>
            </form>
        }).below(td_string!(locale, nav_vendors).to_string(), routes::VENDORS))
    })
}
