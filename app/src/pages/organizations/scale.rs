//! 情報の分類: what the organization calls its classes of information.

use crate::{
    components::{
        done::Done,
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, staff_page},
    },
    i18n::td_string,
    pages::query_text,
    request::{Visit, language},
};
use kakunin_api::organizations::ScaleForm;
use kakunin_server::{
    permission::Actor,
    registers::scale::{AXES, NATIONAL, National},
};
use leptos::prelude::*;

/// The classes.
#[component]
pub fn ScalePage() -> impl IntoView {
    let done = query_text("done");
    staff_page(move |visit: Visit, actor: Actor| async move {
        let (locale, say) = (visit.locale, language(visit.locale));
        let form = visit.portal.organizations().scale_form(&actor).await?;
        let rejected = visit.rejected::<ScaleForm>("organizations/scale").await;
        // The scale as it is now: what was typed is there to be looked at beside it, and then counts.
        let before = form.before.clone();
        let (form, error) = rejected.map_or((form, None), |kept| (kept.form, Some(kept.error)));
        let state = FormState { locale, error: error.clone() };
        let done = (!done.is_empty()).then(|| {
            view! { <Done said=td_string!(locale, saved).to_string()/> }
        });
        let label =
            |one: &National| td_string!(locale, scale_stands_for, class = one.choice.words.say(say)).to_string();
        let labels = NATIONAL.iter().map(|one| (one.field, label(one))).collect();
        let groups = AXES.map(|(axis, words)| {
            let fields = NATIONAL.iter().filter(|one| one.axis == axis).map(|one| {
                let value = form.names.get(one.field).cloned().unwrap_or_default();
                view! { <TextField state=state.clone() name=one.field form="form[names]" value lines=2 label=label(one)/> }
            });
            view! { <h2>{words.say(say)}</h2>{fields.collect_view()} }
        });
        let title = td_string!(locale, nav_scale).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                {done}
                <p class="lead">{td_string!(locale, scale_lead).to_string()}</p>
                <p class="hint">{td_string!(locale, scale_axis_hint).to_string()}</p>
                <ErrorSummary error labels locale/>
                <form method="post" action="/api/organizations/scale">
                    <input type="hidden" name="form[before]" value=before/>
                    {groups.collect_view()}
                    <button class="button button-primary" type="submit">{td_string!(locale, save).to_string()}</button>
                </form>
            },
        ))
    })
}
