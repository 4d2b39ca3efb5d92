//! 检查点 Checkpoint: the name, size and root of a log at one moment, as its log signs them; C2SP tlog-checkpoint

use crate::note::{self, Note, NoteError};
use crate::strict::{self, base64_hash, decimal, to_base64};
use crate::{Hash, Malformed, Verifier};
use std::fmt;

/// A log's tree head.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checkpoint {
    /// Which log: one line, not empty; in cunwu `{record_name}/{unit}/{epoch}`, which also names the log's keys.
    pub origin: String,
    /// The number of leaves.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// Further lines, none of them empty; not recommended.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// The text a log signs.
    pub fn to_text(&self) -> String {
        let extensions: String = self.extensions.iter().map(|line| format!("{line}\n")).collect();
        format!("{}\n{}\n{}\n{extensions}", self.origin, self.size, to_base64(&self.root))
    }

    /// Reads the text of a checkpoint, that is of its note, without signatures.
    ///
    /// # Errors
    /// [`Malformed`] for anything [`to_text`](Self::to_text) would not have written.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let text = strict::text(bytes)?;
        let (origin, rest) = strict::line(text)?;
        let (size, rest) = strict::line(rest)?;
        let (root, mut rest) = strict::line(rest)?;
        let mut extensions = Vec::new();
        while !rest.is_empty() {
            let (line, after) = strict::line(rest)?;
            extensions.push(line.to_owned());
            rest = after;
        }
        if origin.is_empty() || extensions.iter().any(String::is_empty) {
            return Err(Malformed("an empty line in a checkpoint"));
        }
        Ok(Self { origin: origin.to_owned(), size: decimal(size.as_bytes())?, root: base64_hash(root)?, extensions })
    }
}

/// Why a note is not a checkpoint to build on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Untrusted {
    /// Its text is not a checkpoint.
    Malformed(Malformed),
    /// It is of a log for which no key is known.
    UnknownOrigin,
    /// Its log has not signed it, or a signature of a known key is false.
    Signature(NoteError),
}

impl fmt::Display for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => error.fmt(f),
            Self::UnknownOrigin => f.write_str("a checkpoint of an unknown log"),
            Self::Signature(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Untrusted {}

/// Reads a signed checkpoint and believes it when its own log has signed it: a key speaks for the log whose origin
/// is the key's name, and for no other.
///
/// # Errors
/// [`Untrusted`] when the text, the log or the signature is not as it must be.
pub fn open(note: &Note, logs: &[Verifier]) -> Result<Checkpoint, Untrusted> {
    let checkpoint = Checkpoint::parse(note.text.as_bytes()).map_err(Untrusted::Malformed)?;
    if !logs.iter().any(|key| key.name() == checkpoint.origin) {
        return Err(Untrusted::UnknownOrigin);
    }
    let verified = note::verified(note, logs).map_err(Untrusted::Signature)?;
    if verified.iter().any(|key| key.name == checkpoint.origin) { Ok(checkpoint) } else { Err(Untrusted::Signature(NoteError::Unverified)) }
}
