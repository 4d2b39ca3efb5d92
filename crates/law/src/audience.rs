//! 公开范围 Audience: who may read a fact. The line that the record hashes is public always; the fact goes only this far.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who may read a fact, from widest to narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Everybody, also without signing in.
    Public,
    /// Verified residents of the unit and members of its collective.
    Members,
    /// Holders of a post in the unit or above it.
    Officials,
    /// Only the post that the matter names; the public line then shows a number and a digest, no more.
    Sealed,
}

impl Audience {
    /// The word that stands in the public line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Members => "members",
            Self::Officials => "officials",
            Self::Sealed => "sealed",
        }
    }

    /// Whether a reader of this audience may see a fact meant for `fact`. Sealed facts are opened by their own post only.
    pub fn may_read(self, fact: Self) -> bool {
        fact != Self::Sealed && fact <= self
    }
}
