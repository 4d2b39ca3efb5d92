//! 导入 Import: a complete bundle becomes a unit's record again, line for line, with the same root; its tables are rebuilt from it.

use super::{BundleError, For, Manifest, Reader, Row};
use crate::signing::Ring;
use crate::verify::{self, Finding, Options, Report};
use crate::wire::{Got, Unreached, Wire};
use crate::{Failure, Hand, House, audit, texts};
use law::{Entry, UnitCode};
use record::{Body, Checkpoint, Hash, Line, Note};
use serde::de::IgnoredAny;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use store::record::{self as rows, Stored};
use store::{Tx, personal};

/// Nobody restores a record more often.
const MOST_EPOCHS: i64 = 1_000;

/// What an import came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The unit.
    pub unit: UnitCode,
    /// Lines of its record.
    pub lines: u64,
    /// The root over them.
    pub root: Hash,
    /// Whether it goes on under its own origin, with its checkpoints: the house has the record's name and its seed.
    /// Otherwise it begins under this house's origin and is to be sealed anew.
    pub same_log: bool,
}

/// Takes a complete bundle in, into a unit that has no record here. The bundle is verified first, and then either all
/// of it is written or nothing; the tables are folded from the record.
///
/// # Errors
/// [`BundleError::NotComplete`], [`BundleError::NotEmpty`], [`BundleError::Untrue`] with the report when it does not hold
/// what it says, otherwise what broke.
pub fn import_bundle(house: &House, file: &Path) -> Result<Imported, BundleError> {
    let (manifest, _) = Reader::open(BufReader::new(File::open(file)?))?;
    if manifest.audience != For::Complete {
        return Err(BundleError::NotComplete);
    }
    if !(0..MOST_EPOCHS).contains(&manifest.epoch) {
        return Err(BundleError::Malformed { line: 1, what: format!("the epoch {}", manifest.epoch) });
    }
    let unit = manifest.unit;
    if house.read(|tx| rows::head(tx, unit))?.is_some_and(|head| head.frontier.size() > 0) {
        return Err(BundleError::NotEmpty);
    }
    let report = verify::bundle(BufReader::new(File::open(file)?), &Options::new(&Offline));
    if !holds(&report) || report.lines != manifest.size {
        return Err(BundleError::Untrue(Box::new(report)));
    }
    let same_log = same_log(house, &manifest)?;
    // Import is done from the command line, before the house serves: reading a file within the transaction holds nobody up.
    let path = file.to_owned();
    let root = house.act(unit, move |hand| {
        take_in(hand, &path, same_log).map_err(|error| match error {
            BundleError::Failure(failure) => failure,
            other => Failure::unreadable(other),
        })
    })?;
    Ok(Imported { unit, lines: report.lines, root, same_log })
}

/// Nothing is changed or missing, but for lines that were lost before the record was reopened, which it says itself.
fn holds(report: &Report) -> bool {
    let wrong = |finding: &Finding| matches!(finding, Finding::Changed { .. } | Finding::Missing { .. });
    report.more == 0 && !report.findings.iter().any(wrong)
}

/// Whether this house can sign the record with the same key under the same origin.
fn same_log(house: &House, manifest: &Manifest) -> Result<bool, Failure> {
    let origin = house.origin(manifest.unit, manifest.epoch);
    if origin != manifest.origin {
        return Ok(false);
    }
    let own = house.read(|tx| Ring::of(house, tx, manifest.unit, manifest.epoch))?.own();
    match own.iter().any(|key| key.vkey() == manifest.vkey) {
        true => Ok(true),
        // Two keys under one origin would look like a forgery to everybody who pinned the first.
        false => {
            Err(Failure::Key { what: format!("the bundle is of {origin}, but was signed with another seed than those of this house") })
        }
    }
}

fn take_in(hand: &mut Hand<'_, '_>, path: &Path, same_log: bool) -> Result<Hash, BundleError> {
    let (manifest, mut reader) = Reader::open(BufReader::new(File::open(path)?))?;
    if hand.pen.head().frontier.size() > 0 {
        return Err(BundleError::NotEmpty);
    }
    while let Some(row) = reader.next_row()? {
        let stored = stored(&row).map_err(|what| BundleError::Malformed { line: hand.pen.head().frontier.size() + 2, what })?;
        hand.pen.take_over(&stored)?;
        keep_texts(hand.pen.tx, manifest.unit, &stored, &row)?;
    }
    if same_log {
        (0..manifest.epoch).for_each(|_| hand.pen.next_epoch());
        keep_checkpoints(hand, &manifest)?;
    }
    audit::rebuild_in(hand)?;
    Ok(hand.pen.head().frontier.root())
}

/// The row as an entry; what the line does not show, the entry itself says.
fn stored(row: &Row) -> Result<Stored, String> {
    let line = Line::parse(row.line.as_bytes()).map_err(|error| error.to_string())?;
    let body = row.body.as_ref().ok_or("a line without its entry")?;
    let entry: Entry<IgnoredAny> = serde_json::from_str(body).map_err(|error| error.to_string())?;
    let audience = match line.body {
        Body::Sealed { .. } => law::Audience::Sealed.word().to_owned(),
        Body::Open { audience, .. } => audience,
    };
    let number = |n: u64| i64::try_from(n).map_err(|error| error.to_string());
    Ok(Stored {
        seq: number(line.seq)?,
        kind: entry.kind,
        matter: entry.matter,
        step: number(entry.step)?,
        at: entry.at.as_microsecond(),
        audience,
        line: row.line.clone().into_bytes(),
        body: body.clone().into_bytes(),
    })
}

fn keep_texts(tx: &mut dyn Tx, unit: UnitCode, stored: &Stored, row: &Row) -> Result<(), Failure> {
    let labels = texts::read(&stored.body).map(|said| said.effect.refs).unwrap_or_default();
    for gone in &row.erased {
        personal::erase_one(tx, unit, stored.matter, gone.at, gone.seq.cast_signed())?;
    }
    let kept = row.personal.iter().map(|text| {
        let label = labels.iter().find(|(_, at)| *at == text.at).map_or(text.label.as_str(), |(label, _)| label);
        (label, text.at, personal::Kept { text: text.text.clone(), salt: text.salt.0 })
    });
    // One at a time, as rows are rewritten: this savepoint is as long as the record.
    kept.into_iter().try_for_each(|text| personal::keep(tx, unit, stored.matter, &[text]))
}

fn keep_checkpoints(hand: &mut Hand<'_, '_>, manifest: &Manifest) -> Result<(), BundleError> {
    let unit = manifest.unit;
    for text in manifest.earlier.iter().map(|earlier| &earlier.note).chain(&manifest.checkpoint) {
        let note = Note::parse(text.as_bytes()).ok();
        let checkpoint = note.and_then(|note| Checkpoint::parse(note.text.as_bytes()).ok());
        let epoch = checkpoint.as_ref().and_then(|checkpoint| checkpoint.origin.rsplit_once('/')?.1.parse().ok());
        let (Some(checkpoint), Some(epoch)) = (checkpoint, epoch) else {
            return Err(BundleError::Malformed { line: 1, what: "a checkpoint that cannot be read".to_owned() });
        };
        let at = manifest.made_at.as_microsecond();
        rows::keep_checkpoint(hand.pen.tx, unit, epoch, checkpoint.size.cast_signed(), text, at)?;
    }
    Ok(())
}

/// No network is needed to look at a file.
struct Offline;

impl Wire for Offline {
    fn get(&self, _: &str) -> Result<Got, Unreached> {
        Err(Unreached("offline".to_owned()))
    }

    fn post(&self, _: &str, _: &str) -> Result<Got, Unreached> {
        Err(Unreached("offline".to_owned()))
    }
}
