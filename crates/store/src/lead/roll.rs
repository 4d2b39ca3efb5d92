//! 名册 Rows of rolls.

use crate::{Failure, Kept, Tx, Value, kept};
use jiff::civil::Date;
use law::lead::person::Person;
use law::lead::roll::{Act, Given, Roll};
use law::{MatterId, Moment, UnitCode};

impl Kept for Roll {
    const TABLE: &'static str = "roll";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("village_group", self.group.as_str().into())]
    }

    fn given(tx: &mut dyn Tx, _: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        let Act::Change { join, leave, .. } = act;
        let mut unknown = Vec::new();
        for person in join.iter().chain(leave) {
            if kept::get::<Person>(tx, at.unit, *person)?.is_none() {
                unknown.push(*person);
            }
        }
        Ok(Given { unknown })
    }
}

/// Whether any roll of the unit holds the person on a day.
pub fn holds(tx: &mut dyn Tx, unit: UnitCode, person: MatterId, day: Date) -> Result<bool, Failure> {
    let group = kept::get::<Person>(tx, unit, person)?.and_then(|person| person.group);
    let Some(group) = group else { return Ok(false) };
    Ok(kept::get::<Roll>(tx, unit, Roll::id_of(&group))?.is_some_and(|roll| roll.holds(person, day)))
}
