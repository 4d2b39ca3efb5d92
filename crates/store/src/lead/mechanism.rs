//! 机制运行 Rows of the mechanism: from which day it runs in a unit.

use crate::{Failure, Kept, Tx, Value, kept};
use jiff::civil::Date;
use law::lead::mechanism::{Act, Mechanism};
use law::{Moment, UnitCode};

impl Kept for Mechanism {
    const TABLE: &'static str = "mechanism";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("start_day", self.start.into())]
    }

    fn given(_: &mut dyn Tx, _: Option<&Self>, _: &Act, _: &Moment<'_>) -> Result<(), Failure> {
        Ok(())
    }
}

/// From which day the mechanism runs here, if it was started.
pub fn started(tx: &mut dyn Tx, unit: UnitCode) -> Result<Option<Date>, Failure> {
    Ok(kept::get::<Mechanism>(tx, unit, Mechanism::the_id())?.and_then(|mechanism| mechanism.start))
}

/// Every unit whose mechanism runs on this day, by code.
pub fn running(tx: &mut dyn Tx, day: Date) -> Result<Vec<UnitCode>, Failure> {
    let rows = tx.rows("SELECT unit FROM mechanism WHERE start_day <= $1 ORDER BY unit", &[day.into()])?;
    rows.iter().map(|row| crate::record::unit(row, 0)).collect()
}

/// From which day the mechanism runs in each of the units from one code to another, where it was started.
pub fn starts(tx: &mut dyn Tx, (first, last): (UnitCode, UnitCode)) -> Result<Vec<(UnitCode, Date)>, Failure> {
    let sql = "SELECT unit, start_day FROM mechanism WHERE unit >= $1 AND unit <= $2 AND start_day IS NOT NULL ORDER BY unit";
    let rows = tx.rows(sql, &[first.into(), last.into()])?;
    rows.iter().map(|row| Ok((crate::record::unit(row, 0)?, row.text(1)?.parse().map_err(Failure::unreadable)?))).collect()
}
