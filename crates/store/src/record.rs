//! 记录 The record of a unit: a head, entries, and one hash per full tile. `append` is the only maker of [`Recorded`].

use crate::{Failure, Row, Tx, Value};
use jiff::Timestamp;
use law::{Audience, Digest, MatterId, UnitCode};
use record::line::{Body, Line};
use record::{Frontier, Hash, leaf};
use std::collections::BTreeMap;

/// The right edge of a unit's log.
#[derive(Clone, Debug)]
pub struct Head {
    /// Raised when the record was restored from a backup.
    pub epoch: i64,
    /// Entries so far and the peaks of the tree.
    pub frontier: Frontier,
    /// The instant of the last line, microseconds since 1970.
    pub last_at: i64,
    /// Whether sealing stands still because an audit failed (未封存).
    pub halted: bool,
}

/// Proof that a line is in the record. Only [`Pen::append`] makes one, and `save` demands one.
#[derive(Clone, Debug)]
pub struct Recorded {
    unit: UnitCode,
    seq: i64,
    matter: MatterId,
    step: i64,
    leaf: Hash,
}

impl Recorded {
    /// The unit.
    pub fn unit(&self) -> UnitCode {
        self.unit
    }
    /// The record number (记录号).
    pub fn seq(&self) -> i64 {
        self.seq
    }
    /// The matter.
    pub fn matter(&self) -> MatterId {
        self.matter
    }
    /// The step within the matter.
    pub fn step(&self) -> i64 {
        self.step
    }
    /// The leaf hash of the line.
    pub fn leaf(&self) -> Hash {
        self.leaf
    }
}

/// What is to be appended.
pub struct Draft<'a> {
    /// Kind of matter.
    pub kind: &'static str,
    /// The matter.
    pub matter: MatterId,
    /// Its step.
    pub step: i64,
    /// The instant.
    pub at: Timestamp,
    /// Who may read the fact.
    pub audience: Audience,
    /// The entry's bytes.
    pub body: &'a [u8],
    /// Their digest.
    pub digest: Digest,
}

/// The hand that writes one unit's record within a transaction.
pub struct Pen<'a> {
    /// The transaction.
    pub tx: &'a mut dyn Tx,
    unit: UnitCode,
    head: Head,
    written: u64,
    broken: Option<Failure>,
}

impl<'a> Pen<'a> {
    /// Holds the unit and reads its head, opening an empty record at first.
    pub fn hold(tx: &'a mut dyn Tx, unit: UnitCode) -> Result<Self, Failure> {
        tx.run(
            "INSERT INTO head (unit, epoch, size, frontier, last_at, halted) VALUES ($1, 0, 0, $2, 0, 0) ON CONFLICT (unit) DO NOTHING",
            &[unit.into(), Value::Bytes(Vec::new())],
        )?;
        tx.hold(unit)?;
        let head = head(tx, unit)?.ok_or_else(|| Failure::unreadable("a head that was just written"))?;
        Ok(Self { tx, unit, head, written: 0, broken: None })
    }

    /// The unit.
    pub fn unit(&self) -> UnitCode {
        self.unit
    }

    /// The head as it stands within this transaction.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Runs `work` so that all of it happens or none of it, also when it panics. Where even that cannot be undone the database
    /// has given the whole transaction up, as SQLite does on a full disk: then nothing more is done with this pen.
    pub fn within<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, Failure>) -> Result<T, Failure> {
        if let Some(failure) = &self.broken {
            return Err(failure.clone());
        }
        let before = (self.head.clone(), self.written);
        self.savepoint("SAVEPOINT act")?;
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(self)));
        let outcome = outcome.unwrap_or_else(|panic| Err(Failure::panicked(&*panic)));
        if let Err(failure) = &outcome {
            (self.head, self.written) = before;
            if let Err(not_undone) = self.tx.run("ROLLBACK TO SAVEPOINT act", &[]) {
                // What broke first says most, a full disk above all; but the law's no to one is no answer to the whole group.
                self.broken = Some(if matches!(failure, Failure::Refused(_)) { not_undone } else { failure.clone() });
                return outcome;
            }
        }
        self.savepoint("RELEASE SAVEPOINT act")?;
        outcome
    }

    /// Where going back to is not certain any more, head and tables may differ: nothing of this transaction may stay.
    fn savepoint(&mut self, sql: &str) -> Result<(), Failure> {
        let outcome = self.tx.run(sql, &[]).map(drop);
        if let Err(failure) = &outcome {
            self.broken = Some(failure.clone());
        }
        outcome
    }

    /// Writes one line. Time never runs backwards in a record.
    pub fn append(&mut self, draft: &Draft<'_>) -> Result<Recorded, Failure> {
        let at = draft.at.as_microsecond();
        if at < self.head.last_at {
            return Err(Failure::ClockBehind { last: self.head.last_at, now: at });
        }
        let seq = self.head.frontier.size();
        let line = public_line(self.unit, seq, draft).to_bytes();
        let leaf = leaf(&line);
        let seq = i64::try_from(seq).expect("records stay below 2^63 lines");
        self.write(&Stored {
            seq,
            kind: draft.kind.to_owned(),
            matter: draft.matter,
            step: draft.step,
            at,
            audience: draft.audience.word().to_owned(),
            line,
            body: draft.body.to_vec(),
        })?;
        Ok(Recorded { unit: self.unit, seq, matter: draft.matter, step: draft.step, leaf })
    }

    /// Takes over a line with its content as it stands in a bundle of this very record. Only an import does that: it
    /// makes no [`Recorded`], so no row can be saved on it; rows are rebuilt from the record afterwards.
    pub fn take_over(&mut self, stored: &Stored) -> Result<(), Failure> {
        if stored.seq.cast_unsigned() != self.head.frontier.size() || stored.at < self.head.last_at {
            return Err(Failure::unreadable(format_args!("№{} is out of order", stored.seq)));
        }
        self.write(stored)
    }

    /// Writes an entry at the end and what it completes of the tree.
    fn write(&mut self, entry: &Stored) -> Result<(), Failure> {
        self.tx.run(
            "INSERT INTO entry (unit, seq, kind, matter, step, at, audience, line, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            &[
                self.unit.into(),
                entry.seq.into(),
                entry.kind.as_str().into(),
                entry.matter.into(),
                entry.step.into(),
                entry.at.into(),
                entry.audience.as_str().into(),
                entry.line.as_slice().into(),
                entry.body.as_slice().into(),
            ],
        )?;
        for full in self.head.frontier.push(leaf(&entry.line)) {
            self.tx.run(
                "INSERT INTO node (unit, level, at, hash) VALUES ($1, $2, $3, $4)",
                &[self.unit.into(), i64::from(full.level).into(), full.index.into(), (&full.hash).into()],
            )?;
        }
        self.head.last_at = entry.at;
        self.written += 1;
        Ok(())
    }

    /// Stops or resumes sealing.
    pub fn halt(&mut self, halted: bool) {
        self.head.halted = halted;
        self.written += 1;
    }

    /// Goes on under the next epoch (the record was restored from a backup).
    pub fn next_epoch(&mut self) {
        self.head.epoch += 1;
        self.written += 1;
    }

    /// Writes the head back, once for all lines of the transaction.
    ///
    /// # Errors
    /// What broke the transaction, if it must not be committed.
    pub fn close(self) -> Result<(), Failure> {
        if let Some(failure) = self.broken {
            return Err(failure);
        }
        if self.written == 0 {
            return Ok(());
        }
        self.tx.run(
            "UPDATE head SET epoch = $2, size = $3, frontier = $4, last_at = $5, halted = $6 WHERE unit = $1",
            &[
                self.unit.into(),
                self.head.epoch.into(),
                self.head.frontier.size().into(),
                Value::Bytes(self.head.frontier.to_bytes()),
                self.head.last_at.into(),
                self.head.halted.into(),
            ],
        )?;
        Ok(())
    }
}

fn public_line(unit: UnitCode, seq: u64, draft: &Draft<'_>) -> Line {
    let digest = draft.digest.0;
    let body = match draft.audience {
        Audience::Sealed => Body::Sealed { digest },
        audience => Body::Open {
            kind: draft.kind.to_owned(),
            matter: draft.matter.to_string(),
            step: draft.step.cast_unsigned(),
            day: law::moment::civil_day(draft.at).to_string(),
            audience: audience.word().to_owned(),
            digest,
        },
    };
    Line { unit: unit.number(), seq, body }
}

/// The head of a unit; none while its record is empty.
pub fn head(tx: &mut dyn Tx, unit: UnitCode) -> Result<Option<Head>, Failure> {
    let row = tx.row("SELECT epoch, size, frontier, last_at, halted FROM head WHERE unit = $1", &[unit.into()])?;
    let Some(row) = row else { return Ok(None) };
    let frontier =
        Frontier::from_bytes(row.int(1)?.cast_unsigned(), row.bytes(2)?).map_err(|e| Failure::unreadable(format_args!("{e:?}")))?;
    Ok(Some(Head { epoch: row.int(0)?, frontier, last_at: row.int(3)?, halted: row.int(4)? != 0 }))
}

/// Every unit that has a record, with its size and epoch.
pub fn sizes(tx: &mut dyn Tx) -> Result<Vec<(UnitCode, i64, i64)>, Failure> {
    let rows = tx.rows("SELECT unit, size, epoch FROM head ORDER BY unit", &[])?;
    rows.iter().map(|row| Ok((unit(row, 0)?, row.int(1)?, row.int(2)?))).collect()
}

/// Units whose newest line no signed checkpoint covers, but for those whose sealing stands still.
pub fn unsealed(tx: &mut dyn Tx) -> Result<Vec<UnitCode>, Failure> {
    let sql = "SELECT h.unit FROM head h LEFT JOIN checkpoint c ON c.unit = h.unit AND c.epoch = h.epoch AND c.size = h.size
               WHERE h.size > 0 AND h.halted = 0 AND c.unit IS NULL ORDER BY h.unit";
    tx.rows(sql, &[])?.iter().map(|row| unit(row, 0)).collect()
}

/// The unit code in a column.
pub fn unit(row: &Row, i: usize) -> Result<UnitCode, Failure> {
    UnitCode::from_number(row.int(i)?.cast_unsigned()).ok_or_else(|| Failure::unreadable("no unit code"))
}

/// One stored entry.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Record number.
    pub seq: i64,
    /// Kind of matter.
    pub kind: String,
    /// The matter.
    pub matter: MatterId,
    /// Its step.
    pub step: i64,
    /// The instant, microseconds since 1970.
    pub at: i64,
    /// The audience's word.
    pub audience: String,
    /// The public line.
    pub line: Vec<u8>,
    /// The entry's bytes.
    pub body: Vec<u8>,
}

const ENTRY: &str = "SELECT seq, kind, matter, step, at, audience, line, body FROM entry";

fn stored(mut row: Row) -> Result<Stored, Failure> {
    Ok(Stored {
        seq: row.int(0)?,
        kind: row.take_text(1)?,
        matter: row.id(2)?,
        step: row.int(3)?,
        at: row.int(4)?,
        audience: row.take_text(5)?,
        line: row.take_bytes(6)?,
        body: row.take_bytes(7)?,
    })
}

/// Entries from `from` on, at most `most`.
pub fn entries(tx: &mut dyn Tx, unit: UnitCode, from: i64, most: i64) -> Result<Vec<Stored>, Failure> {
    let sql = format!("{ENTRY} WHERE unit = $1 AND seq >= $2 ORDER BY seq LIMIT $3");
    tx.rows(&sql, &[unit.into(), from.into(), most.into()])?.into_iter().map(stored).collect()
}

/// All entries of one matter, in order.
pub fn of_matter(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId) -> Result<Vec<Stored>, Failure> {
    let sql = format!("{ENTRY} WHERE unit = $1 AND matter = $2 ORDER BY step");
    tx.rows(&sql, &[unit.into(), matter.into()])?.into_iter().map(stored).collect()
}

/// The newest entries, newest first.
pub fn newest(tx: &mut dyn Tx, unit: UnitCode, most: i64) -> Result<Vec<Stored>, Failure> {
    let sql = format!("{ENTRY} WHERE unit = $1 ORDER BY seq DESC LIMIT $2");
    tx.rows(&sql, &[unit.into(), most.into()])?.into_iter().map(stored).collect()
}

/// The record number and the step of a matter's newest line.
pub fn newest_of(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId) -> Result<Option<(i64, i64)>, Failure> {
    let sql = "SELECT seq, step FROM entry WHERE unit = $1 AND matter = $2 ORDER BY step DESC LIMIT 1";
    tx.row(sql, &[unit.into(), matter.into()])?.map(|row| Ok((row.int(0)?, row.int(1)?))).transpose()
}

/// The lines of one entry bundle: `width` lines from `first` on.
pub fn lines(tx: &mut dyn Tx, unit: UnitCode, first: i64, width: i64) -> Result<Vec<Vec<u8>>, Failure> {
    let rows =
        tx.rows("SELECT line FROM entry WHERE unit = $1 AND seq >= $2 ORDER BY seq LIMIT $3", &[unit.into(), first.into(), width.into()])?;
    rows.iter().map(|row| row.bytes(0).map(<[u8]>::to_vec)).collect()
}

/// The hashes of one tile at `level` > 0.
pub fn nodes(tx: &mut dyn Tx, unit: UnitCode, level: i64, first: i64, width: i64) -> Result<Vec<Hash>, Failure> {
    let sql = "SELECT hash FROM node WHERE unit = $1 AND level = $2 AND at >= $3 ORDER BY at LIMIT $4";
    let rows = tx.rows(sql, &[unit.into(), level.into(), first.into(), width.into()])?;
    rows.iter().map(|row| row.bytes(0)?.try_into().map_err(|_| Failure::unreadable("a hash of the wrong length"))).collect()
}

/// Stored hashes of full tiles by level and place.
pub type Nodes = BTreeMap<(i64, i64), Vec<u8>>;

/// Every stored hash of a full tile.
pub fn all_nodes(tx: &mut dyn Tx, unit: UnitCode) -> Result<Nodes, Failure> {
    let rows = tx.rows("SELECT level, at, hash FROM node WHERE unit = $1 ORDER BY level, at", &[unit.into()])?;
    rows.iter().map(|row| Ok(((row.int(0)?, row.int(1)?), row.bytes(2)?.to_vec()))).collect()
}

/// A unit's log as tiles, for roots and proofs.
pub struct Tiles<'a> {
    /// The transaction.
    pub tx: &'a mut dyn Tx,
    /// The unit.
    pub unit: UnitCode,
}

impl record::Tiles for Tiles<'_> {
    type Error = Failure;

    fn tile(&mut self, level: u8, index: u64, width: u16) -> Result<Vec<Hash>, Failure> {
        let first = i64::try_from(index * 256).map_err(Failure::unreadable)?;
        let hashes = match level {
            0 => lines(self.tx, self.unit, first, width.into())?.iter().map(|line| leaf(line)).collect(),
            level => nodes(self.tx, self.unit, i64::from(level) * 8, first, width.into())?,
        };
        match hashes.len() == usize::from(width) {
            true => Ok(hashes),
            false => Err(Failure::unreadable(format_args!("tile {level}/{index} is short"))),
        }
    }
}

/// Keeps a signed checkpoint; a later note for the same size (with more cosignatures) takes its place.
pub fn keep_checkpoint(tx: &mut dyn Tx, unit: UnitCode, epoch: i64, size: i64, note: &str, at: i64) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO checkpoint (unit, epoch, size, note, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (unit, epoch, size) DO UPDATE SET note = excluded.note, at = excluded.at",
        &[unit.into(), epoch.into(), size.into(), note.into(), at.into()],
    )?;
    Ok(())
}

/// A signed checkpoint as kept.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// Epoch.
    pub epoch: i64,
    /// Size of the tree.
    pub size: i64,
    /// The note with all signatures.
    pub note: String,
    /// When, microseconds since 1970.
    pub at: i64,
}

const SEALED: &str = "SELECT epoch, size, note, at FROM checkpoint";

fn sealed(row: &Row) -> Result<Sealed, Failure> {
    Ok(Sealed { epoch: row.int(0)?, size: row.int(1)?, note: row.text(2)?.to_owned(), at: row.int(3)? })
}

/// The latest signed checkpoint of a unit.
pub fn latest_checkpoint(tx: &mut dyn Tx, unit: UnitCode) -> Result<Option<Sealed>, Failure> {
    let sql = format!("{SEALED} WHERE unit = $1 ORDER BY epoch DESC, size DESC LIMIT 1");
    tx.row(&sql, &[unit.into()])?.as_ref().map(sealed).transpose()
}

/// The signed checkpoint of this epoch and size.
pub fn checkpoint(tx: &mut dyn Tx, unit: UnitCode, epoch: i64, size: i64) -> Result<Option<Sealed>, Failure> {
    let sql = format!("{SEALED} WHERE unit = $1 AND epoch = $2 AND size = $3");
    tx.row(&sql, &[unit.into(), epoch.into(), size.into()])?.as_ref().map(sealed).transpose()
}

/// When the first checkpoint of an epoch was signed, in microseconds since 1970.
pub fn first_signed(tx: &mut dyn Tx, unit: UnitCode, epoch: i64) -> Result<Option<i64>, Failure> {
    let sql = "SELECT at FROM checkpoint WHERE unit = $1 AND epoch = $2 ORDER BY size LIMIT 1";
    tx.row(sql, &[unit.into(), epoch.into()])?.map(|row| row.int(0)).transpose()
}

/// Epoch and size of every signed checkpoint that is kept, oldest first.
pub fn checkpoint_sizes(tx: &mut dyn Tx, unit: UnitCode) -> Result<Vec<(i64, i64)>, Failure> {
    let rows = tx.rows("SELECT epoch, size FROM checkpoint WHERE unit = $1 ORDER BY epoch, size", &[unit.into()])?;
    rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

/// Lines, sealed lines, and the instant of the newest checkpoint of a unit, in one cheap question.
pub fn extent(tx: &mut dyn Tx, unit: UnitCode) -> Result<(i64, i64, i64), Failure> {
    let sql = "SELECT h.size, COALESCE(c.size, 0), COALESCE(c.at, 0) FROM head h
               LEFT JOIN checkpoint c ON c.unit = h.unit AND c.epoch = h.epoch
               WHERE h.unit = $1 ORDER BY c.size DESC LIMIT 1";
    tx.row(sql, &[unit.into()])?.map_or(Ok((0, 0, 0)), |row| Ok((row.int(0)?, row.int(1)?, row.int(2)?)))
}
