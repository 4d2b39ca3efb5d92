//! 值守 Tending: the house's own work while it is open: sealing within a second or so, the clock's round every minute, an
//! audit of every unit at start and once a night, and forgetting what is only kept for a while.

use crate::{Failure, House, HouseFault, audit, clock, seal};
use jiff::civil::Date;
use law::UnitCode;
use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

/// Between two looks for lines to seal.
const SEAL_EVERY: Duration = Duration::from_secs(1);
/// How long the answer to a request key is remembered: 30 days, in microseconds.
const KEYS_KEPT: i64 = 30 * 24 * 3600 * 1_000_000;
/// Looks between two rounds of the clock.
const ROUND_EVERY: u64 = 60;
/// Locked as long as a process serves the house. The system takes the lock back however the process ends.
const LOCK: &str = "serving.lock";

/// The threads that tend a house; they end when this is dropped.
pub struct Tender {
    /// Nobody else tends this house meanwhile: limits of the door are counted in one process, and the clock makes one round.
    _alone: File,
    stop: Option<Sender<()>>,
    closing: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Tender {
    /// Starts tending. Cosignatures are asked for in a thread of their own: a witness that does not answer holds up nothing.
    ///
    /// # Errors
    /// [`HouseFault::Served`] while another process does.
    pub fn start(house: Arc<House>) -> Result<Self, Failure> {
        let alone = alone(&house)?;
        let (stop, stopped) = mpsc::channel();
        let (signed, to_cosign) = mpsc::channel::<UnitCode>();
        let asking = house.clone();
        let closing = Arc::new(AtomicBool::new(false));
        let closed = closing.clone();
        let asker = std::thread::spawn(move || {
            // What was not asked before closing is asked at the next start.
            to_cosign.iter().take_while(|_| !closed.load(Ordering::Relaxed)).for_each(|unit| cosign(&asking, unit));
        });
        let sealer = std::thread::spawn(move || {
            let mut tending = Tending { house: &house, signed: &signed, audited: None, stuck: BTreeSet::new() };
            for look in 0_u64.. {
                tending.look(look.is_multiple_of(ROUND_EVERY));
                match stopped.recv_timeout(SEAL_EVERY) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Ok(Self { _alone: alone, stop: Some(stop), closing, threads: vec![sealer, asker] })
    }
}

fn alone(house: &House) -> Result<File, Failure> {
    let path = house.config.path(LOCK.as_ref());
    let unreachable = |error: std::io::Error| Failure::Database { what: format!("{}: {error}", path.display()) };
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(unreachable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::House(HouseFault::Served)),
        Err(TryLockError::Error(error)) => Err(unreachable(error)),
    }
}

impl Drop for Tender {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::Relaxed);
        drop(self.stop.take());
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("tending ended in a panic");
            }
        }
    }
}

/// The sealing thread's own memory.
struct Tending<'a> {
    house: &'a House,
    signed: &'a Sender<UnitCode>,
    /// The day of the last audit of everything.
    audited: Option<Date>,
    /// Units that could not be sealed: tried again with the next round, not every second.
    stuck: BTreeSet<UnitCode>,
}

impl Tending<'_> {
    /// One look for lines to seal; a round of the clock with it when that is due.
    fn look(&mut self, due: bool) {
        if due {
            self.stuck.clear();
        }
        match seal::waiting(self.house) {
            Ok(waiting) => waiting.into_iter().for_each(|unit| self.seal(unit)),
            Err(failure) if due => tracing::error!(%failure, "what waits to be sealed cannot be told; it is tried again"),
            Err(_) => {}
        }
        if !due {
            return;
        }
        if let Err(failure) = clock::round(self.house) {
            tracing::error!(%failure, "the clock's round failed; it is tried again");
        }
        let today = crate::read::today(self.house);
        if self.audited != Some(today) {
            match nightly(self.house, self.signed) {
                Ok(()) => self.audited = Some(today),
                Err(failure) => tracing::error!(%failure, "the nightly audit failed; it is tried again"),
            }
        }
    }

    fn seal(&mut self, unit: UnitCode) {
        if self.stuck.contains(&unit) {
            return;
        }
        match seal::seal(self.house, unit) {
            Ok(seal::Outcome::Signed(_)) => ask_for_cosignatures(self.signed, unit),
            Ok(_) => {}
            Err(failure) => {
                tracing::error!(%unit, %failure, "a unit could not be sealed");
                // A database that went away says so once more when it is looked for; whatever else is wrong stays wrong for a while.
                if !matches!(failure, Failure::Database { .. }) {
                    self.stuck.insert(unit);
                }
            }
        }
    }
}

fn ask_for_cosignatures(signed: &Sender<UnitCode>, unit: UnitCode) {
    if signed.send(unit).is_err() {
        tracing::error!(%unit, "nobody asks for cosignatures any more");
    }
}

/// A witness that does not answer never holds anything up; it is asked again at the next seal.
fn cosign(house: &House, unit: UnitCode) {
    if let Err(failure) = crate::witness::cosign(house, unit) {
        tracing::warn!(%unit, %failure, "no cosignatures yet");
    }
}

/// Asks again for cosignatures that are missing, audits every unit, and forgets what is only kept for a while.
fn nightly(house: &House, signed: &Sender<UnitCode>) -> Result<(), Failure> {
    for unit in crate::read::record::units(house)? {
        ask_for_cosignatures(signed, unit);
        let findings = audit::unit(house, unit)?;
        if !findings.is_clean() {
            seal::halt_for(house, unit, &findings)?;
        }
    }
    forget(house)
}

/// Forgets what is only kept for a while: answers to request keys, and what the door keeps of sign-ins.
pub fn forget(house: &House) -> Result<(), Failure> {
    let before = house.clock.now().as_microsecond() - KEYS_KEPT;
    for unit in crate::read::record::units(house)? {
        house.beside(move |tx| store::key::forget(tx, unit, before))?;
    }
    crate::door::forget(house).map(drop)
}
