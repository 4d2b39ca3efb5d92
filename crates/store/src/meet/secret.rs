//! 无记名票 Secret papers off the record until their ballot is counted, and marks of who has given one; nothing joins the two.

use crate::{Failure, Tx, Value, kept};
use law::meet::ballot::{Ballot, Slip};
use law::{MatterId, UnitCode};

fn context(unit: UnitCode, ballot: MatterId, hash: &[u8]) -> Vec<u8> {
    [format!("slip/{unit}/{ballot}/").as_bytes(), hash].concat()
}

/// A mark that tells nothing without the house's key, and nothing about the same person in another ballot.
fn mark(tx: &dyn Tx, ballot: MatterId, voter: MatterId) -> Value {
    Value::Bytes(tx.vault().mark(&format!("secret/{ballot}"), &voter.to_string()).to_vec())
}

/// Whether somebody has given his papers.
pub fn has_voted(tx: &mut dyn Tx, unit: UnitCode, ballot: MatterId, voter: MatterId) -> Result<bool, Failure> {
    let mark = mark(tx, ballot, voter);
    let sql = "SELECT ballot FROM secret_voter WHERE unit = $1 AND ballot = $2 AND mark = $3";
    Ok(tx.row(sql, &[unit.into(), ballot.into(), mark])?.is_some())
}

/// How many have given their papers.
pub fn given(tx: &mut dyn Tx, unit: UnitCode, ballot: MatterId) -> Result<u32, Failure> {
    let row = tx.row("SELECT COUNT(*) FROM secret_voter WHERE unit = $1 AND ballot = $2", &[unit.into(), ballot.into()])?;
    row.map_or(Ok(0), |row| Ok(u32::try_from(row.int(0)?).unwrap_or(u32::MAX)))
}

/// Keeps the papers of a voter, and that he has given them.
pub fn keep(tx: &mut dyn Tx, unit: UnitCode, ballot: MatterId, voter: MatterId, slips: &[Slip]) -> Result<(), Failure> {
    let mark = mark(tx, ballot, voter);
    tx.run("INSERT INTO secret_voter (unit, ballot, mark) VALUES ($1, $2, $3)", &[unit.into(), ballot.into(), mark])?;
    for slip in slips {
        let hash = slip.hash(ballot).0;
        let text = serde_json::to_vec(slip).expect("a paper is plain data");
        let hidden = tx.vault().hide(&context(unit, ballot, &hash), &text);
        let sql = "INSERT INTO secret_slip (unit, ballot, hash, slip) VALUES ($1, $2, $3, $4)";
        tx.run(sql, &[unit.into(), ballot.into(), (&hash).into(), Value::Bytes(hidden)])?;
    }
    Ok(())
}

/// All papers of a ballot, in the order of their hashes.
pub fn slips(tx: &mut dyn Tx, unit: UnitCode, ballot: MatterId) -> Result<Vec<Slip>, Failure> {
    let sql = "SELECT hash, slip FROM secret_slip WHERE unit = $1 AND ballot = $2 ORDER BY hash";
    let rows = tx.rows(sql, &[unit.into(), ballot.into()])?;
    rows.iter()
        .map(|row| {
            let text = tx.vault().open(&context(unit, ballot, row.bytes(0)?), row.bytes(1)?)?;
            serde_json::from_slice(&text).map_err(Failure::unreadable)
        })
        .collect()
}

/// Throws away what a counted ballot leaves behind: its papers are on record now, and who gave them is nobody's business.
pub fn forget(tx: &mut dyn Tx, unit: UnitCode) -> Result<(), Failure> {
    for row in tx.rows("SELECT DISTINCT ballot FROM secret_voter WHERE unit = $1", &[unit.into()])? {
        let ballot = row.id(0)?;
        if kept::get::<Ballot>(tx, unit, ballot)?.is_some_and(|ballot| ballot.counted.is_none()) {
            continue;
        }
        tx.run("DELETE FROM secret_slip WHERE unit = $1 AND ballot = $2", &[unit.into(), ballot.into()])?;
        tx.run("DELETE FROM secret_voter WHERE unit = $1 AND ballot = $2", &[unit.into(), ballot.into()])?;
    }
    Ok(())
}
