//! 来访者 The visitor: cookies, session, form token, large type. `__Host-` cookies; a demo on plain loopback does without.

use crate::ask::{Ask, Reply};
use crate::problem::Problem;
use crate::site::Site;
use app::Failure;
use app::door::{self, Kind, SignedIn, Visit};
use app::read::Reader;
use axum::http::{HeaderMap, header};
use law::{Actor, UnitCode, Who};

/// Who asks.
pub struct Visitor {
    /// Who is signed in.
    pub signed: Option<SignedIn>,
    /// The session token as the cookie holds it.
    pub token: Option<String>,
    /// The browser's own mark.
    pub browser: String,
    /// The browser had no mark yet and gets one with the answer.
    fresh: bool,
    /// What forms carry.
    pub csrf: String,
    /// 大字版.
    pub large: bool,
    /// The code of an anonymous slip that was looked up in this browser, and its unit.
    pub bearer: Option<(UnitCode, law::Digest)>,
}

/// Names of the cookies, with the prefix that binds them to this host.
fn named(site: &Site, name: &str) -> String {
    if site.house.demo { format!("demo-{name}") } else { format!("__Host-{name}") }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    all.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// A cookie for `days`; none ends with the browser.
fn set(site: &Site, name: &str, value: &str, days: Option<u32>) -> String {
    let secure = if site.house.demo { "" } else { "; Secure" };
    let age = days.map_or_else(String::new, |days| format!("; Max-Age={}", u64::from(days) * 86_400));
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", named(site, name))
}

/// The visitor behind a request's headers. Who is signed in and cannot be looked up is told that something broke, not that
/// the sign-in is over.
pub fn of(site: &Site, headers: &HeaderMap) -> (Visitor, Option<Failure>) {
    let token = cookie(headers, &named(site, "session"));
    let opened = token.as_deref().map(|token| door::session::open(&site.house, token, site.house.clock.now())).transpose();
    let (signed, broken) = opened.map_or_else(|failure| (None, Some(failure)), |signed| (signed.flatten(), None));
    let known = cookie(headers, &named(site, "browser")).filter(|mark| mark.len() >= door::limits::BROWSER);
    let fresh = known.is_none();
    let browser = known.unwrap_or_else(|| door::new_browser(&site.house).reveal().to_owned());
    let csrf = signed.as_ref().map_or_else(|| door::csrf::of_browser(&site.house, &browser), |signed| signed.csrf.clone());
    let large = cookie(headers, &named(site, "large")).is_some_and(|value| value == "1");
    let bearer = cookie(headers, &named(site, "slip")).and_then(|slip| {
        let (unit, code) = slip.split_once('.')?;
        Some((UnitCode::parse(unit).ok()?, law::Digest::of(&[code.as_bytes()])))
    });
    (Visitor { signed, token, browser, fresh, csrf, large, bearer }, broken)
}

/// Whether these headers are of somebody who is not signed in, looked no slip up, and reads ordinary type.
pub fn is_nobody(site: &Site, headers: &HeaderMap) -> bool {
    !headers.contains_key(header::COOKIE) || ["session", "slip", "large"].iter().all(|name| cookie(headers, &named(site, name)).is_none())
}

impl Visitor {
    /// The actor that this visitor is in a unit.
    pub fn actor(&self, site: &Site, unit: UnitCode) -> Result<Actor, Problem> {
        match &self.signed {
            None => Ok(Actor::new(match self.bearer {
                Some((of, code)) if of == unit => Who::Bearer { code },
                _ => Who::Anyone,
            })),
            Some(signed) => Ok(door::actor(&site.house, signed, unit)?),
        }
    }

    /// What this visitor may read in a unit.
    pub fn reader(&self, site: &Site, unit: UnitCode) -> Result<Reader, Problem> {
        Ok(Reader::of(&self.actor(site, unit)?))
    }

    /// Who is signed in, or the way to sign in.
    pub fn signed(&self) -> Result<&SignedIn, Problem> {
        self.signed.as_ref().ok_or(Problem::SignIn)
    }

    /// An office-holder, or the way to sign in.
    pub fn official(&self) -> Result<&SignedIn, Problem> {
        self.signed().and_then(|signed| if signed.kind == Kind::Official { Ok(signed) } else { Err(Problem::NotFound) })
    }
}

/// What the door needs to know of a request.
pub fn visit(ask: &Ask) -> Visit {
    let device = ask.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Visit { ip: ask.ip, device: device.to_owned(), browser: ask.visitor.browser.clone(), session: ask.visitor.token.clone() }
}

/// Nothing is written without the form's token, and not from another site's page. The API takes JSON, which no form can send,
/// and its own token in a header.
pub fn guard(site: &Site, ask: &Ask) -> Result<(), Problem> {
    if !ask.post {
        return Ok(());
    }
    let origin = ask.headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    if origin.is_some_and(|origin| !ours(site, ask, origin)) {
        return Err(Problem::Token);
    }
    let header = ask.headers.get("x-form-token").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let given = if ask.is_api() { header.to_owned() } else { token(ask) };
    let held = match &ask.visitor.signed {
        Some(signed) => door::csrf::check(signed, &given),
        None => door::csrf::check_browser(&site.house, &ask.visitor.browser, &given),
    };
    held.map_err(|_| if ask.visitor.token.is_some() && ask.visitor.signed.is_none() { Problem::SignIn } else { Problem::Token })
}

/// The form token; a multipart form carries it in its address, since its body is a file.
fn token(ask: &Ask) -> String {
    ask.maybe("csrf").unwrap_or_else(|| ask.query("csrf").to_owned())
}

/// Whether a page of this origin is one of ours.
fn ours(site: &Site, ask: &Ask, origin: &str) -> bool {
    let public = site.house.config.web.public_url.trim_end_matches('/');
    if !public.is_empty() {
        return origin == public;
    }
    let host = ask.headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) == Some(host)
}

/// Gives a browser without a mark its mark.
pub fn remember(site: &Site, ask: &Ask, reply: Reply) -> Reply {
    let page = reply.headers.iter().any(|(name, value)| *name == "content-type" && value.starts_with("text/html"));
    match ask.visitor.fresh && page && needs_mark(&reply) {
        true => reply.with("set-cookie", set(site, "browser", &ask.visitor.browser, Some(30))),
        false => reply,
    }
}

/// Only pages with a form need the mark; the others stay the same for everybody and can be cached.
fn needs_mark(reply: &Reply) -> bool {
    reply.body.windows(13).any(|part| part == b"method=\"post\"")
}

/// The session cookie after signing in.
pub fn sign_in(site: &Site, reply: Reply, token: &str, days: Option<u32>) -> Reply {
    reply.with("set-cookie", set(site, "session", token, days))
}

/// The first half of an office-holder's sign-in, for the few minutes until the code comes.
pub fn half(site: &Site, reply: Reply, token: &str) -> Reply {
    reply.with("set-cookie", set(site, "half", token, None))
}

/// The first half that this browser holds.
pub fn half_of(site: &Site, ask: &Ask) -> String {
    cookie(&ask.headers, &named(site, "half")).unwrap_or_default()
}

/// The slip that was looked up, until the browser closes.
pub fn slip(site: &Site, reply: Reply, unit: UnitCode, code: &str) -> Reply {
    reply.with("set-cookie", set(site, "slip", &format!("{unit}.{code}"), None))
}

/// No session any more.
pub fn sign_out(site: &Site, reply: Reply) -> Reply {
    reply.with("set-cookie", set(site, "session", "", Some(0)))
}

/// `/large?on=1&back=…`: switches large type and goes back.
pub fn large(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let on = ask.query("on") == "1";
    Ok(Reply::see(&back(ask.query("back"))).with("set-cookie", set(site, "large", if on { "1" } else { "0" }, Some(365))))
}

/// Where to go back to: a path of this site, nothing else.
pub fn back(path: &str) -> String {
    let local = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.contains(char::is_control);
    if local { path.to_owned() } else { "/".to_owned() }
}
