//! The two ends of a sign-in with a provider: out to it, and back. Both are looked at, not posted: a browser comes back by
//! a redirect, and what makes it somebody's own is the state their session keeps.

use super::{
    download::Refused,
    session::{self, Origin},
};
use crate::{
    people::oidc::{Journey, NotIn},
    portal::Portal,
};
use axum::{
    extract::{ConnectInfo, Path, Query, State},
    http::HeaderMap,
    response::Redirect,
    routing::get,
};
use std::{net::SocketAddr, sync::Arc};
use tower_sessions::Session;

/// The key under which the session keeps a journey.
const JOURNEY: &str = "journey";

pub(super) fn routes() -> super::Routes {
    super::Routes::new().get("/sign-in/with/{provider}", get(set_out)).get("/sign-in/callback/{provider}", get(arrive))
}

async fn set_out(
    State(portal): State<Arc<Portal>>,
    session: Session,
    Path(provider): Path<String>,
) -> Result<Redirect, Refused> {
    match portal.people().set_out(&provider).await? {
        Ok((address, journey)) => {
            session.insert(JOURNEY, journey).await.map_err(crate::error::internal)?;
            Ok(Redirect::to(&address))
        }
        Err(not_in) => Ok(back_to_door(not_in)),
    }
}

/// What a provider sends along.
#[derive(serde::Deserialize)]
struct Answer {
    #[serde(default)]
    state: String,
    code: Option<String>,
}

async fn arrive(
    State(portal): State<Arc<Portal>>,
    session: Session,
    Path(provider): Path<String>,
    Query(answer): Query<Answer>,
    headers: HeaderMap,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
) -> Result<Redirect, Refused> {
    // Whatever comes of it, a journey ends once.
    let journey: Option<Journey> = session.remove(JOURNEY).await.map_err(crate::error::internal)?;
    match portal.people().arrive(&provider, journey, &answer.state, answer.code).await? {
        Ok(proved) => {
            let origin = Origin::of(&headers, Some(peer.ip()), &portal.config().trusted_proxies);
            session::enter(&portal, &session, proved, &origin).await?;
            Ok(Redirect::to("/"))
        }
        Err(not_in) => Ok(back_to_door(not_in)),
    }
}

fn back_to_door(not_in: NotIn) -> Redirect {
    Redirect::to(&format!("/sign-in?provider={}", not_in.code()))
}
