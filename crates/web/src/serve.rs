//! 开门 Serving: the public listener, the metrics listener on loopback, and an end that finishes what was begun.

use crate::Site;
use app::witness::WitnessState;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::routing::{get, post};
use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// An address at which nothing can be heard.
#[derive(Debug)]
pub struct Unheard {
    /// The address.
    pub address: SocketAddr,
    /// Why not.
    pub error: std::io::Error,
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Unheard> {
    TcpListener::bind(address).await.map_err(|error| Unheard { address, error })
}

/// Serves until SIGINT or SIGTERM. `ready` hears the address once it listens.
///
/// # Errors
/// [`Unheard`] for the address that is taken or not to be had.
pub async fn run(site: Arc<Site>, listen: SocketAddr, metrics: Option<SocketAddr>, ready: impl FnOnce(SocketAddr)) -> Result<(), Unheard> {
    let listener = bind(listen).await?;
    let address = listener.local_addr().unwrap_or(listen);
    if let Some(metrics) = metrics {
        let listener = bind(metrics).await?;
        let inside = inside(site.clone());
        tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, inside).await {
                tracing::error!(%error, "the metrics listener ended");
            }
        });
    }
    let app = crate::app(site.clone()).merge(health(site)).into_make_service_with_connect_info::<SocketAddr>();
    let stop = asked_to_stop();
    ready(address);
    axum::serve(listener, app).with_graceful_shutdown(stop).await.map_err(|error| Unheard { address, error })
}

/// Ends at SIGINT or SIGTERM, and listens for them from now on: whoever was told that the house is open may ask it to stop.
pub fn asked_to_stop() -> impl Future<Output = ()> {
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        let (Ok(mut interrupt), Ok(mut terminate)) = signals else { return std::future::pending().await };
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    }
}

fn health(site: Arc<Site>) -> Router {
    Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(ready)).with_state(site)
}

/// Ready when the database answers.
async fn ready(State(site): State<Arc<Site>>) -> (StatusCode, &'static str) {
    let asked = tokio::task::spawn_blocking(move || app::read::record::answers(&site.house)).await;
    match asked {
        Ok(Ok(_)) => (StatusCode::OK, "ready"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready"),
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

/// Serves a witness (C2SP tlog-witness) in the background; the address it listens at.
pub async fn witness(state: Arc<Mutex<WitnessState>>, listen: SocketAddr) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    let app = Router::new().route("/add-checkpoint", post(add_checkpoint)).route("/latest/{digest}", get(latest)).with_state(state);
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, app).await {
            tracing::error!(%error, "the witness ended");
        }
    });
    Ok(address)
}

async fn add_checkpoint(State(state): State<Arc<Mutex<WitnessState>>>, body: Bytes) -> Response<Body> {
    let answered = tokio::task::spawn_blocking(move || {
        let mut state = state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        app::witness::answer(&mut state, &body)
    });
    let (status, content_type, body) = answered.await.unwrap_or((500, "text/plain; charset=utf-8", String::new()));
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// The latest checkpoint this witness saw of the log whose name has this digest: a restored house learns what it had published.
async fn latest(State(state): State<Arc<Mutex<WitnessState>>>, Path(digest): Path<String>) -> (StatusCode, String) {
    let asked = tokio::task::spawn_blocking(move || {
        let state = state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        app::witness::latest(&state, &digest)
    });
    match asked.await {
        Ok(Ok(Some(note))) => (StatusCode::OK, note),
        Ok(Ok(None)) => (StatusCode::NOT_FOUND, String::new()),
        Ok(Err(_)) | Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, String::new()),
    }
}
