//! 公开行 Line: the one public line of an act, whose bytes are the log's entry; DESIGN §3.7
//!
//! Open: `cunwu1 {unit} {seq} {kind} {matter} {step} {day} {audience} {digest}`. Sealed: `cunwu1 {unit} {seq} sealed
//! {digest}`, which tells nothing but that something happened. The digest is SHA-256 over the salted fact, in
//! lower-case hexadecimal. There is one spelling for each line: what parses is what `to_bytes` writes.

use crate::strict::{decimal, hex, push_decimal, push_hex};
use crate::{Hash, Malformed};

/// The longest line in bytes.
pub const MAX_LINE: usize = 512;

/// The first word: the format's name and number.
const FORMAT: &[u8] = b"cunwu1";

/// What stands in place of the kind in a sealed line, and is therefore no kind.
const SEALED: &[u8] = b"sealed";

/// One entry of a unit's log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// 统计用区划代码 of the unit, 12 digits (15 for a villager group).
    pub unit: u64,
    /// The entry's index in the unit's log, from 0.
    pub seq: u64,
    /// What the public may know of the act.
    pub body: Body,
}

/// What a line says beyond its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Body {
    /// An act whose matter is public, whoever may read the fact itself. The words are of `[a-z0-9_-]`.
    Open {
        /// The kind of matter, e.g. `suggestion`; never `sealed`.
        kind: String,
        /// The matter's random id.
        matter: String,
        /// Which step of its matter this is, from 0.
        step: u64,
        /// The civil day in Asia/Shanghai, `YYYY-MM-DD`.
        day: String,
        /// Who may read the fact.
        audience: String,
        /// SHA-256 over the salted fact.
        digest: Hash,
    },
    /// An act of which only the digest is shown.
    Sealed {
        /// SHA-256 over the salted fact.
        digest: Hash,
    },
}

impl Line {
    /// The entry's bytes, without newline; [`leaf`](crate::leaf()) of them is what the tree hashes.
    ///
    /// A line that [`check`](Self::check) refuses is a bug of its maker: debug builds panic on it.
    pub fn to_bytes(&self) -> Vec<u8> {
        debug_assert_eq!(self.check(), Ok(()), "{self:?}");
        self.written()
    }

    /// Reads the bytes of an entry.
    ///
    /// # Errors
    /// [`Malformed`] for anything `to_bytes` would not have written: other format, spaces, zeroes, case, length.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > MAX_LINE {
            return Err(Malformed("a line longer than 512 bytes"));
        }
        let mut words = bytes.split(|&byte| byte == b' ');
        let mut next = || words.next().ok_or(Malformed("a line that ends early"));
        if next()? != FORMAT {
            return Err(Malformed("not a cunwu1 line"));
        }
        let (unit, seq) = (decimal(next()?)?, decimal(next()?)?);
        let kind = next()?;
        let body = if kind == SEALED {
            Body::Sealed { digest: hex(next()?)? }
        } else {
            Body::Open {
                kind: word(kind)?,
                matter: word(next()?)?,
                step: decimal(next()?)?,
                day: day(next()?)?,
                audience: word(next()?)?,
                digest: hex(next()?)?,
            }
        };
        match words.next() {
            None => Ok(Self { unit, seq, body }),
            Some(_) => Err(Malformed("a line that goes on after its digest")),
        }
    }

    /// Whether the line can be written at all, that is, would be read back as itself.
    ///
    /// # Errors
    /// [`Malformed`] when a word, the day or the length is not what a line may hold.
    pub fn check(&self) -> Result<(), Malformed> {
        if Self::parse(&self.written())? == *self { Ok(()) } else { Err(Malformed("a line that reads as another")) }
    }

    /// SHA-256 over the salted fact.
    pub fn digest(&self) -> &Hash {
        match &self.body {
            Body::Open { digest, .. } | Body::Sealed { digest } => digest,
        }
    }

    fn written(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(192); // one allocation for every usual line
        out.extend_from_slice(FORMAT);
        number(&mut out, self.unit);
        number(&mut out, self.seq);
        match &self.body {
            Body::Open { kind, matter, step, day, audience, .. } => {
                spaced(&mut out, kind.as_bytes());
                spaced(&mut out, matter.as_bytes());
                number(&mut out, *step);
                spaced(&mut out, day.as_bytes());
                spaced(&mut out, audience.as_bytes());
            }
            Body::Sealed { .. } => spaced(&mut out, SEALED),
        }
        out.push(b' ');
        push_hex(&mut out, self.digest());
        out
    }
}

fn spaced(out: &mut Vec<u8>, word: &[u8]) {
    out.push(b' ');
    out.extend_from_slice(word);
}

fn number(out: &mut Vec<u8>, value: u64) {
    out.push(b' ');
    push_decimal(out, value);
}

fn word(bytes: &[u8]) -> Result<String, Malformed> {
    let plain = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
    if bytes.is_empty() || !bytes.iter().all(plain) {
        return Err(Malformed("a word that is not of [a-z0-9_-]"));
    }
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

/// The shape of a civil day; whether the calendar has it is the law's business.
fn day(bytes: &[u8]) -> Result<String, Malformed> {
    let fits = |(at, byte): (usize, &u8)| {
        if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() }
    };
    if bytes.len() != 10 || !bytes.iter().enumerate().all(fits) {
        return Err(Malformed("a day that is not YYYY-MM-DD"));
    }
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
