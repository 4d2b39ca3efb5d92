//! 五监督 What reports need beyond their law: a waiting place and a daily batch; 东组通〔2015〕33号 二（五）.

pub mod report;
