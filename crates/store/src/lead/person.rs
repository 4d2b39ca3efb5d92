//! 人员 Rows of persons; what identifies them is in the vault.

use crate::{Failure, Kept, Tx, Value, kept, personal};
use law::lead::person::{Act, Given, Person};
use law::{MatterId, Moment, UnitCode};

impl Kept for Person {
    const TABLE: &'static str = "person";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("village_group", self.group.as_deref().into())]
    }

    fn given(tx: &mut dyn Tx, _: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        let same_id_number = match act {
            Act::Enter { id_number: Some(number), .. } => !personal::find(tx, at.unit, "id_number", number.text())?.is_empty(),
            _ => false,
        };
        Ok(Given { same_id_number })
    }
}

/// The person's name, while it is not erased.
pub fn name(tx: &mut dyn Tx, unit: UnitCode, person: MatterId) -> Result<Option<String>, Failure> {
    let Some(name) = kept::get::<Person>(tx, unit, person)?.and_then(|person| person.name) else { return Ok(None) };
    Ok(personal::text(tx, unit, person, name)?.map(|kept| kept.text))
}

/// Persons of the unit who have this telephone.
pub fn by_phone(tx: &mut dyn Tx, unit: UnitCode, phone: &str) -> Result<Vec<MatterId>, Failure> {
    personal::find(tx, unit, "phone", phone)
}

/// Persons of the unit, a page of them, by id.
pub fn page(tx: &mut dyn Tx, unit: UnitCode, after: i64, most: i64) -> Result<Vec<Person>, Failure> {
    kept::pick(tx, unit, "AND id > $2 ORDER BY id LIMIT $3", &[after.into(), most.into()])
}
