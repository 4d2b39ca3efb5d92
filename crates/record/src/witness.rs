//! 见证 Witness: what a witness of a log is asked, and by which rules it answers; C2SP tlog-witness (add-checkpoint)

use crate::checkpoint::{self, Checkpoint, Untrusted};
use crate::proof::check_consistency;
use crate::strict::{self, decimal};
use crate::{EMPTY_ROOT, Hash, Malformed, Note, Verifier, envelope};
use std::fmt;

/// The most lines of proof a client may send.
const MAX_PROOF: usize = 63;

/// The body of an `add-checkpoint` request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// The size of the latest checkpoint the log believes this witness has cosigned; 0 when none.
    pub old: u64,
    /// The proof that the new tree begins with the old one.
    pub proof: Vec<Hash>,
    /// The new checkpoint, signed by its log.
    pub checkpoint: Note,
}

impl Request {
    /// Reads a request body.
    ///
    /// # Errors
    /// [`Malformed`] for anything [`to_text`](Self::to_text) would not have written, or more than 63 lines of proof;
    /// to be answered 400 (`Verdict::from`).
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let (first, rest) = strict::line(strict::text(bytes)?)?;
        let old = first.strip_prefix("old ").ok_or(Malformed("a request without its old size"))?;
        let (proof, checkpoint) = envelope::read(rest, MAX_PROOF)?;
        Ok(Self { old: decimal(old.as_bytes())?, proof, checkpoint })
    }

    /// The request body.
    pub fn to_text(&self) -> String {
        format!("old {}\n{}", self.old, envelope::write(&self.proof, &self.checkpoint))
    }
}

/// A witness's no.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// 400: not a request, not a checkpoint, or an old size above the new one.
    Malformed(Malformed),
    /// 403: none of the log's known keys has signed, or a signature under one is false.
    Forbidden,
    /// 404: a log this witness does not know.
    UnknownOrigin,
    /// 409, with this size as body (`text/x.tlog.size`): the latest cosigned checkpoint has another size than `old`.
    Stale(u64),
    /// 409: two roots for one size, both signed by the log. The request is evidence of a split view: keep it.
    Split,
    /// 422: the proof does not hold. The request may be evidence against the log: keep it.
    Inconsistent,
}

impl Verdict {
    /// The HTTP status it is answered with.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::Forbidden => 403,
            Self::UnknownOrigin => 404,
            Self::Stale(_) | Self::Split => 409,
            Self::Inconsistent => 422,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => error.fmt(f),
            Self::Forbidden => f.write_str("the log has not signed this checkpoint"),
            Self::UnknownOrigin => f.write_str("an unknown log"),
            Self::Stale(size) => write!(f, "the latest cosigned size is {size}"),
            Self::Split => f.write_str("another root was cosigned for this size"),
            Self::Inconsistent => f.write_str("the proof does not hold"),
        }
    }
}

impl std::error::Error for Verdict {}

impl From<Malformed> for Verdict {
    fn from(error: Malformed) -> Self {
        Self::Malformed(error)
    }
}

impl From<Untrusted> for Verdict {
    fn from(error: Untrusted) -> Self {
        match error {
            Untrusted::Malformed(error) => Self::Malformed(error),
            Untrusted::UnknownOrigin => Self::UnknownOrigin,
            Untrusted::Signature(_) => Self::Forbidden,
        }
    }
}

/// Whether a witness that has cosigned `known` (size and root of this log's latest checkpoint) may cosign this one.
///
/// The caller holds the log's row from reading `known` until the new checkpoint is stored, and only then cosigns
/// ([`cosign`](crate::cosignature::cosign)) and answers. `logs` are the keys of all logs it watches.
///
/// # Errors
/// [`Verdict`], in the order of the specification.
pub fn judge(known: Option<(u64, Hash)>, request: &Request, logs: &[Verifier]) -> Result<Checkpoint, Verdict> {
    let new = checkpoint::open(&request.checkpoint, logs)?;
    let (size, root) = known.unwrap_or((0, EMPTY_ROOT));
    if request.old > new.size {
        return Err(Malformed("an old size above the new one").into());
    }
    if request.old != size {
        return Err(Verdict::Stale(size));
    }
    if new.size == size && new.root != root {
        return Err(Verdict::Split);
    }
    check_consistency(size, &root, new.size, &new.root, &request.proof).map_err(|_| Verdict::Inconsistent)?;
    Ok(new)
}
