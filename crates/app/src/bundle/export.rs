//! 导出 Export: one unit's record into one file, on one unchanging view, a page of lines at a time.

use super::{BundleError, Earlier, FORMAT, For, Gone, Manifest, Row, Text};
use crate::signing::Ring;
use crate::texts::{self, Texts};
use crate::{Failure, House, seal, witness};
use law::entry::HexSalt;
use law::{Audience, MatterId, UnitCode};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use store::record::{self as rows, Stored};
use store::{Tx, personal};

/// Entries read at once.
const PAGE: i64 = 500;
/// Earlier checkpoints that go along.
const EARLIER: usize = 64;

/// What an export came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Lines that were written.
    pub lines: u64,
    /// The size of the signed checkpoint that goes along; 0 when there is none.
    pub sealed: u64,
}

/// Writes one unit's bundle. A public one ends with the latest signed checkpoint; a complete one has all lines, also
/// those that wait to be sealed.
///
/// # Errors
/// [`BundleError::NothingSealed`] for a public bundle before the first seal, otherwise what broke. A text that does not
/// open is left out, so that the bundle tells that it is missing.
pub fn export(house: &House, unit: UnitCode, audience: For, out: &mut dyn Write) -> Result<Exported, BundleError> {
    on_one_view(house, |tx| write(house, tx, unit, audience, out))
}

/// As [`export`], into a file that has its name only once it is whole and on the disk.
///
/// # Errors
/// As [`export`]; then no file of this name was touched.
pub fn export_to(house: &House, unit: UnitCode, audience: For, path: &Path) -> Result<Exported, BundleError> {
    let part = path.with_extension("part");
    let mut out = BufWriter::new(File::create(&part)?);
    let done = export(house, unit, audience, &mut out).and_then(|done| {
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        witness::settle(&part, path)?;
        Ok(done)
    });
    if done.is_err() {
        drop(std::fs::remove_file(&part));
    }
    done
}

/// An error that may be a failure of the house.
pub(crate) trait Wraps: From<Failure> {
    /// The failure, if it is one.
    fn failure(&self) -> Option<&Failure>;
}

/// Reads on one unchanging view where more than the database may fail; a broken connection is still thrown away.
pub(crate) fn on_one_view<T, E: Wraps>(house: &House, work: impl FnOnce(&mut dyn Tx) -> Result<T, E>) -> Result<T, E> {
    let mut outcome = None;
    let read = house.read(|tx| {
        let done = work(tx);
        let broken = done.as_ref().err().and_then(Wraps::failure).cloned();
        outcome = Some(done);
        broken.map_or(Ok(()), Err)
    });
    match (outcome, read) {
        (Some(done), _) => done,
        (None, Err(failure)) => Err(failure.into()),
        (None, Ok(())) => unreachable!("work was done"),
    }
}

fn write(house: &House, tx: &mut dyn Tx, unit: UnitCode, audience: For, out: &mut dyn Write) -> Result<Exported, BundleError> {
    let manifest = manifest(house, tx, unit, audience)?;
    let sealed = match &manifest.checkpoint {
        Some(_) => seal::latest(tx, unit)?.map_or(0, |(sealed, _)| sealed.size.cast_unsigned()),
        None if audience == For::Public => return Err(BundleError::NothingSealed),
        None => 0,
    };
    put(out, &manifest)?;
    let end = i64::try_from(manifest.size).map_err(Failure::unreadable)?;
    let (mut from, mut lines, mut told) = (0, 0, Told::default());
    while from < end {
        let page = rows::entries(tx, unit, from, PAGE)?;
        let Some(last) = page.last().map(|entry| entry.seq) else { break };
        for entry in page.iter().filter(|entry| entry.seq < end) {
            put(out, &row(tx, unit, audience, entry, &mut told)?)?;
            lines += 1;
        }
        from = last + 1;
    }
    out.flush()?;
    Ok(Exported { lines, sealed })
}

fn put(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

fn manifest(house: &House, tx: &mut dyn Tx, unit: UnitCode, audience: For) -> Result<Manifest, Failure> {
    let head = rows::head(tx, unit)?;
    let latest = seal::latest(tx, unit)?;
    let sealed = latest.as_ref().map_or(0, |(sealed, _)| sealed.size.cast_unsigned());
    let epoch = head.as_ref().map_or(0, |head| head.epoch);
    let ring = Ring::of(house, tx, unit, epoch)?;
    Ok(Manifest {
        format: FORMAT.to_owned(),
        audience,
        unit,
        name: house.units.get(unit).map_or_else(String::new, |unit| unit.name.clone()),
        vkey: ring.key()?.vkey(),
        origin: house.origin(unit, epoch),
        epoch,
        size: match audience {
            For::Public => sealed,
            For::Complete => head.map_or(0, |head| head.frontier.size()),
        },
        checkpoint: latest.map(|(_, note)| note.to_text()),
        earlier: earlier(tx, unit, &ring)?,
        policy: house.policy().digest().to_owned(),
        made_at: house.clock.now(),
    })
}

/// Checkpoints spread evenly over those kept, without the latest: with them a reader tells between which sizes a record
/// was changed. With them the first that holds a change of the key, in each epoch: the former key has signed it too.
fn earlier(tx: &mut dyn Tx, unit: UnitCode, ring: &Ring) -> Result<Vec<Earlier>, Failure> {
    let mut kept = rows::checkpoint_sizes(tx, unit)?;
    kept.pop();
    let stride = kept.len().div_ceil(EARLIER).max(1);
    let mut chosen: BTreeSet<(i64, i64)> = kept.iter().rev().step_by(stride).copied().collect();
    for line in ring.lines() {
        // Sorted, so that the last to come for an epoch is its smallest.
        let first: BTreeMap<i64, i64> = kept.iter().rev().filter(|(_, size)| *size > line.seq).copied().collect();
        chosen.extend(first);
    }
    let mut earlier = Vec::new();
    for (epoch, size) in chosen {
        let sealed = rows::checkpoint(tx, unit, epoch, size)?;
        earlier.extend(sealed.map(|sealed| Earlier { size: sealed.size.cast_unsigned(), note: sealed.note }));
    }
    Ok(earlier)
}

fn row(tx: &mut dyn Tx, unit: UnitCode, audience: For, entry: &Stored, told: &mut Told) -> Result<Row, Failure> {
    let line = String::from_utf8_lossy(&entry.line).into_owned();
    if audience == For::Public && entry.audience != Audience::Public.word() {
        return Ok(Row { line, body: None, personal: Vec::new(), erased: Vec::new() });
    }
    let body = String::from_utf8_lossy(&entry.body).into_owned();
    let mut row = Row { line, body: Some(body), personal: Vec::new(), erased: Vec::new() };
    // What cannot be read brings no texts along; whoever verifies names it.
    let Ok(said) = texts::read(&entry.body) else { return Ok(row) };
    let refs = said.effect.refs;
    let open = match audience {
        For::Public if !refs.is_empty() => Some(told.of(tx, unit, entry.matter)?),
        _ => None,
    };
    for (label, at) in refs {
        if let Some(seq) = personal::erased_by(tx, unit, at)? {
            row.erased.push(Gone { at, seq: seq.cast_unsigned() });
        }
        if open.as_ref().is_some_and(|texts| !texts.public().any(|held| held.at == at)) {
            continue;
        }
        match personal::text(tx, unit, entry.matter, at) {
            Ok(Some(kept)) => {
                row.erased.retain(|gone| gone.at != at);
                row.personal.push(Text { at, label: label.to_owned(), salt: HexSalt(kept.salt), text: kept.text });
            }
            Ok(None) => {}
            Err(failure @ (Failure::Key { .. } | Failure::Unreadable { .. })) => {
                tracing::error!(%unit, seq = entry.seq, label, %failure, "a personal text does not open; the bundle goes without it");
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(row)
}

/// The personal texts of the matter read last, as its record tells them; its rows have no say here. The votes of a ballot
/// follow one another by the thousand: it is read once for all of them.
#[derive(Default)]
struct Told(Option<(MatterId, Texts)>);

impl Told {
    fn of(&mut self, tx: &mut dyn Tx, unit: UnitCode, matter: MatterId) -> Result<&Texts, Failure> {
        let texts = match self.0.take().filter(|(known, _)| *known == matter) {
            Some((_, texts)) => texts,
            None => {
                let mut texts = Texts::default();
                for entry in rows::of_matter(tx, unit, matter)? {
                    if let Ok(said) = texts::read(&entry.body) {
                        texts.take(entry.seq.cast_unsigned(), &said.effect);
                    }
                }
                texts
            }
        };
        Ok(&self.0.insert((matter, texts)).1)
    }
}
