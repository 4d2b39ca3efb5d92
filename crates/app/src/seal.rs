//! 封存 Sealing: refold what was touched, compare, sign the checkpoint, collect cosignatures. On a mismatch the unit's
//! sealing stops, acts go on as 未封存, and an incident is put on record.

use crate::signing::Ring;
use crate::{Asked, Failure, House, audit};
use law::lead::mechanism;
use law::{Actor, AnyAct, UnitCode, Who};
use record::{Checkpoint, Note, Receipt, note, tree};
use store::record::{Sealed, Tiles};
use store::{Tx, record as rows};

/// What sealing a unit came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A checkpoint of this size was signed.
    Signed(u64),
    /// Nothing new to sign.
    Idle,
    /// Sealing stands still; rows differ from the record, or did before.
    Halted,
}

/// Units with lines that no checkpoint covers, whoever wrote them: this process, another, or one whose power was cut.
pub fn waiting(house: &House) -> Result<Vec<UnitCode>, Failure> {
    house.read(rows::unsealed)
}

/// What sealing came to, unit by unit.
pub type Sealings = Vec<(UnitCode, Result<Outcome, Failure>)>;

/// Seals every unit that has new lines.
pub fn all(house: &House) -> Result<Sealings, Failure> {
    Ok(waiting(house)?.into_iter().map(|unit| (unit, seal(house, unit))).collect())
}

/// Seals one unit.
pub fn seal(house: &House, unit: UnitCode) -> Result<Outcome, Failure> {
    let seen = house.read(|tx| see(house, tx, unit))?;
    let Some(seen) = seen else { return Ok(Outcome::Idle) };
    if seen.halted {
        return Ok(Outcome::Halted);
    }
    if !seen.differ.is_empty() {
        return halt(house, unit, &seen.differ);
    }
    let signers = seen.ring.signers(crate::read::today(house), seen.sealed)?;
    let checkpoint = Checkpoint { origin: house.origin(unit, seen.epoch), size: seen.size, root: seen.root, extensions: Vec::new() };
    let signed = note::sign(&checkpoint.to_text(), &signers.iter().collect::<Vec<_>>()).map_err(Failure::unreadable)?;
    let (size, at) = (seen.size, house.clock.now().as_microsecond());
    house.beside(move |tx| rows::keep_checkpoint(tx, unit, seen.epoch, size.cast_signed(), &signed.to_text(), at))?;
    Ok(Outcome::Signed(size))
}

struct Seen {
    epoch: i64,
    size: u64,
    sealed: u64,
    root: record::Hash,
    ring: Ring,
    halted: bool,
    differ: Vec<String>,
}

/// What is new since the last seal, on one view; none if nothing is.
fn see(house: &House, tx: &mut dyn Tx, unit: UnitCode) -> Result<Option<Seen>, Failure> {
    let Some(head) = rows::head(tx, unit)? else { return Ok(None) };
    let sealed = rows::latest_checkpoint(tx, unit)?.filter(|sealed| sealed.epoch == head.epoch).map_or(0, |sealed| sealed.size);
    let size = head.frontier.size();
    if size == sealed.cast_unsigned() {
        return Ok(None);
    }
    let mut differ: Vec<String> = audit::touched(tx, unit, sealed)?.into_iter().map(|(kind, id)| format!("{kind} {id}")).collect();
    let root = tree::root(&mut Tiles { tx, unit }, size)?;
    if root != head.frontier.root() {
        differ.push("root".to_owned());
    }
    let ring = Ring::of(house, tx, unit, head.epoch)?;
    Ok(Some(Seen { epoch: head.epoch, size, sealed: sealed.cast_unsigned(), root, ring, halted: head.halted, differ }))
}

/// Sealing stops and says so in the record itself.
fn halt(house: &House, unit: UnitCode, differ: &[String]) -> Result<Outcome, Failure> {
    tracing::error!(%unit, found = ?differ, "tables differ from the record; sealing stops until rebuild");
    let found = differ.iter().take(20).cloned().collect::<Vec<_>>().join("; ");
    house.act(unit, move |hand| {
        hand.pen.halt(true);
        let act = AnyAct::Mechanism(mechanism::Act::Incident { found });
        crate::enact::enact(hand, Asked::new(act, Actor::new(Who::Clock)))
    })?;
    Ok(Outcome::Halted)
}

/// Sealing stops because an audit of the whole unit found something.
pub fn halt_for(house: &House, unit: UnitCode, findings: &audit::Findings) -> Result<Outcome, Failure> {
    let lines = findings.lines_changed.iter().map(|(seq, fault)| format!("line {seq} {fault:?}"));
    let rows = findings.rows.iter().map(|row| format!("{} {}", row.kind, row.id));
    let texts = findings.texts.iter().map(|(seq, fault)| format!("text of {seq} {fault:?}"));
    let seals = findings.seals.iter().map(|(epoch, size)| format!("checkpoint {epoch}/{size}"));
    let found: Vec<String> = lines.chain(rows).chain(texts).chain(seals).chain(findings.head.map(|_| "root".to_owned())).collect();
    let halted = house.read(|tx| Ok(rows::head(tx, unit)?.is_some_and(|head| head.halted)))?;
    if halted { Ok(Outcome::Halted) } else { halt(house, unit, &found) }
}

/// The latest signed checkpoint of a unit as a note.
pub fn latest(tx: &mut dyn Tx, unit: UnitCode) -> Result<Option<(Sealed, Note)>, Failure> {
    let Some(sealed) = rows::latest_checkpoint(tx, unit)? else { return Ok(None) };
    let note = Note::parse(sealed.note.as_bytes()).map_err(Failure::unreadable)?;
    Ok(Some((sealed, note)))
}

/// The receipt of one line (C2SP tlog-proof), with the line itself as its extra data: none while it waits to be sealed
/// (已收录，待封存).
pub fn receipt(tx: &mut dyn Tx, unit: UnitCode, seq: i64) -> Result<Option<Receipt>, Failure> {
    let Some((sealed, checkpoint)) = latest(tx, unit)? else { return Ok(None) };
    if seq >= sealed.size {
        return Ok(None);
    }
    let (index, size) = (seq.cast_unsigned(), sealed.size.cast_unsigned());
    let proof = tree::inclusion(&mut Tiles { tx, unit }, index, size)?;
    let extra = rows::lines(tx, unit, seq, 1)?.pop().unwrap_or_default();
    Ok(Some(Receipt { extra, index, proof, checkpoint }))
}
