//! 试错 Wrong tries: counted before they are judged, so that tries at the same time do not outrun the lock.

use super::limits::{LOCK, SOURCE_TRIES, TRIES, TRIES_KEPT};
use super::secret::MacKey;
use super::{DoorError, Visit, moment};
use crate::{Failure, House};
use law::Digest;
use store::Tx;
use store::session::lock::{self, Lock};

/// Whose tries are counted.
#[derive(Clone)]
pub(super) struct Tries(MacKey);

impl Tries {
    pub fn of(house: &House) -> Self {
        Self(MacKey::of(house, "lock"))
    }

    /// The lock of a login name, known or not.
    pub fn login(&self, login: &str) -> Digest {
        self.0.mac(&[b"login", login.as_bytes()])
    }

    /// The lock of an address.
    pub fn source(&self, visit: &Visit) -> Digest {
        self.0.mac(&[b"source", visit.address().as_bytes()])
    }
}

/// Takes one of a login name's tries. True when it is the last one: if it is wrong, the name is locked.
pub(super) fn take(tx: &mut dyn Tx, login: Digest, now: i64) -> Result<Result<bool, DoorError>, Failure> {
    let taken = take_of(tx, login, TRIES, now)?;
    Ok(taken.map_err(|until| DoorError::Locked { until: moment(until) }))
}

/// Takes one of an address's tries.
pub(super) fn take_source(tx: &mut dyn Tx, source: Digest, now: i64) -> Result<Result<bool, DoorError>, Failure> {
    let taken = take_of(tx, source, SOURCE_TRIES, now)?;
    Ok(taken.map_err(|until| DoorError::TooMany { wait_s: super::wait(until, now) }))
}

fn take_of(tx: &mut dyn Tx, id: Digest, most: i64, now: i64) -> Result<Result<bool, i64>, Failure> {
    let lock = lock::count(tx, id, now)?;
    if lock.until > now {
        return Ok(Err(lock.until));
    }
    let anew = lock.until > 0 || lock.at + TRIES_KEPT < now;
    let wrong = if anew { 1 } else { lock.wrong };
    let last = wrong >= most;
    lock::set(tx, id, Lock { wrong, until: if last { now + LOCK } else { 0 }, at: now })?;
    Ok(Ok(last))
}
