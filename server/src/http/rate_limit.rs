//! Limits per address on sign-in, invitations, answering, uploads and exports; over them 429 with Retry-After.

use super::peer;
use axum::{
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use std::{net::IpAddr, num::NonZeroU32};

/// Begins of paths with their limit: so many at once, then so many a minute. Looking at answering pages is free, writing is not.
const LIMITS: [(&str, u32, u32); 14] = [
    // Sign-in, its second factor, resets and new passwords.
    ("/api/people/", 60, 60),
    ("/sign-in/", 30, 30),
    ("/invitations/", 30, 30),
    ("/api/invitations/", 30, 30),
    ("/answer/", 300, 300),
    ("/api/answering/", 300, 300),
    ("/api/questionnaires/", 60, 60),
    ("/questionnaires/upload", 20, 20),
    ("/registers/", 60, 120),
    // A form that is typed is kept every second.
    ("/api/registers/draft", 60, 120),
    // A page of an import that runs looks again every second.
    ("/imports/", 60, 120),
    ("/api/imports/", 30, 60),
    ("/handovers/upload", 20, 20),
    ("/api/handovers/", 30, 60),
];
/// Exports, which cost the most: every workbook and every list.
const EXPORTS: ([&str; 2], u32, u32) = ([".xlsx", ".csv"], 10, 20);
/// Addresses remembered before the oldest are dropped.
const REMEMBERED: usize = 100_000;

/// The counters of one portal.
#[derive(Debug)]
pub struct Limits {
    trusted: Vec<IpAddr>,
    by_path: Vec<(&'static str, DefaultKeyedRateLimiter<IpAddr>)>,
    exports: DefaultKeyedRateLimiter<IpAddr>,
}

fn limiter(burst: u32, a_minute: u32) -> DefaultKeyedRateLimiter<IpAddr> {
    let positive = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    RateLimiter::keyed(Quota::per_minute(positive(a_minute)).allow_burst(positive(burst)))
}

impl Limits {
    /// With nothing counted yet. What `trusted` proxies say of who is behind them is believed.
    #[must_use]
    pub fn new(trusted: Vec<IpAddr>) -> Self {
        let (_, burst, a_minute) = EXPORTS;
        let by_path = LIMITS.into_iter().map(|(path, burst, a_minute)| (path, limiter(burst, a_minute)));
        Self { trusted, by_path: by_path.collect(), exports: limiter(burst, a_minute) }
    }

    /// Passes the request on, or says after how many seconds it may be tried again.
    pub async fn check(&self, request: Request, next: Next) -> Response {
        let path = request.uri().path();
        let looks_at_answers = path.starts_with("/answer/") && request.method() == Method::GET;
        let found = if looks_at_answers {
            None
        } else if EXPORTS.0.iter().any(|ending| path.ends_with(ending)) {
            Some(&self.exports)
        } else {
            self.by_path.iter().find(|(begin, _)| path.starts_with(begin)).map(|(_, limiter)| limiter)
        };
        let address = peer::address(&request, &self.trusted);
        if let Some(limiter) = found {
            if limiter.len() > REMEMBERED {
                limiter.retain_recent();
            }
            if let Err(until) = limiter.check_key(&peer::group(address)) {
                tracing::warn!(target: "security", %address, ?path, "too many requests");
                let seconds = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
                return (
                    StatusCode::TOO_MANY_REQUESTS,
                    [(header::RETRY_AFTER, seconds.to_string())],
                    "操作が続きすぎています。少し待ってから、もう一度お試しください。\nToo many requests: please wait a moment and try again.\n",
                )
                    .into_response();
            }
        }
        next.run(request).await
    }
}
