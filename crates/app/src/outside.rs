//! 钟与骰 Clock and dice: the two things that come from outside. Only this file may ask the machine for either.

use jiff::Timestamp;
use law::Digest;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the instant.
pub trait Clock: Send + Sync {
    /// Now, to the microsecond.
    fn now(&self) -> Timestamp;
}

/// Gives random bytes.
pub trait Dice: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);

    /// A number of 64 random bits.
    fn bits(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_be_bytes(bytes)
    }
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).expect("a shorter instant is an instant")
    }
}

/// The machine's random source.
pub struct SystemDice;

impl Dice for SystemDice {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("without randomness nothing here is safe");
    }
}

/// A clock that goes only when it is moved; each look moves it by a microsecond so that lines keep their order.
pub struct HandClock(AtomicI64);

impl HandClock {
    /// A clock that shows `now`.
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.as_microsecond()))
    }

    /// Moves it, forwards or backwards.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        let now = self.0.fetch_add(1, Ordering::SeqCst);
        Timestamp::from_microsecond(now).expect("the hands stay on the dial")
    }
}

/// Dice that fall the same way for the same seed: simulations and tests can be repeated.
pub struct SeededDice(Mutex<(u64, u64)>);

impl SeededDice {
    /// Dice for a seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new((seed, 0)))
    }
}

impl Dice for SeededDice {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for chunk in bytes.chunks_mut(32) {
            let block = Digest::of(&[b"cunwu dice\n", &state.0.to_be_bytes(), &state.1.to_be_bytes()]);
            chunk.copy_from_slice(&block.0[..chunk.len()]);
            state.1 += 1;
        }
    }
}
