//! 凭据 Secrets of the door: random tokens that are shown once and kept as digests, and keyed digests of what is guessable.

use crate::House;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use law::Digest;
use sha2::Sha256;
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Something that is shown to one person and never logged: `Debug` hides it.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Wraps a text.
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for a cookie, a page or a terminal.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Characters of a token: 256 bits in base64.
const TOKEN: usize = 43;

/// A fresh token of 256 bits and the digest under which it is kept.
pub(crate) fn token(house: &House) -> (Secret, Digest) {
    let mut bytes = Zeroizing::new([0; 32]);
    house.dice.fill(bytes.as_mut_slice());
    let token = Secret::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()));
    let id = id(token.reveal()).expect("a token has the length of a token");
    (token, id)
}

/// The digest under which a token is kept; none for what no token ever was.
pub(crate) fn id(token: &str) -> Option<Digest> {
    (token.len() == TOKEN).then(|| Digest::of(&[b"cunwu token\n", token.as_bytes()]))
}

/// A key of this house for digests of what could be guessed: codes, telephones' browsers, addresses, login names.
#[derive(Clone)]
pub(crate) struct MacKey(Zeroizing<[u8; 32]>);

impl MacKey {
    /// The key for one purpose.
    pub fn of(house: &House, purpose: &str) -> Self {
        Self(house.keys.derive(&format!("door/{purpose}")))
    }

    /// The digest of the parts, each told apart by its length.
    pub fn mac(&self, parts: &[&[u8]]) -> Digest {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice()).expect("HMAC takes any key");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Digest(mac.finalize().into_bytes().into())
    }
}

/// Whether two texts are equal, without telling how far they are.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}
