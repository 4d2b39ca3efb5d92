//! 动态口令 One-time codes of a code maker on the telephone (TOTP, RFC 6238): SHA-1, six digits, thirty seconds, one step
//! to either side.

use super::limits::SECOND;
use crate::Failure;
use std::fmt::Write;
use totp_rs::{Algorithm, Builder, Totp};

/// Digits of a code.
pub(super) const DIGITS: usize = 6;
/// Seconds that a code shows.
const STEP: u64 = 30;
/// Bytes of a secret.
const SECRET: usize = 20;

/// The secret of a code maker.
pub(super) type Seed = [u8; SECRET];

fn maker(secret: &[u8]) -> Result<Totp, Failure> {
    let seed: Seed = secret.try_into().map_err(|_| Failure::unreadable("a code secret of the wrong length"))?;
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_skew(1).with_step_duration(STEP);
    builder.with_secret(totp_rs::Secret::new_stack(seed)).build().map_err(Failure::unreadable)
}

/// The step whose code this is, if it is one of now or next to now.
pub(super) fn step(secret: &[u8], code: &str, now: i64) -> Result<Option<i64>, Failure> {
    let seconds = u64::try_from(now / SECOND).map_err(Failure::unreadable)?;
    let step = maker(secret)?.check(code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The secret as people type it.
pub(super) fn base32(secret: &Seed) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    for five in secret.chunks(5) {
        let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        (0..8).rev().for_each(|place| text.push(char::from(ALPHABET[(bits >> (5 * place) & 31) as usize])));
    }
    text
}

/// The address that a code maker reads from a QR picture.
pub(super) fn uri(issuer: &str, login: &str, secret: &Seed) -> String {
    let (issuer, login) = (escaped(issuer), escaped(login));
    format!("otpauth://totp/{issuer}:{login}?secret={}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP}", base32(secret))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("a text takes everything"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    const VECTORS: [(i64, &str); 5] =
        [(59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037")];

    #[test]
    fn codes_are_those_of_rfc_6238() {
        for (seconds, code) in VECTORS {
            let at = |seconds: i64| step(b"12345678901234567890", code, seconds * SECOND).unwrap();
            assert_eq!(at(seconds), Some(seconds / 30), "{code}");
            assert_eq!((at(seconds + 30), at(seconds - 30)), (Some(seconds / 30), Some(seconds / 30)), "one step to either side");
            assert_eq!((at(seconds + 61), at((seconds - 61).max(0))), (None, if seconds == 59 { Some(1) } else { None }));
        }
        assert_eq!(step(b"12345678901234567890", "28708", 59 * SECOND).unwrap(), None);
        assert!(step(b"1234567890", "287082", 59 * SECOND).is_err());
    }

    #[test]
    fn the_address_is_what_code_makers_read() {
        let seed = *b"12345678901234567890";
        assert_eq!(base32(&seed), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "RFC 4648");
        assert_eq!(
            uri("demo.invalid/record", "lin.wt", &seed),
            "otpauth://totp/demo.invalid%2Frecord:lin.wt?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=demo.invalid%2Frecord&algorithm=SHA1&digits=6&period=30"
        );
    }
}
