//! Server functions about lists that are brought into registers.

use kakunin_api::{PortalError, ids::ImportId, imports::MapImport};
use leptos::server;

#[cfg(feature = "ssr")]
use crate::{
    request::{self, Visit},
    routes,
};

/// Says what the columns of a list hold and begins to try it, or looks at another sheet or row of it.
#[server(name = MapImportEndpoint, endpoint = "imports/map")]
pub async fn map_import(form: MapImport) -> Result<(), PortalError> {
    let (visit, mut form) = (Visit::of_request()?, form);
    let back = request::own_path(&format!("/imports/{}", form.import));
    let outcome = async {
        let actor = visit.actor().await?;
        if form.step.is_empty() {
            return visit.portal.imports().map(&actor, &form).await.map(routes::import);
        }
        let id = form.import.parse().map_err(|_| PortalError::NotFound)?;
        visit.portal.imports().view(&actor, id, None, true).await?;
        // What was made out of the headings looked at before says nothing about others.
        form.columns.clear();
        form.fill.clear();
        if form.step == "sheet" {
            form.heading_row.clear();
        }
        Err(PortalError::Invalid(Vec::new()))
    };
    let outcome = outcome.await;
    visit.settle("imports/map", &form, &back, outcome).await
}

/// Brings in a list that has been tried.
#[server(name = ApplyImportEndpoint, endpoint = "imports/apply")]
pub async fn apply_import(import: ImportId) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.imports().apply(&visit.actor().await?, import).await };
    let page = routes::import(import);
    let outcome = outcome.await.map(|()| page.clone());
    visit.settle("imports/apply", &(), &page, outcome).await
}
