//! Connections: one HTTP/1.1 conversation each, with a limit on how long a request's head may take, and an orderly end.
//!
//! `axum::serve` sets no such limit, and servers that also offer HTTP/2 wait without one to see which version is spoken; a
//! proxy in front speaks HTTP/1.1.

use axum::{Router, extract::ConnectInfo, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{net::SocketAddr, pin::pin, time::Duration};
use tokio::net::TcpListener;
use tower::Service as _;

/// The head of a request takes at most this long, and a connection may rest as long between two.
const HEADER_PATIENCE: Duration = Duration::from_secs(10);
/// How long what has begun may take to end once the process is told to stop.
const LAST_PATIENCE: Duration = Duration::from_secs(60);
/// How long nothing is accepted after that failed, such as for want of file descriptors.
const BREATH: Duration = Duration::from_millis(200);

/// Answers whoever connects, until `stop` is ready; then finishes what has begun.
pub async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_PATIENCE);
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(BREATH).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // Leptos streams a page in several small writes; with Nagle's algorithm on each page waits 40 ms.
        let _ = stream.set_nodelay(true);
        let app = app.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            app.clone().call(request)
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(?error, "a connection ended early");
            }
        });
    }
    let _ = tokio::time::timeout(LAST_PATIENCE, graceful.shutdown()).await;
}
