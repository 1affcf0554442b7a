//! Two policies beside each other: what one has and the other has not, and what both have differently.

use super::criterion::Criterion;
use crate::{
    components::page::{Content, staff_page},
    i18n::{Locale, td_string},
    pages::query_text,
    request::Visit,
    routes, words,
};
use kakunin_api::policies::{PolicyComparison, RequirementComparison, RequirementSide};
use kakunin_server::permission::Actor;
use leptos::prelude::*;

/// Two policies.
#[component]
pub fn ComparePoliciesPage() -> impl IntoView {
    let (first, second) = (query_text("first"), query_text("second"));
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let found = visit.portal.policies().compare(&actor, &first, &second).await?;
        let title = td_string!(locale, policies_compare).to_string();
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1></div>
                <Differences comparison=found locale/>
            },
        )
        .below(td_string!(locale, nav_policies).to_string(), routes::POLICIES))
    })
}

/// What differs between two policies.
#[component]
pub fn Differences(comparison: PolicyComparison, locale: Locale, #[prop(optional)] unlinked: bool) -> impl IntoView {
    let PolicyComparison { first, second, numbers, requirements, same } = comparison;
    let names = [&first, &second].map(|row| words::text(locale, &row.title));
    let counts = td_string!(locale, policies_differ, differing = requirements.len(), same = same).to_string();
    let numbers = numbers.iter().map(|(number, first, second)| {
        let number = words::policy_number(locale, *number);
        view! { <li>{format!("{number}: {} → {}", words::percent(*first), words::percent(*second))}</li> }
    });
    let numbers = numbers.collect_view();
    let numbers = (!numbers.is_empty()).then(|| view! { <ul>{numbers}</ul> });
    let [first_name, second_name] = names.clone();
    let short = [format!("{first_name} {}", first.version), format!("{second_name} {}", second.version)];
    let rows = requirements.into_iter().map(|row| view! { <Row row names=short.clone() locale/> }).collect_view();
    // A town's own versions are no pages of the catalogue.
    let heads = (!unlinked).then(|| view! {
        <dl class="facts">
            <div><dt>{td_string!(locale, policy_first).to_string()}</dt><dd><a href=routes::policy(&first.id)>{first_name}</a>" "{first.version}</dd></div>
            <div><dt>{td_string!(locale, policy_second).to_string()}</dt><dd><a href=routes::policy(&second.id)>{second_name}</a>" "{second.version}</dd></div>
        </dl>
    });
    view! {
        {heads}
        <p>{counts}</p>
        {numbers}
        {rows}
    }
}

#[component]
fn Row(row: RequirementComparison, names: [String; 2], locale: Locale) -> impl IntoView {
    let title = row.first.as_ref().or(row.second.as_ref()).map(|side| words::text(locale, &side.title));
    let fields: Vec<_> = row.fields.iter().map(|field| words::requirement_field(locale, *field)).collect();
    let fields = (!fields.is_empty()).then(|| {
        view! { <p class="muted">{td_string!(locale, differs_in, fields = fields.join("、")).to_string()}</p> }
    });
    let [first, second] = names;
    view! {
        <section class="card compared" id=format!("r-{}", row.id)>
            <h2>{title}</h2>
            {fields}
            <div class="beside">
                <Side name=first side=row.first locale/>
                <Side name=second side=row.second locale/>
            </div>
        </section>
    }
}

#[component]
fn Side(name: String, side: Option<RequirementSide>, locale: Locale) -> impl IntoView {
    let content = match side {
        None => view! { <p class="muted">{td_string!(locale, requirement_absent).to_string()}</p> }.into_any(),
        Some(side) => view! {
            <p>
                {td_string!(locale, clause).to_string()}" "{side.clause}
                " "<span class="tag">{words::level(locale, side.level)}</span>
                " "<span class="tag">{td_string!(locale, weight, weight = side.weight).to_string()}</span>
                " "<span class="tag">{words::owed_by(locale, side.owed_by)}</span>
            </p>
            <p>{words::text(locale, &side.text)}</p>
            <Criterion criterion=side.criterion locale/>
        }
        .into_any(),
    };
    view! { <div><h3>{name}</h3>{content}</div> }
}
