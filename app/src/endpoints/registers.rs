//! Server functions about the records of every register.

use kakunin_api::{PortalError, ids::RecordId, registers::RecordForm};
use leptos::server;

#[cfg(feature = "ssr")]
use crate::{request::Visit, routes};
#[cfg(feature = "ssr")]
use kakunin_server::for_register;

/// Adds a record, or changes one.
#[server(name = SaveRecordEndpoint, endpoint = "registers/save")]
pub async fn save_record(
    register: String,
    #[server(default)] id: String,
    #[server(default)] version: i64,
    #[server(default)] form: RecordForm,
) -> Result<(), PortalError> {
    use kakunin_api::registers::{SaveRecord, Typed};
    use kakunin_server::registers::kinds::RecordKind as _;
    let visit = Visit::of_request()?;
    let outcome = for_register!(register.as_str(), |K| {
        let key = K::REGISTER.key;
        let fixed = K::REGISTER.fields().filter(|field| field.fixed);
        let given: Vec<String> = fixed
            .filter_map(|field| Some((field.name, form.get(field.name).map(Typed::text)?.parse::<RecordId>().ok()?)))
            .map(|(name, id)| format!("{name}={id}"))
            .collect();
        let known = id.parse::<RecordId>();
        let back = match (&known, id.is_empty()) {
            (Ok(id), _) => routes::edit_record(key, *id),
            (Err(_), true) => format!("{}?{}", routes::new_record(key), given.join("&")),
            (Err(_), false) => routes::NOT_FOUND.to_owned(),
        };
        let saved = async {
            let actor = visit.actor().await?;
            let records = visit.portal.records::<K>();
            if id.is_empty() {
                return Ok(format!("{}?done=registered", routes::record(key, records.add(&actor, &form).await?)));
            }
            let id = known.map_err(|_| PortalError::NotFound)?;
            records.change(&actor, id, version, &form).await?;
            Ok(format!("{}?done=saved", routes::record(key, id)))
        };
        Ok((saved.await, back))
    });
    let (outcome, back) = match outcome {
        Ok((outcome, back)) => (outcome, back),
        Err(error) => (Err(error), routes::HOME.to_owned()),
    };
    let kept = SaveRecord { register, id, version, form };
    visit.settle("registers/save", &kept, &back, outcome).await
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
