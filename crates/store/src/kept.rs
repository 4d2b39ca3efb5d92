//! 落表 Kept: a matter's row is what `evolve` makes of its facts, and nothing else. One row shape serves every kind.

use crate::{Failure, Recorded, Tx, Value, db, duty};
use law::{Entry, Matter, MatterId, Moment, Relied, UnitCode};

/// A matter that has a table.
pub trait Kept: Matter + 'static {
    /// The table's name.
    const TABLE: &'static str;
    /// What lists and searches ask for, besides `unit, id, seq, step, state`.
    fn columns(&self) -> Vec<(&'static str, Value)>;
    /// What else the law must look at.
    fn given(tx: &mut dyn Tx, before: Option<&Self>, act: &Self::Act, at: &Moment<'_>) -> Result<Self::Given, Failure>;
}

/// How far a matter has come.
#[derive(Clone, Debug)]
pub struct Step<M> {
    /// Its state; none before its first fact.
    pub state: Option<M>,
    /// The number its next fact takes.
    pub next: i64,
}

/// A row as it must be: what `save` writes and the audit expects.
pub fn row<M: Kept>(matter: &M, id: MatterId, seq: i64, step: i64) -> Vec<(&'static str, Value)> {
    let state = serde_json::to_string(matter).expect("a state is plain data");
    let mut row: Vec<(&'static str, Value)> = vec![("id", id.into()), ("seq", seq.into()), ("step", step.into()), ("state", state.into())];
    row.extend(matter.columns());
    row
}

/// Writes the matter's row and its duties. Nothing is written without a line in the record.
pub fn save<M: Kept>(tx: &mut dyn Tx, matter: &M, line: &Recorded) -> Result<(), Failure> {
    put(tx, matter, line.unit(), line.matter(), line.seq(), line.step())
}

/// Writes a row again from the record (`rebuild`).
pub(crate) fn put<M: Kept>(tx: &mut dyn Tx, matter: &M, unit: UnitCode, id: MatterId, seq: i64, step: i64) -> Result<(), Failure> {
    let row = row(matter, id, seq, step);
    let sql = db::text(M::TABLE, 1, || {
        let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
        let updates: Vec<String> = names.iter().filter(|name| **name != "id").map(|name| format!("{name} = excluded.{name}")).collect();
        let (names, places, updates) = (names.join(", "), db::places(1, row.len() + 1), updates.join(", "));
        format!("INSERT INTO {} (unit, {names}) VALUES {places} ON CONFLICT (unit, id) DO UPDATE SET {updates}", M::TABLE)
    });
    let args: Vec<Value> = std::iter::once(unit.into()).chain(row.into_iter().map(|(_, value)| value)).collect();
    tx.run(&sql, &args)?;
    duty::save(tx, unit, M::KIND, id, &matter.duties())
}

/// The matter as its own entries tell it; beyond [`law::limit::FOLD`] steps, as its row says, if the row is up to date.
pub fn recall<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, id: MatterId) -> Result<Step<M>, Failure> {
    let sql = "SELECT body FROM entry WHERE unit = $1 AND matter = $2 AND kind = $3 ORDER BY step LIMIT $4";
    let rows = tx.rows(sql, &[unit.into(), id.into(), M::KIND.into(), (law::limit::FOLD + 1).into()])?;
    let steps = i64::try_from(rows.len()).expect("few rows");
    if steps > law::limit::FOLD {
        return recall_long(tx, unit, id);
    }
    let mut state = None;
    for row in &rows {
        state = Some(M::evolve(state, read::<M>(row.bytes(0)?)?.fact, id));
    }
    Ok(Step { state, next: steps })
}

fn recall_long<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, id: MatterId) -> Result<Step<M>, Failure> {
    let last = tx.row("SELECT step FROM entry WHERE unit = $1 AND matter = $2 ORDER BY step DESC LIMIT 1", &[unit.into(), id.into()])?;
    let last = last.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    let sql = format!("SELECT step, state FROM {} WHERE unit = $1 AND id = $2", M::TABLE);
    let row = tx.row(&sql, &[unit.into(), id.into()])?.ok_or_else(|| Failure::unreadable("a matter without its row"))?;
    match row.int(0)? == last {
        true => Ok(Step { state: Some(parse(row.text(1)?)?), next: last + 1 }),
        false => Err(Failure::unreadable("a matter's row is behind its record; rebuild")),
    }
}

/// The matter as its record tells it now, for a decision that rests on it: the step it was read at is noted.
pub fn relied<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, id: MatterId, relies: &mut Vec<Relied>) -> Result<Option<M>, Failure> {
    let step = recall::<M>(tx, unit, id)?;
    if step.state.is_some() {
        relies.push(Relied { unit, matter: id, step: (step.next - 1).cast_unsigned() });
    }
    Ok(step.state)
}

/// The matter's row.
pub fn get<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, id: MatterId) -> Result<Option<M>, Failure> {
    let sql = format!("SELECT state FROM {} WHERE unit = $1 AND id = $2", M::TABLE);
    tx.row(&sql, &[unit.into(), id.into()])?.map(|row| parse(row.text(0)?)).transpose()
}

/// Rows that a condition picks; `$1` is the unit, further arguments follow.
pub fn pick<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, rest: &str, args: &[Value]) -> Result<Vec<M>, Failure> {
    let sql = format!("SELECT state FROM {} WHERE unit = $1 {rest}", M::TABLE);
    let args: Vec<Value> = std::iter::once(unit.into()).chain(args.iter().cloned()).collect();
    tx.rows(&sql, &args)?.iter().map(|row| parse(row.text(0)?)).collect()
}

/// An entry read back.
pub fn read<M: Matter>(body: &[u8]) -> Result<Entry<M::Fact>, Failure> {
    serde_json::from_slice(body).map_err(|error| Failure::unreadable(format_args!("an entry of {}: {error}", M::KIND)))
}

/// A state read back.
pub fn parse<M: Matter>(state: &str) -> Result<M, Failure> {
    serde_json::from_str(state).map_err(|error| Failure::unreadable(format_args!("a row of {}: {error}", M::KIND)))
}

/// A difference between what the record says and what the table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Kind of matter.
    pub kind: &'static str,
    /// The matter.
    pub id: MatterId,
    /// The columns that differ; empty when the row is missing or one too many.
    pub columns: Vec<String>,
}

/// Compares the rows of one kind with what the record makes of them: `folded` holds (matter, seq, step) for every one.
pub fn compare<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, folded: &[(M, MatterId, i64, i64)]) -> Result<Vec<Difference>, Failure> {
    let mut found = Vec::new();
    let count = tx.row(&format!("SELECT COUNT(*) FROM {} WHERE unit = $1", M::TABLE), &[unit.into()])?;
    let count = count.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    for (matter, id, seq, step) in folded {
        found.extend(difference(tx, unit, matter, *id, *seq, *step)?);
    }
    if count > i64::try_from(folded.len()).expect("few rows") {
        found.push(Difference { kind: M::KIND, id: MatterId::named("surplus rows"), columns: Vec::new() });
    }
    Ok(found)
}

/// Whether the row of one matter, with its duties, is what the record makes of it.
pub fn same<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, matter: &M, id: MatterId, seq: i64, step: i64) -> Result<bool, Failure> {
    Ok(difference(tx, unit, matter, id, seq, step)?.is_none())
}

fn difference<M: Kept>(
    tx: &mut dyn Tx,
    unit: UnitCode,
    matter: &M,
    id: MatterId,
    seq: i64,
    step: i64,
) -> Result<Option<Difference>, Failure> {
    let want = row(matter, id, seq, step);
    let names: Vec<&str> = want.iter().map(|(name, _)| *name).collect();
    let sql = format!("SELECT {} FROM {} WHERE unit = $1 AND id = $2", names.join(", "), M::TABLE);
    let Some(have) = tx.row(&sql, &[unit.into(), id.into()])? else {
        return Ok(Some(Difference { kind: M::KIND, id, columns: Vec::new() }));
    };
    let differ = want.iter().zip(&have.0).filter(|((_, want), have)| want != *have);
    let mut columns: Vec<String> = differ.map(|((name, _), _)| (*name).to_owned()).collect();
    if duty::differ(tx, unit, id, &matter.duties())? {
        columns.push("duty".to_owned());
    }
    Ok((!columns.is_empty()).then_some(Difference { kind: M::KIND, id, columns }))
}

/// Throws the rows of one kind away and writes them again from the record.
pub fn rewrite<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, folded: &[(M, MatterId, i64, i64)]) -> Result<(), Failure> {
    tx.run(&format!("DELETE FROM {} WHERE unit = $1", M::TABLE), &[unit.into()])?;
    tx.run("DELETE FROM duty WHERE unit = $1 AND kind = $2", &[unit.into(), M::KIND.into()])?;
    folded.iter().try_for_each(|(matter, id, seq, step)| put(tx, matter, unit, *id, *seq, *step))
}
