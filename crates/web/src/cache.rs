//! 页面缓存 Rendered pages: what everybody sees of a unit is rendered and compressed once per state of its record, civil day
//! and policy. Whoever is signed in, or is shown a form, gets a page of their own.

use crate::ask::{Ask, Reply};
use crate::problem::Problem;
use crate::router::Handler;
use crate::site::Site;
use axum::http::header;
use flate2::{Compression, write::GzEncoder};
use jiff::civil::Date;
use law::UnitCode;
use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// Pages that are kept at most; beyond it the cache starts anew.
const PAGES: usize = 8_192;
/// Larger bodies are not worth keeping.
const LARGEST: usize = 512 * 1024;

/// What a rendered page depends on besides its address.
#[derive(Clone, PartialEq, Eq)]
struct Stamp {
    lines: i64,
    sealed: i64,
    signed_at: i64,
    day: Date,
    policy: String,
}

struct Kept {
    stamp: Stamp,
    plain: Reply,
    packed: Reply,
}

/// The cache of one process.
#[derive(Default)]
pub struct Cache(Mutex<HashMap<(String, bool), Arc<Kept>>>);

/// Answers from the cache, or asks the handler and keeps what it gave.
pub fn through(site: &Site, ask: &Ask, to: Handler) -> Result<Reply, Problem> {
    let Some(unit) = shared(ask) else { return to(site, ask) };
    let stamp = stamp(site, unit)?;
    let key = (ask.path.clone(), ask.visitor.large);
    let kept = site.cache.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).filter(|kept| kept.stamp == stamp).cloned();
    if let Some(kept) = kept {
        return Ok(if takes_gzip(ask) { kept.packed.clone() } else { kept.plain.clone() });
    }
    let reply = to(site, ask)?;
    if is_for_everybody(&reply) {
        let packed = pack(&reply).map_err(|error| Problem::Broken(app::Failure::unreadable(error)))?;
        let mut pages = site.cache.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= PAGES {
            pages.clear();
        }
        pages.insert(key, Arc::new(Kept { stamp, plain: reply.clone(), packed }));
    }
    Ok(reply)
}

/// The unit of a page that everybody may share; none for requests that are somebody's own.
fn shared(ask: &Ask) -> Option<UnitCode> {
    let own = ask.post || ask.visitor.signed.is_some() || ask.visitor.bearer.is_some();
    let unit = ask.path.strip_prefix("/u/").filter(|_| !own)?;
    UnitCode::parse(unit.split(['/', '?']).next()?).ok()
}

fn stamp(site: &Site, unit: UnitCode) -> Result<Stamp, Problem> {
    let (lines, sealed, signed_at) = app::read::record::extent(&site.house, unit)?;
    Ok(Stamp { lines, sealed, signed_at, day: site.today(), policy: site.house.policy().digest().to_owned() })
}

/// A whole page without a form that belongs to one browser.
fn is_for_everybody(reply: &Reply) -> bool {
    let page = reply.headers.iter().any(|(name, value)| *name == "content-type" && value.starts_with("text/html"));
    let form = reply.body.windows(13).any(|part| part == b"method=\"post\"");
    page && reply.status == 200 && !form && reply.body.len() <= LARGEST && !reply.headers.iter().any(|(name, _)| *name == "set-cookie")
}

fn takes_gzip(ask: &Ask) -> bool {
    ask.headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"))
}

fn pack(reply: &Reply) -> std::io::Result<Reply> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&reply.body)?;
    let packed = Reply { body: encoder.finish()?, ..reply.clone() };
    Ok(packed.with("content-encoding", "gzip").with("vary", "accept-encoding, cookie"))
}
