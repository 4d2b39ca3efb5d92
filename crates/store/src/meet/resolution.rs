//! 决议 Rows of resolutions.

use crate::{Failure, Kept, Tx, Value, kept};
use law::meet::resolution::{Act, Given, Resolution, Standing};
use law::{MatterId, Moment, UnitCode};

impl Kept for Resolution {
    const TABLE: &'static str = "resolution";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("year", i64::from(self.year).into()),
            ("number", self.number.into()),
            ("motion", self.issue.motion.into()),
            ("standing", self.standing().word().into()),
            ("decided", self.issue.decided_on.into()),
        ]
    }

    fn given(tx: &mut dyn Tx, _: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        match act {
            Act::Issue(_) => Ok(Given { last: last_number(tx, at.unit, at.day.year())? }),
            _ => Ok(Given::default()),
        }
    }
}

/// The highest number of a year; 0 before the first.
fn last_number(tx: &mut dyn Tx, unit: UnitCode, year: i16) -> Result<u32, Failure> {
    let sql = "SELECT number FROM resolution WHERE unit = $1 AND year = $2 ORDER BY number DESC LIMIT 1";
    let last = tx.row(sql, &[unit.into(), i64::from(year).into()])?.map(|row| row.int(0)).transpose()?;
    u32::try_from(last.unwrap_or(0)).map_err(Failure::unreadable)
}

/// The resolutions of a year, by number.
pub fn of_year(tx: &mut dyn Tx, unit: UnitCode, year: i16) -> Result<Vec<Resolution>, Failure> {
    kept::pick(tx, unit, "AND year = $2 ORDER BY number", &[i64::from(year).into()])
}

/// The resolution of this number.
pub fn numbered(tx: &mut dyn Tx, unit: UnitCode, year: i16, number: u32) -> Result<Option<Resolution>, Failure> {
    let found = kept::pick(tx, unit, "AND year = $2 AND number = $3", &[i64::from(year).into(), number.into()])?;
    Ok(found.into_iter().next())
}

/// What a motion became, oldest first.
pub fn of_motion(tx: &mut dyn Tx, unit: UnitCode, motion: MatterId) -> Result<Vec<Resolution>, Failure> {
    kept::pick(tx, unit, "AND motion = $2 ORDER BY year, number", &[motion.into()])
}

/// Resolutions that stand so, oldest first: [`Standing::Published`] are those that nobody carries out.
pub fn standing(tx: &mut dyn Tx, unit: UnitCode, standing: Standing) -> Result<Vec<Resolution>, Failure> {
    kept::pick(tx, unit, "AND standing = $2 ORDER BY decided, id", &[standing.word().into()])
}
