//! 已有的人 Who is on file already: the same person is known again by identity number, else by telephone and name.

use super::{Change, Wanted};
use crate::Failure;
use jiff::civil::Date;
use law::lead::person::Person;
use law::lead::roll::Roll;
use law::{MatterId, UnitCode};
use std::collections::BTreeMap;
use store::{Tx, kept, lead, personal};

/// The rolls of a view, each read once: a roll holds a whole group.
#[derive(Default)]
pub(super) struct Rolls(BTreeMap<(UnitCode, String), Option<Roll>>);

impl Rolls {
    /// Whether the roll of a group holds the person on a day.
    pub fn hold(&mut self, tx: &mut dyn Tx, unit: UnitCode, group: &str, person: MatterId, day: Date) -> Result<bool, Failure> {
        let key = (unit, group.to_owned());
        if !self.0.contains_key(&key) {
            self.0.insert(key.clone(), kept::get::<Roll>(tx, unit, Roll::id_of(group))?);
        }
        Ok(self.0[&key].as_ref().is_some_and(|roll| roll.holds(person, day)))
    }
}

/// Somebody on file.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub id: MatterId,
    pub group: Option<String>,
    phone: Option<String>,
    /// Whether the roll of the wanted group holds the person.
    pub on_roll: bool,
    /// Whether the wanted post is held.
    seated: bool,
}

/// Whether a row's person is on file.
#[derive(Clone, Debug)]
pub(super) enum Match {
    /// Nobody.
    Nobody {
        /// Somebody else has the telephone.
        phone_taken: bool,
    },
    /// This one.
    One {
        /// The person.
        known: Known,
        /// Somebody else has the telephone.
        phone_taken: bool,
    },
    /// The identity number belongs to somebody of another name.
    OtherName,
}

/// Looks for the row's person.
pub(super) fn find(tx: &mut dyn Tx, rolls: &mut Rolls, wanted: &Wanted, day: Date) -> Result<Match, Failure> {
    let by_phone = match &wanted.phone {
        Some(phone) => lead::person::by_phone(tx, wanted.unit, phone)?,
        None => Vec::new(),
    };
    let others = |id: MatterId| by_phone.iter().any(|other| *other != id);
    if let Some(number) = &wanted.id_number
        && let Some(id) = personal::find(tx, wanted.unit, "id_number", number)?.first().copied()
    {
        let name = lead::person::name(tx, wanted.unit, id)?;
        return Ok(match name.as_deref() == Some(wanted.name.as_str()) {
            true => Match::One { known: known(tx, rolls, wanted, id, day)?, phone_taken: others(id) },
            false => Match::OtherName,
        });
    }
    for id in &by_phone {
        let person = kept::get::<Person>(tx, wanted.unit, *id)?;
        let two_numbers = wanted.id_number.is_some() && person.is_some_and(|person| person.id_number.is_some());
        if !two_numbers && lead::person::name(tx, wanted.unit, *id)?.as_deref() == Some(wanted.name.as_str()) {
            return Ok(Match::One { known: known(tx, rolls, wanted, *id, day)?, phone_taken: others(*id) });
        }
    }
    Ok(Match::Nobody { phone_taken: !by_phone.is_empty() })
}

fn known(tx: &mut dyn Tx, rolls: &mut Rolls, wanted: &Wanted, id: MatterId, day: Date) -> Result<Known, Failure> {
    let person = kept::get::<Person>(tx, wanted.unit, id)?.ok_or_else(|| Failure::unreadable("a telephone without its person"))?;
    let phone = person.phone.map(|phone| personal::text(tx, wanted.unit, id, phone)).transpose()?.flatten();
    let group = wanted.group.as_ref().or(person.group.as_ref());
    let on_roll = match group {
        Some(group) => rolls.hold(tx, wanted.unit, group, id, day)?,
        None => true,
    };
    let seated = match &wanted.post {
        Some(seat) => lead::post::of_person(tx, wanted.unit, id)?.iter().any(|post| {
            let same = post.body == seat.body && post.kind == seat.kind;
            same && (post.held(day) || post.held(seat.from))
        }),
        None => true,
    };
    Ok(Known { id, group: person.group, phone: phone.map(|phone| phone.text), on_roll, seated })
}

impl Known {
    /// What the row changes about this person.
    pub fn changes(&self, wanted: &Wanted) -> Vec<Change> {
        let mut changes = Vec::new();
        if wanted.phone.is_some() && wanted.phone != self.phone {
            changes.push(Change::Phone);
        }
        if let Some(to) = wanted.group.as_ref().filter(|to| Some(*to) != self.group.as_ref()) {
            changes.push(Change::Group { from: self.group.clone(), to: to.clone() });
        } else if !self.on_roll {
            changes.push(Change::Roll);
        }
        if !self.seated {
            changes.push(Change::Post);
        }
        changes
    }
}
