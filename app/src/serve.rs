//! Serving: pages, server functions, the other routes, the browser's bundle, and the layers around all of them.

use crate::{
    app::{App, shell},
    connections,
};
use anyhow::Context as _;
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
};
use kakunin_api::people::Role;
use kakunin_server::{
    Portal, cli,
    config::{Config, LogFormat},
    demo, http,
};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};
use sha2::{Digest, Sha256};
use std::{path::Path, process::ExitCode, sync::Arc, time::Duration};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer, limit::RequestBodyLimitLayer,
    services::ServeDir, timeout::TimeoutLayer,
};

/// A request takes at most this long.
const PATIENCE: Duration = Duration::from_secs(60);
/// Largest form without files, in bytes. The one with files has its own limit.
const MAX_FORM_BYTES: usize = 256 * 1024;
/// How often mail that waits is looked for.
const MAIL_EVERY: Duration = Duration::from_secs(2);
/// How often it is looked whether a day has come.
const CALENDAR_EVERY: Duration = Duration::from_secs(300);
/// How often sessions that have ended are removed.
const TIDY_EVERY: Duration = Duration::from_secs(600);

/// Serves until the process is told to stop. `demo` sets the demo town up.
///
/// # Errors
/// Where the database cannot be opened or the address not be listened on.
pub async fn run(config: Config, demo: Option<cli::DemoTown>) -> anyhow::Result<()> {
    let log = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info,sqlx=warn".into());
    let written = tracing_subscriber::fmt().with_env_filter(log).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => written.init(),
        LogFormat::Json => written.json().flatten_event(true).init(),
    }
    let portal = cli::open(config, demo).await?;
    let address = portal.config().listen;
    let listener =
        tokio::net::TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    println!("Kakunin 確認: {} (listening on {})", portal.config().public_url, listener.local_addr()?);
    if demo.is_some() {
        println!("demo accounts, password {}:", demo::PASSWORD);
        for (sign_in_name, name, department, role) in demo::PEOPLE {
            println!("  {sign_in_name:<9} {:<20} {department} {name}", role.code());
        }
        let (sign_in_name, name) = demo::OPERATOR;
        println!("  {sign_in_name:<9} {:<20} 設置者 {name}", Role::Operator.code());
    }
    tokio::spawn(tidy(Arc::clone(&portal)));
    tokio::spawn(follow_the_calendar(Arc::clone(&portal)));
    tokio::spawn(send_mail(Arc::clone(&portal)));
    connections::serve(listener, router(portal)?, stopped()).await;
    Ok(())
}

/// Until the process is told to stop.
async fn stopped() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminate => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

async fn send_mail(portal: Arc<Portal>) {
    while portal.sends_mail() {
        if let Err(error) = portal.send_waiting_mail().await {
            tracing::warn!(%error, "mail stays for now");
        }
        tokio::time::sleep(MAIL_EVERY).await;
    }
}

/// Does what was settled for a day, on that day: at once where the portal was down at midnight.
async fn follow_the_calendar(portal: Arc<Portal>) {
    loop {
        if let Err(error) = portal.bring_reorganizations_about().await {
            tracing::warn!(%error, "reorganizations wait");
        }
        tokio::time::sleep(CALENDAR_EVERY).await;
    }
}

async fn tidy(portal: Arc<Portal>) {
    loop {
        tokio::time::sleep(TIDY_EVERY).await;
        if let Err(error) = portal.people().forget_expired_sessions().await {
            tracing::warn!(%error, "expired sessions stay for now");
        }
        if let Err(error) = portal.forget_detached_files().await {
            tracing::warn!(%error, "files that were taken off stay for now");
        }
        if let Err(error) = portal.audit().sign_all().await {
            tracing::warn!(%error, "the log's checkpoints were not signed");
        }
    }
}

/// Everything the portal answers.
///
/// # Errors
/// Where the bundle's folder cannot be read.
pub fn router(portal: Arc<Portal>) -> anyhow::Result<Router> {
    let bundle = portal.config().bundle.clone();
    let package = format!("pkg/{}", content_hash(&bundle)?);
    let options = LeptosOptions::builder().output_name("kakunin-app").site_pkg_dir(package.clone()).build();
    let context = {
        let portal = Arc::clone(&portal);
        move || provide_context(Arc::clone(&portal))
    };
    let routes = generate_route_list(App);
    let pages = Router::new()
        .leptos_routes_with_context(&options, routes, context.clone(), {
            let options = options.clone();
            move || shell(options.clone())
        })
        // Only pages: leptos's own fallback would serve files from the working directory, the database among them.
        .fallback(leptos_axum::render_app_async_with_context(context, {
            let options = options.clone();
            move || shell(options.clone())
        }))
        .with_state(options)
        .layer(RequestBodyLimitLayer::new(MAX_FORM_BYTES));
    let https = portal.config().is_https();
    let limits = Arc::new(http::rate_limit::Limits::new(portal.config().trusted_proxies.clone()));
    let files = ServeDir::new(bundle).precompressed_br().precompressed_gzip();
    Ok(pages
        .merge(http::routes().into_router(Arc::clone(&portal)))
        .layer(http::session::layer(&portal))
        .layer(CompressionLayer::new())
        .nest_service(&format!("/{package}"), files)
        .layer(middleware::from_fn(http::cross_site::refuse_unmarked_writes))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(move |request, next| {
            let limits = Arc::clone(&limits);
            async move { limits.check(request, next).await }
        }))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(move |request: Request, next| http::headers::add(https, request, next))))
}

/// Says that something broke; what it was is in the log.
fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response<Body> {
    (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "internal error")
        .into_response()
}

/// `kakunin routes`: method and path of everything the portal answers, one a line: pages, server functions, and the rest.
#[must_use]
pub fn print_routes() -> ExitCode {
    let (pages, _) = leptos_axum::generate_route_list_with_exclusions_and_ssg(App, None);
    for page in pages {
        println!("GET {}", page.path());
    }
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        println!("{method} {path}");
    }
    for (method, path) in http::routes().paths() {
        println!("{method} {path}");
    }
    ExitCode::SUCCESS
}

/// Sixteen hexadecimal digits that change whenever a file of the bundle does, so that browsers may keep it for ever.
fn content_hash(folder: &Path) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("no browser bundle in {}: run `make bundle` first", folder.display()))?;
    let mut paths: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    paths.sort();
    for path in paths {
        hash.update(std::fs::read(&path)?);
    }
    Ok(hex::encode(hash.finalize()).chars().take(16).collect())
}
