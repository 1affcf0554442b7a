//! Bringing a list of transfers, and those that were brought.

use crate::{
    components::{
        date::Day,
        error_summary::ErrorSummary,
        field::{FormState, TextField},
        page::{Content, staff_page},
        workbook_field::WorkbookField,
    },
    i18n::{Locale, td_string},
    pages::query_text,
    request::Visit,
    routes, words,
};
use kakunin_api::{FieldProblem, PortalError, handovers::PasteTransfers, ids::HandoverId};
use kakunin_server::{permission::Actor, store::records::Handover};
use leptos::prelude::*;

/// The form, and what came before.
#[component]
pub fn HandoversPage() -> impl IntoView {
    let (field, problem) = (query_text("refused"), query_text("problem"));
    staff_page(|visit: Visit, actor: Actor| async move {
        let locale = visit.locale;
        let lists = visit.portal.handovers().list(&actor).await?;
        let pasted = visit.rejected::<PasteTransfers>("handovers/paste").await;
        let (form, refused) = pasted.map(|kept| (kept.form, Some(kept.error))).unwrap_or_default();
        let problem: Option<FieldProblem> = serde_json::from_value(serde_json::Value::String(problem)).ok();
        let error = problem.map(|problem| PortalError::invalid(field, problem));
        let file = FormState { locale, error: error.clone() };
        let paste = FormState { locale, error: refused.clone() };
        let title = td_string!(locale, handovers).to_string();
        let labels = || {
            vec![
                ("day", td_string!(locale, handover_day).to_string()),
                ("pasted", td_string!(locale, handover_pasted).to_string()),
                ("document_number", td_string!(locale, handover_document).to_string()),
                ("names", td_string!(locale, handover_names).to_string()),
            ]
        };
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head"><h1>{title}</h1></div>
                <p class="lead">{td_string!(locale, handovers_lead).to_string()}</p>
                <ErrorSummary error locale labels=labels()/>
                <form method="post" action=routes::UPLOAD_HANDOVER enctype="multipart/form-data" class="card">
                    <h2>{td_string!(locale, handover_file).to_string()}</h2>
                    <WorkbookField state=file.clone() hint=td_string!(locale, hint_handover_file).to_string()/>
                    {beside(file, "", PasteTransfers::default(), "")}
                    <button class="button button-primary" type="submit">{td_string!(locale, handover_read).to_string()}</button>
                    <p class="hint">{td_string!(locale, handover_read_hint).to_string()}</p>
                </form>
                <ErrorSummary error=refused locale labels=labels() prefix="paste-"/>
                <form method="post" action="/api/handovers/paste" class="card" id="paste">
                    <h2>{td_string!(locale, handover_pasted).to_string()}</h2>
                    <TextField state=paste.clone() name="pasted" value=form.pasted.clone() lines=6 required=true label=td_string!(locale, handover_table).to_string()
                        hint=td_string!(locale, hint_handover_pasted).to_string()/>
                    {beside(paste, "form", form, "paste-")}
                    <button class="button button-primary" type="submit">{td_string!(locale, handover_read).to_string()}</button>
                </form>
                {before(lists, locale)}
            },
        )
        .below(td_string!(locale, nav_officers).to_string(), routes::OFFICERS))
    })
}

/// What both ways in ask for beside the list.
fn beside(state: FormState, form: &'static str, typed: PasteTransfers, prefix: &'static str) -> AnyView {
    let locale = state.locale;
    view! {
        <TextField state=state.clone() name="day" form prefix value=typed.day label=td_string!(locale, handover_day).to_string()
            hint=td_string!(locale, hint_handover_day).to_string()/>
        <TextField state=state.clone() name="document_number" form prefix value=typed.document_number label=td_string!(locale, handover_document).to_string()/>
        <TextField state name="names" form prefix value=typed.names lines=3 label=td_string!(locale, handover_names).to_string()
            hint=td_string!(locale, hint_handover_names).to_string()/>
    }
    .into_any()
}

fn before(lists: Vec<Handover>, locale: Locale) -> Option<AnyView> {
    if lists.is_empty() {
        return None;
    }
    let labels = [
        td_string!(locale, handover_list).to_string(),
        td_string!(locale, handover_day).to_string(),
        td_string!(locale, column_who).to_string(),
        td_string!(locale, column_state).to_string(),
    ];
    let head = labels.clone().map(|label| view! { <th scope="col">{label}</th> }).collect_view();
    let rows = lists.into_iter().map(|list| {
        let [source, day, who, state] = labels.clone();
        let date = list.first_day.parse().ok().map(|date| view! { <Day date locale/> });
        let name =
            if list.source.is_empty() { td_string!(locale, handover_pasted_list).to_string() } else { list.source };
        view! {
            <tr>
                <td data-label=source><a href=routes::handover(HandoverId(list.id))>{name}</a></td>
                <td data-label=day>{date}</td>
                <td data-label=who>{list.created_by}</td>
                <td data-label=state>{words::handover_state(locale, &list.state)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let heading = td_string!(locale, handovers_before).to_string();
    Some(
        view! { <h2>{heading}</h2><table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }
            .into_any(),
    )
}
