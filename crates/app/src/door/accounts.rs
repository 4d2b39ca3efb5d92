//! 账号 Accounts as the administrators see them: a list, unlocking, ending sessions, closing; GB/T 22239-2019 访问控制.

use super::events::What;
use super::tries::Tries;
use super::{DoorError, Kind, Role, Scribe, SignedIn, State, limits, moment};
use crate::{Failure, House};
use jiff::{Timestamp, civil::Date};
use law::lead::post::Post;
use law::{MatterId, UnitCode};
use std::collections::BTreeMap;
use store::Tx;
use store::session::token::{self, Purpose};
use store::session::{self as rows, Account, account, change, lock};

/// An account in the administrators' list. Residents are not in it: they manage their own.
#[derive(Clone)]
pub struct Listed {
    /// The account.
    pub id: MatterId,
    /// Its kind.
    pub kind: Kind,
    /// How far it has come.
    pub state: State,
    /// The login name.
    pub login: String,
    /// The name of who has it.
    pub name: String,
    /// The home unit.
    pub unit: Option<UnitCode>,
    /// The person of an official.
    pub person: Option<MatterId>,
    /// Until when it is locked, if it is.
    pub locked: Option<Timestamp>,
}

/// Logs may not hold names.
impl std::fmt::Debug for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listed").field("id", &self.id).field("kind", &self.kind).field("state", &self.state).finish_non_exhaustive()
    }
}

/// Only an administrator of one of these roles may go on.
pub(super) fn must_be(who: &SignedIn, roles: &[Role]) -> Result<Role, DoorError> {
    match who.kind {
        Kind::Admin(role) if roles.contains(&role) => Ok(role),
        _ => Err(DoorError::NotYours),
    }
}

/// A page of officials and administrators after an id, for any of the three administrators.
pub fn page(house: &House, who: &SignedIn, after: Option<MatterId>) -> Result<Vec<Listed>, DoorError> {
    must_be(who, &[Role::System, Role::Security, Role::Auditor])?;
    let tries = Tries::of(house);
    let now = house.clock.now().as_microsecond();
    let listed = |tx: &mut dyn Tx, account: &Account| -> Result<Listed, Failure> {
        let login = account.login.clone().unwrap_or_default();
        let locked = lock::get(tx, tries.login(&login))?.filter(|lock| lock.until > now).map(|lock| moment(lock.until));
        let name = name(tx, account)?.unwrap_or_default();
        Ok(Listed {
            id: account.id,
            kind: account.kind,
            state: account.state,
            login,
            name,
            unit: account.unit,
            person: account.person,
            locked,
        })
    };
    Ok(house.read(|tx| {
        let accounts = account::page(tx, after.map_or(-1, MatterId::as_i64), limits::PAGE)?;
        accounts.iter().map(|account| listed(tx, account)).collect()
    })?)
}

fn name(tx: &mut dyn Tx, account: &Account) -> Result<Option<String>, Failure> {
    match (account.unit, account.person) {
        (Some(unit), Some(person)) => store::lead::person::name(tx, unit, person),
        _ => account.name(tx.vault()),
    }
}

/// Opens the lock of a login name before its time. The security administrator alone.
pub fn unlock(house: &House, who: &SignedIn, id: MatterId) -> Result<(), DoorError> {
    must_be(who, &[Role::Security])?;
    let tries = Tries::of(house);
    let (by, scribe) = (who.account, Scribe::new(house, Some(who.source.clone())));
    house.beside(move |tx| {
        let login = account::get(tx, id)?.and_then(|account| account.login);
        let Some(login) = login else { return Ok(Err(DoorError::NoSuchAccount)) };
        if lock::clear(tx, tries.login(&login))? {
            scribe.note(tx, What::Unlocked, Some(id), Some(by))?;
        }
        Ok(Ok(()))
    })?
}

/// Ends all sessions of an account whose owner's telephone or computer is gone. The security administrator alone.
pub fn end_sessions(house: &House, who: &SignedIn, id: MatterId) -> Result<(), DoorError> {
    must_be(who, &[Role::Security])?;
    let (by, scribe) = (who.account, Scribe::new(house, Some(who.source.clone())));
    house.beside(move |tx| {
        if account::get(tx, id)?.is_none() {
            return Ok(Err(DoorError::NoSuchAccount));
        }
        token::drop_all(tx, Purpose::Half, id)?;
        rows::end_all(tx, id, None)?;
        scribe.note(tx, What::SessionsEnded, Some(id), Some(by)).map(Ok)
    })?
}

/// Closes an official's account at once. Those of administrators need two of them: see `twofold`.
pub fn close(house: &House, who: &SignedIn, id: MatterId) -> Result<(), DoorError> {
    must_be(who, &[Role::System])?;
    let (by, scribe) = (who.account, Scribe::new(house, Some(who.source.clone())));
    house.beside(move |tx| match account::get(tx, id)? {
        Some(account) if account.kind == Kind::Official => shut(tx, &scribe, account, by).map(Ok),
        Some(Account { kind: Kind::Admin(_), .. }) => Ok(Err(DoorError::SecondPerson)),
        _ => Ok(Err(DoorError::NoSuchAccount)),
    })?
}

/// Closes an account: nothing of it opens the door any more.
pub(super) fn shut(tx: &mut dyn Tx, scribe: &Scribe, mut account: Account, by: MatterId) -> Result<(), Failure> {
    account.state = State::Closed;
    account.password = None;
    account.drop_totp();
    account::put(tx, &account)?;
    void(tx, account.id)?;
    scribe.note(tx, What::Closed, Some(account.id), Some(by))
}

/// Ends the sessions of an account and voids every link, half-done sign-in, paper code and asked-for change of it.
pub(super) fn void(tx: &mut dyn Tx, id: MatterId) -> Result<(), Failure> {
    rows::end_all(tx, id, None)?;
    for purpose in [Purpose::Link, Purpose::Half, Purpose::Paper] {
        token::drop_all(tx, purpose, id)?;
    }
    change::settle(tx, id).map(drop)
}

/// The administrators, one row each, for any of the three.
pub fn three(house: &House, who: &SignedIn) -> Result<Vec<(Role, MatterId, String)>, DoorError> {
    let roles = [Role::System, Role::Security, Role::Auditor];
    must_be(who, &roles)?;
    Ok(house.read(|tx| {
        let mut all = Vec::new();
        for role in roles {
            for account in account::of_role(tx, role)?.iter().filter(|account| account.state != State::Closed) {
                all.push((role, account.id, name(tx, account)?.unwrap_or_default()));
            }
        }
        Ok(all)
    })?)
}

/// Who these accounts belong to: login name and name. Residents, and accounts that are gone, are not in it.
pub fn names(house: &House, who: &SignedIn, ids: &[MatterId]) -> Result<BTreeMap<MatterId, (String, String)>, DoorError> {
    must_be(who, &[Role::System, Role::Security, Role::Auditor])?;
    Ok(house.read(|tx| {
        let mut all = BTreeMap::new();
        for id in ids {
            if let Some(account) = account::get(tx, *id)?.filter(|account| account.kind != Kind::Resident) {
                let name = name(tx, &account)?.unwrap_or_default();
                all.insert(*id, (account.login.unwrap_or_default(), name));
            }
        }
        Ok(all)
    })?)
}

/// Office-holders of a unit on a day who have no account yet, each once with one of the posts. The system administrator alone.
pub fn without_account(house: &House, who: &SignedIn, unit: UnitCode, day: Date) -> Result<Vec<Post>, DoorError> {
    must_be(who, &[Role::System])?;
    Ok(house.read(|tx| {
        let mut holders: Vec<Post> = Vec::new();
        for post in store::lead::post::held(tx, unit, day)? {
            let known = holders.iter().any(|holder| holder.person == post.person);
            if !known && account::by_person(tx, unit, post.person)?.is_none() {
                holders.push(post);
            }
        }
        Ok(holders)
    })?)
}
