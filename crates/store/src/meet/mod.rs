//! 两联席 Rows of rolls, sittings, ballots, motions and of the resolutions they become; 东组通〔2015〕33号 二（二）.

pub mod ballot;
pub mod electorate;
pub mod motion;
pub mod resolution;
pub mod secret;
pub mod sitting;
pub mod slot;
