//! 锁定 Locks: wrong tries by digest of a login name, known or not, or of an address.

use crate::{Failure, Tx};
use law::Digest;

/// How a lock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Wrong tries so far.
    pub wrong: i64,
    /// Until when nothing is tried, microseconds since 1970; 0 while open.
    pub until: i64,
    /// The last try.
    pub at: i64,
}

/// Counts one try and says how the lock stands; while it is locked nothing is counted. One statement takes the row, so that
/// tries at the same time are counted one by one.
pub fn count(tx: &mut dyn Tx, id: Digest, now: i64) -> Result<Lock, Failure> {
    tx.run("INSERT INTO sign_in_lock (id, wrong, until, at) VALUES ($1, 0, 0, $2) ON CONFLICT (id) DO NOTHING", &[id.into(), now.into()])?;
    tx.run("UPDATE sign_in_lock SET wrong = wrong + 1 WHERE id = $1 AND until <= $2", &[id.into(), now.into()])?;
    get(tx, id)?.ok_or_else(|| Failure::unreadable("a lock that was just written"))
}

/// How a lock stands.
pub fn get(tx: &mut dyn Tx, id: Digest) -> Result<Option<Lock>, Failure> {
    let row = tx.row("SELECT wrong, until, at FROM sign_in_lock WHERE id = $1", &[id.into()])?;
    row.map(|row| Ok(Lock { wrong: row.int(0)?, until: row.int(1)?, at: row.int(2)? })).transpose()
}

/// Sets a lock.
pub fn set(tx: &mut dyn Tx, id: Digest, lock: Lock) -> Result<(), Failure> {
    let sql = "UPDATE sign_in_lock SET wrong = $2, until = $3, at = $4 WHERE id = $1";
    tx.run(sql, &[id.into(), lock.wrong.into(), lock.until.into(), lock.at.into()]).map(drop)
}

/// Takes back a try that was right.
pub fn give_back(tx: &mut dyn Tx, id: Digest) -> Result<(), Failure> {
    tx.run("UPDATE sign_in_lock SET wrong = wrong - 1, until = 0 WHERE id = $1 AND wrong > 0", &[id.into()]).map(drop)
}

/// Opens a lock; whether there was one.
pub fn clear(tx: &mut dyn Tx, id: Digest) -> Result<bool, Failure> {
    Ok(tx.run("DELETE FROM sign_in_lock WHERE id = $1", &[id.into()])? == 1)
}

/// Removes what nobody tried since `before`.
pub fn forget(tx: &mut dyn Tx, before: i64) -> Result<u64, Failure> {
    tx.run("DELETE FROM sign_in_lock WHERE at < $1 AND until < $1", &[before.into()])
}
