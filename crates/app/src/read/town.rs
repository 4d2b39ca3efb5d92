//! 读总览 Reading a town's overview: its units × duties. No score, no rank; every figure opens to its matters.

use crate::{Failure, House};
use jiff::civil::Date;
use law::UnitCode;
use store::duty::Owed;

/// One unit of the overview.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// The unit.
    pub unit: UnitCode,
    /// From which day its mechanism runs.
    pub started: Option<Date>,
    /// What is still to be done there.
    pub pending: Vec<Owed>,
}

/// The units below `above` that have a mechanism, by code.
pub fn units(house: &House, above: UnitCode) -> Result<Vec<UnitRow>, Failure> {
    let below: Vec<UnitCode> = house.units.children(above).filter(|unit| unit.profile().is_some()).map(|unit| unit.code).collect();
    house.read(|tx| {
        let mut rows = Vec::new();
        for unit in below {
            let started = store::lead::mechanism::started(tx, unit)?;
            let pending = if started.is_some() { store::duty::pending(tx, unit)? } else { Vec::new() };
            rows.push(UnitRow { unit, started, pending });
        }
        Ok(rows)
    })
}

/// Units whose mechanism runs on a day.
pub fn running(house: &House, day: Date) -> Result<Vec<UnitCode>, Failure> {
    house.read(|tx| store::lead::mechanism::running(tx, day))
}
