//! Server functions about the records of every register.

use kakunin_api::{PortalError, ids::RecordId, registers::RecordForm};
use leptos::server;

#[cfg(feature = "ssr")]
use crate::{request::Visit, routes};
#[cfg(feature = "ssr")]
use kakunin_api::registers::SaveRecord;
#[cfg(feature = "ssr")]
use kakunin_server::{
    for_register,
    registers::{drafts::object_of, kinds::RecordKind, records::Changed, schema::Register},
};

/// Adds a record, or changes one.
#[server(name = SaveRecordEndpoint, endpoint = "registers/save")]
pub async fn save_record(
    register: String,
    #[server(default)] id: String,
    #[server(default)] version: i64,
    #[server(default)] base: i64,
    #[server(default)] form: RecordForm,
) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let typed = SaveRecord { register, id, version, base, form };
    let outcome = for_register!(typed.register.as_str(), |K| {
        let key = K::REGISTER.key;
        let saved = async {
            let actor = visit.actor().await?;
            let records = visit.portal.records::<K>();
            let saved = async {
                if typed.id.is_empty() {
                    let id = records.add(&actor, &typed.form).await?;
                    return Ok(added(K::REGISTER, id, &typed.form));
                }
                let id = typed.id.parse::<RecordId>().map_err(|_| PortalError::NotFound)?;
                let done = match records.change(&actor, id, typed.version, &typed.form).await? {
                    Changed::Kept => "saved",
                    Changed::ApprovalEnded => "asked-again",
                };
                Ok(format!("{}?done={done}", routes::record(key, id)))
            };
            let saved = saved.await;
            if let Err(PortalError::Invalid(_) | PortalError::Conflict { .. }) = &saved {
                // What was refused is there again when they come back, also after the session.
                let _ = records.keep_draft(&actor, &typed).await;
            }
            saved
        };
        Ok((saved.await, form_of::<K>(&typed)))
    });
    let (outcome, back) = match outcome {
        Ok((outcome, back)) => (outcome, back),
        Err(error) => (Err(error), routes::HOME.to_owned()),
    };
    visit.settle("registers/save", &typed, &back, outcome).await
}

/// Where somebody goes on who has added a record: to its page, or to naming who holds the post they have just put on the contractor's
/// side of an engagement.
#[cfg(feature = "ssr")]
fn added(register: &Register, id: RecordId, form: &RecordForm) -> String {
    let is_contractors = form.get("engagement").is_some_and(|typed| !typed.text().is_empty());
    match register.key {
        "posts" if is_contractors => format!("{}?post={id}", routes::new_record("appointments")),
        key => format!("{}?done=registered", routes::record(key, id)),
    }
}

/// The page of a form that was sent.
#[cfg(feature = "ssr")]
fn form_of<K: RecordKind>(typed: &SaveRecord) -> String {
    let key = K::REGISTER.key;
    match (typed.id.parse::<RecordId>(), typed.id.is_empty()) {
        (Ok(id), _) => routes::edit_record(key, id),
        (Err(_), true) => format!("{}?{}", routes::new_record(key), object_of(K::REGISTER, "", &typed.form)),
        (Err(_), false) => routes::NOT_FOUND.to_owned(),
    }
}

/// Keeps what was typed into a record's form so far, or throws it away.
#[server(name = KeepDraftEndpoint, endpoint = "registers/draft")]
pub async fn keep_draft(
    register: String,
    #[server(default)] id: String,
    #[server(default)] version: i64,
    #[server(default)] base: i64,
    #[server(default)] discard: String,
    #[server(default)] then: String,
    #[server(default)] form: RecordForm,
) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let typed = SaveRecord { register, id, version, base, form };
    let outcome = for_register!(typed.register.as_str(), |K| {
        let kept = async {
            let (actor, records) = (visit.actor().await?, visit.portal.records::<K>());
            if discard.is_empty() {
                return records.keep_draft(&actor, &typed).await.map(|()| "kept");
            }
            records.discard_draft(&actor, &typed).await.map(|()| "discarded")
        };
        Ok((kept.await, form_of::<K>(&typed)))
    });
    let (outcome, back) = match outcome {
        Ok((outcome, back)) => (outcome, back),
        Err(error) => (Err(error), routes::HOME.to_owned()),
    };
    // Thrown away on the first page, one goes on there.
    let back = if then == "home" { routes::HOME.to_owned() } else { back };
    if crate::request::wants_no_page() {
        return visit.answered("registers/draft", outcome.map(|_| ())).await;
    }
    let mark = if back.contains('?') { '&' } else { '?' };
    visit.settle("registers/save", &typed, &back, outcome.map(|done| format!("{back}{mark}draft={done}"))).await
}

/// Archives a record, or takes it back into use.
#[server(name = ArchiveRecordEndpoint, endpoint = "registers/archive")]
pub async fn archive_record(register: String, id: RecordId, version: i64, archived: bool) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = for_register!(register.as_str(), |K| {
        let actor = visit.actor().await;
        match actor {
            Ok(actor) => visit.portal.records::<K>().archive(&actor, id, version, archived).await,
            Err(error) => Err(error),
        }
    });
    let page = routes::record(&register, id);
    let page = crate::request::own_path(&page);
    let done = if archived { "archived" } else { "restored" };
    visit.settle("registers/archive", &(), &page, outcome.map(|()| format!("{page}?done={done}"))).await
}

/// Decides about an application.
#[server(name = DecideRecordEndpoint, endpoint = "registers/decide")]
pub async fn decide_record(
    register: String,
    id: RecordId,
    version: i64,
    outcome: String,
    #[server(default)] note: String,
) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let decided = for_register!(register.as_str(), |K| {
        let actor = visit.actor().await;
        match actor {
            Ok(actor) => visit.portal.records::<K>().decide(&actor, id, version, (&outcome, &note)).await,
            Err(error) => Err(error),
        }
    });
    let page = crate::request::own_path(&routes::record(&register, id));
    visit.settle("registers/decide", &(), &page, decided.map(|()| format!("{page}?done=decided"))).await
}

/// Renames, merges or splits a department.
#[server(name = ReorganizeEndpoint, endpoint = "departments/reorganize")]
pub async fn reorganize(department: RecordId, day: String, successors: String) -> Result<(), PortalError> {
    use kakunin_server::registers::kinds::DepartmentRecord;
    let visit = Visit::of_request()?;
    let outcome = async {
        let actor = visit.actor().await?;
        let records = visit.portal.records::<DepartmentRecord>();
        let first = records.reorganize(&actor, department, (&day, &successors)).await?;
        Ok(format!("{}?done=saved", routes::record("departments", first)))
    };
    let outcome = outcome.await;
    let page = routes::record("departments", department);
    visit.settle("departments/reorganize", &(day, successors), &page, outcome).await
}

/// Takes a reorganization back whose day has not come.
#[server(name = TakeReorganizationBackEndpoint, endpoint = "departments/take-back")]
pub async fn take_reorganization_back(department: RecordId) -> Result<(), PortalError> {
    use kakunin_server::registers::kinds::DepartmentRecord;
    let visit = Visit::of_request()?;
    let outcome = async {
        let actor = visit.actor().await?;
        visit.portal.records::<DepartmentRecord>().take_back(&actor, department).await
    };
    let (outcome, page) = (outcome.await, routes::record("departments", department));
    visit.settle("registers/archive", &(), &page, outcome.map(|()| format!("{page}?done=taken-back"))).await
}

/// Merges a vendor into another one.
#[server(name = MergeVendorEndpoint, endpoint = "vendors/merge")]
pub async fn merge_vendor(from: RecordId, into: String) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async {
        let actor = visit.actor().await?;
        // The address of the other record's page may be pasted: its id is its last part.
        let typed = into.trim().split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let id = typed.rsplit('/').next().unwrap_or_default().parse::<RecordId>();
        // What is no id is the id of nothing: whoever may not merge is refused first.
        let into = id.unwrap_or(from);
        visit.portal.vendors().merge(&actor, from, into).await?;
        Ok(format!("{}?done=saved", routes::record("vendors", into)))
    };
    let outcome = outcome.await;
    visit.settle("vendors/merge", &into, &routes::record("vendors", from), outcome).await
}
