//! 表决名册 Rows of the rolls of voting assemblies.

use crate::{Failure, Kept, Tx, Value, kept};
use law::lead::person::Person;
use law::meet::electorate::{Act, Electorate, Given};
use law::{MatterId, Moment};

impl Kept for Electorate {
    const TABLE: &'static str = "electorate";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("assembly", self.assembly.word().into())]
    }

    fn given(tx: &mut dyn Tx, _: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        let Act::Seat { join, .. } = act;
        let known = |tx: &mut dyn Tx, person: MatterId| Ok::<_, Failure>(kept::get::<Person>(tx, at.unit, person)?.is_some());
        let mut unknown = Vec::new();
        for seat in join {
            if !known(tx, seat.person)? {
                unknown.push(seat.person);
            }
        }
        Ok(Given { unknown })
    }
}
