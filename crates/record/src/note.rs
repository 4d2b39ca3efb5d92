//! 签名文书 Note: a text and the signatures under it; C2SP signed-note

use crate::Malformed;
use crate::key::{Signer, Verifier, check_name};
use crate::strict::{self, base64, to_base64};
use std::fmt;

/// The most signatures a note may carry.
pub const MAX_SIGNATURES: usize = 100;

/// How a signature line begins: an em dash and a space.
const MARK: &str = "\u{2014} ";

/// A text that ends in a newline, and signatures of which nothing is known until [`open`] has checked them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// What is signed, with its last newline.
    pub text: String,
    /// One to a hundred signatures, in the order of their lines.
    pub signatures: Vec<Signature>,
}

/// One signature line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// The key's name.
    pub name: String,
    /// The key's id.
    pub id: u32,
    /// What the key made of the text, as its kind has it; at least one byte.
    pub bytes: Vec<u8>,
}

/// A signature that was checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    /// The key's name.
    pub name: String,
    /// The key's id.
    pub id: u32,
    /// When a cosigner says it saw the text, in seconds since 1970; nothing for a plain signature.
    pub time: Option<u64>,
}

/// Why a note is not to be believed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoteError {
    /// No known key has signed it.
    Unverified,
    /// A signature under a known key is not that key's.
    BadSignature {
        /// The key's name.
        name: String,
        /// The key's id.
        id: u32,
    },
}

impl fmt::Display for NoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unverified => f.write_str("no known key has signed the note"),
            Self::BadSignature { name, id } => write!(f, "a false signature of {name}+{id:08x}"),
        }
    }
}

impl std::error::Error for NoteError {}

impl Note {
    /// Reads a note of at most 1 MiB and [`MAX_SIGNATURES`].
    ///
    /// # Errors
    /// [`Malformed`] for anything [`to_text`](Self::to_text) would not have written.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let whole = strict::text(bytes)?;
        let gap = whole.rfind("\n\n").ok_or(Malformed("a note without signatures"))?;
        let (text, lines) = (&whole[..=gap], &whole[gap + 2..]);
        Ok(Self { text: text.to_owned(), signatures: Signature::parse_lines(lines)? })
    }

    /// The note as it is stored and sent.
    pub fn to_text(&self) -> String {
        let lines: String = self.signatures.iter().map(Signature::to_line).collect();
        format!("{}\n{lines}", self.text)
    }
}

impl Signature {
    /// Its line, with the newline.
    pub fn to_line(&self) -> String {
        let bytes = [&self.id.to_be_bytes(), self.bytes.as_slice()].concat();
        format!("{MARK}{} {}\n", self.name, to_base64(&bytes))
    }

    /// Reads one to [`MAX_SIGNATURES`] signature lines: the end of a note, or what a witness answers.
    ///
    /// # Errors
    /// [`Malformed`] for anything [`to_line`](Self::to_line) would not have written.
    pub fn parse_lines(lines: &str) -> Result<Vec<Self>, Malformed> {
        let lines = lines.strip_suffix('\n').ok_or(Malformed("a signature without its newline"))?;
        let signatures: Vec<_> = lines.split('\n').take(MAX_SIGNATURES + 1).map(Self::parse).collect::<Result<_, _>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(Malformed("more than 100 signatures"));
        }
        Ok(signatures)
    }

    fn parse(line: &str) -> Result<Self, Malformed> {
        let wrong = Malformed("not a signature line");
        let (name, bytes) = line.strip_prefix(MARK).and_then(|line| line.split_once(' ')).ok_or(wrong)?;
        check_name(name)?;
        let bytes = base64(bytes)?;
        match bytes.split_first_chunk::<4>() {
            Some((id, bytes)) if !bytes.is_empty() => {
                Ok(Self { name: name.to_owned(), id: u32::from_be_bytes(*id), bytes: bytes.to_vec() })
            }
            _ => Err(wrong),
        }
    }
}

/// Makes a note of a text, signed by each key in turn.
///
/// # Errors
/// [`Malformed`] when the text does not end in a newline, has control characters, or there is no signer.
pub fn sign(text: &str, signers: &[&Signer]) -> Result<Note, Malformed> {
    if !strict::text(text.as_bytes())?.ends_with('\n') {
        return Err(Malformed("a text that does not end in a newline"));
    }
    if !(1..=MAX_SIGNATURES).contains(&signers.len()) {
        return Err(Malformed("a note that is not signed once to a hundred times"));
    }
    let signatures = signers.iter().map(|signer| signer.sign(text)).collect();
    Ok(Note { text: text.to_owned(), signatures })
}

/// Checks a note: which of these keys have signed it? Each is told once, however often it signed.
///
/// # Errors
/// [`NoteError`] when none has, or when one signature that names a known key is false. Unknown keys are passed over.
pub fn open(note: &Note, keys: &[Verifier]) -> Result<Vec<Verified>, NoteError> {
    let verified = verified(note, keys)?;
    if verified.is_empty() { Err(NoteError::Unverified) } else { Ok(verified) }
}

/// As [`open`], where it is no error that none of these keys has signed.
///
/// # Errors
/// [`NoteError::BadSignature`] when one signature that names a known key is false.
pub fn verified(note: &Note, keys: &[Verifier]) -> Result<Vec<Verified>, NoteError> {
    let mut verified: Vec<Verified> = Vec::new();
    for signature in &note.signatures {
        let Some(key) = keys.iter().find(|key| key.is_named_by(signature)) else {
            continue;
        };
        let time = key.verify(&note.text, signature)?;
        let known = verified.iter().any(|known| known.id == signature.id && known.name == signature.name);
        if !known {
            verified.push(Verified { name: signature.name.clone(), id: signature.id, time });
        }
    }
    Ok(verified)
}
