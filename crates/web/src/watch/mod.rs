//! 五监督 Pages of the five supervisions; 东组通〔2015〕33号 二（五）.

pub mod report;
