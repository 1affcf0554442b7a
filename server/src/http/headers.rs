//! Security headers on every answer. The content security policy's nonce comes from whoever renders the page.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};

/// The policy of every page: nothing from elsewhere, no inline script without the page's nonce.
#[must_use]
pub fn content_security_policy(nonce: Option<&str>) -> String {
    let nonce = nonce.map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'{nonce} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Adds the headers that are the same everywhere; a page brings its own content security policy.
pub async fn add(https: bool, request: Request, next: Next) -> Response {
    let cacheable = request.uri().path().starts_with("/pkg/");
    let method = request.method().clone();
    // Of an address that may hold a token, only how it begins.
    let begin = request.uri().path().split('/').nth(1).unwrap_or_default().to_owned();
    let mut response = next.run(request).await;
    if matches!(response.status(), StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS) {
        tracing::warn!(target: "security", %method, ?begin, status = response.status().as_u16(), "refused");
    }
    let headers = response.headers_mut();
    for text in ["text/css", "text/javascript"] {
        if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == text)
            && let Ok(kind) = HeaderValue::from_str(&format!("{text}; charset=utf-8"))
        {
            headers.insert(header::CONTENT_TYPE, kind);
        }
    }
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    put(header::CACHE_CONTROL, if cacheable { "public, max-age=31536000, immutable" } else { "no-store" });
    if https {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(None)) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    response
}
