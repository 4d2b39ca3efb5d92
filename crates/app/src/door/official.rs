//! 干部登录 Officials and administrators sign in with a password and a code; GB/T 22239-2019 身份鉴别.

use super::events::What;
use super::limits::HALF;
use super::secret::{self, Secret};
use super::session::{Opening, Session, SignedIn};
use super::tries::{self, Tries};
use super::{Answer, DoorError, Kind, Scribe, State, Visit, Weak, moment, paper, password, totp};
use crate::{Failure, House};
use jiff::Timestamp;
use law::{Digest, MatterId};
use store::Tx;
use store::session::token::{Purpose, Token};
use store::session::{self as rows, Account, account, lock, token};

/// A sign-in whose password was right and whose code is still to come.
#[derive(Clone, Debug)]
pub struct Half {
    /// Its token, for a cookie or a hidden field.
    pub token: Secret,
    /// Until when the code must come.
    pub until: Timestamp,
}

/// A login name in its one form.
pub(super) fn plain(login: &str) -> String {
    login.trim().to_lowercase()
}

/// The first half: login name and password. Unknown names take the same path, the same time and the same lock as known ones.
pub fn begin(house: &House, login: &str, given: &str, visit: &Visit) -> Result<Half, DoorError> {
    let login = plain(login);
    let tries = Tries::of(house);
    let (name, source) = (tries.login(&login), tries.source(visit));
    let now = house.clock.now().as_microsecond();
    let last = house.beside(move |tx| match tries::take_source(tx, source, now)? {
        Ok(_) => tries::take(tx, name, now),
        Err(closed) => Ok(Err(closed)),
    })??;
    let known = house.read(|tx| account::by_login(tx, &login))?.filter(may_sign_in);
    let right = password::is_right(house, given, known.as_ref().and_then(|account| account.password.as_deref()))?;
    let (half, id) = secret::token(house);
    let scribe = Scribe::new(house, Some(visit.source()));
    let until = scribe.now + HALF;
    house.beside(move |tx| -> Answer<()> {
        let account = known.map(|account| account.id);
        let Some(account) = account.filter(|_| right) else {
            note_wrong(tx, &scribe, What::WrongPassword, account, last)?;
            return Ok(Err(DoorError::WrongCredentials));
        };
        lock::give_back(tx, name)?;
        lock::give_back(tx, source)?;
        token::drop_all(tx, Purpose::Half, account)?;
        token::keep(tx, Purpose::Half, &Token::new(id, account, "", until))?;
        Ok(Ok(()))
    })??;
    Ok(Half { token: half, until: moment(until) })
}

/// Notes a wrong try, and the lock that the last one set.
fn note_wrong(tx: &mut dyn Tx, scribe: &Scribe, what: What, account: Option<MatterId>, last: bool) -> Result<(), Failure> {
    scribe.note(tx, what, account, None)?;
    if last { scribe.note(tx, What::Locked, account, None) } else { Ok(()) }
}

fn may_sign_in(account: &Account) -> bool {
    account.state == State::Open && account.kind != Kind::Resident
}

/// A second factor as it was given.
enum Second {
    Code(String),
    Paper(Digest),
    Nothing,
}

impl Second {
    fn read(house: &House, given: &str) -> Self {
        let plain: String = given.chars().filter(|c| !c.is_whitespace()).collect();
        match paper::digest(house, &plain) {
            Some(digest) => Self::Paper(digest),
            None if plain.len() == totp::DIGITS => Self::Code(plain),
            None => Self::Nothing,
        }
    }

    /// Uses it up: a step of the clock or a paper code serves once.
    fn spend(&self, tx: &mut dyn Tx, account: &Account, now: i64) -> Result<bool, Failure> {
        match self {
            Self::Code(code) => spend_code(tx, account, code, now),
            Self::Paper(id) => match token::get(tx, Purpose::Paper, *id, now)?.filter(|paper| paper.account == account.id) {
                Some(_) => token::spend(tx, Purpose::Paper, *id),
                None => Ok(false),
            },
            Self::Nothing => Ok(false),
        }
    }
}

/// Whether the code is right and its step was not used before.
pub(super) fn spend_code(tx: &mut dyn Tx, account: &Account, code: &str, now: i64) -> Result<bool, Failure> {
    let Some(seed) = account.totp(tx.vault())? else { return Ok(false) };
    match totp::step(&seed, code, now)? {
        Some(step) => account::step(tx, account.id, step),
        None => Ok(false),
    }
}

/// The second half: the code of the code maker, or one on paper. The session's id is new.
pub fn finish(house: &House, half: &str, given: &str, visit: &Visit) -> Result<Session, DoorError> {
    let half = secret::id(half).ok_or(DoorError::StartAgain)?;
    let second = Second::read(house, given);
    let tries = Tries::of(house);
    let opening = Opening::new(house, visit);
    let scribe = Scribe::new(house, Some(visit.source()));
    house.beside(move |tx| -> Answer<Session> {
        let now = scribe.now;
        let account = token::get(tx, Purpose::Half, half, now)?.map(|half| account::get(tx, half.account)).transpose()?.flatten();
        let Some(account) = account.filter(may_sign_in) else { return Ok(Err(DoorError::StartAgain)) };
        let name = tries.login(account.login.as_deref().unwrap_or_default());
        let last = match tries::take(tx, name, now)? {
            Ok(last) => last,
            Err(closed) => return Ok(Err(closed)),
        };
        if !second.spend(tx, &account, now)? {
            note_wrong(tx, &scribe, What::WrongCode, Some(account.id), last)?;
            return Ok(Err(DoorError::CodeWrong));
        }
        lock::clear(tx, name)?;
        token::drop_all(tx, Purpose::Half, account.id)?;
        let what = if matches!(second, Second::Paper(_)) { What::SignedInByPaper } else { What::SignedIn };
        scribe.note(tx, what, Some(account.id), None)?;
        opening.begin(tx, &account, now).map(Ok)
    })?
}

/// Changes the password of who is signed in and ends the other sessions.
pub fn change_password(house: &House, who: &SignedIn, old: &str, new: &str) -> Result<(), DoorError> {
    let account = own(house, who)?;
    let login = account.login.clone().unwrap_or_default();
    password::judge(new, &login)?;
    check_password(house, &account, old)?;
    if password::was_used(house, new, &account.past)? {
        return Err(Weak::Used.into());
    }
    let hash = password::hash(house, new)?;
    let (id, session) = (who.account, who.session);
    let scribe = Scribe::new(house, Some(who.source.clone()));
    house.beside(move |tx| {
        let Some(mut account) = account::get(tx, id)?.filter(may_sign_in) else { return Ok(Err(DoorError::NoSuchAccount)) };
        account.past = password::remember(&account.past, &hash)?;
        account.password = Some(hash);
        account.password_at = scribe.now;
        account::put(tx, &account)?;
        rows::end_all(tx, id, Some(session))?;
        scribe.note(tx, What::PasswordChanged, Some(id), None).map(Ok)
    })?
}

/// Makes the paper recovery codes anew, against a code of the code maker; the old ones are void.
pub fn renew_paper(house: &House, who: &SignedIn, code: &str) -> Result<Vec<Secret>, DoorError> {
    let id = own(house, who)?.id;
    let (shown, kept): (Vec<Secret>, Vec<Digest>) = paper::fresh(house).into_iter().unzip();
    let (tries, code) = (Tries::of(house), code.trim().to_owned());
    let scribe = Scribe::new(house, Some(who.source.clone()));
    house.beside(move |tx| {
        let Some(account) = account::get(tx, id)?.filter(may_sign_in) else { return Ok(Err(DoorError::NoSuchAccount)) };
        let name = tries.login(account.login.as_deref().unwrap_or_default());
        let last = match tries::take(tx, name, scribe.now)? {
            Ok(last) => last,
            Err(closed) => return Ok(Err(closed)),
        };
        if !spend_code(tx, &account, &code, scribe.now)? {
            note_wrong(tx, &scribe, What::WrongCode, Some(id), last)?;
            return Ok(Err(DoorError::CodeWrong));
        }
        lock::give_back(tx, name)?;
        keep_paper(tx, id, &kept)?;
        scribe.note(tx, What::PaperRenewed, Some(id), None).map(Ok)
    })??;
    Ok(shown)
}

/// How many paper recovery codes are left.
pub fn paper_left(house: &House, who: &SignedIn) -> Result<i64, Failure> {
    house.read(|tx| token::count(tx, Purpose::Paper, who.account))
}

/// Keeps the digests of paper codes in place of older ones. They hold until they are used.
pub(super) fn keep_paper(tx: &mut dyn Tx, account: MatterId, kept: &[Digest]) -> Result<(), Failure> {
    token::drop_all(tx, Purpose::Paper, account)?;
    kept.iter().try_for_each(|id| token::keep(tx, Purpose::Paper, &Token::new(*id, account, "", i64::MAX)))
}

fn own(house: &House, who: &SignedIn) -> Result<Account, DoorError> {
    house.read(|tx| account::get(tx, who.account))?.filter(may_sign_in).ok_or(DoorError::NotYours)
}

/// Compares a password that an account has already, under the same lock as signing in.
pub(super) fn check_password(house: &House, account: &Account, given: &str) -> Result<(), DoorError> {
    let (id, name) = (account.id, Tries::of(house).login(account.login.as_deref().unwrap_or_default()));
    let scribe = Scribe::new(house, None);
    let now = scribe.now;
    let last = house.beside(move |tx| tries::take(tx, name, now))??;
    let right = password::is_right(house, given, account.password.as_deref())?;
    house.beside(move |tx| match right {
        true => lock::give_back(tx, name).map(Ok),
        false => note_wrong(tx, &scribe, What::WrongPassword, Some(id), last).map(|()| Err(DoorError::WrongCredentials)),
    })?
}
