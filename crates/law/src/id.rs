//! 事项编号 Matter id: 63 bits, written as 13 characters that are easy to read out over the telephone.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Crockford's alphabet: no i, l, o, u, so that nobody mistakes a digit for a letter.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 13;

/// Names one matter within its unit. It says nothing about whom or what it concerns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatterId(i64);

impl MatterId {
    /// The id of a matter that begins when its unit's record holds `size` lines: those lines, which everybody can count, above as
    /// many random bits. What a unit does on one day lies side by side in its tables, and so costs a fraction of scattered rows.
    pub fn fresh(size: u64, bits: u64) -> Self {
        Self::from_bits((size << 32) | (bits >> 32))
    }

    /// From random bits; the sign bit is dropped so that both databases hold it as a positive BIGINT.
    pub fn from_bits(bits: u64) -> Self {
        Self((bits >> 1).cast_signed())
    }

    /// The one id that a name always has: recurring matters are found without a search.
    pub fn named(name: &str) -> Self {
        let digest = crate::Digest::of(&[b"cunwu matter\n", name.as_bytes()]);
        let (first, _) = digest.0.split_first_chunk().expect("a digest is longer than eight bytes");
        Self::from_bits(u64::from_be_bytes(*first))
    }

    /// As the tables hold it.
    pub fn as_i64(self) -> i64 {
        self.0
    }

    /// From a table; `None` for what no id ever was.
    pub fn from_i64(value: i64) -> Option<Self> {
        (value >= 0).then_some(Self(value))
    }

    /// Reads the 13 characters. Upper case and the look-alikes o, i, l are taken for what was meant.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != LENGTH {
            return None;
        }
        let mut value: u64 = 0;
        for c in text.bytes() {
            let c = match c.to_ascii_lowercase() {
                b'o' => b'0',
                b'i' | b'l' => b'1',
                c => c,
            };
            let digit = ALPHABET.iter().position(|&a| a == c)?;
            value = value.checked_mul(32)?.checked_add(digit as u64)?;
        }
        i64::try_from(value).ok().map(Self)
    }
}

impl std::fmt::Display for MatterId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = [0; LENGTH];
        let mut rest = self.0.cast_unsigned();
        for place in text.iter_mut().rev() {
            *place = ALPHABET[(rest % 32) as usize];
            rest /= 32;
        }
        f.write_str(std::str::from_utf8(&text).expect("the alphabet is ASCII"))
    }
}

impl std::fmt::Debug for MatterId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for MatterId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MatterId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a matter id is 13 characters"))
    }
}

impl schemars::JsonSchema for MatterId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MatterId".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{13}$"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_written() {
        for bits in [0, 1, 2, 63, 64, u64::MAX, 0x0123_4567_89ab_cdef] {
            let id = MatterId::from_bits(bits);
            assert_eq!(MatterId::parse(&id.to_string()), Some(id));
            assert_eq!(MatterId::from_i64(id.as_i64()), Some(id));
        }
    }

    #[test]
    fn look_alikes_are_taken_for_what_was_meant() {
        assert_eq!(MatterId::parse("0000000000O1L"), MatterId::parse("0000000000011"));
        assert_eq!(MatterId::parse("zzzzzzzzzzzzz"), None, "more than 63 bits");
        assert_eq!(MatterId::parse("u000000000000"), None);
    }
}
