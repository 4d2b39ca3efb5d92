//! 钥匙 Key: a name and an Ed25519 key that signs under it; C2SP signed-note (verifier keys), tlog-cosignature

use crate::cosignature;
use crate::note::{NoteError, Signature};
use crate::strict::{base64, to_base64};
use crate::{Hash, Malformed};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;

/// What a key's signature means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// 0x01: Ed25519 over the text itself.
    Plain = 0x01,
    /// 0x04: Ed25519 over the text and the moment it was seen (cosignature/v1).
    Cosignature = 0x04,
}

/// A public key under a name; in writing a vkey: `name+hexid+base64(kind || key)`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verifier {
    name: String,
    id: u32,
    kind: Kind,
    key: VerifyingKey,
}

impl Verifier {
    /// Reads a vkey.
    ///
    /// # Errors
    /// [`Malformed`] for a bad name, another kind than 0x01 and 0x04, an id that is not this key's, or no such key.
    pub fn parse(vkey: &str) -> Result<Self, Malformed> {
        let wrong = Malformed("not a verifier key");
        let (name, rest) = vkey.split_once('+').ok_or(wrong)?;
        let (_, material) = rest.split_once('+').ok_or(wrong)?;
        let material = base64(material)?;
        let (kind, key) = material.split_first().ok_or(wrong)?;
        let kind = match kind {
            0x01 => Kind::Plain,
            0x04 => Kind::Cosignature,
            _ => return Err(Malformed("a verifier key of an unknown kind")),
        };
        let key: &Hash = key.try_into().map_err(|_| wrong)?;
        let verifier = Self::new(name, kind, VerifyingKey::from_bytes(key).map_err(|_| wrong)?)?;
        if verifier.vkey() == vkey { Ok(verifier) } else { Err(Malformed("a verifier key with another id")) }
    }

    fn new(name: &str, kind: Kind, key: VerifyingKey) -> Result<Self, Malformed> {
        check_name(name)?;
        let hash = Sha256::new().chain_update(name).chain_update([b'\n', kind as u8]).chain_update(key.as_bytes()).finalize();
        let id = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
        Ok(Self { name: name.to_owned(), id, kind, key })
    }

    /// The name it signs under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256 over name, newline, kind and key.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// What its signatures mean.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its written form.
    pub fn vkey(&self) -> String {
        let material = [&[self.kind as u8], self.key.as_bytes().as_slice()].concat();
        format!("{}+{:08x}+{}", self.name, self.id, to_base64(&material))
    }

    /// The same key under another name: a log's key outlives its origins.
    ///
    /// # Errors
    /// [`Malformed`] when the name is empty or holds a space, a plus or a control character.
    pub fn under(&self, name: &str) -> Result<Self, Malformed> {
        Self::new(name, self.kind, self.key)
    }

    /// Whether a signature says it is by this key; whether it is, [`verify`](Self::verify) tells.
    pub fn is_named_by(&self, signature: &Signature) -> bool {
        signature.id == self.id && signature.name == self.name
    }

    /// Checks a signature on a text; a cosignature tells its moment (seconds since 1970).
    ///
    /// # Errors
    /// [`NoteError::Unverified`] when it names another key, [`NoteError::BadSignature`] when it is not genuine.
    pub fn verify(&self, text: &str, signature: &Signature) -> Result<Option<u64>, NoteError> {
        if !self.is_named_by(signature) {
            return Err(NoteError::Unverified);
        }
        let bytes = signature.bytes.as_slice();
        let time = match self.kind {
            Kind::Plain => self.signed(text.as_bytes(), bytes).then_some(None),
            Kind::Cosignature => cosignature::read(text, bytes, |message, rest| self.signed(message, rest)).map(Some),
        };
        time.ok_or_else(|| NoteError::BadSignature { name: self.name.clone(), id: self.id })
    }

    /// Ed25519 as RFC 8032 has it, without keys or points of small order.
    fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let signature = ed25519_dalek::Signature::from_slice(signature);
        signature.is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

/// A secret key under a name. The secret is wiped when dropped and never printed.
#[derive(Clone)]
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl Signer {
    /// A signer from its 32-byte Ed25519 seed.
    ///
    /// # Errors
    /// [`Malformed`] when the name is empty or holds a space, a plus or a control character.
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, Malformed> {
        check_name(name)?;
        Ok(Self { name: name.to_owned(), key: SigningKey::from_bytes(seed) })
    }

    /// The name it signs under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The vkey of a log: kind 0x01.
    pub fn vkey(&self) -> String {
        self.verifier(Kind::Plain).vkey()
    }

    /// The vkey of a witness: kind 0x04.
    pub fn witness_vkey(&self) -> String {
        self.verifier(Kind::Cosignature).vkey()
    }

    /// The public key that checks this signer's signatures of one kind.
    pub fn verifier(&self, kind: Kind) -> Verifier {
        let checked = Verifier::new(&self.name, kind, self.key.verifying_key());
        checked.expect("the name was checked when the signer was made")
    }

    /// Signs a text as it stands: kind 0x01.
    pub fn sign(&self, text: &str) -> Signature {
        self.signature(Kind::Plain, self.sign_bytes(text.as_bytes()).to_vec())
    }

    pub(crate) fn sign_bytes(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    pub(crate) fn signature(&self, kind: Kind, bytes: Vec<u8>) -> Signature {
        Signature { name: self.name.clone(), id: self.verifier(kind).id, bytes }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.vkey())
    }
}

/// A key's name: not empty, no Unicode space, no plus, no control character.
pub(crate) fn check_name(name: &str) -> Result<(), Malformed> {
    let allowed = |c: char| !c.is_whitespace() && !c.is_ascii_control() && c != '+';
    if !name.is_empty() && name.chars().all(allowed) { Ok(()) } else { Err(Malformed("not the name of a key")) }
}
