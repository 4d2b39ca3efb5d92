//! 公告公示 Rows of notices.

use crate::{Failure, Kept, Tx, Value, kept};
use law::lead::body::Body;
use law::open::notice::{Act, Given, Notice};
use law::{Moment, UnitCode};

impl Kept for Notice {
    const TABLE: &'static str = "notice";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("since", self.since().into()), ("until", self.until.into()), ("archived", self.archived.is_some().into())]
    }

    fn given(tx: &mut dyn Tx, _: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        let Act::Publish { body, .. } = act else { return Ok(Given::default()) };
        let body = kept::get::<Body>(tx, at.unit, *body)?;
        Ok(Given { body_exists: body.is_some_and(|body| body.exists(at.day)) })
    }
}

/// A page of notices, newest first; archived ones too, since nothing is ever taken away.
pub fn page(tx: &mut dyn Tx, unit: UnitCode, skip: i64, most: i64) -> Result<Vec<Notice>, Failure> {
    kept::pick(tx, unit, "ORDER BY since DESC, id DESC LIMIT $2 OFFSET $3", &[most.into(), skip.into()])
}

/// Notices that were up long enough by this day and are not in the archive yet.
pub fn ripe(tx: &mut dyn Tx, unit: UnitCode, day: jiff::civil::Date) -> Result<Vec<Notice>, Failure> {
    kept::pick(tx, unit, "AND archived = 0 AND until < $2 ORDER BY since, id", &[day.into()])
}

/// How many notices there are in all.
pub fn count(tx: &mut dyn Tx, unit: UnitCode) -> Result<i64, Failure> {
    tx.row("SELECT COUNT(*) FROM notice WHERE unit = $1", &[unit.into()])?.map_or(Ok(0), |row| row.int(0))
}
