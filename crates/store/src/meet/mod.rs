//! 两联席 Rows of rolls, sittings and ballots; 东组通〔2015〕33号 二（二）.

pub mod ballot;
pub mod electorate;
pub mod secret;
pub mod sitting;
pub mod slot;
