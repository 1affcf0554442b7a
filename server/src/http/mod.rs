//! The HTTP edge: sessions, security headers, uploads and downloads. Knows no page.

pub mod answer_form;
pub mod cross_site;
pub mod download;
pub mod headers;
pub mod questionnaire_form;
pub mod rate_limit;
pub mod session;

use crate::portal::Portal;
use axum::{Router, extract::State, http::StatusCode, response::IntoResponse, routing::get};
use std::sync::Arc;

/// The routes that are not pages.
pub fn routes(portal: Arc<Portal>) -> Router {
    Router::new()
        .route("/health", get(health))
        .merge(answer_form::routes())
        .merge(download::routes())
        .merge(questionnaire_form::routes())
        .with_state(portal)
}

async fn health(State(portal): State<Arc<Portal>>) -> impl IntoResponse {
    if portal.is_healthy().await { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "database") }
}
