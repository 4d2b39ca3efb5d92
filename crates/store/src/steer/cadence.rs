//! 周期应办 Rows of periods.

use crate::{Failure, Kept, Row, Tx, Value, kept};
use jiff::civil::Date;
use law::steer::cadence::{Act, Cadence};
use law::{MatterId, Moment, UnitCode};

impl Kept for Cadence {
    const TABLE: &'static str = "cadence";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("rule", self.rule().into()), ("first_day", self.first.into()), ("gap", self.gap().into())]
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

/// A period that passed undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The period.
    pub id: MatterId,
    /// Its first day.
    pub first: Date,
    /// Nobody has said why.
    pub silent: bool,
}

/// The periods of a rule that passed undone, the latest first.
pub fn missed(tx: &mut dyn Tx, unit: UnitCode, rule: &str) -> Result<Vec<Missed>, Failure> {
    let sql = "SELECT c.id, c.first_day, c.gap FROM duty d JOIN cadence c ON c.unit = d.unit AND c.id = d.matter
               WHERE d.unit = $1 AND d.state = 'lapsed' AND d.kind = 'cadence' AND c.rule = $2 ORDER BY c.first_day DESC";
    let one = |row: &Row| {
        let first = row.text(1)?.parse().map_err(Failure::unreadable)?;
        Ok(Missed { id: row.id(0)?, first, silent: row.maybe_text(2)?.is_some() })
    };
    tx.rows(sql, &[unit.into(), rule.into()])?.iter().map(one).collect()
}

/// How many periods of a rule passed undone and unexplained since a day, in each of the units from one code to another.
pub fn gaps(tx: &mut dyn Tx, (first, last): (UnitCode, UnitCode), rule: &str, since: Date) -> Result<Vec<(UnitCode, i64)>, Failure> {
    let sql = "SELECT unit, COUNT(*) FROM cadence WHERE unit >= $1 AND unit <= $2 AND gap >= $3 AND rule = $4 GROUP BY unit ORDER BY unit";
    let rows = tx.rows(sql, &[first.into(), last.into(), since.into(), rule.into()])?;
    rows.iter().map(|row| Ok((crate::record::unit(row, 0)?, row.int(1)?))).collect()
}
