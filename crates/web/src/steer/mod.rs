//! 三统筹 Steering: the desk, and what comes round again.

pub mod cadence;
pub mod desk;
pub mod period;
