//! 路由 The table of routes, and the one adapter that turns requests into plain calls. `audience.txt` is made from it.

use crate::ask::{Ask, Reply};
use crate::problem::{self, Problem};
use crate::site::Site;
use crate::{admin, api, assets, cache, demo, door, enrol, lead, meet, multipart, open, record, steer, town, visitor, watch};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// What a handler is: plain and synchronous.
pub type Handler = fn(&Site, &Ask) -> Result<Reply, Problem>;

/// One route.
pub struct Route {
    /// GET or POST.
    pub post: bool,
    /// The path with its parts in braces.
    pub path: &'static str,
    /// Who does it.
    pub to: Handler,
}

/// A page.
pub const fn show(path: &'static str, to: Handler) -> Route {
    Route { post: false, path, to }
}

/// Something done.
pub const fn take(path: &'static str, to: Handler) -> Route {
    Route { post: true, path, to }
}

/// Every route of the site.
pub const ROUTES: &[&[Route]] = &[
    PUBLIC,
    open::say::ROUTES,
    open::handling::ROUTES,
    open::register::ROUTES,
    open::notice_form::ROUTES,
    steer::desk::ROUTES,
    steer::cadence::ROUTES,
    meet::ROUTES,
    steer::ledger::ROUTES,
    meet::deed::ROUTES,
    meet::motion::ROUTES,
    meet::powers::ROUTES,
    meet::propose::ROUTES,
    door::ROUTES,
    demo::ROUTES,
    record::ROUTES,
    api::ROUTES,
    lead::import::ROUTES,
    lead::post::ROUTES,
    watch::report::ROUTES,
    town::ROUTES,
    admin::ROUTES,
    enrol::ROUTES,
];

/// What everybody may read.
const PUBLIC: &[Route] = &[
    show("/", open::find::show),
    show("/large", visitor::large),
    show("/static/{file}", assets::show),
    show("/u/{unit}", open::board::show),
    show("/u/{unit}/suggestions", open::lists::suggestions),
    show("/u/{unit}/notices", open::lists::notices),
    show("/u/{unit}/late", open::lists::late),
    show("/u/{unit}/search", open::lists::search),
    show("/u/{unit}/m/{id}", open::matter::show),
    show("/u/{unit}/m/{id}/print", open::print::matter),
    show("/u/{unit}/print/{paper}", open::print::board),
    show("/u/{unit}/rules", open::rules::show),
    show("/u/{unit}/verify", record::verify),
    show("/u/{unit}/verify/print", record::key_sheet),
    show("/u/{unit}/r/{seq}", record::line),
    show("/u/{unit}/r/{seq}/proof", record::proof),
];

/// Largest body of a form.
const FORM: usize = 64 * 1024;
/// Largest file that is imported, with the form around it.
const FILE: usize = app::import::MOST_BYTES + FORM;

/// The whole site.
pub fn app(site: Arc<Site>) -> Router {
    let mut router = Router::new();
    for route in ROUTES.iter().flat_map(|routes| routes.iter()) {
        router = router.route(route.path, method(route));
    }
    router
        .fallback(|State(site): State<Arc<Site>>, request: Request| serve(site, request, None, |_, _| Err(Problem::NotFound)))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(30)))
        .layer(from_fn_with_state(site.clone(), at_hand))
        .with_state(site)
}

/// Public pages that are kept ready are given out before anything else is looked at.
async fn at_hand(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response<Body> {
    match cache::at_hand(&site, request.method(), request.uri(), request.headers()) {
        Some(reply) => {
            site.counters.requests.fetch_add(1, Ordering::Relaxed);
            respond(reply)
        }
        None => next.run(request).await,
    }
}

fn method(route: &Route) -> MethodRouter<Arc<Site>> {
    let to = route.to;
    let call = move |State(site): State<Arc<Site>>, params: RawPathParams, request: Request| serve(site, request, Some(params), to);
    if route.post { post(call) } else { get(call) }
}

async fn serve(site: Arc<Site>, request: Request, params: Option<RawPathParams>, to: Handler) -> Response<Body> {
    site.counters.requests.fetch_add(1, Ordering::Relaxed);
    let (parts, body) = request.into_parts();
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([127, 0, 0, 1]), |info| info.0.ip());
    let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let file = content_type.starts_with("multipart/") || content_type.starts_with("text/csv");
    let most = if file { FILE } else { FORM };
    let post = parts.method == axum::http::Method::POST;
    let body = axum::body::to_bytes(body, most).await;
    let too_large = body.is_err();
    let body = body.unwrap_or_else(|_| Bytes::new());
    let params = params.map(|params| params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let work = tokio::task::spawn_blocking(move || {
        let (visitor, broken) = visitor::of(&site, &parts.headers);
        let ask = Ask {
            post,
            path,
            params: params.unwrap_or_default(),
            query: pairs(parts.uri.query().unwrap_or_default().as_bytes()),
            form: fields(&content_type, &body),
            body: body.to_vec(),
            content_type,
            ip: client(&site, &parts.headers, peer),
            visitor,
            headers: parts.headers,
        };
        let outcome = match (broken, too_large) {
            (Some(failure), _) => Err(failure.into()),
            (None, true) => Err(Problem::TooLarge(format!("{}KB", most / 1024))),
            (None, false) => visitor::guard(&site, &ask).and_then(|()| cache::through(&site, &ask, to)),
        };
        let reply = outcome.unwrap_or_else(|problem| problem::answer(&site, &ask, problem));
        visitor::remember(&site, &ask, reply)
    });
    match work.await {
        Ok(reply) => respond(reply),
        Err(_) => respond(Reply::of(500, "text/plain; charset=utf-8", "系统出错，没有办成，也没有记下任何东西。请过一会儿再试。")),
    }
}

/// Fields of one form at most: a teller's sheet has one for every paper of a hall.
const FIELDS: usize = 2_000;

/// The fields of a form, whichever way it came.
fn fields(content_type: &str, body: &[u8]) -> Vec<(String, String)> {
    match content_type.split(';').next().unwrap_or_default().trim() {
        "application/x-www-form-urlencoded" => pairs(body),
        "multipart/form-data" => multipart::fields(body, content_type, FIELDS),
        _ => Vec::new(),
    }
}

/// The address of who asks: the proxy's word counts only when the proxy is trusted.
fn client(site: &Site, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
    if !site.house.config.web.trusted_proxies.contains(&peer) {
        return peer;
    }
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}

/// Decodes `a=b&c=d`.
fn pairs(text: &[u8]) -> Vec<(String, String)> {
    let decode = |part: &[u8]| {
        let mut out = Vec::with_capacity(part.len());
        let mut at = 0;
        while at < part.len() {
            let hex = |i: usize| part.get(i).and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
            match (part[at], hex(at + 1), hex(at + 2)) {
                (b'%', Some(high), Some(low)) => {
                    out.push(high * 16 + low);
                    at += 2;
                }
                (b'+', ..) => out.push(b' '),
                (byte, ..) => out.push(byte),
            }
            at += 1;
        }
        String::from_utf8_lossy(&out).into_owned()
    };
    let pair = |part: &[u8]| {
        let split = part.iter().position(|b| *b == b'=').unwrap_or(part.len());
        (decode(&part[..split]), decode(part.get(split + 1..).unwrap_or_default()))
    };
    text.split(|b| *b == b'&').filter(|part| !part.is_empty()).take(FIELDS).map(pair).collect()
}

const CSP: &str =
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

fn respond(reply: Reply) -> Response<Body> {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", CSP),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    for (name, value) in reply.headers {
        let Ok(value) = HeaderValue::from_str(&value) else { continue };
        if name == "set-cookie" {
            headers.append(header::SET_COOKIE, value);
        } else {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    response
}
