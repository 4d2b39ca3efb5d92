//! 经办稿 Drafts: acts that staff prepared and an office-holder has yet to confirm in one tap. Off the record, encrypted.

use crate::{Failure, Row, Tx, Value};
use law::{MatterId, UnitCode};

/// A prepared act.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its id.
    pub id: MatterId,
    /// The matter it concerns, if that exists already.
    pub matter: Option<MatterId>,
    /// Kind of matter.
    pub kind: String,
    /// The act as JSON.
    pub act: String,
    /// The post of who prepared it.
    pub prepared_by: MatterId,
    /// Who prepared it.
    pub person: MatterId,
    /// When, microseconds since 1970.
    pub at: i64,
}

fn context(unit: UnitCode, id: MatterId) -> Vec<u8> {
    format!("draft/{unit}/{id}").into_bytes()
}

/// Keeps a prepared act.
pub fn keep(tx: &mut dyn Tx, unit: UnitCode, draft: &Draft) -> Result<(), Failure> {
    let hidden = tx.vault().hide(&context(unit, draft.id), draft.act.as_bytes());
    tx.run(
        "INSERT INTO draft (unit, id, matter, kind, act, prepared_by, person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            unit.into(),
            draft.id.into(),
            draft.matter.into(),
            draft.kind.as_str().into(),
            Value::Bytes(hidden),
            draft.prepared_by.into(),
            draft.person.into(),
            draft.at.into(),
        ],
    )?;
    Ok(())
}

const DRAFT: &str = "SELECT id, matter, kind, act, prepared_by, person, at FROM draft";

fn draft(tx: &mut dyn Tx, unit: UnitCode, row: &Row) -> Result<Draft, Failure> {
    let id = row.id(0)?;
    let act = tx.vault().open(&context(unit, id), row.bytes(3)?)?;
    Ok(Draft {
        id,
        matter: row.maybe_int(1)?.and_then(MatterId::from_i64),
        kind: row.text(2)?.to_owned(),
        act: String::from_utf8(act).map_err(Failure::unreadable)?,
        prepared_by: row.id(4)?,
        person: row.id(5)?,
        at: row.int(6)?,
    })
}

/// All that waits in a unit, oldest first.
pub fn all(tx: &mut dyn Tx, unit: UnitCode) -> Result<Vec<Draft>, Failure> {
    let rows = tx.rows(&format!("{DRAFT} WHERE unit = $1 ORDER BY at, id LIMIT 500"), &[unit.into()])?;
    rows.iter().map(|row| draft(tx, unit, row)).collect()
}

/// One prepared act.
pub fn get(tx: &mut dyn Tx, unit: UnitCode, id: MatterId) -> Result<Option<Draft>, Failure> {
    let row = tx.row(&format!("{DRAFT} WHERE unit = $1 AND id = $2"), &[unit.into(), id.into()])?;
    row.map(|row| draft(tx, unit, &row)).transpose()
}

/// Drops it: confirmed or sent back.
pub fn drop(tx: &mut dyn Tx, unit: UnitCode, id: MatterId) -> Result<(), Failure> {
    tx.run("DELETE FROM draft WHERE unit = $1 AND id = $2", &[unit.into(), id.into()]).map(|_| ())
}
