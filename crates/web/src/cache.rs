//! 页面缓存 Rendered pages: what everybody sees of a unit is rendered and compressed once per state of its record, civil day
//! and policy. Whoever is signed in, or is shown a form, gets a page of their own.

use crate::ask::{Ask, Reply};
use crate::problem::Problem;
use crate::router::Handler;
use crate::site::Site;
use crate::visitor;
use axum::http::{HeaderMap, Method, Uri, header};
use flate2::{Compression, write::GzEncoder};
use jiff::civil::Date;
use law::UnitCode;
use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Pages that are kept at most; beyond it the cache starts anew.
const PAGES: usize = 8_192;
/// Larger bodies are not worth keeping.
const LARGEST: usize = 512 * 1024;
/// For how long a page is given out without a look at the database, where another process might have written.
const UNSEEN: Duration = Duration::from_secs(1);

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
    /// What the house had tried to write when the page was last compared with the database.
    stir: AtomicU64,
    /// When that was.
    compared: Mutex<Instant>,
}

impl Kept {
    fn reply(&self, headers: &HeaderMap) -> Reply {
        if takes_gzip(headers) { self.packed.clone() } else { self.plain.clone() }
    }

    /// It was found to be as the database has it.
    fn confirm(&self, stir: u64) {
        *self.compared.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        self.stir.store(stir, Ordering::Release);
    }

    /// Nothing was written here since, and elsewhere hardly.
    fn stands(&self, site: &Site) -> bool {
        self.stir.load(Ordering::Acquire) == site.house.stir()
            && self.compared.lock().unwrap_or_else(PoisonError::into_inner).elapsed() < UNSEEN
            && self.stamp.day == site.today()
            && self.stamp.policy == site.house.policy().digest()
    }
}

/// Pages by address.
type Pages = HashMap<String, Arc<Kept>>;

/// The cache of one process: pages in ordinary type, and in large.
#[derive(Default)]
pub struct Cache {
    ordinary: RwLock<Pages>,
    large: RwLock<Pages>,
}

impl Cache {
    fn pages(&self, large: bool) -> &RwLock<Pages> {
        if large { &self.large } else { &self.ordinary }
    }

    fn get(&self, path: &str, large: bool) -> Option<Arc<Kept>> {
        self.pages(large).read().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    fn keep(&self, path: String, large: bool, kept: Kept) {
        let mut pages = self.pages(large).write().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= PAGES {
            pages.clear();
        }
        pages.insert(path, Arc::new(kept));
    }
}

/// The kept page for somebody of whom nothing is known, if it still stands: no thread waits for it and no database is asked.
pub fn at_hand(site: &Site, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Reply> {
    let path = uri.path_and_query().filter(|_| *method == Method::GET)?.as_str();
    let kept = site.cache.get(path, false).filter(|kept| kept.stands(site))?;
    visitor::is_nobody(site, headers).then(|| kept.reply(headers))
}

/// Answers from the cache, or asks the handler and keeps what it gave.
pub fn through(site: &Site, ask: &Ask, to: Handler) -> Result<Reply, Problem> {
    let Some(unit) = shared(ask) else { return to(site, ask) };
    // Before the look at the database: what is written in between is looked for again.
    let stir = site.house.stir();
    let stamp = stamp(site, unit)?;
    let large = ask.visitor.large;
    if let Some(kept) = site.cache.get(&ask.path, large).filter(|kept| kept.stamp == stamp) {
        kept.confirm(stir);
        return Ok(kept.reply(&ask.headers));
    }
    let reply = to(site, ask)?;
    if is_for_everybody(&reply) {
        let packed = pack(&reply).map_err(|error| Problem::Broken(app::Failure::unreadable(error)))?;
        let (stir, compared) = (AtomicU64::new(stir), Mutex::new(Instant::now()));
        site.cache.keep(ask.path.clone(), large, Kept { stamp, plain: reply.clone(), packed, stir, compared });
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

fn takes_gzip(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"))
}

fn pack(reply: &Reply) -> std::io::Result<Reply> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&reply.body)?;
    let packed = Reply { body: encoder.finish()?.into(), ..reply.clone() };
    Ok(packed.with("content-encoding", "gzip").with("vary", "accept-encoding, cookie"))
}
