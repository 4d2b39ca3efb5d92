//! 备份 Backup: every table as JSON lines, encrypted with age to those who keep it; restored into SQLite and PostgreSQL alike. It
//! holds neither the seed nor what derives from it, and no open sessions. A record that came back shorter than what was
//! published goes on under the next epoch, and says so in its first new line (DESIGN §3.12); 个人信息保护法 第47条

use crate::bundle::Reader;
use crate::bundle::export::{Wraps, on_one_view};
use crate::house::Parts;
use crate::signing::{self, Ring};
use crate::wire::{self, Wire};
use crate::{Asked, Failure, House, Keys, verify, witness};
use age::x25519::{Identity, Recipient};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jiff::{Span, Timestamp, civil, tz};
use law::lead::mechanism;
use law::{Actor, AnyAct, Digest, UnitCode, Who};
use record::{Checkpoint, Note, checkpoint, tree};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use store::dump::{self, Table};
use store::record::{self as rows, Tiles};
use store::{Tx, Value, migrate};

/// The first word of every backup: the format's name and number.
const FORMAT: &str = "cunwu-backup/1";
/// Rows read at once.
const PAGE: i64 = 500;
/// Tables that stay behind: what was signed out since the backup must not come back, and codes die within minutes.
/// `migration` is written by the restoring house itself.
const LEFT_OUT: [&str; 3] = ["migration", "session", "sign_in_code"];
/// Backups are kept for so many days, so that what was lawfully erased is gone from all of them by then.
pub const KEEP_DAYS: i64 = 35;
/// The longest line that is read.
const MAX_LINE: u64 = 64 << 20;

/// Why nothing was backed up or restored.
#[derive(Debug)]
pub enum BackupError {
    /// Something broke in the house.
    Failure(Failure),
    /// A file could not be read or written.
    Io(io::Error),
    /// No recipient was given, or this is none: an age public key, `age1…`.
    Recipient(String),
    /// The identity file holds no `AGE-SECRET-KEY-1…`, or none that opens this file.
    Identity(String),
    /// The file is no backup of this format, or was cut off.
    Malformed(String),
    /// It is a backup of another house: another record name, or another seed than the one in the seed file.
    OtherHouse(String),
    /// It was made by a cunwu whose tables differ: restore it with that version, then upgrade.
    OtherVersion(String),
    /// The database holds something already.
    NotEmpty,
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failure(failure) => failure.fmt(f),
            Self::Io(error) => error.fmt(f),
            Self::Recipient(what) => write!(f, "no age public key: {what}"),
            Self::Identity(what) => write!(f, "the identity does not open the backup: {what}"),
            Self::Malformed(what) => write!(f, "not a whole backup: {what}"),
            Self::OtherHouse(what) => write!(f, "a backup of another house: {what}"),
            Self::OtherVersion(what) => write!(f, "a backup of another version: {what}"),
            Self::NotEmpty => f.write_str("the database holds something already"),
        }
    }
}

impl std::error::Error for BackupError {}

impl From<Failure> for BackupError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<io::Error> for BackupError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Wraps for BackupError {
    fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failure(failure) => Some(failure),
            _ => None,
        }
    }
}

/// One line of a backup.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Begin {
        format: String,
        record_name: String,
        /// By this the right seed file is known; it tells nothing about the seed.
        keys: Digest,
        made_at: Timestamp,
        migrations: Vec<String>,
    },
    Table {
        table: String,
        columns: Vec<String>,
    },
    End {
        rows: u64,
    },
    Row(Vec<Cell>),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Cell {
    Int(i64),
    Text(String),
    Bytes { b: String },
    Null(()),
}

impl Cell {
    fn of(value: &Value) -> Self {
        match value {
            Value::Int(value) => Self::Int(*value),
            Value::Text(value) => Self::Text(value.clone()),
            Value::Bytes(value) => Self::Bytes { b: BASE64_STANDARD.encode(value) },
            Value::Null => Self::Null(()),
        }
    }

    fn value(self) -> Result<Value, BackupError> {
        Ok(match self {
            Self::Int(value) => Value::Int(value),
            Self::Text(value) => Value::Text(value),
            Self::Bytes { b } => Value::Bytes(BASE64_STANDARD.decode(b).map_err(|error| BackupError::Malformed(error.to_string()))?),
            Self::Null(()) => Value::Null,
        })
    }
}

fn fingerprint(keys: &Keys) -> Digest {
    Digest::of(&[&*keys.derive("backup/check")])
}

/// The name of a backup made at this instant.
fn name_at(at: Timestamp) -> String {
    format!("cunwu-{}.age", at.strftime("%Y%m%dT%H%M%SZ"))
}

/// The day in a backup's name; none for other files.
fn day_of(name: &str) -> Option<civil::Date> {
    let stamp = name.strip_prefix("cunwu-")?.strip_suffix(".age")?;
    civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).ok().map(civil::DateTime::date)
}

/// Writes one consistent backup, encrypted to every one of these age public keys. `out` is a file, or a folder in which the
/// file gets its name from the instant. It has its name only once it is whole and on the disk.
///
/// # Errors
/// [`BackupError::Recipient`] for a key that is none, otherwise what broke.
pub fn backup(house: &House, recipients: &[String], out: &Path) -> Result<PathBuf, BackupError> {
    let made_at = house.clock.now();
    let path = if out.is_dir() { out.join(name_at(made_at)) } else { out.to_owned() };
    let keys =
        recipients.iter().map(|key| Recipient::from_str(key.trim()).map_err(|what| BackupError::Recipient(format!("{key}: {what}"))));
    let keys: Vec<Recipient> = keys.collect::<Result<_, _>>()?;
    let recipients = keys.iter().map(|key| key as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(|error| BackupError::Recipient(error.to_string()))?;
    let part = path.with_extension("part");
    let done = File::create(&part).map_err(BackupError::from).and_then(|file| {
        let mut sealed = encryptor.wrap_output(BufWriter::new(file))?;
        let mut out = BufWriter::new(&mut sealed);
        on_one_view(house, |tx| write(house, tx, made_at, &mut out))?;
        out.flush()?;
        drop(out);
        let file = sealed.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(witness::settle(&part, &path)?)
    });
    if done.is_err() {
        drop(fs::remove_file(&part));
    }
    done.map(|()| path)
}

fn write(house: &House, tx: &mut dyn Tx, made_at: Timestamp, out: &mut dyn Write) -> Result<(), BackupError> {
    let begin = Line::Begin {
        format: FORMAT.to_owned(),
        record_name: house.config.record_name.clone(),
        keys: fingerprint(&house.keys),
        made_at,
        migrations: dump::migrations(tx)?,
    };
    put(out, &begin)?;
    let mut count = 0;
    for table in tx.tables()?.into_iter().filter(|table| !LEFT_OUT.contains(&table.name.as_str())) {
        put(out, &Line::Table { table: table.name.clone(), columns: table.columns.clone() })?;
        let mut after = None;
        loop {
            let page = dump::rows(tx, &table, after.as_deref(), PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(dump::key_of(&table, last));
            count += page.len() as u64;
            page.iter().try_for_each(|row| put(out, &Line::Row(row.0.iter().map(Cell::of).collect())))?;
        }
    }
    put(out, &Line::End { rows: count })?;
    Ok(())
}

fn put(out: &mut dyn Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// Deletes backups in a folder that are older than [`KEEP_DAYS`] on the day of `now`, by the day in their names; tells which.
///
/// # Errors
/// When the folder cannot be read or a file not be deleted.
pub fn forget(folder: &Path, now: Timestamp) -> io::Result<Vec<PathBuf>> {
    let today = now.to_zoned(tz::TimeZone::UTC).date();
    let oldest = today.checked_sub(Span::new().days(KEEP_DAYS)).unwrap_or(civil::Date::MIN);
    let mut gone = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let day = path.file_name().and_then(|name| name.to_str()).and_then(day_of);
        if day.is_some_and(|day| day < oldest) {
            fs::remove_file(&path)?;
            gone.push(path);
        }
    }
    gone.sort();
    Ok(gone)
}

/// What a restore came to.
pub struct Restored {
    /// The house, opened. It serves nothing yet.
    pub house: Arc<House>,
    /// Rows that were written.
    pub rows: u64,
    /// When the backup was made.
    pub made_at: Timestamp,
    /// Records that go on under another epoch.
    pub reopened: Vec<Reopened>,
    /// Records of which nobody said what had been published. If more was than came back, sealing them again shows
    /// strangers two histories under one name: look for a kept checkpoint, bundle or receipt first.
    pub unknown: Vec<UnitCode>,
}

/// A record that came back shorter than, or other than, what was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopened {
    /// The unit.
    pub unit: UnitCode,
    /// The record number of the line that says so; lines from this number on are lost.
    pub seq: i64,
    /// The size that was published.
    pub published: u64,
    /// The new epoch.
    pub epoch: i64,
}

/// Restores a backup into an empty database, all of it or nothing, and reopens every record of which more was published
/// than came back: `published` are signed checkpoints kept elsewhere (see [`read_published`]); witnesses of ours in the
/// configuration are asked too. `identity` is the text of an age identity file.
///
/// # Errors
/// [`BackupError`]; the seed must be the one the house was made with.
pub fn restore(parts: Parts, identity: &str, file: &Path, published: &[Note]) -> Result<Restored, BackupError> {
    restore_over(parts, identity, file, published, wire::web())
}

/// As [`restore`], over a given wire.
///
/// # Errors
/// As [`restore`].
pub fn restore_over(parts: Parts, identity: &str, file: &Path, published: &[Note], wire: &dyn Wire) -> Result<Restored, BackupError> {
    let keys: Vec<Identity> = identity.lines().filter_map(|line| Identity::from_str(line.trim()).ok()).collect();
    let decryptor = age::Decryptor::new(BufReader::new(File::open(file)?)).map_err(|error| BackupError::Malformed(error.to_string()))?;
    let opened = decryptor.decrypt(keys.iter().map(|key| key as &dyn age::Identity));
    let mut lines = BufReader::new(opened.map_err(|error| BackupError::Identity(error.to_string()))?);
    let Some(Line::Begin { format, record_name, keys, made_at, migrations }) = next(&mut lines)? else {
        return Err(BackupError::Malformed("it does not begin as one".to_owned()));
    };
    if format != FORMAT {
        return Err(BackupError::OtherVersion(format));
    }
    if record_name != parts.config.record_name {
        return Err(BackupError::OtherHouse(record_name));
    }
    if keys != fingerprint(&parts.keys) {
        return Err(BackupError::OtherHouse("the seed file is not the one it was made with".to_owned()));
    }
    let rows = fill(&parts, &migrations, &mut lines)?;
    let house = House::open(parts)?;
    let mut known = published.to_vec();
    for (unit, _, epoch) in house.read(rows::sizes)? {
        let mut epoch = epoch;
        loop {
            let seen = witness::published(&house, unit, epoch, wire)?;
            if seen.is_empty() {
                break;
            }
            known.extend(seen);
            epoch += 1;
        }
    }
    let reopened = reopen(&house, &known)?;
    // A change of the key may be among what was lost.
    signing::spread(&house)?;
    let mut unknown = Vec::new();
    for (unit, size, _) in house.read(rows::sizes)? {
        if size > 0 && latest_of(&house, unit, &known)?.is_none() {
            unknown.push(unit);
        }
    }
    Ok(Restored { house, rows, made_at, reopened, unknown })
}

fn next(lines: &mut impl BufRead) -> Result<Option<Line>, BackupError> {
    let mut bytes = Vec::new();
    // The encryption itself notices what was cut off or changed.
    let torn = |error: io::Error| match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => BackupError::Malformed(error.to_string()),
        _ => BackupError::Io(error),
    };
    match lines.take(MAX_LINE).read_until(b'\n', &mut bytes).map_err(torn)? {
        0 => Ok(None),
        _ => serde_json::from_slice(&bytes).map(Some).map_err(|error| BackupError::Malformed(error.to_string())),
    }
}

/// Fills the empty database in one transaction.
fn fill(parts: &Parts, migrations: &[String], lines: &mut impl BufRead) -> Result<u64, BackupError> {
    let mut connection = parts.database.connect(&Arc::new(parts.keys.vault()))?;
    migrate::run(&mut *connection)?;
    let mut tx = connection.write()?;
    let here = dump::migrations(&mut *tx)?;
    if here != migrations {
        return Err(BackupError::OtherVersion(format!("it has {migrations:?}, this cunwu has {here:?}")));
    }
    let tables: Vec<Table> = tx.tables()?;
    for table in tables.iter().filter(|table| table.name != "migration") {
        if !dump::rows(&mut *tx, table, None, 1)?.is_empty() {
            return Err(BackupError::NotEmpty);
        }
    }
    let (mut current, mut count): (Option<(String, Vec<String>)>, u64) = (None, 0);
    loop {
        match next(lines)? {
            Some(Line::Table { table, columns }) => {
                let known = tables.iter().find(|known| known.name == table && columns.iter().all(|column| known.columns.contains(column)));
                known.ok_or_else(|| BackupError::OtherVersion(format!("the table {table} is another here")))?;
                current = Some((table, columns));
            }
            Some(Line::Row(cells)) => {
                let (table, columns) = current.as_ref().ok_or_else(|| BackupError::Malformed("a row without its table".to_owned()))?;
                let values: Vec<Value> = cells.into_iter().map(Cell::value).collect::<Result<_, _>>()?;
                if values.len() != columns.len() {
                    return Err(BackupError::Malformed(format!("a row of {table} with {} columns", values.len())));
                }
                dump::put(&mut *tx, table, columns, &values)?;
                count += 1;
            }
            Some(Line::End { rows }) if rows == count => break,
            _ => return Err(BackupError::Malformed("it was cut off".to_owned())),
        }
    }
    signing::adopt(&mut *tx, &parts.config.path(&parts.config.seed_file))?;
    tx.commit()?;
    Ok(count)
}

/// Reads signed checkpoints that were published: a note, a bundle, a receipt, or a folder of such files.
///
/// # Errors
/// When a file cannot be read; a file that is none of these is passed over.
pub fn read_published(path: &Path) -> io::Result<Vec<Note>> {
    if path.is_dir() {
        let files: Vec<PathBuf> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        let notes = files.iter().filter(|file| file.is_file()).map(|file| read_published(file));
        return Ok(notes.collect::<io::Result<Vec<_>>>()?.concat());
    }
    let mut source = BufReader::new(File::open(path)?);
    if source.fill_buf()?.first() == Some(&b'{') {
        let note = Reader::open(source).ok().and_then(|(manifest, _)| manifest.checkpoint);
        return Ok(note.and_then(|note| Note::parse(note.as_bytes()).ok()).into_iter().collect());
    }
    let mut bytes = Vec::new();
    source.take(1 << 20).read_to_end(&mut bytes)?;
    Ok(verify::signed(&bytes).into_iter().collect())
}

/// Goes on under the next epoch wherever the record is shorter or other than the latest of these published checkpoints.
/// Notes that this house's own keys have not signed are passed over.
///
/// # Errors
/// What broke.
pub fn reopen(house: &House, published: &[Note]) -> Result<Vec<Reopened>, Failure> {
    let mut reopened = Vec::new();
    for (unit, size, epoch) in house.read(rows::sizes)? {
        let Some((checkpoint, of_epoch)) = latest_of(house, unit, published)? else { continue };
        let goes_on = match of_epoch.cmp(&epoch) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal if checkpoint.size <= size.cast_unsigned() => {
                let root = house.read(|tx| tree::root(&mut Tiles { tx, unit }, checkpoint.size).map_err(Failure::from))?;
                root == checkpoint.root
            }
            _ => false,
        };
        if !goes_on {
            reopened.push(restore_line(house, unit, of_epoch, checkpoint)?);
        }
    }
    Ok(reopened)
}

/// The latest published checkpoint of a unit's record and its epoch.
fn latest_of(house: &House, unit: UnitCode, published: &[Note]) -> Result<Option<(Checkpoint, i64)>, Failure> {
    let mut latest: Option<(Checkpoint, i64)> = None;
    for note in published {
        let Some(origin) = note.text.lines().next() else { continue };
        let epoch = origin.strip_prefix(&format!("{}/{unit}/", house.config.record_name)).and_then(|epoch| epoch.parse::<i64>().ok());
        let Some(epoch) = epoch.filter(|epoch| house.origin(unit, *epoch) == origin) else { continue };
        let own = house.read(|tx| Ring::of(house, tx, unit, epoch))?.own();
        let Ok(checkpoint) = checkpoint::open(note, &own) else { continue };
        if latest.as_ref().is_none_or(|(known, of)| (*of, known.size) < (epoch, checkpoint.size)) {
            latest = Some((checkpoint, epoch));
        }
    }
    Ok(latest)
}

fn restore_line(house: &House, unit: UnitCode, of_epoch: i64, checkpoint: Checkpoint) -> Result<Reopened, Failure> {
    let published = checkpoint.size;
    house.act(unit, move |hand| {
        while hand.pen.head().epoch <= of_epoch {
            hand.pen.next_epoch();
        }
        let Checkpoint { origin, size, root, .. } = checkpoint;
        let act = AnyAct::Mechanism(mechanism::Act::Restore { origin, size, root: Digest(root) });
        let done = crate::enact::enact(hand, Asked::new(act, Actor::new(Who::Keeper)))?;
        Ok(Reopened { unit, seq: done.seq, published, epoch: hand.pen.head().epoch })
    })
}
