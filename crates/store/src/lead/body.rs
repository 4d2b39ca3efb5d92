//! 组织 Rows of bodies.

use crate::{Failure, Kept, Tx, Value, kept};
use jiff::civil::Date;
use law::lead::body::{Act, Body};
use law::{Moment, UnitCode};

impl Kept for Body {
    const TABLE: &'static str = "body";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("body_kind", self.kind.word().into())]
    }

    fn given(_: &mut dyn Tx, _: Option<&Self>, _: &Act, _: &Moment<'_>) -> Result<(), Failure> {
        Ok(())
    }
}

/// The bodies of a unit that exist on a day, in the order of their kinds.
pub fn standing(tx: &mut dyn Tx, unit: UnitCode, day: Date) -> Result<Vec<Body>, Failure> {
    let mut bodies = kept::pick::<Body>(tx, unit, "ORDER BY id", &[])?;
    bodies.retain(|body| body.exists(day));
    bodies.sort_by_key(|body| (body.kind, body.id));
    Ok(bodies)
}
