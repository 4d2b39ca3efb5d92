//! 演示入口 The demo's way in: nothing is ever sent from a demo, so it shows its codes and lets visitors be whom they like.
//! A house that is no demo refuses all of it.

use super::events::What;
use super::session::Opening;
use super::{Answer, DoorError, Kind, Scribe, Session, State, Visit};
use crate::House;
use law::{MatterId, UnitCode};
use store::Tx;
use store::session::{Account, account};

/// The telephone code that was asked for last.
pub fn last_code(house: &House) -> Option<String> {
    let path = house.config.path("codes.txt".as_ref());
    let text = std::fs::read_to_string(path).ok().filter(|_| house.demo)?;
    Some(text.lines().last()?.split(' ').nth(1)?.to_owned())
}

/// Whom a visitor of the demo signs in as.
#[derive(Clone)]
pub enum As {
    /// The office-holder behind a person.
    Official(MatterId),
    /// The resident with this telephone.
    Resident(String),
}

/// Telephones stand in no log.
impl std::fmt::Debug for As {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Official(person) => write!(f, "Official({person})"),
            Self::Resident(_) => f.write_str("Resident(…)"),
        }
    }
}

/// Signs a visitor in without password or code.
///
/// # Errors
/// [`DoorError::NotYours`] outside a demo.
pub fn enter(house: &House, unit: UnitCode, who: As, visit: &Visit) -> Result<Session, DoorError> {
    if !house.demo {
        return Err(DoorError::NotYours);
    }
    let opening = Opening::new(house, visit);
    let scribe = Scribe::new(house, Some(visit.source()));
    house.beside(move |tx| -> Answer<Session> {
        let known = match &who {
            As::Official(person) => account::by_person(tx, unit, *person)?,
            As::Resident(phone) => account::by_phone(tx, unit, phone)?,
        };
        let account = match known {
            Some(account) => account,
            None => {
                let account = fresh(tx, &scribe, unit, &who);
                account::put(tx, &account)?;
                account
            }
        };
        scribe.note(tx, What::SignedIn, Some(account.id), None)?;
        opening.begin(tx, &account, scribe.now).map(Ok)
    })?
}

fn fresh(tx: &mut dyn Tx, scribe: &Scribe, unit: UnitCode, who: &As) -> Account {
    let kind = match who {
        As::Official(_) => Kind::Official,
        As::Resident(_) => Kind::Resident,
    };
    let mut account = Account::new(scribe.fresh(), kind, scribe.now);
    (account.state, account.unit) = (State::Open, Some(unit));
    match who {
        As::Official(person) => {
            account.person = Some(*person);
            account.login = Some(format!("demo-{}", account.id));
        }
        As::Resident(phone) => account.set_phone(tx.vault(), &scribe.salt(), phone),
    }
    account
}
