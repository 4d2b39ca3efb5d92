//! 双人复核 Two persons for what one alone must not do: renewing a lost code maker or a forgotten password, closing an
//! administrator's account. One asks, another confirms, neither is the one concerned, and all of it is noted.

use super::enrol::{Fresh, Link};
use super::limits::{CHANGE, PAGE};
use super::{Answer, DoorError, Kind, Role, Scribe, SignedIn, State, accounts, events, moment};
use crate::House;
use jiff::Timestamp;
use law::MatterId;
use store::session::change::{self, Change};
use store::session::{Account, account};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The code maker is lost; the password stays and is asked for when the new one is set up.
    Totp,
    /// The password is forgotten: everything is set up anew.
    Everything,
    /// The account is to be closed.
    Close,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Totp, Self::Everything, Self::Close];

    /// The stable word in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Everything => "everything",
            Self::Close => "close",
        }
    }

    /// Reads [`What::word`] back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.word() == word)
    }

    fn event(self) -> events::What {
        match self {
            Self::Totp => events::What::TotpResetAsked,
            Self::Everything => events::What::ResetAsked,
            Self::Close => events::What::CloseAsked,
        }
    }
}

/// What waits for a second administrator.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The account.
    pub account: MatterId,
    /// What was asked for.
    pub what: What,
    /// Who asked.
    pub asked_by: MatterId,
    /// When.
    pub at: Timestamp,
    /// Until when it may be confirmed.
    pub until: Timestamp,
}

/// Asks for a change. The system administrator asks; for the system administrator's own account the security administrator does.
pub fn ask(house: &House, who: &SignedIn, id: MatterId, what: What) -> Result<(), DoorError> {
    let role = accounts::must_be(who, &[Role::System, Role::Security])?;
    if id == who.account {
        return Err(DoorError::SecondPerson);
    }
    let (by, scribe) = (who.account, Scribe::new(house, Some(who.source.clone())));
    house.beside(move |tx| -> Answer<()> {
        let Some(account) = account::get(tx, id)?.filter(|account| can(account, what)) else { return Ok(Err(DoorError::NoSuchAccount)) };
        let what = if what == What::Totp && account.password.is_none() { What::Everything } else { what };
        if role == Role::Security && account.kind != Kind::Admin(Role::System) {
            return Ok(Err(DoorError::NotYours));
        }
        let until = scribe.now + CHANGE;
        change::ask(tx, &Change { account: id, what: what.word().to_owned(), asked_by: by, at: scribe.now, until })?;
        scribe.note(tx, what.event(), Some(id), Some(by)).map(Ok)
    })?
}

/// Whether this can happen to this account: a closed one of an official may be set up anew; one that never was open is
/// invited again, not reset.
fn can(account: &Account, what: What) -> bool {
    match (account.kind, what) {
        (Kind::Resident, _) => false,
        (_, What::Close) => account.state != State::Closed,
        (Kind::Official, What::Everything) => account.password_at > 0,
        (_, What::Totp | What::Everything) => account.password_at > 0 && account.state != State::Closed,
    }
}

/// Confirms what was asked for. The security administrator confirms, and where that is who asked or whom it concerns, the
/// auditor. A reset gives a link; the link alone opens nothing while the password stays.
pub fn confirm(house: &House, who: &SignedIn, id: MatterId) -> Result<Option<Link>, DoorError> {
    let role = accounts::must_be(who, &[Role::Security, Role::Auditor])?;
    let (by, scribe, fresh) = (who.account, Scribe::new(house, Some(who.source.clone())), Fresh::new(house));
    house.beside(move |tx| -> Answer<Option<Link>> {
        let asked = change::get(tx, id, scribe.now)?;
        let asked = asked.and_then(|change| What::parse(&change.what).map(|what| (what, change.asked_by)));
        let Some((what, asked_by)) = asked else { return Ok(Err(DoorError::NothingAsked)) };
        let Some(mut account) = account::get(tx, id)?.filter(|account| can(account, what)) else {
            return Ok(Err(DoorError::NoSuchAccount));
        };
        if by == asked_by || by == id {
            return Ok(Err(DoorError::SecondPerson));
        }
        let security_asked = account::get(tx, asked_by)?.is_some_and(|asker| asker.kind == Kind::Admin(Role::Security));
        if role != confirms(&account, security_asked) {
            return Ok(Err(DoorError::NotYours));
        }
        scribe.note(tx, events::What::Confirmed, Some(id), Some(by))?;
        if what == What::Close {
            return accounts::shut(tx, &scribe, account, by).map(|()| Ok(None));
        }
        account.state = State::Invited;
        account.drop_totp();
        if what == What::Everything {
            account.password = None;
        }
        account::put(tx, &account)?;
        accounts::void(tx, id)?;
        fresh.keep(tx, id, what.word(), scribe.now).map(|link| Ok(Some(link)))
    })?
}

/// Who confirms: the security administrator, unless that is who asked or whom it concerns.
fn confirms(account: &Account, security_asked: bool) -> Role {
    match security_asked || account.kind == Kind::Admin(Role::Security) {
        true => Role::Auditor,
        false => Role::Security,
    }
}

/// Refuses or withdraws what was asked for.
pub fn withdraw(house: &House, who: &SignedIn, id: MatterId) -> Result<(), DoorError> {
    accounts::must_be(who, &[Role::System, Role::Security, Role::Auditor])?;
    let (by, scribe) = (who.account, Scribe::new(house, Some(who.source.clone())));
    house.beside(move |tx| match change::settle(tx, id)? {
        true => scribe.note(tx, events::What::Withdrawn, Some(id), Some(by)).map(Ok),
        false => Ok(Err(DoorError::NothingAsked)),
    })?
}

/// What waits for a second administrator, oldest first.
pub fn waiting(house: &House, who: &SignedIn) -> Result<Vec<Waiting>, DoorError> {
    accounts::must_be(who, &[Role::System, Role::Security, Role::Auditor])?;
    let now = house.clock.now().as_microsecond();
    let changes = house.read(|tx| change::waiting(tx, now, PAGE))?;
    let waiting = |change: Change| {
        let what = What::parse(&change.what)?;
        Some(Waiting { account: change.account, what, asked_by: change.asked_by, at: moment(change.at), until: moment(change.until) })
    };
    Ok(changes.into_iter().filter_map(waiting).collect())
}
