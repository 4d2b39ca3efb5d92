//! 村包 Bundle: one unit's record in one file that any computer can read and check, `cunwu-bundle/1`.
//!
//! JSON Lines in UTF-8. The first line is the [`Manifest`]; then one [`Row`] for each line of the record, in order: the
//! public line, the entry behind it byte for byte as it was hashed, and the personal texts that this bundle's readers
//! may read, each with the salt that proves its reference. A *public* bundle has what everybody may read; a *complete*
//! one has everything and is the unit's own, to leave with.

pub(crate) mod export;
mod import;

pub use export::{Exported, export, export_to};
pub use import::{Imported, import_bundle};

use crate::Failure;
use crate::verify::Report;
use jiff::Timestamp;
use law::entry::HexSalt;
use law::{PersonalRef, UnitCode};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, BufRead, Read};

/// The first word of every bundle: the format's name and number.
pub const FORMAT: &str = "cunwu-bundle/1";

/// The longest line of a bundle in bytes. The largest entry, a roll of 500 changes, takes a hundredth of it.
const MAX_LINE: u64 = 4 << 20;

/// For whom a bundle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum For {
    /// Everybody: public facts, released texts, sealed lines only.
    Public,
    /// The unit itself: everything.
    Complete,
}

/// The first line of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// For whom it is.
    pub audience: For,
    /// The unit's code.
    pub unit: UnitCode,
    /// The unit's name.
    pub name: String,
    /// The origin of the record.
    pub origin: String,
    /// The epoch, the last part of the origin.
    pub epoch: i64,
    /// The key that signs the record, as the house says. Nobody should believe it for that.
    pub vkey: String,
    /// How many lines follow.
    pub size: u64,
    /// The latest signed checkpoint with all cosignatures; none before the first seal, of an earlier epoch when the record
    /// was reopened and not sealed since.
    pub checkpoint: Option<String>,
    /// Some earlier signed checkpoints, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
    /// Digest of the rules in force when it was made.
    pub policy: String,
    /// When it was made.
    pub made_at: Timestamp,
}

/// An earlier checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// Its size.
    pub size: u64,
    /// The signed note.
    pub note: String,
}

/// One line of the record with what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The public line.
    pub line: String,
    /// The entry, byte for byte as hashed; none when this bundle's readers may not read it.
    pub body: Option<String>,
    /// Personal texts that the entry brought in and that these readers may read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub personal: Vec<Text>,
    /// References that the entry brought in and whose texts are lawfully deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<Gone>,
}

/// A personal text with what proves its reference.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The reference that stands in the entry.
    #[serde(rename = "ref")]
    pub at: PersonalRef,
    /// What kind of text.
    pub label: String,
    /// The salt.
    pub salt: HexSalt,
    /// The text.
    pub text: String,
}

/// Logs must not hold it, so neither does `Debug`.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({}, …)", self.label)
    }
}

/// A reference whose text is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gone {
    /// The reference.
    #[serde(rename = "ref")]
    pub at: PersonalRef,
    /// The record number that deleted it.
    pub seq: u64,
}

/// Why no bundle was made or taken in.
#[derive(Debug)]
pub enum BundleError {
    /// Something broke in the house.
    Failure(Failure),
    /// The file could not be read or written.
    Io(io::Error),
    /// The file is not a bundle; the number of its line, from 1, and why.
    Malformed {
        /// The line of the file.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// Nothing of this unit is signed yet, so there is nothing to show.
    NothingSealed,
    /// The unit has a record here already.
    NotEmpty,
    /// A public bundle does not hold everything, so no record can be made of it.
    NotComplete,
    /// The bundle does not hold what it says; the report names what.
    Untrue(Box<Report>),
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failure(failure) => failure.fmt(f),
            Self::Io(error) => error.fmt(f),
            Self::Malformed { line, what } => write!(f, "line {line} of the bundle: {what}"),
            Self::NothingSealed => f.write_str("nothing of this unit is signed yet"),
            Self::NotEmpty => f.write_str("the unit has a record here already"),
            Self::NotComplete => f.write_str("a public bundle does not hold everything"),
            Self::Untrue(_) => f.write_str("the bundle does not hold what it says"),
        }
    }
}

impl std::error::Error for BundleError {}

impl From<Failure> for BundleError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl export::Wraps for BundleError {
    fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failure(failure) => Some(failure),
            _ => None,
        }
    }
}

impl From<io::Error> for BundleError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads a bundle line by line.
pub struct Reader<R> {
    source: R,
    line: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> Reader<R> {
    /// Reads the manifest; rows follow.
    ///
    /// # Errors
    /// [`BundleError::Malformed`] when it is none of this format, [`BundleError::Io`] when it cannot be read.
    pub fn open(source: R) -> Result<(Manifest, Self), BundleError> {
        let mut reader = Self { source, line: 0, buffer: Vec::new() };
        let manifest: Manifest = reader.next_as()?.ok_or(BundleError::Malformed { line: 1, what: "an empty file".to_owned() })?;
        match manifest.format == FORMAT {
            true => Ok((manifest, reader)),
            false => Err(BundleError::Malformed { line: 1, what: format!("the format {} is not {FORMAT}", manifest.format) }),
        }
    }

    /// The next row; none at the end. After a malformed one the next may still be read.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn next_row(&mut self) -> Result<Option<Row>, BundleError> {
        self.next_as()
    }

    fn next_as<T: serde::de::DeserializeOwned>(&mut self) -> Result<Option<T>, BundleError> {
        self.buffer.clear();
        let read = (&mut self.source).take(MAX_LINE).read_until(b'\n', &mut self.buffer)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        if read as u64 == MAX_LINE {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a line without end").into());
        }
        serde_json::from_slice(&self.buffer).map(Some).map_err(|error| BundleError::Malformed { line: self.line, what: error.to_string() })
    }
}
