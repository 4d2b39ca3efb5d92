//! Floor 1: the mechanism as pure law; no clock, no dice, no database.
//!
//! A **matter** (事项) is the unit of consistency. An **act** is asked by an actor; `decide` makes of it one **fact**
//! or a **refusal**; `evolve` makes of facts the matter's state. Everything else here serves these two functions.

pub mod actor;
pub mod acts;
pub mod audience;
pub mod code;
pub mod duty;
pub mod entry;
pub mod id;
pub mod lead;
pub mod limit;
pub mod matter;
pub mod meet;
pub mod moment;
pub mod open;
pub mod personal;
pub mod policy;
pub mod refusal;
pub mod right;
pub mod steer;
pub mod unit;
pub mod watch;
pub mod workday;

pub use actor::{Actor, Office, PostKind, Who};
pub use acts::{AnyAct, applied};
pub use audience::Audience;
pub use duty::{Duties, Duty, DutyState, Owner, Term};
pub use entry::{By, Entry, Relied};
pub use id::MatterId;
pub use matter::Matter;
pub use moment::Moment;
pub use personal::{Personal, PersonalRef};
pub use policy::Policy;
pub use refusal::Refusal;
pub use right::{Holder, Right};
pub use unit::{Profile, UnitCode};

/// A SHA-256 value as the record holds it, written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The SHA-256 of the parts, one after the other.
    pub fn of(parts: &[&[u8]]) -> Self {
        use sha2::Digest as _;
        let hash = parts.iter().fold(sha2::Sha256::new(), |h, part| h.chain_update(part));
        Self(hash.finalize().into())
    }

    /// Reads 64 lower-case hex digits; nothing else is a digest, so that each has one spelling only.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = |c: u8| char::from(c).to_digit(16).filter(|_| !c.is_ascii_uppercase());
        let bytes = text.as_bytes();
        if bytes.len() != 64 {
            return None;
        }
        let mut out = [0; 32];
        for (i, pair) in bytes.chunks(2).enumerate() {
            out[i] = u8::try_from(hex(pair[0])? * 16 + hex(pair[1])?).ok()?;
        }
        Some(Self(out))
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (two, byte) in text.chunks_exact_mut(2).zip(self.0) {
            two.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
        f.write_str(std::str::from_utf8(&text).expect("hex digits are ASCII"))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl serde::Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a digest is 64 hex digits"))
    }
}

impl schemars::JsonSchema for Digest {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Digest".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[0-9a-f]{64}$"})
    }
}
