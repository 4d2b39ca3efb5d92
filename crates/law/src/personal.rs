//! 个人信息 Personal data: facts and tables hold a salted digest, never the text. The text lives beside the record and
//! can be erased (个人信息保护法 第47条) while every proof stays valid.

use crate::Digest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Text about or by a private person, on its way in. It never becomes part of a fact.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Personal(pub String);

impl Personal {
    /// The text itself.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// Logs must not hold it, so neither does `Debug`.
impl std::fmt::Debug for Personal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Personal(…)")
    }
}

/// What a fact holds instead of personal text: SHA-256 over salt and text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PersonalRef(pub Digest);

/// The salt of one personal text, 128 random bits.
pub type Salt = [u8; 16];

impl PersonalRef {
    /// The reference to `text` under `salt`.
    pub fn of(salt: &Salt, text: &str) -> Self {
        Self(Digest::of(&[b"cunwu personal\n", salt, text.as_bytes()]))
    }
}

/// The salt of the text called `label` in an act whose own salt is `act`: to know one is not to know the other.
pub fn salt_of(act: &Salt, label: &str) -> Salt {
    let digest = Digest::of(&[b"cunwu salt\n", act, label.as_bytes()]);
    *digest.0.first_chunk().expect("a digest is longer than a salt")
}

/// Which earlier texts of its matter a fact lawfully deletes (依法删除).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Forgets {
    /// None.
    #[default]
    Nothing,
    /// Those with this label.
    Label(&'static str),
    /// These.
    Refs(Vec<PersonalRef>),
    /// All.
    All,
}
