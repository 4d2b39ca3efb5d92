//! 严格文本 Strict text: one spelling for each value, so what is read is byte for byte what was written; C2SP signed-note

use crate::Hash;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use std::fmt;

/// Bytes that are not in the one form their specification allows; the words say what was wrong, for logs and tests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Malformed(pub &'static str);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "malformed: {}", self.0)
    }
}

impl std::error::Error for Malformed {}

/// The longest text that is read at all: 1 MiB.
const MAX_TEXT: usize = 1 << 20;

/// UTF-8 of at most 1 MiB with no ASCII control character but the newline.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Malformed> {
    if bytes.len() > MAX_TEXT {
        return Err(Malformed("a text longer than 1 MiB"));
    }
    if bytes.iter().any(|&byte| byte < b' ' && byte != b'\n') {
        return Err(Malformed("a control character"));
    }
    std::str::from_utf8(bytes).map_err(|_| Malformed("not UTF-8"))
}

/// The first line of a text, without its newline, and what follows it.
pub(crate) fn line(text: &str) -> Result<(&str, &str), Malformed> {
    text.split_once('\n').ok_or(Malformed("a line without its newline"))
}

/// An ASCII decimal without sign or leading zeroes.
pub(crate) fn decimal(digits: &[u8]) -> Result<u64, Malformed> {
    let plain = matches!(digits, [b'0'] | [b'1'..=b'9', ..]) && digits.iter().all(u8::is_ascii_digit);
    let value = digits.iter().try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(u64::from(digit.wrapping_sub(b'0'))));
    value.filter(|_| plain).ok_or(Malformed("not a plain decimal number"))
}

/// Writes what [`decimal`] reads.
pub(crate) fn push_decimal(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [b'0'; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] += (value % 10) as u8;
        value /= 10;
        if value == 0 {
            return out.extend_from_slice(&digits[first..]);
        }
    }
}

/// Sixty-four lower-case hexadecimal digits.
pub(crate) fn hex(digits: &[u8]) -> Result<Hash, Malformed> {
    let wrong = Malformed("not 64 lower-case hexadecimal digits");
    let mut hash = [0; 32];
    if digits.len() != 2 * hash.len() {
        return Err(wrong);
    }
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        for digit in pair {
            let value = match digit {
                b'0'..=b'9' => digit - b'0',
                b'a'..=b'f' => digit - b'a' + 10,
                _ => return Err(wrong),
            };
            *byte = *byte << 4 | value;
        }
    }
    Ok(hash)
}

/// Writes what [`hex`] reads.
pub(crate) fn push_hex(out: &mut Vec<u8>, hash: &Hash) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let pairs = hash.map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    out.extend_from_slice(pairs.as_flattened());
}

/// Standard base64 with its padding and no stray bits at the end (RFC 4648 §4).
pub(crate) fn base64(text: &str) -> Result<Vec<u8>, Malformed> {
    BASE64_STANDARD.decode(text).map_err(|_| Malformed("not strict base64"))
}

/// A hash in base64.
pub(crate) fn base64_hash(text: &str) -> Result<Hash, Malformed> {
    base64(text)?.try_into().map_err(|_| Malformed("not a hash of 32 bytes"))
}

/// Writes what [`base64`] reads.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}
