//! What the pages of some registers show beside the record itself.

use crate::{
    components::{
        date::Day,
        error_summary::ErrorSummary,
        field::{FormState, TextField},
    },
    i18n::{Locale, td_string},
    request::{Visit, language},
    routes, words,
};
use kakunin_api::{PortalError, ids::RecordId, officers::PostRow, registers::ListQuery};
use kakunin_server::{
    era,
    permission::Actor,
    registers::{
        kinds::{DepartmentRecord, EngagementRecord, SubcontractRecord},
        records::RecordView,
        schema::{
            Register, Target,
            engagements::{CONTRACT_ITEMS, ENGAGEMENTS},
            offices::{CONTRACTORS_POSTS, POST_KINDS},
        },
        subjects::ordinance_standing,
        values::Value,
        vendors::Tier,
    },
    store::registers::Row,
};
use leptos::prelude::*;

/// What stands below the facts of a record.
pub async fn beside(
    visit: &Visit,
    actor: &Actor,
    register: &'static Register,
    record: &RecordView,
) -> Result<AnyView, PortalError> {
    match register.key {
        "vendors" => vendor(visit, actor, record).await,
        "engagements" => {
            let below = visit.portal.records::<SubcontractRecord>();
            let below = below.list(actor, &ListQuery::default(), Some(record.id)).await?;
            let unapproved = unapproved(&below.rows, visit.locale);
            let standing = engagement(record, visit.locale)?;
            Ok(view! { {unapproved}{standing} }.into_any())
        }
        "departments" if record.may_edit => reorganization(visit, actor, record).await,
        _ => Ok(().into_any()),
    }
}

/// A vendor's tier and its engagements.
async fn vendor(visit: &Visit, actor: &Actor, record: &RecordView) -> Result<AnyView, PortalError> {
    let locale = visit.locale;
    let (tier, because) = visit.portal.vendors().tier(actor, record).await?;
    let tier = match tier {
        Tier::High => td_string!(locale, tier_high).to_string(),
        Tier::Middle => td_string!(locale, tier_middle).to_string(),
        Tier::Low => td_string!(locale, tier_low).to_string(),
        Tier::None => td_string!(locale, tier_none).to_string(),
    };
    let because = because.map(|title| td_string!(locale, tier_because, title = title).to_string());
    let engagements = visit.portal.records::<EngagementRecord>();
    let page = engagements.of_vendor(actor, record.id).await?;
    let columns: Vec<_> = ENGAGEMENTS.columns(&[]).into_iter().filter(|field| field.name != "vendor").collect();
    let listed = if page.rows.is_empty() {
        view! { <p class="empty">{td_string!(locale, no_engagements_of_vendor).to_string()}</p> }.into_any()
    } else {
        super::table::table(&ENGAGEMENTS, &columns, &page.rows, locale, None)
    };
    let may_add = engagements.may_add(actor) && record.row.archived_at.is_none();
    let add = may_add.then(|| {
        let path = format!("{}?vendor={}", routes::NEW_ENGAGEMENT, record.id);
        view! { <p><a class="button button-primary" href=path>{td_string!(locale, register_engagement).to_string()}</a></p> }
    });
    let refused = visit.rejected::<String>("vendors/merge").await;
    let (typed, error) = refused.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
    let may_merge = visit.portal.vendors().may_merge(actor) && record.row.archived_at.is_none();
    let merge = may_merge.then(|| {
        let (state, open) = (FormState { locale, error: error.clone() }, error.is_some());
        view! {
            <details open=open>
                <summary>{td_string!(locale, merge_vendor).to_string()}</summary>
                <p>{td_string!(locale, merge_text).to_string()}</p>
                <ErrorSummary error locale labels=vec![("into", td_string!(locale, merge_into).to_string())]/>
                <form method="post" action="/api/vendors/merge">
                    <input type="hidden" name="from" value=record.id.to_string()/>
                    <TextField state name="into" form="" value=typed required=true label=td_string!(locale, merge_into).to_string()
                        hint=td_string!(locale, hint_merge_into).to_string()/>
                    <button class="button button-danger" type="submit">{td_string!(locale, merge_vendor).to_string()}</button>
                </form>
            </details>
        }
    });
    Ok(view! {
        <section class="card">
            <h2>{td_string!(locale, tier).to_string()}": "{tier}</h2>
            <p>{because}</p>
        </section>
        <h2>{td_string!(locale, nav_engagements).to_string()}</h2>
        {listed}
        {add}
        {merge}
    }
    .into_any())
}

/// Renaming, merging or splitting a department.
async fn reorganization(visit: &Visit, actor: &Actor, record: &RecordView) -> Result<AnyView, PortalError> {
    let locale = visit.locale;
    if let Some((day, names)) = visit.portal.records::<DepartmentRecord>().continued_by(actor, record.id).await? {
        let day = era::long(day, language(locale));
        let said = td_string!(locale, department_continued, day = day, names = names.join("、")).to_string();
        return Ok(view! {
            <section class="notice notice-info">
                <p>{said}</p>
                <form method="post" action="/api/departments/take-back">
                    <input type="hidden" name="department" value=record.id.to_string()/>
                    <button class="button button-secondary" type="submit">{td_string!(locale, take_reorganization_back).to_string()}</button>
                </form>
            </section>
        }
        .into_any());
    }
    let rejected = visit.rejected::<(String, String)>("departments/reorganize").await;
    let ((day, successors), error) = rejected.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
    let (state, open) = (FormState { locale, error: error.clone() }, error.is_some());
    let labels = vec![
        ("day", td_string!(locale, reorganize_day).to_string()),
        ("successors", td_string!(locale, reorganize_successors).to_string()),
    ];
    Ok(view! {
        <details open=open class="archive">
            <summary>{td_string!(locale, reorganize).to_string()}"…"</summary>
            <p>{td_string!(locale, reorganize_text).to_string()}</p>
            <ErrorSummary error locale labels/>
            <form method="post" action="/api/departments/reorganize">
                <input type="hidden" name="department" value=record.id.to_string()/>
                <TextField state=state.clone() name="day" form="" value=day required=true label=td_string!(locale, reorganize_day).to_string()
                    hint=td_string!(locale, hint_date).to_string()/>
                <TextField state name="successors" form="" value=successors required=true lines=3
                    label=td_string!(locale, reorganize_successors).to_string() hint=td_string!(locale, hint_reorganize_successors).to_string()/>
                <button class="button button-danger" type="submit">{td_string!(locale, reorganize).to_string()}</button>
            </form>
        </details>
    }
    .into_any())
}

/// An engagement's standing to the ordinance, and how many items its contract has.
fn engagement(record: &RecordView, locale: Locale) -> Result<AnyView, PortalError> {
    let text = |name: &str| record.row.values.get(name).map(Value::text).unwrap_or_default();
    let standing = text("starts_on").parse().ok().map(ordinance_standing).transpose()?;
    let there = match record.row.values.get("contract_items") {
        Some(Value::Many(items)) => items.len(),
        _ => 0,
    };
    let standing = standing.map(|standing| {
        view! { <div><dt>{td_string!(locale, ordinance).to_string()}</dt><dd>{words::ordinance(locale, standing)}</dd></div> }
    });
    Ok(view! {
        <dl class="facts">
            {standing}
            <div><dt>{words::field(locale, "contract_items")}</dt>
                <dd>{td_string!(locale, contract_items_count, there = there, all = CONTRACT_ITEMS.len())}</dd></div>
        </dl>
    }
    .into_any())
}

/// Whose posts are responsible for a record: its own, and those of the department whose work it is.
pub fn officers_of(register: &'static Register, record: &RecordView) -> Vec<(Target, RecordId)> {
    let department = match record.row.values.get("department") {
        Some(Value::Link(Some(department))) => Some((Target::Department, RecordId(*department))),
        _ => None,
    };
    match register.key {
        "cloud-services" => vec![(Target::CloudService, record.id)],
        "social-accounts" => vec![(Target::SocialAccount, record.id)],
        "departments" => vec![(Target::Department, record.id)],
        "engagements" => [(Target::Engagement, record.id)].into_iter().chain(department).collect(),
        _ => Vec::new(),
    }
}

/// Says that a service or an account is without its officer: on the municipality's side a requirement fails at this moment.
pub async fn missing_officer(
    visit: &Visit,
    actor: &Actor,
    register: &'static Register,
    record: &RecordView,
) -> Result<Option<AnyView>, PortalError> {
    let (locale, attached) = (visit.locale, matches!(register.key, "cloud-services" | "social-accounts"));
    let Some((target, id)) = officers_of(register, record).into_iter().next().filter(|_| attached) else {
        return Ok(None);
    };
    if record.row.archived_at.is_some() {
        return Ok(None);
    }
    let posts = visit.portal.organizations().posts_of(actor, target, id).await?;
    let vacant = posts.into_iter().filter(|post| post.holder.is_none() && !post.may_be_vacant);
    let vacant: Vec<String> = vacant.map(|post| post.title).collect();
    Ok((!vacant.is_empty()).then(|| {
        let said = td_string!(locale, officer_missing, posts = vacant.join("、")).to_string();
        view! { <p class="notice notice-error">{said}</p> }.into_any()
    }))
}

/// The posts responsible for a record, with who holds them today.
pub async fn officers(
    visit: &Visit,
    actor: &Actor,
    register: &'static Register,
    record: &RecordView,
) -> Result<AnyView, PortalError> {
    let (locale, say) = (visit.locale, language(visit.locale));
    let may_appoint = visit.portal.organizations().may_manage_offices(actor);
    let mut rows = Vec::new();
    for (target, id) in officers_of(register, record) {
        // The contractor's people are named by whoever keeps the engagement.
        let may_appoint = may_appoint || target == Target::Engagement && record.may_edit;
        let posts = visit.portal.organizations().posts_of(actor, target, id).await?;
        rows.extend(posts.into_iter().map(|post| officer(post, may_appoint, locale)));
    }
    let add = (register.key == "engagements" && record.may_edit).then(|| {
        let contractors = POST_KINDS.iter().filter(|kind| CONTRACTORS_POSTS.contains(&kind.code));
        let links = contractors.map(|kind| {
            let form = format!("{}?engagement={}&kind={}", routes::new_record("posts"), record.id, kind.code);
            let label = td_string!(locale, add_post_of, kind = kind.words.say(say)).to_string();
            view! { <a class="button button-secondary" href=form>{label}</a> }
        });
        view! { <div class="actions">{links.collect_view()}</div> }
    });
    if rows.is_empty() {
        return Ok(view! { <p class="empty">{td_string!(locale, no_posts_attached).to_string()}</p>{add} }.into_any());
    }
    Ok(view! {
        <table class="data">
            <thead><tr>
                <th scope="col">{td_string!(locale, column_post).to_string()}</th>
                <th scope="col">{td_string!(locale, column_officer).to_string()}</th>
                <th scope="col">{td_string!(locale, column_since).to_string()}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {add}
    }
    .into_any())
}

/// A post as a row: who holds it, from when to when.
fn officer(post: PostRow, may_appoint: bool, locale: Locale) -> AnyView {
    let appoint = may_appoint.then(|| {
        let form = format!("{}?post={}", routes::new_record("appointments"), post.id);
        view! { " "<a href=form>{td_string!(locale, record_appointment).to_string()}</a> }
    });
    let (name, term) = match post.holder {
        Some(holder) => {
            let to = holder.to.map(|to| view! { <Day date=to locale/> });
            (holder.name.into_any(), view! { <Day date=holder.from locale/>"–"{to} }.into_any())
        }
        None => (
            view! { <strong class="overdue">{td_string!(locale, vacant).to_string()}</strong> }.into_any(),
            ().into_any(),
        ),
    };
    view! {
        <tr>
            <td data-label=td_string!(locale, column_post).to_string()><a href=routes::record("posts", post.id)>{post.title}</a></td>
            <td data-label=td_string!(locale, column_officer).to_string()>{name}{appoint}</td>
            <td data-label=td_string!(locale, column_since).to_string()>{term}</td>
        </tr>
    }
    .into_any()
}

/// Says that work goes on at a level nobody approved.
pub fn unapproved(rows: &[Row], locale: Locale) -> AnyView {
    let open = |row: &&Row| row.decision.as_ref().is_some_and(|decision| decision.state == "requested");
    let names: Vec<String> =
        rows.iter().filter(open).filter_map(|row| Some(row.values.get("company_name")?.text())).collect();
    if names.is_empty() {
        return ().into_any();
    }
    let said = td_string!(locale, unapproved_subcontracts, names = names.join("、")).to_string();
    view! { <div class="notice notice-error" role="alert"><p>{said}</p></div> }.into_any()
}
