//! 三统筹 The three coordinations: what must come round again, and who sees to it; 东组通〔2015〕33号 二（三）.

pub mod cadence;
pub mod task;
