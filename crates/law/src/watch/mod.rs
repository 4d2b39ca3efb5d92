//! 五监督 The five supervisions: from above, within, by rule, by platform, by society; 东组通〔2015〕33号 二（五）.

pub mod report;
