//! 记录内容 Entry: what stands behind one line of the record: the fact, who, when, and on what it rests.

use crate::personal::Salt;
use crate::{Digest, MatterId, PersonalRef, PostKind, UnitCode};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who acted, as the record keeps it: office-holders by post, residents by a salted reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum By {
    /// The holder of a post.
    Post {
        /// Unit of the post.
        unit: UnitCode,
        /// The post.
        post: MatterId,
        /// Its kind.
        kind: PostKind,
        /// Its holder.
        person: MatterId,
        /// The post of the staff member who prepared the act (经办).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prepared_by: Option<MatterId>,
    },
    /// A resident.
    Resident {
        /// Salted reference to the person.
        person: PersonalRef,
        /// Whether the roll held the person that day.
        on_roll: bool,
    },
    /// An office-holder who votes as the person that he is: named by no post, so that no roll is read off it.
    Voter {
        /// Salted reference to the person.
        person: PersonalRef,
    },
    /// The bearer of a slip's code.
    Bearer,
    /// Nobody in particular.
    Anyone,
    /// The clock.
    Clock,
    /// The law.
    Law,
    /// Who set the house up (期初).
    Keeper,
}

/// A step of a matter that a decision rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relied {
    /// The unit in whose record it stands.
    pub unit: UnitCode,
    /// The matter.
    pub matter: MatterId,
    /// The step.
    pub step: u64,
}

/// What is hashed into a line's digest, byte for byte as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry<F> {
    /// Format of this envelope; 1.
    pub v: u8,
    /// The unit.
    pub unit: UnitCode,
    /// Kind of matter.
    pub kind: String,
    /// The matter.
    pub matter: MatterId,
    /// Position within the matter, from 0.
    pub step: u64,
    /// The instant.
    pub at: Timestamp,
    /// Who.
    pub by: By,
    /// Digest of the policy in force.
    pub policy: String,
    /// Record number of the act that entailed this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<u64>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relies: Vec<Relied>,
    /// What happened.
    pub fact: F,
    /// 128 random bits, so that nobody can guess a fact from its digest.
    pub salt: HexSalt,
}

impl<F: Serialize> Entry<F> {
    /// The bytes to store and their digest.
    pub fn to_bytes(&self) -> (Vec<u8>, Digest) {
        let bytes = serde_json::to_vec(self).expect("facts are plain data");
        let digest = Digest::of(&[&bytes]);
        (bytes, digest)
    }
}

/// A salt written as hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HexSalt(pub Salt);

impl Serialize for HexSalt {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&format_args!("{:032x}", u128::from_be_bytes(self.0)))
    }
}

impl<'de> Deserialize<'de> for HexSalt {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        // One writing for one salt, so that no changed letter goes unseen.
        if text.len() != 32 || !text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(serde::de::Error::custom("a salt is 32 lower-case hex digits"));
        }
        let value = u128::from_str_radix(&text, 16).map_err(serde::de::Error::custom)?;
        Ok(Self(value.to_be_bytes()))
    }
}
