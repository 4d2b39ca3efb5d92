//! 会话 Sessions: who is signed in, and as whom they may act. A session's token is shown to its browser alone.

use super::limits::{OFFICIAL_IDLE, OFFICIAL_SESSION, PASSWORD_AGE, RESIDENT_IDLE, RESIDENT_SESSION, SEEN, SESSIONS};
use super::secret::{self, Secret};
use super::{DoorError, Kind, Scribe, State, Visit, csrf, events::What, moment};
use crate::{Failure, House};
use jiff::{Timestamp, civil::Date};
use law::{Actor, Digest, MatterId, UnitCode, Who};
use store::Tx;
use store::session::{self as rows, Account, account};

/// A session that has just begun.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its token, for the cookie.
    pub token: Secret,
    /// Whose it is.
    pub account: MatterId,
    /// What kind of account.
    pub kind: Kind,
    /// When it ends in any case.
    pub until: Timestamp,
}

/// Who is signed in.
#[derive(Clone)]
pub struct SignedIn {
    /// The account.
    pub account: MatterId,
    /// Its kind.
    pub kind: Kind,
    /// The name to greet with; for residents not on file, the masked telephone.
    pub name: String,
    /// The home unit; administrators have none.
    pub unit: Option<UnitCode>,
    /// The person: an official's, or the one person of the unit with a resident's telephone.
    pub person: Option<MatterId>,
    /// The token that every form of this session carries.
    pub csrf: String,
    /// Names the session in lists, without being its token.
    pub session: Digest,
    /// The network from which it was opened.
    pub source: String,
    /// Whether the password is old enough to be reminded of.
    pub password_due: bool,
}

/// Logs may hold neither name nor form token.
impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn").field("account", &self.account).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// A session about to begin: everything but the account is known before the transaction.
pub(super) struct Opening {
    token: Secret,
    id: Digest,
    old: Option<Digest>,
    device: String,
    source: String,
}

impl Opening {
    /// Throws the token. A browser's session id is never one it had before.
    pub fn new(house: &House, visit: &Visit) -> Self {
        let (token, id) = secret::token(house);
        let old = visit.session.as_deref().and_then(secret::id);
        Self { token, id, old, device: visit.device(), source: visit.source() }
    }

    /// Opens it.
    pub fn begin(self, tx: &mut dyn Tx, account: &Account, now: i64) -> Result<Session, Failure> {
        let (idle, longest) = match account.kind {
            Kind::Resident => (RESIDENT_IDLE, RESIDENT_SESSION),
            Kind::Official | Kind::Admin(_) => (OFFICIAL_IDLE, OFFICIAL_SESSION),
        };
        if let Some(old) = self.old {
            rows::replace(tx, old)?;
        }
        let until = now + longest;
        let row = rows::Session {
            id: self.id,
            account: account.id,
            device: self.device,
            source: self.source,
            since: now,
            seen: now,
            idle,
            until,
        };
        rows::start(tx, &row, SESSIONS)?;
        Ok(Session { token: self.token, account: account.id, kind: account.kind, until: moment(until) })
    }
}

/// Who is behind a token now; nobody when the session or the account has ended. Being seen is written every few minutes only.
pub fn open(house: &House, token: &str, now: Timestamp) -> Result<Option<SignedIn>, Failure> {
    let Some(id) = secret::id(token) else { return Ok(None) };
    let csrf = csrf::of_session(house, token);
    let now = now.as_microsecond();
    let found = house.read(|tx| {
        let Some(session) = rows::get(tx, id)?.filter(|session| !session.is_over(now)) else { return Ok(None) };
        let Some(account) = account::get(tx, session.account)?.filter(|account| account.state == State::Open) else { return Ok(None) };
        let (name, person) = identity(tx, &account)?;
        let password_due = account.password.is_some() && account.password_at + PASSWORD_AGE <= now;
        let Account { id: account, kind, unit, .. } = account;
        let signed_in = SignedIn { account, kind, name, unit, person, csrf, session: id, source: session.source, password_due };
        Ok(Some((signed_in, session.seen)))
    })?;
    let Some((signed_in, seen)) = found else { return Ok(None) };
    if seen + SEEN <= now
        && let Err(failure) = house.beside(move |tx| rows::touch(tx, id, now))
    {
        tracing::warn!(%failure, "a session's last sight was not written");
    }
    Ok(Some(signed_in))
}

/// The name to greet with, and the person behind an account as of now.
fn identity(tx: &mut dyn Tx, account: &Account) -> Result<(String, Option<MatterId>), Failure> {
    let login = || account.login.clone().unwrap_or_default();
    match (account.kind, account.unit) {
        (Kind::Official, Some(unit)) => {
            let name = account.person.map(|person| store::lead::person::name(tx, unit, person)).transpose()?.flatten();
            Ok((name.unwrap_or_else(login), account.person))
        }
        (Kind::Resident, Some(unit)) => {
            let phone = account.phone(tx.vault())?.unwrap_or_default();
            let person = match store::lead::person::by_phone(tx, unit, &phone)?[..] {
                [person] => Some(person),
                _ => None,
            };
            let name = person.map(|person| store::lead::person::name(tx, unit, person)).transpose()?.flatten();
            Ok((name.unwrap_or_else(|| law::code::mask_phone(&phone)), person))
        }
        (Kind::Admin(_), _) => Ok((account.name(tx.vault())?.unwrap_or_else(login), None)),
        (Kind::Official | Kind::Resident, None) => Err(Failure::unreadable("an account without its unit")),
    }
}

/// As whom somebody acts in a unit: by the posts and rolls of today. Administrators act as nobody in particular.
pub fn actor(house: &House, who: &SignedIn, unit: UnitCode) -> Result<Actor, Failure> {
    let day = law::moment::civil_day(house.clock.now());
    let acts_as = match (who.kind, who.person) {
        (Kind::Admin(_), _) | (Kind::Official, None) => Who::Anyone,
        (Kind::Official, Some(person)) => {
            let offices = house.read(|tx| store::lead::post::offices(tx, unit, person, day))?;
            Who::Official { person, offices }
        }
        (Kind::Resident, None) => Who::Resident { person: who.account, on_roll: false },
        (Kind::Resident, Some(person)) => {
            let on_roll = house.read(|tx| store::lead::roll::holds(tx, unit, person, day))?;
            Who::Resident { person, on_roll }
        }
    };
    Ok(Actor::new(acts_as))
}

/// One of my sessions, as its owner sees it.
#[derive(Clone, Debug)]
pub struct Mine {
    /// Names it, for ending it.
    pub session: Digest,
    /// The browser, as it names itself, shortened.
    pub device: String,
    /// The network from which it was opened.
    pub source: String,
    /// The sign-in.
    pub since: Timestamp,
    /// The day it was last seen.
    pub seen: Date,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// My open sessions, the latest first.
pub fn mine(house: &House, who: &SignedIn) -> Result<Vec<Mine>, Failure> {
    let now = house.clock.now().as_microsecond();
    let sessions = house.read(|tx| rows::of(tx, who.account))?;
    let mine = |session: rows::Session| Mine {
        this: session.id == who.session,
        session: session.id,
        device: session.device,
        source: session.source,
        since: moment(session.since),
        seen: law::moment::civil_day(moment(session.seen)),
    };
    Ok(sessions.into_iter().filter(|session| !session.is_over(now)).map(mine).collect())
}

/// Signs this browser out.
pub fn sign_out(house: &House, who: &SignedIn) -> Result<(), Failure> {
    let (account, session) = (who.account, who.session);
    let scribe = Scribe::new(house, Some(who.source.clone()));
    house.beside(move |tx| match rows::end(tx, account, session)? {
        0 => Ok(()),
        _ => scribe.note(tx, What::SignedOut, Some(account), None),
    })
}

/// Ends one other session of mine.
pub fn end(house: &House, who: &SignedIn, session: Digest) -> Result<(), DoorError> {
    let account = who.account;
    let scribe = Scribe::new(house, Some(who.source.clone()));
    house.beside(move |tx| match rows::end(tx, account, session)? {
        0 => Ok(Err(DoorError::NotYours)),
        _ => scribe.note(tx, What::SessionsEnded, Some(account), None).map(Ok),
    })?
}

/// Ends all my sessions but this one.
pub fn end_others(house: &House, who: &SignedIn) -> Result<(), Failure> {
    let (account, session) = (who.account, who.session);
    let scribe = Scribe::new(house, Some(who.source.clone()));
    house.beside(move |tx| {
        rows::end_all(tx, account, Some(session))?;
        scribe.note(tx, What::SessionsEnded, Some(account), None)
    })
}
