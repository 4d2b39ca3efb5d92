//! 请求键 Idempotency: the same actor's same key with the same act gets the same answer, for 30 days.

use crate::{Failure, Recorded, Tx};
use law::{Digest, MatterId, UnitCode};

/// What was answered to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Digest of the act.
    pub digest: Digest,
    /// Record number of its line.
    pub seq: i64,
    /// The matter.
    pub matter: MatterId,
}

/// What this actor's key was answered with before.
pub fn seen(tx: &mut dyn Tx, unit: UnitCode, actor: &str, key: &str) -> Result<Option<Answered>, Failure> {
    let sql = "SELECT digest, seq, matter FROM request_key WHERE unit = $1 AND actor = $2 AND key = $3";
    let row = tx.row(sql, &[unit.into(), actor.into(), key.into()])?;
    row.map(|row| {
        let digest = row.bytes(0)?.try_into().map_err(|_| Failure::unreadable("a digest of the wrong length"))?;
        Ok(Answered { digest: Digest(digest), seq: row.int(1)?, matter: row.id(2)? })
    })
    .transpose()
}

/// Remembers the answer.
pub fn remember(tx: &mut dyn Tx, unit: UnitCode, actor: &str, key: &str, digest: Digest, line: &Recorded, at: i64) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO request_key (unit, actor, key, digest, seq, matter, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[unit.into(), actor.into(), key.into(), digest.into(), line.seq().into(), line.matter().into(), at.into()],
    )?;
    Ok(())
}

/// Forgets answers older than `before` (microseconds since 1970).
pub fn forget(tx: &mut dyn Tx, unit: UnitCode, before: i64) -> Result<u64, Failure> {
    tx.run("DELETE FROM request_key WHERE unit = $1 AND at < $2", &[unit.into(), before.into()])
}
