//! 三统筹 Steering: the desk, and what comes round again.

pub mod cadence;
pub mod desk;
pub mod ledger;
pub mod period;
pub mod task;
