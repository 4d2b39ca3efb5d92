//! 演示入口 The demo's way in: nothing is ever sent from a demo, so it shows its codes and lets visitors be whom they like.
//! A house that is no demo refuses all of it.

use super::events::What;
use super::session::Opening;
use super::{Answer, DoorError, Kind, Scribe, Session, State, Visit};
use crate::House;
use law::{MatterId, UnitCode};
use store::session::{Account, account};

/// The telephone code that was asked for last.
pub fn last_code(house: &House) -> Option<String> {
    let path = house.config.path("codes.txt".as_ref());
    let text = std::fs::read_to_string(path).ok().filter(|_| house.demo)?;
    Some(text.lines().last()?.split(' ').nth(1)?.to_owned())
}

/// Signs a visitor in as this office-holder.
///
/// # Errors
/// [`DoorError::NotYours`] outside a demo.
pub fn enter(house: &House, unit: UnitCode, person: MatterId, visit: &Visit) -> Result<Session, DoorError> {
    if !house.demo {
        return Err(DoorError::NotYours);
    }
    let opening = Opening::new(house, visit);
    let scribe = Scribe::new(house, Some(visit.source()));
    house.beside(move |tx| -> Answer<Session> {
        let account = match account::by_person(tx, unit, person)? {
            Some(account) => account,
            None => {
                let mut account = Account::new(scribe.fresh(), Kind::Official, scribe.now);
                (account.state, account.unit, account.person) = (State::Open, Some(unit), Some(person));
                account.login = Some(format!("demo-{}", account.id));
                account::put(tx, &account)?;
                account
            }
        };
        scribe.note(tx, What::SignedIn, Some(account.id), None)?;
        opening.begin(tx, &account, scribe.now).map(Ok)
    })?
}
