//! 限次 Limiter: how often one address may do something in an hour. In memory only, under a hash that no other run knows:
//! nobody learns from it who asked.

use jiff::Timestamp;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Addresses that are remembered at most; beyond it all are forgotten at once.
const MOST: usize = 50_000;
/// Seconds that a limit looks back.
const HOUR: i64 = 3600;

/// Remembers who did what how often.
#[derive(Default)]
pub struct Limiter {
    key: RandomState,
    seen: Mutex<HashMap<u64, Vec<i64>>>,
}

impl Limiter {
    /// Counts one more `what` by an address. Seconds to wait if that is more than `most` in an hour.
    pub fn count(&self, what: &str, ip: IpAddr, most: usize, now: Timestamp) -> Option<i64> {
        let (key, now) = (self.key.hash_one((what, line(ip))), now.as_second());
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST && !seen.contains_key(&key) {
            seen.retain(|_, times| times.last().is_some_and(|last| *last > now - HOUR));
            if seen.len() >= MOST {
                seen.clear();
            }
        }
        let times = seen.entry(key).or_default();
        times.retain(|time| *time > now - HOUR);
        if times.len() >= most {
            return Some((times[0] + HOUR - now).max(1));
        }
        times.push(now);
        None
    }
}

/// One line's addresses: with version 6 a whole /64.
fn line(ip: IpAddr) -> u128 {
    match ip.to_canonical() {
        IpAddr::V4(ip) => u128::from(u32::from(ip)),
        IpAddr::V6(ip) => u128::from(ip) >> 64 << 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn an_address_waits_and_others_do_not() {
        let limiter = Limiter::default();
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        assert_eq!([0, 10].map(|second| limiter.count("x", one, 2, at(second))), [None, None]);
        assert_eq!(limiter.count("x", one, 2, at(20)), Some(3580));
        assert_eq!(limiter.count("x", other, 2, at(20)), None);
        assert_eq!(limiter.count("y", one, 2, at(20)), None, "another thing");
        assert_eq!(limiter.count("x", one, 2, at(3601)), None, "an hour later");
    }

    #[test]
    fn a_line_of_version_six_is_one_address() {
        let [a, b, c]: [IpAddr; 3] = ["2001:db8::1", "2001:db8::ffff", "2001:db8:0:1::1"].map(|ip| ip.parse().unwrap());
        assert_eq!(line(a), line(b));
        assert_ne!(line(a), line(c));
    }
}
