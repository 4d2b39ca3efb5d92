//! 两联席 Rows of motions and of the resolutions they become; 东组通〔2015〕33号 二（二）.

pub mod motion;
pub mod resolution;
