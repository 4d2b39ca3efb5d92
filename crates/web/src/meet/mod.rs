//! 两联席 Pages of decisions: motions, the forms of their acts, resolutions; 东组通〔2015〕33号 二（二）.

pub mod deed;
pub mod motion;
pub mod powers;
pub mod propose;
pub mod resolution;
pub mod told;
