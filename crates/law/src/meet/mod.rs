//! 两联席 The two joint meetings: who sits, who may vote, what is decided and on which text; 东组通〔2015〕33号 二（二）.

pub mod assembly;
pub mod ballot;
pub mod electorate;
#[cfg(test)]
pub(crate) mod hall_tests;
pub mod motion;
pub mod quorum;
#[cfg(test)]
mod quorum_tests;
pub mod resolution;
pub mod sitting;
pub mod slot;

pub use assembly::{Assembly, Stage};
pub use quorum::{Bench, Choice, Outcome, Tally};
pub use sitting::SittingKind;
