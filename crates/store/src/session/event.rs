//! 安全事件 Security events: what happened at the door, kept at least six months; 网络安全法 第23条（三）, GB/T 22239-2019 安全审计.

use crate::{Failure, Row, Tx};
use law::MatterId;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: MatterId,
    /// When, microseconds since 1970.
    pub at: i64,
    /// The stable word for what happened.
    pub what: String,
    /// The account it concerns.
    pub account: Option<MatterId>,
    /// The administrator who did it.
    pub done_by: Option<MatterId>,
    /// The shortened address it came from.
    pub source: Option<String>,
}

fn event(row: &Row) -> Result<Event, Failure> {
    let id = |i| row.maybe_int(i).map(|id| id.and_then(MatterId::from_i64));
    Ok(Event {
        id: row.id(0)?,
        at: row.int(1)?,
        what: row.text(2)?.to_owned(),
        account: id(3)?,
        done_by: id(4)?,
        source: row.maybe_text(5)?.map(str::to_owned),
    })
}

/// Writes an event down.
pub fn note(tx: &mut dyn Tx, event: &Event) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO security_event (id, at, what, account, done_by, source) VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            event.id.into(),
            event.at.into(),
            event.what.as_str().into(),
            event.account.into(),
            event.done_by.into(),
            event.source.as_deref().into(),
        ],
    )?;
    Ok(())
}

/// A page of events before (`at`, `id`), the latest first.
pub fn page(tx: &mut dyn Tx, at: i64, id: i64, most: i64) -> Result<Vec<Event>, Failure> {
    let sql = "SELECT id, at, what, account, done_by, source FROM security_event WHERE at < $1 OR (at = $1 AND id < $2) ORDER BY at DESC, id DESC LIMIT $3";
    tx.rows(sql, &[at.into(), id.into(), most.into()])?.iter().map(event).collect()
}

/// Removes events from before `before`.
pub fn forget(tx: &mut dyn Tx, before: i64) -> Result<u64, Failure> {
    tx.run("DELETE FROM security_event WHERE at < $1", &[before.into()])
}
