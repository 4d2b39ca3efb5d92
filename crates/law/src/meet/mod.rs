//! 两联席 The two joint meetings: who sits, who may vote, what is decided and on which text; 东组通〔2015〕33号 二（二）.

pub mod assembly;
pub mod motion;
pub mod quorum;
pub mod resolution;

pub use assembly::{Assembly, Stage};
pub use quorum::{Bench, Choice, Outcome, Tally};
