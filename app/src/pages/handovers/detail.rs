//! One list of transfers: every post it touches, who leaves, who comes, and what has to be said about it.

use crate::{
    components::{
        date::Day,
        done::Done,
        error_summary::ErrorSummary,
        page::{Content, staff_page},
    },
    i18n::{Locale, td_string},
    pages::{param, query_text},
    request::Visit,
    routes, words,
};
use kakunin_api::ids::HandoverId;
use kakunin_server::{
    handovers::{
        HandoverView,
        plan::{Successor, Touched},
        transfers::{Transfer, Unread},
    },
    permission::Actor,
};
use leptos::prelude::*;

/// Rows that could not be read, shown at most.
const UNREAD_SHOWN: usize = 50;

/// The list.
#[component]
pub fn HandoverPage() -> impl IntoView {
    let (id, done) = (param::<HandoverId>("id"), query_text("done"));
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let view = visit.portal.handovers().view(&actor, id?).await?;
        let rejected = visit.rejected::<()>("handovers/choose").await;
        let rejected = match rejected {
            Some(kept) => Some(kept),
            None => visit.rejected::<()>("handovers/take-back").await,
        };
        let error = rejected.map(|kept| kept.error);
        let title = if view.source.is_empty() {
            td_string!(locale, handover_pasted_list).to_string()
        } else {
            view.source.clone()
        };
        let saved = (done == "saved" && view.state == "draft")
            .then(|| view! { <Done said=td_string!(locale, saved).to_string()/> });
        let date = view.first_day;
        let labels = vec![("successor", td_string!(locale, handover_successor).to_string())];
        let document = (!view.document_number.is_empty()).then(|| {
            view! { <div><dt>{td_string!(locale, handover_document).to_string()}</dt><dd>{view.document_number.clone()}</dd></div> }
        });
        let (ended, begun) = view.made;
        let count = if view.state == "draft" {
            view! { <div><dt>{td_string!(locale, handover_touched).to_string()}</dt><dd>{view.touched.len()}</dd></div> }.into_any()
        } else {
            view! {
                <div><dt>{td_string!(locale, handover_ended).to_string()}</dt><dd>{ended}</dd></div>
                <div><dt>{td_string!(locale, handover_begun).to_string()}</dt><dd>{begun}</dd></div>
            }
            .into_any()
        };
        let state = words::handover_state(locale, &view.state);
        let transfers = view.transfers;
        let staying = (view.staying > 0).then(|| {
            view! { <div><dt>{td_string!(locale, handover_staying).to_string()}</dt><dd>{view.staying}</dd></div> }
        });
        let unread = unread(view.unread.clone(), locale);
        let body = match view.state.as_str() {
            "draft" => draft(view, locale),
            _ => after(&view, locale),
        };
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1><span class="tag">{state}</span></div>
                {saved}
                <ErrorSummary error locale labels/>
                <dl class="facts">
                    <div><dt>{td_string!(locale, handover_day).to_string()}</dt><dd><Day date locale/></dd></div>
                    {document}
                    <div><dt>{td_string!(locale, handover_transfers).to_string()}</dt><dd>{transfers}</dd></div>
                    {staying}
                    {count}
                </dl>
                {body}
                {unread}
            },
        )
        .below(td_string!(locale, nav_officers).to_string(), routes::OFFICERS)
        .below(td_string!(locale, handovers).to_string(), routes::HANDOVERS))
    })
}

fn draft(view: HandoverView, locale: Locale) -> AnyView {
    if view.touched.is_empty() {
        return view! { <p class="empty">{td_string!(locale, handover_nothing).to_string()}</p> }.into_any();
    }
    let open = view.touched.iter().filter(|touched| touched.doubts.iter().any(|doubt| doubt.blocks())).count();
    let doubtful = view.touched.iter().filter(|touched| !touched.doubts.is_empty()).count();
    let said = if open > 0 {
        let text = td_string!(locale, handover_open, count = open).to_string();
        view! { <div class="notice notice-error"><p>{text}</p></div> }.into_any()
    } else if doubtful > 0 {
        let text = td_string!(locale, handover_doubtful, count = doubtful).to_string();
        view! { <div class="notice notice-warning"><p>{text}</p></div> }.into_any()
    } else {
        view! { <div class="notice notice-info"><p>{td_string!(locale, handover_clear).to_string()}</p></div> }
            .into_any()
    };
    let changes = view.touched.iter().filter(|touched| touched.successor != Successor::Stays).count();
    let labels = [
        td_string!(locale, column_post).to_string(),
        td_string!(locale, handover_now).to_string(),
        td_string!(locale, handover_successor).to_string(),
        td_string!(locale, handover_name).to_string(),
        td_string!(locale, import_remark).to_string(),
    ];
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    let rows = view.touched.into_iter().map(|touched| row(touched, &labels, locale)).collect_view();
    let apply = td_string!(locale, handover_apply, count = changes).to_string();
    view! {
        {said}
        <form method="post" action="/api/handovers/choose">
            <input type="hidden" name="form[handover]" value=view.id.to_string()/>
            <table class="data" id="successor"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            <div class="actions">
                <button class="button button-primary" type="submit" name="form[step]" value="apply">{apply}</button>
                <button class="button button-secondary" type="submit">{td_string!(locale, handover_save).to_string()}</button>
            </div>
            <p class="hint">{td_string!(locale, handover_apply_hint).to_string()}</p>
        </form>
    }
    .into_any()
}

fn row(touched: Touched, labels: &[String; 5], locale: Locale) -> AnyView {
    let [of_post, of_now, of_successor, of_name, of_remark] = labels.clone();
    let Touched { post, holder, comes_on, leaves, later, candidates, choice, typed, doubts, .. } = touched;
    let key = post.form_key();
    let date = comes_on.parse().ok().map(|date| view! { <Day date locale/> });
    let now = holder.as_ref().map_or_else(
        || view! { <span class="muted">{td_string!(locale, vacant).to_string()}</span> }.into_any(),
        |holder| {
            let code = (!holder.code.is_empty()).then(|| view! { " "<span class="muted">{holder.code.clone()}</span> });
            let leaves =
                leaves.then(|| view! { " "<span class="tag">{td_string!(locale, handover_leaves).to_string()}</span> });
            view! { {holder.name.clone()}{code}{leaves} }.into_any()
        },
    );
    let mut options: Vec<(String, String)> = Vec::new();
    if candidates.len() > 1 && choice.is_empty() {
        options.push((String::new(), td_string!(locale, handover_choose).to_string()));
    }
    options.extend(candidates.iter().map(|transfer| (transfer.row.to_string(), comes(transfer, locale))));
    let stays = if holder.is_some() {
        td_string!(locale, handover_stays).to_string()
    } else {
        td_string!(locale, handover_stays_vacant).to_string()
    };
    options.push(("stays".to_owned(), stays));
    if holder.is_some() {
        options.push(("nobody".to_owned(), td_string!(locale, handover_nobody).to_string()));
    }
    options.push(("other".to_owned(), td_string!(locale, handover_other).to_string()));
    let options = options.into_iter().map(|(code, label)| {
        let selected = code == choice;
        view! { <option value=code selected=selected>{label}</option> }
    });
    let options = options.collect_view();
    let remarks = doubts.into_iter().map(|doubt| {
        view! { <li class:overdue=doubt.blocks()>{words::handover_doubt(locale, doubt, later.as_deref().unwrap_or_default())}</li> }
    });
    let remarks = remarks.collect_view();
    let parts = [post.department.as_str(), post.title.as_str(), post.attached.as_str()];
    let post_name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    view! {
        <tr>
            <td data-label=of_post><a href=routes::record("posts", post.id.into())>{post_name.clone()}</a><br/><span class="muted">{date}</span></td>
            <td data-label=of_now>{now}</td>
            <td data-label=of_successor.clone()>
                <select name=format!("form[successor][{key}]") aria-label=format!("{post_name} {of_successor}")>{options}</select>
            </td>
            <td data-label=of_name.clone()>
                <input type="text" name=format!("form[name][{key}]") value=typed aria-label=format!("{post_name} {of_name}") autocomplete="off"/>
            </td>
            <td data-label=of_remark><ul class="bare">{remarks}</ul></td>
        </tr>
    }
    .into_any()
}

/// Who comes, from where, and in which row it stands.
fn comes(transfer: &Transfer, locale: Locale) -> String {
    let who = [transfer.name.as_str(), transfer.code.as_str()];
    let who = who.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    match &transfer.from {
        Some(from) => {
            let from = format!("{} {}", from.department, from.position);
            td_string!(locale, handover_comes, who = who, from = from, row = transfer.row).to_string()
        }
        None => td_string!(locale, handover_comes_new, who = who, row = transfer.row).to_string(),
    }
}

/// What has become of a list that was applied.
fn after(view: &HandoverView, locale: Locale) -> AnyView {
    let date = view.first_day;
    let lead = match view.state.as_str() {
        "applied" => td_string!(locale, handover_applied_text).to_string(),
        _ => td_string!(locale, handover_taken_back_text).to_string(),
    };
    let take_back = view.may_take_back.then(|| {
        view! {
            <details class="archive">
                <summary>{td_string!(locale, handover_take_back).to_string()}"…"</summary>
                <p>{td_string!(locale, handover_take_back_text).to_string()}</p>
                <form method="post" action="/api/handovers/take-back">
                    <input type="hidden" name="handover" value=view.id.to_string()/>
                    <button class="button button-danger" type="submit">{td_string!(locale, handover_take_back).to_string()}</button>
                </form>
            </details>
        }
    });
    let on = format!("{}?on={date}", routes::OFFICERS);
    view! {
        <Done said=lead/>
        <p><a class="button button-secondary" href=on>{td_string!(locale, handover_see).to_string()}</a></p>
        {take_back}
    }
    .into_any()
}

fn unread(unread: Vec<Unread>, locale: Locale) -> Option<AnyView> {
    if unread.is_empty() {
        return None;
    }
    let count = unread.len();
    let rows = unread.into_iter().take(UNREAD_SHOWN).map(|unread| {
        let row = td_string!(locale, import_row_number, row = unread.row).to_string();
        view! { <li>{row}": "{unread.text}" "{words::problem(locale, unread.problem)}</li> }
    });
    let rows = rows.collect_view();
    let heading = td_string!(locale, handover_unread, count = count).to_string();
    Some(view! { <details><summary>{heading}</summary><ul>{rows}</ul></details> }.into_any())
}
