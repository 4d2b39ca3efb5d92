//! 四公开 The four disclosures: what residents say and are told; 东组通〔2015〕33号 二（四）.

pub mod notice;
pub mod suggestion;
