//! 登录之门 The sign-in door: enrolment, password and code, telephone codes, sessions, the three administrators and what
//! happened at the door; GB/T 22239-2019 身份鉴别、访问控制、安全审计.
//!
//! Nothing here gives a right. A session says who somebody is; what they may do, [`actor`] reads from the posts and rolls of
//! that day. Everything is written beside the record, in one transaction each; passwords are hashed and codes are sent outside.

pub mod accounts;
pub mod courier;
pub mod csrf;
pub mod demo;
pub mod enrol;
pub mod error;
pub mod events;
pub mod limits;
pub mod official;
mod paper;
mod password;
pub mod resident;
pub mod secret;
pub mod session;
mod totp;
mod tries;
pub mod twofold;

pub use courier::Courier;
pub use enrol::Link;
pub use error::{DoorError, Weak};
pub use secret::Secret;
pub use session::{Session, SignedIn, actor};
pub use store::session::{Kind, Role, State};

use crate::{Dice, Failure, House};
use jiff::Timestamp;
use law::MatterId;
use law::personal::Salt;
use std::net::IpAddr;
use std::sync::Arc;
use store::Tx;

/// Who stands at the door, as far as the web can tell.
#[derive(Clone)]
pub struct Visit {
    /// The address, behind trusted proxies the one they name.
    pub ip: IpAddr,
    /// What the browser says it is (`User-Agent`).
    pub device: String,
    /// The browser's own random mark from before sign-in, as [`new_browser`] made it; empty without cookies.
    pub browser: String,
    /// The session token that the browser had, if any: signing in ends it.
    pub session: Option<String>,
}

/// Logs may hold neither the mark nor the token.
impl std::fmt::Debug for Visit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visit").field("source", &self.source()).finish_non_exhaustive()
    }
}

impl Visit {
    /// The address as it is kept: the network, not the host.
    pub fn source(&self) -> String {
        match self.ip.to_canonical() {
            IpAddr::V4(ip) => {
                let [a, b, c, _] = ip.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(ip) => {
                let [a, b, c, ..] = ip.segments();
                format!("{a:x}:{b:x}:{c:x}::/48")
            }
        }
    }

    /// The address by which limits count: with version 6 one line has a whole /64.
    fn address(&self) -> String {
        match self.ip.to_canonical() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }

    fn device(&self) -> String {
        self.device.chars().filter(|c| !c.is_control()).take(limits::DEVICE).collect()
    }
}

/// A fresh mark for a browser that has none: 256 random bits for its cookie.
pub fn new_browser(house: &House) -> Secret {
    secret::token(house).0
}

/// Removes what has run out: sessions, codes, tokens, locks, unconfirmed changes, and events older than they are kept.
pub fn forget(house: &House) -> Result<u64, Failure> {
    use store::session::{self as rows, change, code, event, lock, token};
    let now = house.clock.now().as_microsecond();
    house.beside(move |tx| {
        Ok(rows::forget(tx, now)?
            + code::forget(tx, now - limits::CODES_KEPT)?
            + token::forget(tx, now)?
            + lock::forget(tx, now - limits::TRIES_KEPT)?
            + change::forget(tx, now)?
            + event::forget(tx, now - limits::EVENTS_KEPT)?)
    })
}

/// What a transaction of the door needs from outside: the instant, dice, and where it came from.
struct Scribe {
    now: i64,
    dice: Arc<dyn Dice>,
    source: Option<String>,
}

impl Scribe {
    fn new(house: &House, source: Option<String>) -> Self {
        Self { now: house.clock.now().as_microsecond(), dice: house.dice.clone(), source }
    }

    fn salt(&self) -> Salt {
        let mut salt = [0; 16];
        self.dice.fill(&mut salt);
        salt
    }

    fn fresh(&self) -> MatterId {
        MatterId::from_bits(self.dice.bits())
    }

    /// Writes an event down; it lasts if what happened lasts.
    fn note(&self, tx: &mut dyn Tx, what: events::What, account: Option<MatterId>, done_by: Option<MatterId>) -> Result<(), Failure> {
        let event = store::session::event::Event {
            id: self.fresh(),
            at: self.now,
            what: what.word().to_owned(),
            account,
            done_by,
            source: self.source.clone(),
        };
        store::session::event::note(tx, &event)
    }
}

/// What a transaction answers: a failure undoes it, a closed door does not, for what was counted and noted must last.
type Answer<T> = Result<Result<T, DoorError>, Failure>;

fn moment(at: i64) -> Timestamp {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX)
}

/// Whole seconds from now until then, at least one.
fn wait(until: i64, now: i64) -> i64 {
    ((until - now + limits::SECOND - 1) / limits::SECOND).max(1)
}
