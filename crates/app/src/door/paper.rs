//! 纸质恢复码 Paper recovery codes: ten, each once, for the day the telephone is lost.

use super::limits::PAPER_CODES;
use super::secret::{MacKey, Secret};
use crate::House;
use law::{Digest, MatterId};

/// Fresh codes as they are printed, each with the digest under which it is kept.
pub(super) fn fresh(house: &House) -> Vec<(Secret, Digest)> {
    let key = MacKey::of(house, "paper");
    let one = |_| {
        let code = MatterId::from_bits(house.dice.bits()).to_string();
        let printed = format!("{}-{}-{}", &code[..4], &code[4..9], &code[9..]);
        (Secret::new(printed), key.mac(&[code.as_bytes()]))
    };
    (0..PAPER_CODES).map(one).collect()
}

/// The digest of a code as somebody typed it: with or without hyphens, look-alikes taken for what was meant.
pub(super) fn digest(house: &House, typed: &str) -> Option<Digest> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let code = MatterId::parse(&plain)?.to_string();
    Some(MacKey::of(house, "paper").mac(&[code.as_bytes()]))
}
