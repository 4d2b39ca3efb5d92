//! 两联席 What happens in sittings beside the record: secret papers; 东组通〔2015〕33号 二（二）.

pub mod ballot;
