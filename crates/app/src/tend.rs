//! 值守 Tending: the house's own work while it is open: sealing within a second or so, the clock's round every minute, an
//! audit of every unit at start and once a night, and forgetting what is only kept for a while.

use crate::{Failure, House, audit, clock, seal};
use jiff::civil::Date;
use law::UnitCode;
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

/// The threads that tend a house; they end when this is dropped.
pub struct Tender {
    stop: Option<Sender<()>>,
    closing: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Tender {
    /// Starts tending. Cosignatures are asked for in a thread of their own: a witness that does not answer holds up nothing.
    pub fn start(house: Arc<House>) -> Self {
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
            let mut audited = None;
            for look in 0_u64.. {
                tend(&house, look, &mut audited, &signed);
                match stopped.recv_timeout(SEAL_EVERY) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Self { stop: Some(stop), closing, threads: vec![sealer, asker] }
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

fn tend(house: &House, look: u64, audited: &mut Option<Date>, signed: &Sender<UnitCode>) {
    for (unit, outcome) in seal::all(house) {
        match outcome {
            Ok(seal::Outcome::Signed(_)) => ask_for_cosignatures(signed, unit),
            Ok(_) => {}
            Err(failure) => tracing::error!(%unit, %failure, "a unit could not be sealed"),
        }
    }
    if !look.is_multiple_of(ROUND_EVERY) {
        return;
    }
    if let Err(failure) = clock::round(house) {
        tracing::error!(%failure, "the clock's round failed; it is tried again");
    }
    let today = crate::read::today(house);
    if *audited != Some(today) {
        *audited = Some(today);
        nightly(house, signed).unwrap_or_else(|failure| tracing::error!(%failure, "the nightly audit failed"));
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
