//! 开户 Enrolment: an administrator issues a link that holds one hour and serves once; its holder sets a password, links a
//! code maker, and gets ten recovery codes on paper. There are no default passwords.

use super::events::What;
use super::limits::{LINK, LOGIN};
use super::secret::{self, Secret};
use super::{Answer, DoorError, Kind, Role, Scribe, SignedIn, State, Visit, accounts, moment, official, paper, password, totp, twofold};
use crate::{Failure, House};
use jiff::Timestamp;
use law::lead::person::Person;
use law::{Digest, MatterId, Personal, UnitCode};
use store::Tx;
use store::session::token::{self, Purpose, Token};
use store::session::{Account, account};

/// Who issues a link.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Who sets the house up from the command line: for the first system administrator, nobody else.
    Keeper,
    /// The system administrator.
    Admin(&'a SignedIn),
}

/// For whom a link is.
#[derive(Clone, Debug)]
pub enum Invite {
    /// A person of a unit. Posts decide what the person may do; an account decides nothing.
    Official {
        /// The home unit.
        unit: UnitCode,
        /// The person.
        person: MatterId,
        /// The login name.
        login: String,
    },
    /// One of the three administrators.
    Admin {
        /// Which.
        role: Role,
        /// The login name.
        login: String,
        /// The name.
        name: Personal,
        /// The mobile telephone, kept as a mark only: it tells the three persons apart.
        phone: Personal,
    },
}

/// A link as it is handed over.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its token, the last part of its address.
    pub token: Secret,
    /// The account.
    pub account: MatterId,
    /// Until when it holds.
    pub until: Timestamp,
}

/// A link before it is in the table.
pub(super) struct Fresh {
    token: Secret,
    id: Digest,
}

impl Fresh {
    pub fn new(house: &House) -> Self {
        let (token, id) = secret::token(house);
        Self { token, id }
    }

    /// Keeps it in place of the account's earlier links.
    pub fn keep(self, tx: &mut dyn Tx, account: MatterId, what: &str, now: i64) -> Result<Link, Failure> {
        let until = now + LINK;
        token::drop_all(tx, Purpose::Link, account)?;
        token::keep(tx, Purpose::Link, &Token::new(self.id, account, what, until))?;
        Ok(Link { token: self.token, account, until: moment(until) })
    }
}

/// Issues a link. Issued again, it takes the place of the one before.
pub fn issue(house: &House, by: By<'_>, invite: Invite) -> Result<Link, DoorError> {
    let (done_by, source) = match by {
        By::Keeper => (None, None),
        By::Admin(who) => {
            accounts::must_be(who, &[Role::System])?;
            (Some(who.account), Some(who.source.clone()))
        }
    };
    if done_by.is_none() && !matches!(invite, Invite::Admin { role: Role::System, .. }) {
        return Err(DoorError::NotYours);
    }
    let invite = checked(invite)?;
    let (scribe, fresh) = (Scribe::new(house, source), Fresh::new(house));
    house.beside(move |tx| -> Answer<Link> {
        let invited = match invite {
            Invite::Official { unit, person, login } => for_official(tx, &scribe, unit, person, &login)?,
            Invite::Admin { role, login, name, phone } => for_admin(tx, &scribe, role, &login, name.text(), phone.text())?,
        };
        let mut account = match invited {
            Ok(account) => account,
            Err(closed) => return Ok(Err(closed)),
        };
        account.state = State::Invited;
        account.password = None;
        account.drop_totp();
        account::put(tx, &account)?;
        accounts::void(tx, account.id)?;
        scribe.note(tx, What::Invited, Some(account.id), done_by)?;
        fresh.keep(tx, account.id, twofold::What::Everything.word(), scribe.now).map(Ok)
    })?
}

/// The invitation with login name and telephone in their one form.
fn checked(invite: Invite) -> Result<Invite, DoorError> {
    Ok(match invite {
        Invite::Official { unit, person, login } => Invite::Official { unit, person, login: login_name(&login)? },
        Invite::Admin { role, login, name, phone } => {
            law::limit::text("name", name.text(), law::limit::NAME).map_err(|_| DoorError::NameBad)?;
            let phone = law::code::plain_mobile(phone.text()).map(Personal).ok_or(DoorError::PhoneBad)?;
            Invite::Admin { role, login: login_name(&login)?, name, phone }
        }
    })
}

fn login_name(login: &str) -> Result<String, DoorError> {
    let login = official::plain(login);
    let plain = login.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || b".-_".contains(&c));
    match plain && (LOGIN.0..=LOGIN.1).contains(&login.len()) && law::code::find_personal(&login).is_empty() {
        true => Ok(login),
        false => Err(DoorError::LoginBad),
    }
}

fn for_official(tx: &mut dyn Tx, scribe: &Scribe, unit: UnitCode, person: MatterId, login: &str) -> Answer<Account> {
    let Some(known) = store::kept::get::<Person>(tx, unit, person)?.filter(|person| person.name.is_some()) else {
        return Ok(Err(DoorError::NoSuchPerson));
    };
    let had = account::by_person(tx, unit, person)?;
    match &had {
        Some(account) if account.state == State::Open => return Ok(Err(DoorError::AccountExists)),
        // Once it was open, it opens again by two administrators only: else one of them could take it over.
        Some(account) if account.password_at > 0 => return Ok(Err(DoorError::SecondPerson)),
        _ => {}
    }
    let mut account = had.unwrap_or_else(|| Account::new(scribe.fresh(), Kind::Official, scribe.now));
    if account::by_login(tx, login)?.is_some_and(|other| other.id != account.id) {
        return Ok(Err(DoorError::LoginTaken));
    }
    let phone = known.phone.map(|phone| store::personal::text(tx, unit, person, phone)).transpose()?.flatten();
    if let Some(phone) = phone
        && account::is_admin_phone(tx, &phone.text, account.id)?
    {
        return Ok(Err(DoorError::SamePerson));
    }
    account.unit = Some(unit);
    account.person = Some(person);
    account.login = Some(login.to_owned());
    Ok(Ok(account))
}

fn for_admin(tx: &mut dyn Tx, scribe: &Scribe, role: Role, login: &str, name: &str, phone: &str) -> Answer<Account> {
    let kind = Kind::Admin(role);
    let of_role = account::of_role(tx, role)?;
    if of_role.iter().any(|account| account.state == State::Open || account.password_at > 0) {
        return Ok(Err(DoorError::RoleTaken));
    }
    let mut account = match account::by_login(tx, login)? {
        Some(account) if account.kind == kind && account.state == State::Invited => account,
        Some(_) => return Ok(Err(DoorError::LoginTaken)),
        None => Account::new(scribe.fresh(), kind, scribe.now),
    };
    for mut other in of_role.into_iter().filter(|other| other.id != account.id) {
        accounts::void(tx, other.id)?;
        other.state = State::Closed;
        account::put(tx, &other)?;
    }
    if account::is_admin_phone(tx, phone, account.id)? || account::is_official_phone(tx, phone)? {
        return Ok(Err(DoorError::SamePerson));
    }
    account.login = Some(login.to_owned());
    account.set_name(tx.vault(), &scribe.salt(), name, phone);
    Ok(Ok(account))
}

/// What the page behind a link shows.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The account.
    pub account: MatterId,
    /// Its kind.
    pub kind: Kind,
    /// The login name to remember.
    pub login: String,
    /// The home unit.
    pub unit: Option<UnitCode>,
    /// Whether the password stays and has to be shown; otherwise a new one is set.
    pub keeps_password: bool,
    /// Until when the link holds.
    pub until: Timestamp,
}

/// Looks at a link without using it.
pub fn look(house: &House, link: &str) -> Result<Enrolment, DoorError> {
    let id = secret::id(link).ok_or(DoorError::LinkSpent)?;
    let now = house.clock.now().as_microsecond();
    let (token, account) = house.read(|tx| behind(tx, id, now))?.ok_or(DoorError::LinkSpent)?;
    Ok(Enrolment {
        account: account.id,
        kind: account.kind,
        login: account.login.unwrap_or_default(),
        unit: account.unit,
        keeps_password: keeps_password(&token),
        until: moment(token.until),
    })
}

fn behind(tx: &mut dyn Tx, id: Digest, now: i64) -> Result<Option<(Token, Account)>, Failure> {
    let Some(token) = token::get(tx, Purpose::Link, id, now)? else { return Ok(None) };
    let account = account::get(tx, token.account)?.filter(|account| account.state == State::Invited);
    Ok(account.map(|account| (token, account)))
}

fn keeps_password(token: &Token) -> bool {
    token.what == twofold::What::Totp.word()
}

/// What a code maker has to be told, once.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The secret as people type it.
    pub secret: Secret,
    /// The address for a QR picture.
    pub uri: Secret,
}

/// Sets the password (or shows the one that stays) and makes a code secret. Until the first code confirms it, this may be done
/// anew with the same link; only the last secret counts.
pub fn start(house: &House, link: &str, given: &str) -> Result<Setup, DoorError> {
    let id = secret::id(link).ok_or(DoorError::LinkSpent)?;
    let now = house.clock.now().as_microsecond();
    let (token, account) = house.read(|tx| behind(tx, id, now))?.ok_or(DoorError::LinkSpent)?;
    let login = account.login.clone().unwrap_or_default();
    let hash = match keeps_password(&token) {
        true => {
            official::check_password(house, &account, given)?;
            None
        }
        false => Some(new_password(house, &account, given, &login)?),
    };
    let mut seed = totp::Seed::default();
    house.dice.fill(&mut seed);
    let setup = Setup { secret: Secret::new(totp::base32(&seed)), uri: Secret::new(totp::uri(&house.config.record_name, &login, &seed)) };
    let scribe = Scribe::new(house, None);
    house.beside(move |tx| -> Answer<()> {
        let Some((_, mut account)) = behind(tx, id, scribe.now)? else { return Ok(Err(DoorError::LinkSpent)) };
        if let Some(hash) = &hash {
            token::choose(tx, id, hash)?;
        }
        account.set_totp(tx.vault(), &scribe.salt(), &seed);
        account::put(tx, &account).map(Ok)
    })??;
    Ok(setup)
}

fn new_password(house: &House, account: &Account, given: &str, login: &str) -> Result<String, DoorError> {
    password::judge(given, login)?;
    if password::was_used(house, given, &account.past)? {
        return Err(super::Weak::Used.into());
    }
    Ok(password::hash(house, given)?)
}

/// Confirms with the code maker's first code. The link is spent, the account open; the paper codes are shown this once.
pub fn confirm(house: &House, link: &str, code: &str, visit: &Visit) -> Result<Vec<Secret>, DoorError> {
    let id = secret::id(link).ok_or(DoorError::LinkSpent)?;
    let (shown, kept): (Vec<Secret>, Vec<Digest>) = paper::fresh(house).into_iter().unzip();
    let code = code.trim().to_owned();
    let scribe = Scribe::new(house, Some(visit.source()));
    house.beside(move |tx| -> Answer<()> {
        let Some((token, mut account)) = behind(tx, id, scribe.now)? else { return Ok(Err(DoorError::LinkSpent)) };
        if token.password.is_none() && !keeps_password(&token) {
            return Ok(Err(DoorError::CodeWrong));
        }
        if !official::spend_code(tx, &account, &code, scribe.now)? {
            return Ok(Err(DoorError::CodeWrong));
        }
        if !token::spend(tx, Purpose::Link, id)? {
            return Ok(Err(DoorError::LinkSpent));
        }
        if let Some(hash) = token.password {
            account.past = password::remember(&account.past, &hash)?;
            account.password = Some(hash);
            account.password_at = scribe.now;
        }
        account.state = State::Open;
        account::put(tx, &account)?;
        official::keep_paper(tx, account.id, &kept)?;
        scribe.note(tx, What::Enrolled, Some(account.id), None).map(Ok)
    })??;
    Ok(shown)
}
