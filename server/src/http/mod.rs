//! The HTTP edge: sessions, security headers, uploads and downloads. Knows no page.

pub mod answer_form;
pub mod cross_site;
pub mod download;
pub mod handover_form;
pub mod headers;
pub mod import_form;
pub mod oidc;
pub mod peer;
pub mod questionnaire_form;
pub mod rate_limit;
pub mod registers;
pub mod sealed;
pub mod session;
mod upload;

use crate::portal::Portal;
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    handler::Handler,
    http::StatusCode,
    response::IntoResponse,
    routing,
};
use std::sync::Arc;

/// Routes that remember themselves, so that a test can ask the running portal for every one of them.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router<Arc<Portal>>,
    paths: Vec<(&'static str, &'static str)>,
}

impl Routes {
    fn new() -> Self {
        Self::default()
    }

    fn get<H: Handler<T, Arc<Portal>>, T: 'static>(mut self, path: &'static str, handler: H) -> Self {
        self.router = self.router.route(path, routing::get(handler));
        self.paths.push(("GET", path));
        self
    }

    fn post<H: Handler<T, Arc<Portal>>, T: 'static>(mut self, path: &'static str, handler: H) -> Self {
        self.router = self.router.route(path, routing::post(handler));
        self.paths.push(("POST", path));
        self
    }

    fn with_forms_up_to(mut self, bytes: usize) -> Self {
        self.router = self.router.layer(DefaultBodyLimit::max(bytes));
        self
    }

    fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.paths.extend(other.paths);
        self
    }

    /// Method and path of each.
    #[must_use]
    pub fn paths(&self) -> &[(&'static str, &'static str)] {
        &self.paths
    }

    /// The router.
    pub fn into_router(self, portal: Arc<Portal>) -> Router {
        self.router.with_state(portal)
    }
}

/// The routes that are not pages.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/health", health)
        .get("/.well-known/security.txt", security_txt)
        .and(answer_form::routes())
        .and(download::routes())
        .and(handover_form::routes())
        .and(import_form::routes())
        .and(oidc::routes())
        .and(questionnaire_form::routes())
        .and(registers::routes())
}

async fn health(State(portal): State<Arc<Portal>>) -> impl IntoResponse {
    if portal.is_healthy().await { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "database") }
}

/// Where weaknesses are reported (RFC 9116). It expires a year after it is asked for: the portal is then running.
async fn security_txt(State(portal): State<Arc<Portal>>) -> impl IntoResponse {
    use jiff::ToSpan as _;
    let expires = portal.clock().today().saturating_add(1.year());
    let contact = &portal.config().security_contact;
    let text = format!("Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: ja, en\n");
    ([(axum::http::header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
}
