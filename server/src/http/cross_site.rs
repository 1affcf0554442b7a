//! No other site can act in somebody's name.
//!
//! `tower_http`'s layer refuses cross-origin writes by Sec-Fetch-Site and Origin, but lets requests with neither pass;
//! a write that carries our cookie and neither header is refused here.

use axum::{
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses a write with a cookie and no sign of where it comes from.
pub async fn refuse_unmarked_writes(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    let marked = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    if !reads && !marked && headers.contains_key(header::COOKIE) {
        tracing::warn!(target: "security", path = ?request.uri().path(), "a write with a cookie and no sign of where it comes from");
        return (StatusCode::FORBIDDEN, "refused: a write without Sec-Fetch-Site and Origin").into_response();
    }
    next.run(request).await
}
