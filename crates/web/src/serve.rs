//! 开门 Serving: the public listener, the metrics listener on loopback, and an end that finishes what was begun.

use crate::Site;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Serves until SIGINT or SIGTERM. `ready` hears the address once it listens.
pub async fn run(site: Arc<Site>, listen: SocketAddr, metrics: Option<SocketAddr>, ready: impl FnOnce(SocketAddr)) -> std::io::Result<()> {
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    if let Some(metrics) = metrics {
        let listener = TcpListener::bind(metrics).await?;
        let inside = inside(site.clone());
        tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, inside).await {
                tracing::error!(%error, "the metrics listener ended");
            }
        });
    }
    let app = crate::app(site.clone()).merge(health(site)).into_make_service_with_connect_info::<SocketAddr>();
    ready(address);
    axum::serve(listener, app).with_graceful_shutdown(asked_to_stop()).await
}

async fn asked_to_stop() {
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) else {
        return std::future::pending().await;
    };
    tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
}

fn health(site: Arc<Site>) -> Router {
    Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(ready)).with_state(site)
}

/// Ready when the database answers.
async fn ready(State(site): State<Arc<Site>>) -> (axum::http::StatusCode, &'static str) {
    let asked = tokio::task::spawn_blocking(move || app::read::record::answers(&site.house)).await;
    match asked {
        Ok(Ok(_)) => (axum::http::StatusCode::OK, "ready"),
        _ => (axum::http::StatusCode::SERVICE_UNAVAILABLE, "not ready"),
    }
}

fn inside(site: Arc<Site>) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(site)
}

async fn metrics(State(site): State<Arc<Site>>) -> String {
    let (acts, commits) = site.house.counts();
    let (requests, broken) = (site.counters.requests.load(Ordering::Relaxed), site.counters.broken.load(Ordering::Relaxed));
    format!(
        "# TYPE cunwu_acts_total counter\ncunwu_acts_total {acts}\n# TYPE cunwu_commits_total counter\ncunwu_commits_total {commits}\n\
         # TYPE cunwu_requests_total counter\ncunwu_requests_total {requests}\n# TYPE cunwu_broken_total counter\ncunwu_broken_total {broken}\n"
    )
}
