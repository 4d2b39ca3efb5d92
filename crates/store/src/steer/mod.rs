//! 三统筹 Rows of what comes round again; 东组通〔2015〕33号 二（三）.

pub mod cadence;
pub mod task;
