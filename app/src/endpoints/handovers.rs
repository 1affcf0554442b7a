//! Server functions about lists of transfers.

use kakunin_api::{
    PortalError,
    handovers::{ChooseSuccessors, PasteTransfers},
    ids::HandoverId,
};
use leptos::server;

#[cfg(feature = "ssr")]
use crate::{
    request::{self, Visit},
    routes,
};

/// Reads a list of transfers that was copied from a sheet.
#[server(name = PasteTransfersEndpoint, endpoint = "handovers/paste")]
pub async fn paste_transfers(form: PasteTransfers) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.handovers().paste(&visit.actor().await?, &form).await };
    let outcome = outcome.await.map(routes::handover);
    visit.settle("handovers/paste", &form, routes::HANDOVERS, outcome).await
}

/// Keeps who follows whom; and appoints them, where that is asked for.
#[server(name = ChooseSuccessorsEndpoint, endpoint = "handovers/choose")]
pub async fn choose_successors(form: ChooseSuccessors) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let back = request::own_path(&format!("/handovers/{}", form.handover));
    let outcome = async {
        let actor = visit.actor().await?;
        let handovers = visit.portal.handovers();
        let id = handovers.choose(&actor, &form).await?;
        if form.step == "apply" {
            handovers.apply(&actor, id).await?;
        }
        Ok(format!("{}?done=saved", routes::handover(id)))
    };
    let outcome = outcome.await;
    // What was chosen is kept with the list; only what is wrong travels.
    visit.settle("handovers/choose", &(), &back, outcome).await
}

/// Takes a list back whose day has not come.
#[server(name = TakeBackEndpoint, endpoint = "handovers/take-back")]
pub async fn take_back(handover: HandoverId) -> Result<(), PortalError> {
    let visit = Visit::of_request()?;
    let outcome = async { visit.portal.handovers().take_back(&visit.actor().await?, handover).await };
    let page = routes::handover(handover);
    let outcome = outcome.await.map(|()| page.clone());
    visit.settle("handovers/take-back", &(), &page, outcome).await
}
