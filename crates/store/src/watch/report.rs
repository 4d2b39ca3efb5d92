//! 监督举报 Rows of reports, in the town's tables only, what waits for the day's batch, and who opened which.

use crate::{Failure, Kept, Tx, Value, kept};
use law::watch::report::{Act, Report};
use law::{Digest, MatterId, Moment, UnitCode};

impl Kept for Report {
    const TABLE: &'static str = "report";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        let open = self.filed.as_ref().is_some_and(|filed| filed.answer.is_none());
        vec![("open", open.into()), ("code", self.filed.as_ref().map(|filed| filed.code).into())]
    }

    fn given(_: &mut dyn Tx, _: Option<&Self>, _: &Act, _: &Moment<'_>) -> Result<(), Failure> {
        Ok(())
    }
}

fn context(unit: UnitCode, id: MatterId) -> Vec<u8> {
    format!("lodged/{unit}/{id}").into_bytes()
}

/// Keeps a report, or an answer to one, until the day's batch; it survives a crash.
pub fn lodge(tx: &mut dyn Tx, unit: UnitCode, id: MatterId, act: &str, at: i64) -> Result<(), Failure> {
    let hidden = tx.vault().hide(&context(unit, id), act.as_bytes());
    tx.run("INSERT INTO lodged (unit, id, act, at) VALUES ($1, $2, $3, $4)", &[unit.into(), id.into(), Value::Bytes(hidden), at.into()])?;
    Ok(())
}

/// What has waited longest, at most `most`, as (id, act).
pub fn waiting(tx: &mut dyn Tx, unit: UnitCode, most: i64) -> Result<Vec<(MatterId, String)>, Failure> {
    let rows = tx.rows("SELECT id, act FROM lodged WHERE unit = $1 ORDER BY at, id LIMIT $2", &[unit.into(), most.into()])?;
    rows.iter()
        .map(|row| {
            let id = row.id(0)?;
            let act = tx.vault().open(&context(unit, id), row.bytes(1)?)?;
            Ok((id, String::from_utf8(act).map_err(Failure::unreadable)?))
        })
        .collect()
}

/// Takes something off the waiting list: it is on record now.
pub fn filed(tx: &mut dyn Tx, unit: UnitCode, id: MatterId) -> Result<(), Failure> {
    tx.run("DELETE FROM lodged WHERE unit = $1 AND id = $2", &[unit.into(), id.into()]).map(|_| ())
}

/// Reports still to be answered, oldest first.
pub fn open(tx: &mut dyn Tx, unit: UnitCode) -> Result<Vec<Report>, Failure> {
    kept::pick(tx, unit, "AND open = 1 ORDER BY seq", &[])
}

/// A page of reports, the newest first, without the blanks.
pub fn page(tx: &mut dyn Tx, unit: UnitCode, skip: i64, most: i64) -> Result<Vec<Report>, Failure> {
    kept::pick(tx, unit, "AND code IS NOT NULL ORDER BY seq DESC LIMIT $2 OFFSET $3", &[most.into(), skip.into()])
}

/// How many reports are on record, without the blanks.
pub fn count(tx: &mut dyn Tx, unit: UnitCode) -> Result<i64, Failure> {
    tx.row("SELECT COUNT(*) FROM report WHERE unit = $1 AND code IS NOT NULL", &[unit.into()])?.map_or(Ok(0), |row| row.int(0))
}

/// Notes that somebody opened a report.
pub fn note_seen(tx: &mut dyn Tx, unit: UnitCode, report: MatterId, person: MatterId, at: i64) -> Result<(), Failure> {
    let sql =
        "INSERT INTO report_seen (unit, report, person, at) VALUES ($1, $2, $3, $4) ON CONFLICT (unit, report, at, person) DO NOTHING";
    tx.run(sql, &[unit.into(), report.into(), person.into(), at.into()]).map(drop)
}

/// Who opened a report when, the latest first, at most `most`.
pub fn seen(tx: &mut dyn Tx, unit: UnitCode, report: MatterId, most: i64) -> Result<Vec<(MatterId, i64)>, Failure> {
    let sql = "SELECT person, at FROM report_seen WHERE unit = $1 AND report = $2 ORDER BY at DESC, person LIMIT $3";
    let rows = tx.rows(sql, &[unit.into(), report.into(), most.into()])?;
    rows.iter().map(|row| Ok((row.id(0)?, row.int(1)?))).collect()
}

/// The report whose sender holds this code.
pub fn by_code(tx: &mut dyn Tx, unit: UnitCode, code: Digest) -> Result<Option<Report>, Failure> {
    Ok(kept::pick(tx, unit, "AND code = $2", &[code.into()])?.into_iter().next())
}
