//! 周期应办 Rows of periods.

use crate::{Failure, Kept, Tx, Value, kept};
use jiff::civil::Date;
use law::steer::cadence::{Act, Cadence};
use law::{Moment, UnitCode};

impl Kept for Cadence {
    const TABLE: &'static str = "cadence";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("rule", self.rule().into()), ("first_day", self.first.into())]
    }

    fn given(_: &mut dyn Tx, _: Option<&Self>, _: &Act, _: &Moment<'_>) -> Result<(), Failure> {
        Ok(())
    }
}

/// The periods of a rule that begin between two days, in order.
pub fn between(tx: &mut dyn Tx, unit: UnitCode, rule: &str, first: Date, last: Date) -> Result<Vec<Cadence>, Failure> {
    kept::pick(
        tx,
        unit,
        "AND rule = $2 AND first_day >= $3 AND first_day <= $4 ORDER BY first_day",
        &[rule.into(), first.into(), last.into()],
    )
}

/// The latest period of a rule that was opened.
pub fn latest(tx: &mut dyn Tx, unit: UnitCode, rule: &str) -> Result<Option<Cadence>, Failure> {
    Ok(kept::pick(tx, unit, "AND rule = $2 ORDER BY first_day DESC LIMIT 1", &[rule.into()])?.into_iter().next())
}
