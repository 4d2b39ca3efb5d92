//! 验证码 Telephone codes: one row per code that was asked for, kept for the hour that limits look back.

use super::digest;
use crate::{Failure, Tx, Value};
use law::personal::Salt;
use law::{Digest, UnitCode};

/// A code that was asked for. It has no `Debug`: a telephone is in it.
#[derive(Clone)]
pub struct Code {
    /// Random, names the row.
    pub id: Salt,
    /// In which unit.
    pub unit: UnitCode,
    /// The telephone.
    pub phone: String,
    /// Digest of the browser that asked.
    pub browser: Digest,
    /// Digest of the address it came from.
    pub source: Digest,
    /// Digest of the code.
    pub hash: Digest,
    /// Tries so far.
    pub tries: i64,
    /// When, microseconds since 1970.
    pub at: i64,
    /// Until when it may be used; 0 once it was.
    pub until: i64,
}

/// By what codes are counted.
#[derive(Clone, Copy)]
pub enum By<'a> {
    /// One telephone.
    Phone(&'a str),
    /// One address.
    Source(Digest),
    /// All.
    All,
}

/// When the `nth` latest code was asked for, if that was after `since`: then `nth` were asked for in that time.
pub fn nth_latest(tx: &mut dyn Tx, by: By<'_>, since: i64, nth: i64) -> Result<Option<i64>, Failure> {
    let skip = nth - 1;
    let row = match by {
        By::Phone(phone) => {
            let mark = super::account::mark(tx.vault(), phone);
            let sql = "SELECT at FROM sign_in_code WHERE mark = $1 AND at > $2 ORDER BY at DESC LIMIT 1 OFFSET $3";
            tx.row(sql, &[(&mark).into(), since.into(), skip.into()])?
        }
        By::Source(source) => {
            let sql = "SELECT at FROM sign_in_code WHERE source = $1 AND at > $2 ORDER BY at DESC LIMIT 1 OFFSET $3";
            tx.row(sql, &[source.into(), since.into(), skip.into()])?
        }
        By::All => tx.row("SELECT at FROM sign_in_code WHERE at > $1 ORDER BY at DESC LIMIT 1 OFFSET $2", &[since.into(), skip.into()])?,
    };
    row.map(|row| row.int(0)).transpose()
}

/// Keeps a code that is about to be sent.
pub fn keep(tx: &mut dyn Tx, code: &Code) -> Result<(), Failure> {
    let phone = super::hide(tx.vault(), "code", &code.id, &code.id, code.phone.as_bytes());
    let mark = super::account::mark(tx.vault(), &code.phone);
    tx.run(
        "INSERT INTO sign_in_code (id, unit, phone, mark, browser, source, hash, tries, at, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            code.id.as_slice().into(),
            code.unit.into(),
            Value::Bytes(phone),
            (&mark).into(),
            code.browser.into(),
            code.source.into(),
            code.hash.into(),
            code.tries.into(),
            code.at.into(),
            code.until.into(),
        ],
    )?;
    Ok(())
}

/// The latest code that this browser asked for.
pub fn latest(tx: &mut dyn Tx, browser: Digest) -> Result<Option<Code>, Failure> {
    let sql =
        "SELECT id, unit, phone, browser, source, hash, tries, at, until FROM sign_in_code WHERE browser = $1 ORDER BY at DESC, id LIMIT 1";
    let Some(row) = tx.row(sql, &[browser.into()])? else { return Ok(None) };
    let id: Salt = row.bytes(0)?.try_into().map_err(|_| Failure::unreadable("a code's id of the wrong length"))?;
    let phone = super::open(tx.vault(), "code", &id, row.bytes(2)?)?;
    Ok(Some(Code {
        id,
        unit: crate::record::unit(&row, 1)?,
        phone: String::from_utf8(phone).map_err(Failure::unreadable)?,
        browser: digest(&row, 3)?,
        source: digest(&row, 4)?,
        hash: digest(&row, 5)?,
        tries: row.int(6)?,
        at: row.int(7)?,
        until: row.int(8)?,
    }))
}

/// Counts a try before it is compared; false when the code has run out of time or of `most` tries.
pub fn try_once(tx: &mut dyn Tx, id: &Salt, most: i64, now: i64) -> Result<bool, Failure> {
    let sql = "UPDATE sign_in_code SET tries = tries + 1 WHERE id = $1 AND tries < $2 AND until > $3";
    Ok(tx.run(sql, &[id.as_slice().into(), most.into(), now.into()])? == 1)
}

/// Uses a code up; false when it was used before.
pub fn spend(tx: &mut dyn Tx, id: &Salt) -> Result<bool, Failure> {
    Ok(tx.run("UPDATE sign_in_code SET until = 0 WHERE id = $1 AND until > 0", &[id.as_slice().into()])? == 1)
}

/// Removes codes asked for before `before`.
pub fn forget(tx: &mut dyn Tx, before: i64) -> Result<u64, Failure> {
    tx.run("DELETE FROM sign_in_code WHERE at < $1", &[before.into()])
}
