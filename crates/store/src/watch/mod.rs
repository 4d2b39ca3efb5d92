//! 五监督 Rows of reports; 东组通〔2015〕33号 二（五）.

pub mod report;
