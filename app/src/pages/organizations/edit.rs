//! How the organization is shown and guarded: the line under its name, and whether a password is enough to come in.

use crate::{
    components::{
        done::Done,
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, staff_page},
    },
    i18n::td_string,
    pages::query_text,
    request::Visit,
};
use kakunin_api::people::EditOrganization;
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// 団体の表示.
#[component]
pub fn OrganizationPage() -> impl IntoView {
    let done = query_text("done");
    staff_page(move |visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let form = visit.portal.organizations().form(&actor).await?;
        let rejected = visit.rejected::<EditOrganization>("organizations/edit").await;
        let (form, error) = rejected.map_or((form, None), |kept| (kept.form, Some(kept.error)));
        let state = FormState { locale, error: error.clone() };
        let done = (!done.is_empty()).then(|| {
            view! { <Done said=td_string!(locale, saved).to_string()/> }
        });
        let title = td_string!(locale, nav_organization).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                {done}
                <ErrorSummary error locale/>
                <form method="post" action="/api/organizations/edit">
                    <TextField state name="branding" value=form.branding hint=td_string!(locale, hint_branding).to_string()/>
                    <div class="field">
                        <label class="choice">
                            <input type="checkbox" name="form[demands_second_factor]" value="true" checked=form.demands_second_factor/>
                            <span>{td_string!(locale, demand_second_factor).to_string()}</span>
                        </label>
                        <p class="hint">{td_string!(locale, hint_demand_second_factor).to_string()}</p>
                    </div>
                    <button class="button button-primary" type="submit">{td_string!(locale, save).to_string()}</button>
                </form>
            },
        ))
    })
}
