//! 口令 Passwords: what makes one good enough, and argon2id with a key of the house. Never within a transaction.

use super::Weak;
use super::limits::{HASHES_AT_ONCE, PASSWORD_CLASSES, PASSWORD_LONGEST, PASSWORD_SHORTEST, PASSWORDS_KEPT};
use crate::{Failure, House};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::{Condvar, Mutex, PoisonError};

/// The first that everybody tries, in lower case, as far as they meet the other rules.
const COMMON: &str = include_str!("common_passwords.txt");

/// Memory in KiB, rounds and lanes, as OWASP recommends for argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Whether a password is good enough for this login name.
pub(super) fn judge(password: &str, login: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < PASSWORD_SHORTEST {
        return Err(Weak::Short);
    }
    if length > PASSWORD_LONGEST {
        return Err(Weak::Long);
    }
    if classes(password) < PASSWORD_CLASSES {
        return Err(Weak::Classes);
    }
    let lower = password.to_lowercase();
    if lower.contains(login) {
        return Err(Weak::HoldsLogin);
    }
    match COMMON.lines().any(|common| common == lower) {
        true => Err(Weak::Common),
        false => Ok(()),
    }
}

fn classes(password: &str) -> usize {
    let has = |test: fn(char) -> bool| usize::from(password.chars().any(test));
    has(|c| c.is_ascii_lowercase()) + has(|c| c.is_ascii_uppercase()) + has(|c| c.is_ascii_digit()) + has(|c| !c.is_ascii_alphanumeric())
}

/// The hash to keep.
pub(super) fn hash(house: &House, password: &str) -> Result<String, Failure> {
    let mut salt = [0; 16];
    house.dice.fill(&mut salt);
    hash_with(house, password, &salt)
}

fn hash_with(house: &House, password: &str, salt: &[u8; 16]) -> Result<String, Failure> {
    let key = house.keys.derive("door/password");
    let _place = Place::take();
    let hashed = argon2(&key)?.hash_password_with_salt(password.as_bytes(), salt).map_err(broken)?;
    Ok(hashed.to_string())
}

/// Whether this is the password behind the hash. Without a hash the work is the same and the answer is no.
pub(super) fn is_right(house: &House, password: &str, hash: Option<&str>) -> Result<bool, Failure> {
    let fits = password.chars().count() <= PASSWORD_LONGEST;
    let password = if fits { password } else { "" };
    let Some(hash) = hash else {
        hash_with(house, password, &[0; 16])?;
        return Ok(false);
    };
    let key = house.keys.derive("door/password");
    let _place = Place::take();
    let right = argon2(&key)?.verify_password(password.as_bytes(), hash).is_ok();
    Ok(right && fits)
}

fn argon2(key: &[u8; 32]) -> Result<Argon2<'_>, Failure> {
    let params = Params::new(COST.0, COST.1, COST.2, None).map_err(broken)?;
    Argon2::new_with_secret(key, Algorithm::Argon2id, Version::V0x13, params).map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::unreadable(format_args!("argon2: {error}"))
}

/// Whether the password is one of the last.
pub(super) fn was_used(house: &House, password: &str, past: &str) -> Result<bool, Failure> {
    for hash in read_past(past)? {
        if is_right(house, password, Some(&hash))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The last hashes with a new one in front.
pub(super) fn remember(past: &str, hash: &str) -> Result<String, Failure> {
    let mut all = read_past(past)?;
    all.insert(0, hash.to_owned());
    all.truncate(PASSWORDS_KEPT);
    Ok(serde_json::to_string(&all).expect("texts are plain data"))
}

fn read_past(past: &str) -> Result<Vec<String>, Failure> {
    serde_json::from_str(past).map_err(Failure::unreadable)
}

/// Hashes that are being computed. A flood of sign-ins waits here instead of filling the memory.
static AT_WORK: (Mutex<usize>, Condvar) = (Mutex::new(0), Condvar::new());

/// One of the few places at which a hash may be computed.
struct Place;

impl Place {
    fn take() -> Self {
        let busy = AT_WORK.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut busy = AT_WORK.1.wait_while(busy, |busy| *busy >= HASHES_AT_ONCE).unwrap_or_else(PoisonError::into_inner);
        *busy += 1;
        Self
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *AT_WORK.0.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        AT_WORK.1.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_a_password_good_enough() {
        let cases = [
            ("Ab3-xyz", Err(Weak::Short)),
            ("abcdefgh1", Err(Weak::Classes)),
            ("ABCDEFGH1", Err(Weak::Classes)),
            ("My-Lin.wt-9", Err(Weak::HoldsLogin)),
            ("P@ssw0rd", Err(Weak::Common)),
            ("Aa123456", Err(Weak::Common)),
            ("Tian-ye7", Ok(())),
            ("荔枝红了7x", Err(Weak::Short)),
            ("荔枝红了又熟了7x", Ok(())),
        ];
        for (password, expected) in cases {
            assert_eq!(judge(password, "lin.wt"), expected, "{password}");
        }
        assert_eq!(judge(&"aB3".repeat(50), "lin.wt"), Err(Weak::Long));
    }

    #[test]
    fn the_common_ones_are_kept_as_they_are_compared() {
        for line in COMMON.lines() {
            assert_eq!(line, line.to_lowercase());
            assert!(line.chars().count() >= PASSWORD_SHORTEST && line == line.trim(), "{line}");
        }
    }

    #[test]
    fn only_the_last_few_are_remembered() {
        let past = ["a", "b", "c", "d", "e", "f"].iter().fold("[]".to_owned(), |past, hash| remember(&past, hash).unwrap());
        assert_eq!(past, r#"["f","e","d","c","b"]"#);
    }
}
