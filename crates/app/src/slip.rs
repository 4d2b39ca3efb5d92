//! 存根码 Stub codes: what staff write on the stub of an anonymous slip, so that its sender can look the answer up and say
//! whether it will do. Only its digest goes into the record.

use crate::House;
use crate::door::secret::MacKey;
use law::{MatterId, UnitCode};

/// Characters of a code: 60 bits.
const LENGTH: usize = 12;
/// No 0, O, 1 or I, which handwriting confuses.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// The code for one registration. It follows from the form's own key, so that sending the form twice is one registration
/// with one code; without a key it is thrown.
pub fn code(house: &House, unit: UnitCode, taker: MatterId, key: Option<&str>) -> String {
    let thrown = || house.dice.bits().to_be_bytes().to_vec();
    let key = key.map_or_else(thrown, |key| key.as_bytes().to_vec());
    let mac = MacKey::of(house, "slip").mac(&[unit.to_string().as_bytes(), taker.to_string().as_bytes(), &key]);
    mac.0.iter().take(LENGTH).map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}
