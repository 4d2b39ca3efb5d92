//! 收据 Receipt: one line's proof, to be checked years later with nothing but the log's and witnesses' keys; C2SP tlog-proof

use crate::checkpoint::{self, Untrusted};
use crate::note::{self, NoteError};
use crate::proof::{Broken, check_inclusion};
use crate::strict::{self, base64, decimal, to_base64};
use crate::{Hash, Malformed, Note, Verifier, envelope, leaf};
use std::fmt;

/// The first line.
const FORMAT: &str = "c2sp.org/tlog-proof@v1";

/// The most lines of proof any tree can need.
const MAX_PROOF: usize = 64;

/// A proof of inclusion with the checkpoint it leads to. The entry itself is not in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Opaque bytes that nothing signs; none when empty.
    pub extra: Vec<u8>,
    /// The entry's index in the log.
    pub index: u64,
    /// From the leaf's sibling up.
    pub proof: Vec<Hash>,
    /// The checkpoint, with the signatures of log and witnesses.
    pub checkpoint: Note,
}

impl Receipt {
    /// Reads a `.tlog-proof` file.
    ///
    /// # Errors
    /// [`Malformed`] for anything [`to_text`](Self::to_text) would not have written.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let (format, rest) = strict::line(strict::text(bytes)?)?;
        if format != FORMAT {
            return Err(Malformed("not a tlog-proof"));
        }
        let (mut line, mut rest) = strict::line(rest)?;
        let mut extra = Vec::new();
        if let Some(text) = line.strip_prefix("extra ") {
            extra = base64(text)?;
            if extra.is_empty() {
                return Err(Malformed("an extra line without data"));
            }
            (line, rest) = strict::line(rest)?;
        }
        let index = line.strip_prefix("index ").ok_or(Malformed("a receipt without its index"))?;
        let (proof, checkpoint) = envelope::read(rest, MAX_PROOF)?;
        Ok(Self { extra, index: decimal(index.as_bytes())?, proof, checkpoint })
    }

    /// The text of a `.tlog-proof` file.
    pub fn to_text(&self) -> String {
        let extra = match self.extra.as_slice() {
            [] => String::new(),
            bytes => format!("extra {}\n", to_base64(bytes)),
        };
        format!("{FORMAT}\n{extra}index {}\n{}", self.index, envelope::write(&self.proof, &self.checkpoint))
    }
}

/// What a receipt has proved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proved {
    /// The log the entry is in.
    pub origin: String,
    /// The size of the tree it was proved in.
    pub size: u64,
    /// The witnesses that saw this tree, each once by name however often or with whatever keys it signed, and a
    /// moment it states (seconds since 1970). How many are enough is for the caller to say.
    pub witnesses: Vec<(String, u64)>,
}

/// Why a receipt proves nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unproved {
    /// The checkpoint is not one of a known log.
    Checkpoint(Untrusted),
    /// A signature under a known witness's key is false.
    Witness(NoteError),
    /// The entry is not at this index of that tree.
    Proof(Broken),
}

impl fmt::Display for Unproved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checkpoint(error) => error.fmt(f),
            Self::Witness(error) => error.fmt(f),
            Self::Proof(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Unproved {}

/// Checks that `entry` is in a log that one of the keys `logs` has signed, and which of `witnesses` saw it there.
/// Only keys of the cosignature kind can be witnesses. Never trust `extra` for the proof's sake.
///
/// # Errors
/// [`Unproved`] when the checkpoint, a known signature or the proof does not hold.
pub fn check(receipt: &Receipt, entry: &[u8], logs: &[Verifier], witnesses: &[Verifier]) -> Result<Proved, Unproved> {
    let checkpoint = checkpoint::open(&receipt.checkpoint, logs).map_err(Unproved::Checkpoint)?;
    let verified = note::verified(&receipt.checkpoint, witnesses).map_err(Unproved::Witness)?;
    check_inclusion(receipt.index, checkpoint.size, &leaf(entry), &receipt.proof, &checkpoint.root).map_err(Unproved::Proof)?;
    let mut witnesses: Vec<_> = verified.into_iter().filter_map(|key| Some((key.name, key.time?))).collect();
    witnesses.sort_unstable();
    witnesses.dedup_by(|later, earlier| later.0 == earlier.0);
    Ok(Proved { origin: checkpoint.origin, size: checkpoint.size, witnesses })
}
