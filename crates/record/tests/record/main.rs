//! 公开档案的检验 Tests of the record: against RFC 6962 itself, known answers, other people's code, and forgers
#![expect(clippy::unwrap_used, reason = "a test that unwraps nothing has failed")]

mod forgery;
mod known;
mod line;
mod log;
mod note;
mod oracle;
mod parsers;
mod reference;
mod tile;
mod tree;
mod witness;

use proptest::test_runner::{Config, RngSeed};

/// Property tests draw the same cases every time.
fn seeded(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(33), failure_persistence: None, ..Config::default() }
}
