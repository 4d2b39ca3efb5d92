//! 村民登录 Residents sign in with a code to their telephone. Any mobile number gets one, on file or not: to be verified is to
//! be able to read and suggest; what more somebody may do, the roll says.

use super::events::What;
use super::limits::{CODE, CODE_TRIES, CODES_IN_ALL, CODES_PER_HOUR, CODES_PER_MINUTE, CODES_PER_SOURCE, HOUR, MINUTE};
use super::secret::{self, MacKey};
use super::session::{Opening, Session, SignedIn};
use super::{Answer, Courier, DoorError, Kind, Scribe, State, Visit, accounts, limits, wait};
use crate::{Failure, House};
use law::{Digest, UnitCode};
use store::Tx;
use store::session::code::{self, By, Code};
use store::session::{Account, account};

/// Digests of this door: one key, told apart by purpose.
#[derive(Clone)]
struct Marks(MacKey);

impl Marks {
    fn of(house: &House) -> Self {
        Self(MacKey::of(house, "code"))
    }

    /// The browser's mark. Without one a code would be everybody's.
    fn browser(&self, visit: &Visit) -> Result<Digest, DoorError> {
        match visit.browser.len() >= limits::BROWSER {
            true => Ok(self.0.mac(&[b"browser", visit.browser.as_bytes()])),
            false => Err(DoorError::BrowserUnbound),
        }
    }

    fn source(&self, visit: &Visit) -> Digest {
        self.0.mac(&[b"source", visit.address().as_bytes()])
    }

    fn code(&self, id: &[u8; 16], browser: &Digest, code: &str) -> Digest {
        self.0.mac(&[b"code", id, &browser.0, code.as_bytes()])
    }
}

/// Sends a code to a telephone, for this browser alone. The answer is the same for every number, known or not.
///
/// # Errors
/// Only what says nothing about the number: its form, the limits, a courier that fails.
pub fn ask_code(house: &House, courier: &dyn Courier, unit: UnitCode, phone: &str, visit: &Visit) -> Result<(), DoorError> {
    house.units.get(unit).ok_or(DoorError::NoSuchUnit)?;
    let phone = law::code::plain_mobile(phone).ok_or(DoorError::PhoneBad)?;
    let marks = Marks::of(house);
    let browser = marks.browser(visit)?;
    let scribe = Scribe::new(house, Some(visit.source()));
    let (id, digits) = (scribe.salt(), format!("{:06}", house.dice.bits() % 1_000_000));
    let (at, source, hash) = (scribe.now, marks.source(visit), marks.code(&id, &browser, &digits));
    let asked = Code { id, unit, phone: phone.clone(), browser, source, hash, tries: 0, at, until: at + CODE };
    house.beside(move |tx| -> Answer<()> {
        if let Some(wait_s) = over_limit(tx, &asked)? {
            return Ok(Err(DoorError::TooMany { wait_s }));
        }
        code::keep(tx, &asked).map(Ok)
    })??;
    let sent = courier.send(&phone, &digits);
    if sent.is_err() {
        house.beside(move |tx| scribe.note(tx, What::CodeNotSent, None, None))?;
    }
    sent
}

/// Seconds to wait until another code may be asked for, if that is not now.
fn over_limit(tx: &mut dyn Tx, asked: &Code) -> Result<Option<i64>, Failure> {
    let limits = [
        (By::Phone(&asked.phone), MINUTE, CODES_PER_MINUTE),
        (By::Phone(&asked.phone), HOUR, CODES_PER_HOUR),
        (By::Source(asked.source), HOUR, CODES_PER_SOURCE),
        (By::All, HOUR, CODES_IN_ALL),
    ];
    for (by, time, most) in limits {
        if let Some(at) = code::nth_latest(tx, by, asked.at - time, most)? {
            return Ok(Some(wait(at + time, asked.at)));
        }
    }
    Ok(None)
}

/// Signs in with the last code that this browser asked for. An account is made at the first time.
pub fn enter_code(house: &House, given: &str, visit: &Visit) -> Result<Session, DoorError> {
    let marks = Marks::of(house);
    let browser = marks.browser(visit)?;
    let given: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    let opening = Opening::new(house, visit);
    let scribe = Scribe::new(house, Some(visit.source()));
    house.beside(move |tx| -> Answer<Session> {
        let Some(asked) = code::latest(tx, browser)? else { return Ok(Err(DoorError::CodeExpired)) };
        if !code::try_once(tx, &asked.id, CODE_TRIES, scribe.now)? {
            return Ok(Err(DoorError::CodeExpired));
        }
        let right = secret::same(&marks.code(&asked.id, &browser, &given).0, &asked.hash.0);
        if !right {
            let known = account::by_phone(tx, asked.unit, &asked.phone)?.map(|account| account.id);
            scribe.note(tx, What::WrongCode, known, None)?;
            return Ok(Err(DoorError::CodeWrong));
        }
        if !code::spend(tx, &asked.id)? {
            return Ok(Err(DoorError::CodeExpired));
        }
        let account = account_of(tx, &scribe, &asked)?;
        scribe.note(tx, What::SignedIn, Some(account.id), None)?;
        opening.begin(tx, &account, scribe.now).map(Ok)
    })?
}

/// The account of a telephone in its unit.
fn account_of(tx: &mut dyn Tx, scribe: &Scribe, asked: &Code) -> Result<Account, Failure> {
    if let Some(account) = account::by_phone(tx, asked.unit, &asked.phone)? {
        return Ok(account);
    }
    let mut account = Account::new(scribe.fresh(), Kind::Resident, scribe.now);
    account.state = State::Open;
    account.unit = Some(asked.unit);
    account.set_phone(tx.vault(), &scribe.salt(), &asked.phone);
    account::put(tx, &account)?;
    Ok(account)
}

/// Removes my account with the telephone in it, and ends its sessions; 网络数据安全管理条例 第24条. What I did stays on the record.
pub fn remove(house: &House, who: &SignedIn) -> Result<(), DoorError> {
    if who.kind != Kind::Resident {
        return Err(DoorError::NotYours);
    }
    let id = who.account;
    let scribe = Scribe::new(house, Some(who.source.clone()));
    Ok(house.beside(move |tx| {
        accounts::void(tx, id)?;
        account::erase(tx, id)?;
        scribe.note(tx, What::Removed, Some(id), None)
    })?)
}
