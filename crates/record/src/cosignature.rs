//! 见证签名 Cosignature: a witness's word that it saw this tree, and when; C2SP tlog-cosignature (cosignature/v1)

use crate::key::{Kind, Signer, Verifier};
use crate::note::{NoteError, Signature};

/// The latest moment a cosignature may state: 2⁶³ − 1 seconds.
const LATEST: u64 = u64::MAX >> 1;

/// Cosigns a checkpoint's text at `time`, in seconds since 1970 and below 2⁶³ (a later one is a bug and verifies nowhere).
pub fn cosign(text: &str, time: u64, signer: &Signer) -> Signature {
    debug_assert!(time <= LATEST, "the clock is beyond its end");
    let signature = signer.sign_bytes(message(text, time).as_bytes());
    signer.signature(Kind::Cosignature, [time.to_be_bytes().as_slice(), &signature].concat())
}

/// Checks a witness's cosignature on a checkpoint's text and tells its moment, in seconds since 1970.
///
/// # Errors
/// [`NoteError::Unverified`] when the signature names another key or the key is no cosigner's,
/// [`NoteError::BadSignature`] when it is false.
pub fn verify(text: &str, signature: &Signature, witness: &Verifier) -> Result<u64, NoteError> {
    witness.verify(text, signature)?.ok_or(NoteError::Unverified)
}

/// The moment in a cosignature's bytes, when `signed` says that the rest signs message and moment.
pub(crate) fn read(text: &str, bytes: &[u8], signed: impl Fn(&[u8], &[u8]) -> bool) -> Option<u64> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    let genuine = time <= LATEST && signed(message(text, time).as_bytes(), signature);
    genuine.then_some(time)
}

fn message(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}
