//! 出错 Problems: what stops a request, and the page or JSON that says so.

use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::problem::{Problem as Page, Trouble};
use crate::look::{Refused, page};
use crate::site::Site;
use app::Failure;
use law::Refusal;

/// What stops a request.
#[derive(Debug)]
pub enum Problem {
    /// The law's no.
    Refused(Refusal),
    /// The door's no: sign-in, limits.
    Door {
        /// What it says.
        refused: Box<Refused>,
        /// Seconds to wait.
        wait: Option<i64>,
    },
    /// Nothing here, or nothing this reader may know of.
    NotFound,
    /// No unit of this code.
    NoUnit(String),
    /// Signing in comes first.
    SignIn,
    /// The form token does not fit.
    Token,
    /// Too large; the limit in words.
    TooLarge(String),
    /// Something broke.
    Broken(Failure),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(Refusal::NoSuchMatter) => Self::NotFound,
            Failure::Refused(refusal) => Self::Refused(refusal),
            failure => Self::Broken(failure),
        }
    }
}

/// HTTP status of a refusal.
pub fn status(refusal: &Refusal) -> u16 {
    match refusal {
        Refusal::NoRight { .. } | Refusal::NotYourBody | Refusal::NotTheSender => 403,
        Refusal::NoSuchMatter | Refusal::NoSuchBody | Refusal::NoSuchPerson => 404,
        Refusal::StalePage | Refusal::KeyReused | Refusal::AlreadyExists | Refusal::AlreadyAnswered | Refusal::AlreadyReleased => 409,
        _ => 422,
    }
}

/// The clause that a refusal rests on, as people cite it.
pub fn clause(site: &Site, refusal: &Refusal) -> Option<String> {
    let policy = site.house.policy();
    let rule = policy.versions(refusal.rule()?).last()?;
    Some(format!("{} {}", crate::words::source(&rule.source), rule.article))
}

/// A refusal as a page or form shows it.
pub fn refused(site: &Site, refusal: &Refusal) -> Refused {
    crate::words::law::refused(refusal, clause(site, refusal))
}

/// Turns a problem into the answer for this request.
pub fn answer(site: &Site, ask: &Ask, problem: Problem) -> Reply {
    let (status, trouble, code) = match problem {
        Problem::Refused(refusal) => (status(&refusal), Trouble::No(refused(site, &refusal)), refusal.code()),
        Problem::Door { refused, wait: Some(seconds) } => (429, Trouble::TooMany(seconds), refused.code),
        Problem::Door { refused, wait: None } => (422, Trouble::No((*refused).clone()), refused.code),
        Problem::NotFound => (404, Trouble::NotFound, "NOT_FOUND".into()),
        Problem::NoUnit(unit) => (404, Trouble::NoUnit(unit), "NO_SUCH_UNIT".into()),
        Problem::SignIn if ask.post || ask.is_api() => (401, Trouble::Expired(typed(ask)), "SIGN_IN_FIRST".into()),
        Problem::SignIn => return Reply::see(&format!("/signin?back={}", encode(&ask.path))),
        Problem::Token => (403, Trouble::Token(typed(ask)), "FORM_TOKEN".into()),
        Problem::TooLarge(limit) => (413, Trouble::TooLarge(limit), "TOO_LARGE".into()),
        Problem::Broken(Failure::Busy) => (503, Trouble::Busy, "BUSY".into()),
        Problem::Broken(failure) => {
            let number = reference(site);
            tracing::error!(%failure, number, path = without_query(&ask.path), "a request broke");
            site.counters.broken.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            (500, Trouble::Broken(number), failure.code())
        }
    };
    if ask.is_api() {
        return as_json(status, &trouble, &code);
    }
    let f = frame::bare(site, ask, trouble.head());
    let shown = page(&Page { f, kind: trouble, phone: None });
    shown.map_or_else(|_| Reply::of(500, "text/plain; charset=utf-8", "系统出错"), |html| Reply::html(html).status(status))
}

fn as_json(status: u16, trouble: &Trouble, code: &str) -> Reply {
    let mut said = serde_json::json!({ "code": code, "message": trouble.head() });
    match trouble {
        Trouble::No(no) => {
            said["message"] = format!("{}{}{}", no.what, no.why, no.now).into();
            said["clause"] = no.clause.clone().into();
            said["field"] = no.field.clone().into();
        }
        Trouble::Broken(number) => said["reference"] = number.clone().into(),
        Trouble::TooMany(seconds) => said["wait"] = (*seconds).into(),
        _ => {}
    }
    Reply::json(status, &said)
}

/// What was typed, so that it can be copied before the page is lost.
fn typed(ask: &Ask) -> Vec<(String, String)> {
    let hidden = ["csrf", "key", "step", "password", "again", "code"];
    let long = |(name, value): &&(String, String)| !hidden.contains(&name.as_str()) && value.chars().count() > 8;
    ask.form.iter().filter(long).map(|(_, value)| ("您写的".to_owned(), value.clone())).collect()
}

/// A short number to say on the telephone; the log has the rest under it.
fn reference(site: &Site) -> String {
    let id = law::MatterId::from_bits(site.house.dice.bits()).to_string().to_uppercase();
    format!("E-{}", &id[id.len() - 6..])
}

fn without_query(path: &str) -> &str {
    path.split('?').next().unwrap_or_default()
}

/// Percent-encodes a path for a query value.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}
